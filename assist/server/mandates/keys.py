# SPDX-License-Identifier: EUPL-1.2
"""The keys of the site: one opens what kiosks and pages seal, one signs attestations. They never leave the server.

Each is 32 bytes in a file of its own, made at the first start, for the server's account alone. Without the first, the
identities of the mandates are lost; whoever has both database and keys reads them: they are saved apart.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey

from assist.desk.sealing import Identity, NotThisMandate, unsealed

SEAL = "site-seal.key"
SIGN = "site-sign.key"
_BYTES = 32
_FINGERPRINT = 16


class KeyFault(Exception):
    """A key cannot be used; its text says which, why, and what to do, in French."""


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """Both keys. ``repr`` shows neither."""

    _seal: PrivateKey
    signing: SigningKey

    def __repr__(self) -> str:
        return f"SiteKeys({self.fingerprint})"

    @property
    def seal_public(self) -> bytes:
        """What seals: anybody may have it."""
        return bytes(self._seal.public_key)

    @property
    def sign_public(self) -> bytes:
        """What verifies: anybody may have it."""
        return bytes(self.signing.verify_key)

    @property
    def fingerprint(self) -> str:
        """Which sealing key this is: kept with what it sealed, so that a lost key is told from a damaged box."""
        return sha256(self.seal_public).hexdigest()[:_FINGERPRINT]

    def open(self, sealed: bytes, number: str) -> Identity:
        """Who gave mandate ``number``.

        Raises:
            NotThisMandate: sealed for another key, altered, or another mandate's.
        """
        try:
            plain = SealedBox(self._seal).decrypt(sealed)
        except (CryptoError, ValueError, TypeError):
            raise NotThisMandate from None
        return unsealed(plain, number)

    @property
    def second_factor(self) -> bytes:
        """What seals the keys of the staff's six-digit codes."""
        return sha256(b"pas-a-pas second factor 1" + bytes(self._seal)).digest()

    def salt(self, number: str, length: int) -> bytes:
        """Always the same bytes for a mandate, which nobody else can tell: two prints of it are alike."""
        return sha256(b"pas-a-pas attestation salt 1" + bytes(self.signing) + number.encode()).digest()[:length]


def keys_of_site(state: Any) -> SiteKeys:
    """The keys of the application's site, read once. Raises KeyFault."""
    if getattr(state, "site_keys", None) is None:
        state.site_keys = site_keys(state.site.keys)
    return state.site_keys


def site_keys(folder: Path) -> SiteKeys:
    """The keys in ``folder``, made when there are none.

    Raises:
        KeyFault: a key is open to other accounts, damaged, or cannot be written or read.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return SiteKeys(PrivateKey(_key(folder / SEAL)), SigningKey(_key(folder / SIGN)))
    except OSError as error:
        raise KeyFault(f"{error.filename or folder} : la clé du lieu ne peut être ni lue ni écrite.") from error


def _key(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise KeyFault(f"{path} : d'autres comptes peuvent lire cette clé. Lancez : chmod 600 {path}")
    content = path.read_bytes()
    if len(content) != _BYTES:
        raise KeyFault(f"{path} : cette clé est abîmée. Remettez-la depuis la sauvegarde des clés.")
    return content


def _make(path: Path) -> None:
    """Whole or absent, even at a power cut; of two servers that start together, the first one's key stays."""
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(made)
        except FileExistsError:
            return
    finally:
        made.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
