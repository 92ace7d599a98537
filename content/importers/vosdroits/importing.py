# SPDX-License-Identifier: EUPL-1.2
"""Brings the feed in: every file read, what changed written, what is broken reported and passed over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from content.importers.vosdroits.blocks import Unknown
from content.importers.vosdroits.publications import Publication
from content.importers.vosdroits.reading import NotAPublication, read_publication
from content.importers.vosdroits.safe_xml import XmlFault
from content.importers.vosdroits.sources import NoSource, Progress, SourceFile, opened, refuse_inside
from content.importers.vosdroits.store import Entry, Index, Store
from content.model import Problem
from content.text_rules import shown

MAX_REPORTED = 200
"""Files named one by one; more are counted."""


class TooManyRemovals(Exception):
    """More than half of the sheets of the store are not in the source: an incomplete feed, or another one."""

    def __init__(self, removed: int, known: int) -> None:
        super().__init__(removed, known)
        self.removed = removed
        self.known = known


@dataclass(slots=True)
class Summary:
    """What an import did."""

    files: int = 0
    read: int = 0
    """Publications read again because they are new or changed."""
    unchanged: int = 0
    removed: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    walkable: int = 0
    other: list[str] = field(default_factory=list[str])
    """Files that are no publications."""
    unknown: Counter[str] = field(default_factory=Counter[str])
    """Elements that this version does not know: their text is kept."""
    problems: list[Problem] = field(default_factory=list[Problem])
    broken: int = 0
    kept: int = 0
    """Broken files of which the last good content stays."""

    def fault(self, name: str, line: int, message: str) -> None:
        """Report a file."""
        self.broken += 1
        if len(self.problems) < MAX_REPORTED:
            self.problems.append(Problem(shown(name, 200), line, "broken-file", message))


def import_feed(
    location: str,
    folder: Path,
    now: datetime,
    *,
    downloading: Progress,
    reading: Progress,
    accept_removals: bool = False,
) -> Summary:
    """Import what is at ``location`` into the store ``folder``.

    Raises:
        NoSource: nothing there can be read; the store is as it was.
        TooManyRemovals: more than half of the store would go, and that is not accepted; the store is as it was.
        OSError: the store cannot be written; it is as it was.
    """
    refuse_inside(location, folder)
    with opened(location, downloading) as source:
        if not source.count:
            raise NoSource("Il n'y a aucun fichier XML à cet endroit. Donnez le dossier ou le zip du flux.")
        return _Import(folder, accept_removals=accept_removals).run(source.files, source.count, now, reading)


class _Import:
    def __init__(self, folder: Path, *, accept_removals: bool) -> None:
        self._accept_removals = accept_removals
        self._store = Store(folder)
        self._by_source = {entry.source: entry for entry in self._store.before.entries.values()}
        self._entries: dict[str, Entry] = {}
        self._titles: dict[str, str] = dict(self._store.before.titles)
        self._unknown = Unknown()
        self._summary = Summary()

    def run(self, files: Iterable[SourceFile], count: int, now: datetime, reading: Progress) -> Summary:
        summary = self._summary
        for number, file in enumerate(files, 1):
            summary.files = number
            self._file(file)
            reading(number, count)
        if not self._entries:
            raise NoSource("Aucun fichier n'est une publication qui se lit. L'import d'avant reste en place.")
        before = self._store.before.entries
        summary.removed = len(before.keys() - self._entries.keys())
        if summary.removed * 2 > len(before) and not self._accept_removals:
            self._store.leave()
            raise TooManyRemovals(summary.removed, len(before))
        summary.kinds = Counter(entry.kind or "sans type" for entry in self._entries.values())
        summary.walkable = sum(entry.walkable for entry in self._entries.values())
        summary.unknown = self._unknown.elements
        titles = {name: title for name, title in self._titles.items() if name not in self._entries}
        self._store.close_with(Index(self._entries, titles, now.isoformat(timespec="seconds")))
        return summary

    def _file(self, file: SourceFile) -> None:
        if file.fault:
            self._broken(file, 1, file.fault)
            return
        digest = hashlib.sha256(file.data).hexdigest()
        former = self._by_source.get(file.name)
        if former is not None and former.digest == digest and self._store.has(former):
            self._take(former, file)
            self._summary.unchanged += 1
            return
        found = read_publication(file.data, self._unknown)
        if isinstance(found, XmlFault):
            self._broken(file, found.line, found.message)
        elif isinstance(found, NotAPublication):
            self._summary.other.append(shown(file.name, 200))
        elif self._take(self._store.keep(found, file.name, digest), file):
            self._summary.read += 1
            self._remember(found)

    def _take(self, entry: Entry, file: SourceFile) -> bool:
        if entry.number in self._entries:
            first = self._entries[entry.number].source
            self._summary.fault(file.name, 1, f"{entry.number} est déjà dans « {shown(first)} » : fichier passé.")
            return False
        self._entries[entry.number] = entry
        return True

    def _broken(self, file: SourceFile, line: int, message: str) -> None:
        """Report it; what was good in it last time stays."""
        former = self._by_source.get(file.name)
        if former is not None and former.number not in self._entries and self._store.has(former):
            self._entries[former.number] = former
            self._summary.kept += 1
            message += " Le contenu d'avant reste en place."
        self._summary.fault(file.name, line, message)

    def _remember(self, publication: Publication) -> None:
        for one in publication.related:
            if one.number:
                self._titles.setdefault(one.number, one.title)
