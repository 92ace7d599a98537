# SPDX-License-Identifier: EUPL-1.2
"""A year of sessions: who came, when, to which kiosk, and which walk was theirs. The same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import content
from assist.journal.serialise import time_text
from assist.review.attendance import Attendance, attendance
from assist.review.visits import Row
from assist.session.commands import Mode, Origin
from assist.session.events import SessionStarted
from benchmarks.year.opening_days import DAYS, LAST_DAY, Open, days, kiosks, moments, wanted
from benchmarks.year.walks import MORNING, Text, Walk, nothing_chosen, texts_of, walks
from content.loader import load_catalogue
from content.model import Catalogue

SEED = 2026
_WALKS = 120
"""For each version of a text."""
_TWICE, _NOTHING = 0.03, 0.06
"""Sessions with a second procedure, and without any."""
_LANGUAGES = {"fr": 90.0, "en": 10.0}
_ORIGINS = {Origin.TOUCH: 82.0, Origin.VOICE: 12.0, Origin.KEY: 6.0}
_FREE_TODAY = 70
"""People a day above whom a kiosk is taken for several of them: they no longer wait for each other."""


class Session(NamedTuple):
    """Somebody came."""

    id: str
    kiosk: str
    began: datetime
    language: str
    origin: Origin
    walk: int
    """Its place in :attr:`Year.walks`."""


@dataclass(frozen=True, slots=True)
class Year:
    """All that is needed to tell it, several times over if wanted."""

    kiosks: dict[str, float]
    walks: tuple[Walk, ...]
    days: list[Open]
    seed: int
    _ranges: dict[str, tuple[tuple[date, range], ...]]
    """Procedure ("" for none) -> from what day on which walks are those of its text."""

    def sessions(self) -> Iterator[tuple[Open, list[Session]]]:
        """The days of each kiosk, in the order of the days, and who came."""
        chance = Random(self.seed + 1)  # noqa: S311 - a made-up year
        names = tuple(name for name in self._ranges if name)
        for place in self.days:
            yield place, self._day(place, names, chance)

    def _day(self, place: Open, names: tuple[str, ...], chance: Random) -> list[Session]:
        count = place.people
        weights = wanted(names, place.day.month)
        weights.append(_NOTHING * sum(weights))
        subjects = chance.choices((*names, ""), weights, k=count)
        languages = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()), k=count)
        origins = chance.choices(list(_ORIGINS), list(_ORIGINS.values()), k=count)
        found: list[Session] = []
        free = datetime.min.replace(tzinfo=MORNING.tzinfo)
        for began, subject, language, origin in zip(
            moments(place.day, count, chance), subjects, languages, origins, strict=True
        ):
            walk = chance.choice(self._of(subject, place.day))
            if count <= _FREE_TODAY and began < free:
                began = free
            free = began + timedelta(milliseconds=min(self.walks[walk].milliseconds, 1_200_000) + 5000)
            found.append(Session(chance.randbytes(16).hex(), place.kiosk, began, language, origin, walk))
        return found

    def _of(self, subject: str, day: date) -> range:
        return next(of for since, of in reversed(self._ranges[subject]) if since <= day)

    def started(self, session: Session) -> SessionStarted:
        """The first event of a session."""
        today, monotonic = session.began.date(), 0.0
        return SessionStarted(session.id, session.language, Mode.KIOSK, session.origin, today, monotonic)

    def attendance(self, session: Session) -> Attendance:
        """The session as the review reads it."""
        read = read_walk(self.walks[session.walk])
        return replace(
            read,
            session=session.id,
            kiosk=session.kiosk,
            language=session.language,
            origin=session.origin,
            began=session.began,
        )


def make_year(
    sessions: int,
    count: int,
    seed: int = SEED,
    *,
    catalogue: Catalogue | None = None,
    ways: int = _WALKS,
    harder: float = 1.0,
) -> Year:
    """A year of ``sessions`` at ``count`` kiosks, with so many ``ways`` through each text, ``harder`` than ours are."""
    chance = Random(seed)  # noqa: S311 - a made-up year
    catalogue = catalogue or load_catalogue(Path(content.__file__).parent / "procedures")
    found: list[Walk] = []
    ranges: dict[str, tuple[tuple[date, range], ...]] = {}
    first = LAST_DAY - timedelta(days=DAYS)

    def add(more: Iterator[Walk]) -> range:
        start = len(found)
        found.extend(more)
        return range(start, len(found))

    for name in sorted(catalogue.procedures):
        procedure = catalogue.get(name)
        assert procedure is not None
        changed = first + timedelta(days=chance.randint(60, 330))
        since = (first, changed)
        texts: tuple[Text, ...] = texts_of(procedure, chance, harder)
        ranges[name] = tuple((day, add(walks(text, ways, chance))) for day, text in zip(since, texts, strict=False))
    ranges[""] = ((first, add(nothing_chosen(ways, chance))),)
    places = kiosks(count, chance)
    return Year(places, tuple(found), days(sessions, places, chance), seed, ranges)


def read_walk(walk: Walk) -> Attendance:
    """A walk as the review reads it, before it is put in its place. Raises ValueError for one that has no end."""
    read = attendance(rows_of(walk))
    if read is None:
        raise ValueError("a walk that does not end")
    return read


def rows_of(walk: Walk) -> list[Row]:
    """The rows of a walk, before it is put in its place."""
    beginning = {"session": "walk", "language": "fr", "mode": Mode.KIOSK, "origin": Origin.TOUCH}
    rows: list[Row] = [_row(0, SessionStarted.description.type, beginning)]
    return [*rows, *(_row(told.after, told.type, told.data) for told in walk.told)]


def _row(after: int, type_: str, payload: object) -> Row:
    at = time_text(MORNING + timedelta(milliseconds=after))
    return {"session": "walk", "kiosk": "walk", "time": at, "type": type_, "payload": payload}
