# SPDX-License-Identifier: EUPL-1.2
"""The procedures of a store, for a kiosk. Their titles come from the index; the rest is made when it is first needed,
and the last few made are kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import overload

from content.importers.vosdroits.cleaning import shortened
from content.importers.vosdroits.compiling import START, Made, compile_procedure
from content.importers.vosdroits.draft import said
from content.importers.vosdroits.drawings import BY_THEME, PAPERS, picture, theme_of
from content.importers.vosdroits.publications import Publication
from content.importers.vosdroits.store import FOLDER, Entry, Index, read_index, read_publication_of
from content.model import (
    OFFICIAL_CREDIT,
    Catalogue,
    OfficialSheet,
    Procedure,
    RoadMapLine,
    Source,
    Step,
)

PREFIX = "sp-"
"""Begins the identifiers of official procedures: "sp-f34300"."""
COMPILER = "1"
"""Grows when the same publications give other steps: the journal then tells the two texts apart."""
_KEPT = 6


def with_official(catalogue: Catalogue, folder: Path | None) -> Catalogue:
    """``catalogue``, then the official procedures of the store ``folder``; the same when there is no store."""
    found = official_procedures(folder) if folder is not None else {}
    if not found:
        return catalogue
    ours = catalogue.procedures
    new = {name: languages for name, languages in found.items() if name not in ours}
    titles = Counter(p.title for languages in (*ours.values(), *new.values()) for p in languages.values())
    new = {name: _told_apart(languages, titles) for name, languages in new.items()}
    return Catalogue(MappingProxyType({**ours, **new}), catalogue.problems)


def _told_apart(languages: Mapping[str, Procedure], titles: Counter[str]) -> Mapping[str, Procedure]:
    """Its number after a title that another procedure has too: two cards alike could not be chosen between."""

    def named(one: Procedure) -> Procedure:
        if one.official is None or titles[one.title] < 2:
            return one
        return replace(one, title=f"{one.title} (fiche {one.official.number})")

    return MappingProxyType({language: named(one) for language, one in languages.items()})


def identifier(number: str) -> str:
    """The identifier of the procedure made from publication ``number``."""
    return f"{PREFIX}{number.lower()}"


def official_procedures(folder: Path) -> dict[str, Mapping[str, Procedure]]:
    """Identifier -> language -> procedure, for each publication of a store that can be walked through."""
    index = read_index(folder)
    if index is None:
        return {}
    workshop = _Workshop(folder, index)
    return {
        identifier(entry.number): MappingProxyType({"fr": workshop.procedure(entry)})
        for entry in index.entries.values()
        if entry.walkable
    }


class _Workshop:
    """Makes procedures of one store, and keeps the last few made."""

    def __init__(self, folder: Path, index: Index) -> None:
        self._folder = folder
        self._index = index
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._lock = Lock()

    def procedure(self, entry: Entry) -> Procedure:
        theme, pictogram = self._theme(entry)
        day = date.fromisoformat(entry.modified) if entry.modified else None
        sheet = OfficialSheet(entry.number, entry.title, entry.url, day)
        seen = day or date.min
        return Procedure(
            id=identifier(entry.number),
            language="fr",
            languages=("fr",),
            theme=theme,
            pictogram=picture(entry.title, pictogram),
            title=shortened(self._title(entry), 90),
            summary=entry.title,
            also=(),
            start=START,
            steps=_LazySteps(self, entry.number),
            road_map=_LazyLines(self, entry.number),
            sources=(Source(f"{OFFICIAL_CREDIT}, fiche {entry.number}", entry.url, seen, seen),),
            content_hash=self._hash(entry),
            official=sheet,
        )

    def made(self, number: str) -> Made:
        """The steps and the road map of one procedure."""
        with self._lock:
            if number in self._made:
                self._made.move_to_end(number)
                return self._made[number]
            publication = self._find(number) or Publication(number, "", number, "", "")
            made = compile_procedure(publication, self._find, lambda of: self._index.titles.get(of, ""))
            self._made[number] = made
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return made

    def _find(self, number: str) -> Publication | None:
        entry = self._index.entries.get(number)
        return read_publication_of(self._folder, entry) if entry else None

    def _title(self, entry: Entry) -> str:
        """Its own; but a tree that leads to one sheet only is called as that sheet.

        Such trees stand inside their sheet at Service-Public.fr, under a working title ("CNI -Perte majeur").
        """
        if "guid" not in entry.kind.casefold() or len(entry.leads) != 1:
            return entry.title
        (number,) = entry.leads
        known = self._index.entries.get(number)
        return (known.title if known else self._index.titles.get(number, "")) or entry.title

    def _theme(self, entry: Entry) -> tuple[str, str]:
        """Its own theme; else the one its title speaks of; else that of most publications it names."""
        if entry.theme in BY_THEME:
            return BY_THEME[entry.theme]
        named = (self._index.entries[number].theme for number in entry.leads if number in self._index.entries)
        votes = Counter(theme for theme in named if theme in BY_THEME)
        voted = votes.most_common(1)[0][0] if votes else PAPERS
        return BY_THEME[theme_of(entry.title) or voted]

    def _hash(self, entry: Entry) -> str:
        known = self._index.entries
        led = (f"{number}={known[number].digest if number in known else ''}" for number in sorted(entry.leads))
        digests = [entry.digest, *led]
        return hashlib.sha256("\n".join((COMPILER, *digests)).encode()).hexdigest()


class _LazySteps(Mapping[str, Step]):
    """The steps of a procedure, made at the first look."""

    def __init__(self, workshop: _Workshop, number: str) -> None:
        self._workshop = workshop
        self._number = number

    def __getitem__(self, name: str) -> Step:
        return self._workshop.made(self._number).steps[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._workshop.made(self._number).steps)

    def __len__(self) -> int:
        return len(self._workshop.made(self._number).steps)


class _LazyLines(Sequence[RoadMapLine]):
    """The lines of its road map, made at the first look."""

    def __init__(self, workshop: _Workshop, number: str) -> None:
        self._workshop = workshop
        self._number = number

    @overload
    def __getitem__(self, index: int) -> RoadMapLine: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RoadMapLine]: ...
    def __getitem__(self, index: int | slice) -> RoadMapLine | Sequence[RoadMapLine]:
        return self._workshop.made(self._number).road_map[index]

    def __len__(self) -> int:
        return len(self._workshop.made(self._number).road_map)


def is_store(folder: Path) -> bool:
    """True for a folder that an import wrote."""
    return read_index(folder) is not None


def texts_of_store(folder: Path) -> Iterator[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """For each publication of a store, its file and its texts: (key, sentences), as a person may be read them."""
    index = read_index(folder)
    for entry in index.entries.values() if index else ():
        publication = read_publication_of(folder, entry)
        if publication is not None:
            texts = (("title", (publication.title,)), ("say", said(publication.body)))
            yield f"{FOLDER}/{entry.file}", tuple((key, sentences) for key, sentences in texts if sentences)
