# SPDX-License-Identifier: EUPL-1.2
"""What counting adds to taking rows in: the same rows into the same database, with and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice
from random import Random
from time import perf_counter
from unittest.mock import patch
from uuid import UUID

from assist.journal.chain import Head, Link, genesis
from assist.server.database import Database
from assist.server.kiosks import ingest
from assist.server.kiosks.projection import Source
from benchmarks.year.loading import KEY, links_of
from benchmarks.year.sessions import Year

_SESSIONS = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds for each row, commits included."""

    bare_us: float
    counted_us: float

    @property
    def ratio(self) -> float:
        """How much more the rows cost that are counted."""
        return self.counted_us / self.bare_us


def cost_of_counting(year: Year, database: Database) -> dict[str, Cost]:
    """Of rows that come as they are written, and of those that a kiosk sends after it was alone."""
    return {
        "one row at a time": _cost(year, database, 1, 3),
        "batches of 1000": _cost(year, database, 1000, _SESSIONS),
    }


def _cost(year: Year, database: Database, by: int, sessions: int) -> Cost:
    """Taken in turns, so that a slow moment falls on both."""
    bare, counted = list[float](), list[float]()
    for turn in range(4):
        if turn % 2:
            counted.append(_taken(year, database, by, sessions, turn))
        else:
            with patch.object(ingest, "count", lambda *_: 0):
                bare.append(_taken(year, database, by, sessions, turn))
    return Cost(min(bare), min(counted))


def _taken(year: Year, database: Database, by: int, sessions: int, turn: int) -> float:
    """Microseconds for each row of some sessions, that come for the first time."""
    chance = Random(f"{by} {turn}")  # noqa: S311 - a made-up year
    journal = str(UUID(bytes=chance.randbytes(16), version=4))
    rows = _rows(year, genesis(journal.encode(), KEY), sessions, chance)
    now = datetime.combine(year.days[-1].day, time(20), UTC)
    source = Source(year.days[-1].kiosk, journal)
    with database.begin() as transaction:
        ingest.journal_of(transaction, journal, KEY, source.kiosk, now)
    before = perf_counter()
    for start in range(0, len(rows), by):
        with database.begin() as transaction:
            ingest.ingest(transaction, source, rows[start : start + by], now)
    return (perf_counter() - before) * 1e6 / len(rows)


def _rows(year: Year, head: Head, count: int, chance: Random) -> Sequence[Link]:
    """Sessions of the year, under other names."""
    found: list[Link] = []
    came = (session for _, some in year.sessions() for session in some)
    for session in islice(came, count):
        again = session._replace(id=chance.randbytes(16).hex(), kiosk=year.days[-1].kiosk)
        for link, _ in links_of(year, again, chance, head):
            found.append(link)
            head = Head(link.seq, link.hash)
    return found
