# SPDX-License-Identifier: EUPL-1.2
"""What was imported, on disk: one JSON file a publication, and an index that names them all.

A publication's file is named after its content and never changes. The index is replaced at once, at the end: whatever
stops an import, the store is the former one, whole. Files of the former index stay until the next import, for a kiosk
that runs meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from content.importers.vosdroits.codec import NotOurs, from_json, to_json
from content.importers.vosdroits.publications import Publication

FORMAT = 1
"""Grows when what is written changes: everything is then imported again."""
INDEX = "index.json"
FOLDER = "publications"
_FILE = re.compile(r"[A-Z]{1,3}\d{1,9}-[0-9a-f]{16}\.json")
_OURS = re.compile(rf"{_FILE.pattern}|\.{_FILE.pattern}\.\d+")
"""What an import writes beside the index: nothing else is ever removed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication of the index."""

    number: str
    kind: str
    title: str
    modified: str
    url: str
    theme: str
    walkable: bool
    source: str
    """Name of the file it was read from."""
    digest: str
    """SHA-256 (hex) of that file."""
    file: str
    """Name of its file in the store."""
    leads: tuple[str, ...] = ()
    """Publications that its answers lead to, and for an event those it names."""


@dataclass(frozen=True, slots=True)
class Index:
    """All of a store."""

    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """Titles of publications that others name and that are not here."""
    made: str = ""
    """When it was made, ISO 8601."""


def read_index(folder: Path) -> Index | None:
    """The index of a store; None where there is none, or one of another version."""
    try:
        held = json.loads((folder / INDEX).read_bytes())
        if held["format"] != FORMAT:
            return None
        entries = (_entry(one) for one in held["publications"])
        return Index({entry.number: entry for entry in entries}, held["titles"], held["made"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):  # JSON, but not of this form
        return None


def _entry(held: dict[str, Any]) -> Entry:
    leads: Iterable[str] = held.pop("leads", ())
    entry = Entry(**held, leads=tuple(leads))
    if not _FILE.fullmatch(entry.file):
        raise ValueError(entry.file)
    if entry.modified:
        date.fromisoformat(entry.modified)  # ValueError: whoever serves the sheet counts on a day
    return entry


class Store:
    """A folder being written to. :meth:`close_with` makes it the new state."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []
        self.before = read_index(folder) or Index()
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)

    def keep(self, publication: Publication, source: str, digest: str) -> Entry:
        """Write a publication; its place in the index to come."""
        data = to_json(publication)
        name = f"{publication.number.upper()}-{hashlib.sha256(data).hexdigest()[:16]}.json"
        path = self._folder / FOLDER / name
        if not path.exists():
            _replace(path, data, sync=False)
            self._written.append(path)
        return Entry(
            number=publication.number,
            kind=publication.kind,
            title=publication.title,
            modified=publication.modified,
            url=publication.url,
            theme=publication.theme,
            walkable=publication.walkable,
            source=source,
            digest=digest,
            file=name,
            leads=_leads(publication),
        )

    def has(self, entry: Entry) -> bool:
        """True when the file of an entry of the former index is still there."""
        return (self._folder / FOLDER / entry.file).is_file()

    def leave(self) -> None:
        """The store is as it was: what was written since goes."""
        for path in self._written:
            path.unlink(missing_ok=True)

    def close_with(self, index: Index) -> None:
        """``index`` becomes the state of the store, at once."""
        made: dict[str, Any] = {
            "format": FORMAT,
            "made": index.made,
            "publications": [asdict(entry) for entry in index.entries.values()],
            "titles": dict(index.titles),
        }
        os.sync()  # Every publication is on the disk before the index names it: one wait instead of thousands.
        _replace(self._folder / INDEX, json.dumps(made, ensure_ascii=False).encode(), sync=True)
        named = {entry.file for held in (index, self.before) for entry in held.entries.values()}
        for path in (self._folder / FOLDER).iterdir():
            if path.name not in named and _OURS.fullmatch(path.name):
                path.unlink(missing_ok=True)


def read_publication_of(folder: Path, entry: Entry) -> Publication | None:
    """The publication of an entry; None when its file is gone or damaged."""
    try:
        return from_json((folder / FOLDER / entry.file).read_bytes())
    except (OSError, NotOurs):
        return None


def _replace(path: Path, data: bytes, *, sync: bool) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        if sync:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)


def _leads(publication: Publication) -> tuple[str, ...]:
    found: dict[str, None] = {}

    def gather(branches: Iterable[Any]) -> None:
        for branch in branches:
            found.update(dict.fromkeys(cast("tuple[str, ...]", branch.links)))
            gather(branch.branches)

    gather(publication.branches)
    if publication.walkable and not publication.branches:
        found.update(dict.fromkeys(one.number for one in publication.related if one.number))
    return tuple(found)
