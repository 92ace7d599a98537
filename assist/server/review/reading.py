# SPDX-License-Identifier: EUPL-1.2
"""Answers to a manager's questions, from the sums; the sessions themselves only when they are asked for one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session

from assist.review.indicators import Sums
from assist.review.tally import VISIT, WAIT, timed
from assist.review.visits import Row
from assist.server.kiosks.tables import StoredEvent
from assist.server.reports.tables import CraRow
from assist.server.review.asked import Wanted
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow

PER_PAGE = 50
_COUNTS = [column.name for column in DaySum.__table__.columns if not column.primary_key]
_STEPS = [column.name for column in StepSum.__table__.columns if not column.primary_key]


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a procedure's text, as the site met it."""

    id: int
    content_hash: str
    visits: int


def sums(transaction: Session, wanted: Wanted) -> Sums:
    """The sums of these days."""
    columns = [func.sum(DaySum.__table__.columns[name]) for name in _COUNTS]
    found = transaction.execute(_narrowed(select(*columns), DaySum, wanted)).one()
    narrow = wanted.kiosk or wanted.procedure or wanted.language or wanted.origin
    return Sums(
        counts={name: int(value or 0) for name, value in zip(_COUNTS, found, strict=True)},
        visits=_times(transaction, wanted, VISIT),
        waits=_times(transaction, wanted, WAIT),
        reports=None if narrow else _reports(transaction, wanted),
    )


def procedures(transaction: Session, wanted: Wanted) -> list[tuple[str, Counter[str]]]:
    """Each procedure that was begun in these days, with its counts; the most begun first."""
    names = ("visits", "finished", "helped", "difficult")
    columns = [func.sum(DaySum.__table__.columns[name]) for name in names]
    query = _narrowed(select(TextRow.procedure, *columns).join(TextRow, TextRow.id == DaySum.text), DaySum, wanted)
    rows = transaction.execute(query.where(TextRow.procedure != "").group_by(TextRow.procedure)).all()
    found = [(name, Counter(dict(zip(names, map(int, counts), strict=True)))) for name, *counts in rows]
    return sorted(found, key=lambda one: (-one[1]["visits"], one[0]))


def texts(transaction: Session, wanted: Wanted) -> list[Text]:
    """The versions of the text of ``wanted.procedure`` that were met in these days; the newest first."""
    query = select(TextRow.id, TextRow.content_hash, func.sum(DaySum.visits)).join(TextRow, TextRow.id == DaySum.text)
    rows = transaction.execute(_narrowed(query, DaySum, wanted).group_by(TextRow.id, TextRow.content_hash))
    return [Text(id_, hash_, int(visits)) for id_, hash_, visits in sorted(rows, key=lambda row: -row[0])]


def steps(transaction: Session, wanted: Wanted, text: int) -> dict[str, Counter[str]]:
    """Each step of a version that was reached in these days, with its counts."""
    columns = [func.sum(StepSum.__table__.columns[name]) for name in _STEPS]
    query = _narrowed(select(StepSum.step, *columns), StepSum, wanted).where(StepSum.text == text)
    return {
        step: Counter(dict(zip(_STEPS, map(int, counts), strict=True)))
        for step, *counts in transaction.execute(query.group_by(StepSum.step))
    }


def step_times(transaction: Session, wanted: Wanted, text: int, step: str) -> dict[int, int]:
    """Class of duration -> visits that spent as long at this step."""
    return _times(transaction, wanted, timed(step), TimeSum.text == text)


def total(transaction: Session, wanted: Wanted) -> int:
    """How many lines the list of these days has: visits, and sessions in which nothing was chosen."""
    nothing = select(TextRow.id).where(TextRow.procedure == "")
    lines = func.sum(DaySum.visits), func.sum(DaySum.sessions).filter(DaySum.text.in_(nothing))
    visits, without = transaction.execute(_narrowed(select(*lines), DaySum, wanted)).one()
    return int(visits or 0) + int(without or 0)


def listed(transaction: Session, wanted: Wanted, after: str = "") -> tuple[Sequence[VisitRow], str]:
    """One page of the list, newest first, and where the next begins ("" when there is none)."""
    query = select(VisitRow).where(VisitRow.day.between(wanted.since, wanted.until), *_narrowing(VisitRow, wanted))
    if wanted.procedure:
        query = query.where(VisitRow.text.in_(_texts_of(wanted.procedure)))
    if wanted.kiosk:
        query = query.where(VisitRow.kiosk == wanted.kiosk)
    place = tuple_(VisitRow.began_at, VisitRow.session, VisitRow.number)
    if (at := _place(after)) is not None:
        query = query.where(place < at)
    query = query.order_by(VisitRow.began_at.desc(), VisitRow.session.desc(), VisitRow.number.desc())
    rows = transaction.scalars(query.limit(PER_PAGE + 1)).all()
    if len(rows) <= PER_PAGE:
        return rows, ""
    last = rows[PER_PAGE - 1]
    return rows[:PER_PAGE], f"{last.began_at.astimezone(UTC).isoformat()}~{last.session}~{last.number}"


def text_names(transaction: Session) -> dict[int, str]:
    """Number of a text -> its procedure."""
    return {id_: procedure for id_, procedure in transaction.execute(select(TextRow.id, TextRow.procedure))}


def kiosks(transaction: Session) -> list[str]:
    """The kiosks at which anybody has begun."""
    return [name for name in transaction.scalars(select(DaySum.kiosk).distinct().order_by(DaySum.kiosk)) if name]


def languages(transaction: Session) -> list[str]:
    """The languages that anybody has used."""
    return list(transaction.scalars(select(DaySum.language).distinct().order_by(DaySum.language)))


def rows_of(transaction: Session, session: str) -> list[Row]:
    """The rows of a session, oldest first; histories set apart are not among them."""
    columns = (StoredEvent.kiosk, StoredEvent.time, StoredEvent.type, StoredEvent.payload)
    query = select(*columns).where(StoredEvent.session == session).order_by(StoredEvent.boot, StoredEvent.seq)
    return [
        {
            "session": session,
            "kiosk": kiosk,
            "time": time,
            "type": type_,
            "payload": None if payload is None else json.loads(payload),
        }
        for kiosk, time, type_, payload in transaction.execute(query)
    ]


def _times(transaction: Session, wanted: Wanted, of: str, *more: ColumnElement[bool]) -> dict[int, int]:
    query = _narrowed(select(TimeSum.time_class, func.sum(TimeSum.times)), TimeSum, wanted)
    query = query.where(TimeSum.of == of, *more).group_by(TimeSum.time_class)
    return {class_: int(times) for class_, times in transaction.execute(query)}


def _reports(transaction: Session, wanted: Wanted) -> int:
    query = select(func.count()).select_from(CraRow).where(CraRow.date.between(wanted.since, wanted.until))
    return transaction.scalars(query).one()


def _narrowed[Q: Select[tuple[object, ...]]](
    query: Q, table: type[DaySum | StepSum | TimeSum], wanted: Wanted
) -> Q:
    """The sums of all kiosks are kept apart from those of each: ``kiosk`` is always asked for."""
    query = query.where(
        table.day.between(wanted.since, wanted.until), table.kiosk == wanted.kiosk, *_narrowing(table, wanted)
    )
    return query.where(table.text.in_(_texts_of(wanted.procedure))) if wanted.procedure else query


def _narrowing(table: type[DaySum | StepSum | TimeSum | VisitRow], wanted: Wanted) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if wanted.language:
        narrow.append(table.language == wanted.language)
    if wanted.origin:
        narrow.append(table.origin == wanted.origin)
    return narrow


def _texts_of(procedure: str) -> Select[tuple[int]]:
    return select(TextRow.id).where(TextRow.procedure == procedure)


def _place(after: str) -> tuple[datetime, str, int] | None:
    moment, _, rest = after.partition("~")
    session, _, number = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, session, int(number)) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
