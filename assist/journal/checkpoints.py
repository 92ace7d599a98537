# SPDX-License-Identifier: EUPL-1.2
"""Signed checkpoints: where the chain stood, under the journal's Ed25519 key, in the database and in a sidecar.

The sidecar is a file of JSON lines that only grows. It holds the same checkpoints as the database, so that cutting
the end off the database, its checkpoints included, is found. A line that does not end (power cut) is passed over.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from assist.journal.chain import framed, number

EVERY = 100
"""Events between two checkpoints."""
_CHECKPOINT = b"pas-a-pas checkpoint 1"
_RETENTION = b"pas-a-pas retention 1"
_SEEN = b"pas-a-pas countersignature 1"


class CheckpointKind(StrEnum):
    """Why a checkpoint was made."""

    BOOT = "boot"
    REGULAR = "regular"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The chain held ``hash`` at row ``seq``. ``journal`` and ``key`` (public, raw) say whose chain."""

    journal: str
    key: bytes
    number: int
    seq: int
    hash: bytes
    boot: int
    time: str
    kind: str
    signature: bytes = b""

    def signed_bytes(self) -> bytes:
        """What the signature covers: everything but itself."""
        return framed(
            _CHECKPOINT,
            self.journal.encode(),
            self.key,
            number(self.number),
            number(self.seq),
            self.hash,
            number(self.boot),
            self.time.encode(),
            self.kind.encode(),
        )


def retention_bytes(journal: str, number_: int, time: str, scope: str) -> bytes:
    """What the signature of a retention record covers."""
    return framed(_RETENTION, journal.encode(), number(number_), time.encode(), scope.encode())


def countersigned_bytes(checkpoint: Checkpoint, came: str) -> bytes:
    """What the site's signature covers: the checkpoint, the kiosk's signature, and when it came."""
    return framed(_SEEN, checkpoint.signed_bytes(), checkpoint.signature, came.encode())


def holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is of this message, by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_path(path: Path) -> Path:
    """Where the signing key of the journal at ``path`` is kept."""
    return path.with_name(path.name + ".key")


def sidecar_path(path: Path) -> Path:
    """Where the checkpoints of the journal at ``path`` are mirrored."""
    return path.with_name(path.name + ".checkpoints")


def load_key(path: Path) -> Ed25519PrivateKey | None:
    """The signing key in the file ``path``; None when it is missing or is not such a key. Raises OSError."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new key in the file ``path`` (mode 0600), whole or absent whatever happens. Raises OSError."""
    key = Ed25519PrivateKey.generate()
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    sync_folder(path.parent)
    return key


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def mirror(path: Path, checkpoints: Iterable[Checkpoint]) -> None:
    """Append checkpoints to the sidecar ``path`` and wait for the disk. Raises OSError; a cut line is harmless."""
    text = "".join(_line(checkpoint) for checkpoint in checkpoints)
    if not text:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        end = os.fstat(descriptor).st_size
        if end and os.pread(descriptor, 1, end - 1) != b"\n":
            text = "\n" + text
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(text.encode())
        os.fsync(descriptor)
        if not end:
            sync_folder(path.parent)
    finally:
        os.close(descriptor)


def _line(checkpoint: Checkpoint) -> str:
    data = {
        "journal": checkpoint.journal,
        "key": checkpoint.key.hex(),
        "number": checkpoint.number,
        "seq": checkpoint.seq,
        "hash": checkpoint.hash.hex(),
        "boot": checkpoint.boot,
        "time": checkpoint.time,
        "kind": checkpoint.kind,
        "signature": checkpoint.signature.hex(),
    }
    return json.dumps(data, separators=(",", ":")) + "\n"


def read_sidecar(path: Path) -> tuple[Checkpoint, ...]:
    """The whole lines of a sidecar; none when there is no file. Signatures are not checked. Raises OSError."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    read = (_read_line(line) for line in lines)
    return tuple(checkpoint for checkpoint in read if checkpoint is not None)


def _read_line(line: bytes) -> Checkpoint | None:
    try:
        data: Any = json.loads(line)
        return Checkpoint(
            _text(data["journal"]),
            bytes.fromhex(data["key"]),
            _whole(data["number"]),
            _whole(data["seq"]),
            bytes.fromhex(data["hash"]),
            _whole(data["boot"]),
            _text(data["time"]),
            _text(data["kind"]),
            bytes.fromhex(data["signature"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    value.encode()  # raises UnicodeEncodeError, a ValueError, for half a surrogate pair
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise ValueError("not a 64-bit integer")
    return value
