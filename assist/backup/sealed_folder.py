# SPDX-License-Identifier: EUPL-1.2
"""A folder as one file that only the holder of a key opens: a zip with a list of digests, in the age format.

age (https://age-encryption.org/v1) is public and has other programs: the file can be opened without Pas à pas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pyrage  # pyright: ignore[reportMissingTypeStubs]

_LIST = "contents.json"
_age: Any = pyrage


class NotOpened(Exception):
    """The file is not one of ours, was altered, or is for another key."""


class BadKey(Exception):
    """The text is no key."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new pair of keys. The secret one must not stay on the machine that is backed up."""

    public: str
    secret: str


def new_pair() -> Pair:
    """A pair of keys of its own."""
    secret = _age.x25519.Identity.generate()
    return Pair(str(secret.to_public()), str(secret))


def check_public(key: str) -> None:
    """Raises BadKey when ``key`` is no public key."""
    _recipient(key)


def seal(folder: Path, to: Path, key: str) -> str:
    """Write everything in ``folder`` to the file ``to`` for the public ``key``; the digest of what the disk gives back.

    Raises BadKey, OSError, or NotOpened when the disk does not give back what was written.
    """
    recipient = _recipient(key)
    digests = {str(file.relative_to(folder)): _digest(file) for file in sorted(folder.rglob("*")) if file.is_file()}
    (folder / _LIST).write_text(json.dumps(digests), encoding="utf-8")
    plain = folder.with_suffix(".zip")
    with ZipFile(plain, "w", ZIP_DEFLATED, strict_timestamps=False) as packed:
        for name in (*digests, _LIST):
            packed.write(folder / name, name)
    written = sha256()
    with plain.open("rb") as source, to.open("wb") as target:
        _age.encrypt_io(source, _Counted(target, written), [recipient])
        target.flush()
    plain.unlink()
    if _digest(to) != written.hexdigest():
        raise NotOpened
    return written.hexdigest()


def unseal(file: Path, into: Path, secret: str) -> None:
    """Bring back what was sealed into the empty folder ``into``. Raises BadKey, NotOpened or OSError."""
    try:
        identity = _age.x25519.Identity.from_str(secret)
    except _age.IdentityError as error:
        raise BadKey from error
    plain = into.with_suffix(".zip")
    try:
        with file.open("rb") as source, plain.open("wb") as target:
            _age.decrypt_io(source, target, [identity])
        with ZipFile(plain) as packed:
            packed.extractall(into)  # zipfile leaves no name outside of ``into``
        _check(into)
    except (_age.DecryptError, BadZipFile, ValueError, KeyError) as error:
        raise NotOpened from error
    except OSError as error:
        if error.errno is None:  # a part of the file does not decrypt: pyrage says it so
            raise NotOpened from error
        raise
    finally:
        plain.unlink(missing_ok=True)


def _check(folder: Path) -> None:
    listing = folder / _LIST
    digests = cast(dict[str, str], json.loads(listing.read_text(encoding="utf-8")))
    listing.unlink()
    found = {str(file.relative_to(folder)): _digest(file) for file in folder.rglob("*") if file.is_file()}
    if found != digests:
        raise ValueError("the files are not those of the list")


def _recipient(key: str) -> Any:
    try:
        return _age.x25519.Recipient.from_str(key)
    except _age.RecipientError as error:
        raise BadKey from error


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


class _Counted:
    """What is written to a file, digested on its way."""

    def __init__(self, target: Any, digest: Any) -> None:
        self._target, self._digest = target, digest

    def write(self, block: bytes) -> int:
        self._digest.update(block)
        return self._target.write(block)

    def flush(self) -> None:
        self._target.flush()
