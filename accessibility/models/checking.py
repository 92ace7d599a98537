# SPDX-License-Identifier: EUPL-1.2
"""Is this file the one that was meant? By its size, and by its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

from accessibility.models.catalogue import ModelFile

_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_blob_sha1_of(path: Path) -> str:
    """The name that git gives to the content of a file: SHA-1 of "blob", its size, a zero byte, and the content."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def fault_of(file: ModelFile, path: Path) -> str:
    """What is wrong with ``path`` as ``file``, in French, without a capital nor a full stop; "" when nothing is."""
    if path.is_symlink() or not path.is_file():
        return "il manque"
    size = path.stat().st_size
    if file.size and size != file.size:
        return f"sa taille est de {size} octets, pas de {file.size}"
    if file.sha256 and sha256_of(path) != file.sha256:
        return "son empreinte SHA-256 n'est pas la bonne"
    if file.git_blob_sha1 and git_blob_sha1_of(path) != file.git_blob_sha1:
        return "son empreinte git n'est pas la bonne"
    return ""
