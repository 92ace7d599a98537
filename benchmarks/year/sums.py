# SPDX-License-Identifier: EUPL-1.2
"""The sums of a day, for many sessions at once.

What a session adds to the sums depends on its walk; where it adds it, on its place. So each walk is counted once by
:mod:`assist.review.tally` itself, and a day is how often each walk was at each place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assist.review.tally import EVERY_KIOSK, Tally, tally
from assist.server.review.reading import COUNTS
from assist.server.review.tables import StepSum
from benchmarks.year.sessions import Session, Year, read_walk

Numbers = NDArray[np.int64]
Line = tuple[Any, ...]
"""What a row of sums is about, besides its place: text, step, what is timed, class."""
_STEP = tuple(column.name for column in StepSum.__table__.columns if not column.primary_key)


@dataclass(frozen=True, slots=True)
class Kind:
    """One table of sums: what its rows are, besides their place, and what each walk adds to them."""

    rows: tuple[Line, ...]
    """The version of the text first, as its place in :attr:`Sums.texts`."""
    width: int
    starts: Numbers
    cells: Numbers
    counts: Numbers

    def of(self, groups: Numbers, walks: Numbers) -> Iterator[tuple[int, Line, list[int]]]:
        """Group, row and counts: what these walks add, each in its group."""
        lengths = self.starts[walks + 1] - self.starts[walks]
        ends = np.cumsum(lengths)
        at = np.arange(lengths.sum()) - np.repeat(ends - lengths - self.starts[walks], lengths)
        size = len(self.rows) * self.width
        keys = np.repeat(groups, lengths) * size + self.cells[at]
        told = np.bincount(keys, self.counts[at], (int(groups.max()) + 1) * size).astype(np.int64)
        lines = told.reshape(-1, self.width)
        found = np.flatnonzero(lines.any(axis=1))
        for key, line in zip(found.tolist(), lines[found].tolist(), strict=True):
            group, row = divmod(key, len(self.rows))
            yield group, self.rows[row], line


class Sums:
    """The three tables of sums, for the days of a year."""

    def __init__(self, year: Year) -> None:
        told = [tally([(read_walk(walk), date.min)]) for walk in year.walks]
        self.texts = tuple(
            sorted({(where.procedure, where.content_hash) for one in told for where in one.days}, key=_by_name)
        )
        number = {text: n for n, text in enumerate(self.texts)}
        self.days = _kind([list(_day_cells(one, number)) for one in told], len(COUNTS))
        self.steps = _kind([list(_step_cells(one, number)) for one in told], len(_STEP))
        self.times = _kind([list(_time_cells(one, number)) for one in told], 1)

    def of_day(self, sessions: Sequence[Session]) -> Iterator[tuple[Kind, tuple[str, str, str], Line, list[int]]]:
        """Table, place (kiosk, language, means), row and counts, for the sessions of one day."""
        walks = np.array([session.walk for session in sessions], dtype=np.int64)
        for everywhere in (False, True):
            places = [(EVERY_KIOSK if everywhere else one.kiosk, one.language, one.origin.value) for one in sessions]
            known = {place: n for n, place in enumerate(dict.fromkeys(places))}
            names = list(known)
            groups = np.array([known[place] for place in places], dtype=np.int64)
            for kind in (self.days, self.steps, self.times):
                for group, row, counts in kind.of(groups, walks):
                    yield kind, names[group], row, counts


Cell = tuple[Line, int, int]
"""Row, column, count."""


def _kind(told: Sequence[Sequence[Cell]], width: int) -> Kind:
    rows: dict[Line, int] = {}
    starts, cells, counts = [0], list[int](), list[int]()
    for of_walk in told:
        for row, column, count in of_walk:
            cells.append(rows.setdefault(row, len(rows)) * width + column)
            counts.append(count)
        starts.append(len(cells))
    numbers = [np.array(each, dtype=np.int64) for each in (starts, cells, counts)]
    return Kind(tuple(rows), width, *numbers)


def _day_cells(told: Tally, texts: dict[tuple[str, str], int]) -> Iterator[Cell]:
    for where, counts in told.days.items():
        if where.kiosk == EVERY_KIOSK:
            text = texts[where.procedure, where.content_hash]
            yield from (((text,), COUNTS.index(name), count) for name, count in counts.items())


def _step_cells(told: Tally, texts: dict[tuple[str, str], int]) -> Iterator[Cell]:
    for (where, step), counts in told.steps.items():
        if where.kiosk == EVERY_KIOSK:
            text = texts[where.procedure, where.content_hash]
            yield from (((text, step), _STEP.index(name), count) for name, count in counts.items())


def _time_cells(told: Tally, texts: dict[tuple[str, str], int]) -> Iterator[Cell]:
    for (where, of, class_), count in told.times.items():
        if where.kiosk == EVERY_KIOSK:
            yield (texts[where.procedure, where.content_hash], of, class_), 0, count


def _by_name(text: tuple[str, str]) -> tuple[str, str]:
    return text
