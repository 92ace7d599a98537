# SPDX-License-Identifier: EUPL-1.2
"""Where the files of the feed come from: a folder, a zip, or an address that gives a zip. One file at a time.

What an archive says of itself is not believed: names that lead elsewhere, links, and more bytes than announced are
refused.
"""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import urlsplit

from content.importers.vosdroits.safe_xml import MAX_BYTES
from content.text_rules import shown

MAX_FILES = 50_000
MAX_TOTAL = 2_000_000_000
"""Bytes of all the files together, once unpacked. The feed of 2020 has about 100 million."""
MAX_DOWNLOAD = 1_000_000_000
_BLOCK = 1 << 20

Progress = Callable[[int, int], None]
"""What is done, and what there is in all (0 when unknown)."""


class NoSource(Exception):
    """The source cannot be used; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its name in the source, and its bytes, or why it cannot be read."""

    name: str
    data: bytes
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a source, in the order of their names. ``count`` is known before the first is read."""

    count: int
    files: Iterator[SourceFile]


@contextmanager
def opened(location: str, downloading: Progress) -> Generator[Source]:
    """The files at ``location``: a folder, a zip, or an address.

    Raises:
        NoSource: there is nothing there that can be read.
    """
    if urlsplit(location).scheme in ("http", "https"):
        with tempfile.TemporaryFile() as file:
            _download(location, file, downloading)
            yield from _zipped(file, location)
        return
    path = Path(location)
    if path.is_dir():
        yield _folder(path)
    elif path.is_file():
        if path.suffix.casefold() == ".xml":
            name = shown(location, 200)
            raise NoSource(f"« {name} » est un seul fichier du flux. Donnez le dossier du flux, ou son zip.")
        with path.open("rb") as file:
            yield from _zipped(file, location)
    else:
        raise NoSource(f"« {shown(location, 200)} » n'existe pas. Donnez un dossier, un zip ou une adresse.")


# A folder


def refuse_inside(location: str, folder: Path) -> None:
    """What is written goes nowhere in what is read.

    Raises:
        NoSource: ``folder`` is the folder ``location``, or stands in it.
    """
    source = Path(location)
    if source.is_dir() and folder.resolve().is_relative_to(source.resolve()):
        where = "est le dossier du flux" if folder.resolve() == source.resolve() else "est dans le dossier du flux"
        raise NoSource(f"« {shown(str(folder), 200)} » {where}. Donnez un autre dossier à --into.")


def _folder(path: Path) -> Source:
    root = path.resolve()
    names = sorted(
        found for found in path.rglob("*.xml") if not found.is_symlink() and found.resolve().is_relative_to(root)
    )
    if len(names) > MAX_FILES:
        raise NoSource(f"Ce dossier a {len(names)} fichiers ({MAX_FILES} au plus). Donnez celui du flux seul.")
    return Source(len(names), (_from_folder(path, name) for name in names))


def _from_folder(root: Path, path: Path) -> SourceFile:
    name = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as wrong:
        return SourceFile(name, b"", f"Le fichier ne se lit pas : {wrong.strerror}.")
    return _bounded(name, data)


def _bounded(name: str, data: bytes) -> SourceFile:
    if len(data) > MAX_BYTES:
        return SourceFile(name, b"", f"Le fichier est trop gros ({MAX_BYTES} octets au plus).")
    return SourceFile(name, data)


# A zip


def _zipped(file: IO[bytes], location: str) -> Generator[Source]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as wrong:
        raise NoSource(f"« {shown(location, 200)} » n'est pas un zip qui se lit. Téléchargez-le de nouveau.") from wrong
    with archive:
        entries = archive.infolist()
        _refuse_hostile(entries)
        found = sorted((e for e in entries if e.filename.casefold().endswith(".xml")), key=lambda e: e.filename)
        yield Source(len(found), _unpacked(archive, found))


def _refuse_hostile(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_FILES:
        raise NoSource(f"Ce zip a {len(entries)} fichiers ({MAX_FILES} au plus) : il est refusé.")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise NoSource(f"Ce zip déplié dépasserait {MAX_TOTAL} octets : il est refusé.")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or ":" in name:
            raise NoSource(f"Ce zip contient un nom qui mène ailleurs, « {shown(name)} » : il est refusé.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise NoSource(f"Ce zip contient un lien, « {shown(name)} » : il est refusé.")


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[SourceFile]:
    total = 0
    for entry in entries:
        found = _from_zip(archive, entry)
        total += len(found.data)
        if total > MAX_TOTAL:
            raise NoSource(f"Ce zip donne plus de {MAX_TOTAL} octets : il est refusé.")
        yield found


def _from_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> SourceFile:
    if entry.flag_bits & 1:
        return SourceFile(entry.filename, b"", "Le fichier est chiffré dans le zip.")
    try:
        with archive.open(entry) as file:
            return _bounded(entry.filename, file.read(MAX_BYTES + 1))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return SourceFile(entry.filename, b"", "Le fichier est abîmé dans le zip.")


# An address


def _download(location: str, out: IO[bytes], progress: Progress) -> None:
    """Stream what an address gives into ``file``, bounded; nothing of it stays in memory."""
    import ssl

    import httpx2

    host = shown(urlsplit(location).hostname or "")
    try:
        # The certificates of the machine, where a network has its own.
        client = httpx2.Client(verify=ssl.create_default_context(), timeout=30.0, follow_redirects=True)
        with client, client.stream("GET", location) as answer:
            if answer.status_code != 200:
                raise NoSource(f"{host} n'a pas ce fichier (réponse {answer.status_code}). Vérifiez l'adresse.")
            whole = int(answer.headers.get("content-length") or 0)
            got = 0
            for block in answer.iter_bytes(_BLOCK):
                got += len(block)
                if max(got, whole) > MAX_DOWNLOAD:
                    raise NoSource(f"{host} donne plus de {MAX_DOWNLOAD} octets : c'est refusé.")
                out.write(block)
                progress(got, whole)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as wrong:
        raise NoSource(f"{host} ne répond pas comme il faut. Vérifiez l'adresse et le réseau.") from wrong
    out.seek(0)
