# SPDX-License-Identifier: EUPL-1.2
"""A year into a site's database: the sessions one by one, the sums of their days, and their raw rows if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random
from time import perf_counter
from typing import cast
from uuid import UUID

from sqlalchemy import Table as Columns
from sqlalchemy import update

from assist.journal.chain import SALT_BYTES, Head, Link, bind, commitment_of, genesis
from assist.journal.serialise import payload_of, time_text
from assist.review.attendance import Attendance
from assist.server.database import Database, Table
from assist.server.kiosks.ingest import journal_of
from assist.server.kiosks.tables import Journal, StoredEvent
from assist.server.review.keeping import visit_values
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow
from assist.server.site import HERE
from assist.session.events import SessionStarted
from benchmarks.year.bulk import Bulk, Cell, bulk_of, without_indexes
from benchmarks.year.sessions import Session, Year, read_walk
from benchmarks.year.sums import Sums

KEY = bytes(32)
"""The public key of kiosks that sign nothing."""
_LATE = timedelta(seconds=1)
"""From a kiosk to the server."""
_TOGETHER = 10
"""Days in a transaction."""
_A_FEW = 200
"""Sessions that have their raw rows when the others have not: one of them is asked for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written, and in how many seconds."""

    sessions: int
    events: int
    sums: int
    seconds: float


def columns_of(table: type[Table]) -> Columns:
    """The table, as it is in the database."""
    return table.metadata.tables[table.__tablename__]


def load(year: Year, database: Database, address: str, *, raw: bool) -> Loaded:
    """Write all of it into an empty database; without ``raw``, only a few sessions have their raw rows."""
    began = perf_counter()
    sums = Sums(year)
    journals = dict(zip(year.kiosks, _ids(year.seed), strict=False))
    tables = [columns_of(table) for table in (VisitRow, DaySum, StepSum, TimeSum, StoredEvent)]
    chains = {kiosk: genesis(journal.encode(), KEY) for kiosk, journal in journals.items()}
    sessions, events, written = 0, 0, 0
    _begin(database, journals, sums, year.days[0].day)
    with without_indexes(database.engine, tables), bulk_of(address) as bulk:
        told = _Raw(year, journals, chains)
        visits = _Visits(year, journals, sums)
        for number, (day, places) in enumerate(groupby(year.sessions(), key=lambda place: place[0].day)):
            came = [session for _, found in places for session in found]
            sessions += len(came)
            bulk.write(columns_of(VisitRow), visits.of(came, bulk))
            written += _add(bulk, sums, came, day)
            if raw or day == year.days[-1].day:
                events += bulk.write(columns_of(StoredEvent), told.of(came if raw else came[-_A_FEW:], bulk))
            if number % _TOGETHER == 0:
                bulk.keep()
        bulk.keep()
    _settle(database, journals, chains)
    return Loaded(sessions, events, written, perf_counter() - began)


def _ids(seed: int) -> Iterator[str]:
    chance = Random(seed)  # noqa: S311 - a made-up year
    while True:
        yield str(UUID(bytes=chance.randbytes(16), version=4))


def _begin(database: Database, journals: dict[str, str], sums: Sums, first: date) -> None:
    began = datetime.combine(first, datetime.min.time(), HERE).astimezone(UTC)
    texts = enumerate(sums.texts, 1)
    with database.begin() as transaction:
        for kiosk, id_ in journals.items():
            journal_of(transaction, id_, KEY, kiosk, began)
        transaction.add_all(
            TextRow(id=id_, procedure=p, content_hash=hash_, first_day=first) for id_, (p, hash_) in texts
        )


def _settle(database: Database, journals: dict[str, str], chains: dict[str, Head]) -> None:
    with database.begin() as transaction:
        for kiosk, journal in journals.items():
            head = chains[kiosk]
            held = {"kept": head.seq, "counted": head.seq, "head": head.hash}
            transaction.execute(update(Journal).where(Journal.id == journal).values(held))


class _Visits:
    """The rows of the list."""

    def __init__(self, year: Year, journals: dict[str, str], sums: Sums) -> None:
        self._journals = journals
        names = [column.name for column in columns_of(VisitRow).columns]
        self._places = {name: names.index(name) for name in ("session", "journal", "kiosk", "began_at", "day")}
        self._language, self._origin = names.index("language"), names.index("origin")
        number = {text: n for n, text in enumerate(sums.texts, 1)}
        self._rows = [_lines(read_walk(walk), number, names) for walk in year.walks]

    def of(self, came: list[Session], bulk: Bulk) -> Iterator[list[Cell]]:
        """The rows of these sessions, all of one day."""
        at = self._places
        for session in came:
            began, day = bulk.moment(session.began), session.began.astimezone(HERE).date().isoformat()
            for line in self._rows[session.walk]:
                row = line.copy()
                row[at["session"]], row[at["kiosk"]], row[at["journal"]] = (
                    session.id,
                    session.kiosk,
                    self._journals[session.kiosk],
                )
                row[at["began_at"]], row[at["day"]] = began, day
                row[self._language], row[self._origin] = session.language, session.origin.value
                yield row


def _lines(person: Attendance, texts: dict[tuple[str, str], int], names: list[str]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for number, visit in enumerate(person.visits or (None,)):
        text = texts[(visit.procedure, visit.content_hash) if visit else ("", "")]
        values = visit_values(person, visit, number, text)
        found.append([cast(Cell, values.get(name)) for name in names])
    return found


def _add(bulk: Bulk, sums: Sums, came: list[Session], day: date) -> int:
    """The sums of one day; how many rows. The columns of a table's place come after its own."""
    tables = {id(sums.days): DaySum, id(sums.steps): StepSum, id(sums.times): TimeSum}
    rows: dict[int, list[Sequence[Cell]]] = {id_: [] for id_ in tables}
    on = day.isoformat()
    for kind, (kiosk, language, origin), (text, *more), counts in sums.of_day(came):
        rows[id(kind)].append((*more, *counts, on, kiosk, text + 1, language, origin))
    for id_, table in tables.items():
        bulk.write(columns_of(table), rows[id_])
    return sum(map(len, rows.values()))


class _Raw:
    """The rows of the journals, chained as kiosks chain them."""

    def __init__(self, year: Year, journals: dict[str, str], chains: dict[str, Head]) -> None:
        self._year, self._journals, self._chains = year, journals, chains
        self._chance = Random(year.seed + 2)  # noqa: S311 - a made-up year
        self._columns = [column.name for column in columns_of(StoredEvent).columns]

    def of(self, came: list[Session], bulk: Bulk) -> Iterator[list[Cell]]:
        """The rows of these sessions."""
        for session in came:
            for link, at in links_of(self._year, session, self._chance, self._chains[session.kiosk]):
                self._chains[session.kiosk] = Head(link.seq, link.hash)
                values = _stored(link, self._journals[session.kiosk], bulk.moment(at + _LATE))
                yield [values[name] for name in self._columns]


def links_of(year: Year, session: Session, chance: Random, head: Head) -> Iterator[tuple[Link, datetime]]:
    """The rows of a session after ``head``, as its kiosk chains them, and when each was written."""
    texts = (session.kiosk.encode(), 1, session.id.encode())
    first = payload_of(year.started(session))
    told = [(0, SessionStarted.description.type, first)]
    told += [(one.after, one.type, one.payload.encode()) for one in year.walks[session.walk].told]
    for after, type_, payload in told:
        at = session.began + timedelta(milliseconds=after)
        salt = chance.randbytes(SALT_BYTES)
        id_ = str(UUID(bytes=chance.randbytes(16), version=4)).encode()
        moment = time_text(at).encode()
        link = bind(
            head,
            Link(0, id_, *texts, moment, type_.encode(), payload, salt, commitment_of(salt, payload), b"", b""),
        )
        head = Head(link.seq, link.hash)
        yield link, at


def _stored(link: Link, journal: str, came_at: Cell) -> dict[str, Cell]:
    texts = {name: getattr(link, name).decode() for name in ("id", "kiosk", "session", "time", "type", "payload")}
    plain = {name: getattr(link, name) for name in ("seq", "boot", "salt", "commitment", "prev", "hash")}
    return texts | plain | {"journal": journal, "came_at": came_at}
