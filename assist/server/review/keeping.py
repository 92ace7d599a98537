# SPDX-License-Identifier: EUPL-1.2
"""Sessions that are over into visits and sums, once each, in the transaction that keeps their rows.

``Journal.counted`` tells how far a journal's sessions are counted. Histories set apart are never counted, nor drafts
tried by volunteers, nor walks of authors.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assist.review.attendance import Attendance, attendance
from assist.review.tally import Tally, Where
from assist.review.visits import Row, Visit
from assist.server.database import Table
from assist.server.kiosks.tables import Journal, StoredEvent
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow
from assist.server.site import HERE
from assist.session.commands import Mode

_AT_ONCE = 500
"""Sessions counted together."""
_AHEAD = timedelta(minutes=5)
"""A kiosk's clock later than the server's by more than this is not believed."""
_LONGEST = 200
"""Letters of a procedure's or a step's name."""
_MOST = 1_000_000_000
"""Seconds: a clock that jumps makes no number that a database refuses."""
_log = logging.getLogger(__name__)


def count(transaction: Session, journal: Journal) -> int:
    """Count the sessions of ``journal`` that are over and not counted yet; how many."""
    counted = 0
    while ends := _ends(transaction, journal):
        # A session that is told twice to have ended is one session.
        over = dict.fromkeys(end.session for end in ends if end.session)
        people = [person for session in over if (person := _read(transaction, journal, session)) is not None]
        _keep(transaction, journal, people)
        journal.counted = ends[-1].seq
        counted += len(people)
    journal.counted = journal.kept
    return counted


def day_of(person: Attendance, came_at: datetime) -> tuple[datetime, date]:
    """When a session began, in UTC, and its day as the place counts it.

    By the kiosk's clock, for it may have waited long for the server; by the server's when the kiosk is ahead of it.
    """
    began = person.began if person.began.tzinfo else person.began.replace(tzinfo=UTC)
    moment = began.astimezone(UTC) if began <= came_at + _AHEAD else came_at
    return moment, moment.astimezone(HERE).date()


def _ends(transaction: Session, journal: Journal) -> Sequence[StoredEvent]:
    ended = select(StoredEvent).where(
        StoredEvent.journal == journal.id,
        StoredEvent.seq > journal.counted,
        StoredEvent.seq <= journal.kept,
        StoredEvent.type == "session.ended",
    )
    return transaction.scalars(ended.order_by(StoredEvent.seq).limit(_AT_ONCE)).all()


def _read(transaction: Session, journal: Journal, session: str) -> tuple[Attendance, datetime, date] | None:
    """The session and its day; None when it is none of the public's, is counted, or cannot be read."""
    if transaction.get(VisitRow, (session, 0)) is not None:
        return None
    columns = (StoredEvent.kiosk, StoredEvent.time, StoredEvent.type, StoredEvent.payload, StoredEvent.came_at)
    # By its session alone: asked for the journal too, SQLite reads all of that journal in the order of its rows.
    found = select(StoredEvent.journal, *columns).where(StoredEvent.session == session).order_by(StoredEvent.seq)
    stored = [each for each in transaction.execute(found) if each.journal == journal.id]
    try:
        rows = [_row(session, each.kiosk, each.time, each.type, each.payload) for each in stored]
        person = attendance(rows)
        if person is None or person.mode is not Mode.KIOSK:
            return None
        _check(person)
        return person, *day_of(person, stored[0].came_at)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError) as strange:
        # A newer kiosk, or a broken one: its rows are kept as they are.
        _log.warning("session %s is not counted: %r", session, strange)
        return None


def _check(person: Attendance) -> None:
    """Raises ValueError for a name that no kiosk of ours gives, and that a database may refuse."""
    names: list[object] = [person.language]
    for visit in person.visits:
        names += [visit.procedure, visit.content_hash, *visit.steps]
    if not all(isinstance(name, str) and name.isprintable() and len(name) <= _LONGEST for name in names):
        raise ValueError("a name that is none")


def _row(session: str, kiosk: str, time: str, type_: str, payload: str | None) -> Row:
    data: Mapping[str, Any] | None = None if payload is None else json.loads(payload)
    return {"session": session, "kiosk": kiosk, "time": time, "type": type_, "payload": data}


def _keep(transaction: Session, journal: Journal, people: Sequence[tuple[Attendance, datetime, date]]) -> None:
    if not people:
        return
    texts = _Texts(transaction)
    sums = Tally()
    visits: list[dict[str, object]] = []
    for person, moment, day in people:
        sums.add(person, day)
        for number, visit in enumerate(person.visits or (None,)):
            text = texts.id_of(visit.procedure if visit else "", visit.content_hash if visit else "", day)
            visits.append(
                visit_values(person, visit, number, text) | {"journal": journal.id, "began_at": moment, "day": day}
            )
    transaction.execute(insert(VisitRow), visits)
    _add(transaction, DaySum, ((_of(where, texts), counts) for where, counts in sums.days.items()))
    _add(transaction, StepSum, ((_of(where, texts) | {"step": step}, c) for (where, step), c in sums.steps.items()))
    _add(
        transaction,
        TimeSum,
        (
            (_of(where, texts) | {"of": of, "time_class": class_}, Counter({"times": times}))
            for (where, of, class_), times in sums.times.items()
        ),
    )


class _Texts:
    """The numbers of the texts, made for those that are new."""

    def __init__(self, transaction: Session) -> None:
        self._transaction = transaction
        self._known: dict[tuple[str, str], int] = {}

    def id_of(self, procedure: str, content_hash: str, day: date) -> int:
        key = procedure, content_hash
        if key not in self._known:
            values = {"procedure": procedure, "content_hash": content_hash, "first_day": day}
            self._transaction.execute(insert_into(self._transaction, TextRow).values(values).on_conflict_do_nothing())
            found = select(TextRow.id).where(TextRow.procedure == procedure, TextRow.content_hash == content_hash)
            self._known[key] = self._transaction.scalars(found).one()
        return self._known[key]


def visit_values(person: Attendance, visit: Visit | None, number: int, text: int) -> dict[str, object]:
    """The line of the list that tells a visit, but for its journal and its day."""
    return {
        "session": person.session,
        "number": number,
        "kiosk": person.kiosk,
        "text": text,
        "language": person.language,
        "origin": person.origin.value,
        "ending": person.ending.value,
        "seconds": min(_MOST, round(visit.seconds if visit else person.seconds)),
        "finished": visit is not None and visit.finished,
        "helped": person.called if visit is None else visit.helped,
        "difficulties": visit.difficulties if visit else 0,
        "waited": None if person.waited is None else min(_MOST, round(person.waited)),
        "face": visit.face.value if visit and visit.face else None,
    }


def _of(where: Where, texts: _Texts) -> dict[str, object]:
    return {
        "day": where.day,
        "kiosk": where.kiosk,
        "text": texts.id_of(where.procedure, where.content_hash, where.day),
        "language": where.language,
        "origin": where.origin,
    }


def _add(
    transaction: Session,
    table: type[DaySum | StepSum | TimeSum],
    sums: Iterable[tuple[dict[str, object], Counter[str]]],
) -> None:
    """Add to the sums that are there, in the order of their keys: two writers never wait for each other in a circle."""
    columns = table.metadata.tables[table.__tablename__].columns
    keys = [column.name for column in columns if column.primary_key]
    counted = [column.name for column in columns if not column.primary_key]
    rows = [where | {name: counts[name] for name in counted} for where, counts in sums]
    if rows:
        new = insert_into(transaction, table)
        more = {name: columns[name] + new.excluded[name] for name in counted}
        transaction.execute(
            new.on_conflict_do_update(index_elements=keys, set_=more),
            sorted(rows, key=lambda row: [str(row[name]) for name in keys]),
        )


def insert_into(transaction: Session, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An insertion that may say what to do on a conflict, as the database at hand writes it."""
    of_dialect = postgresql if transaction.get_bind().dialect.name == "postgresql" else sqlite
    return of_dialect.insert(table.metadata.tables[table.__tablename__])
