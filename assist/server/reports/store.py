# SPDX-License-Identifier: EUPL-1.2
"""Keeping, finding, correcting and removing reports, each inside the transaction that it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, delete, func, or_, select, type_coerce
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.desk.report.cra import Cra
from assist.desk.report.duplicates import alike
from assist.server.database import Database
from assist.server.reports.tables import CraRow, cra_of, last_lived, put

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A report, whose it is, and when it was written."""

    id: str
    mediator: str
    session: str | None
    written_at: dt.datetime
    changed_at: dt.datetime | None
    cra: Cra


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports: those for which everything given holds."""

    since: dt.date | None = None
    until: dt.date | None = None
    """Both days included."""
    mediator: str = ""
    theme: str = ""
    """A theme or an administrative theme."""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """How much some reports come to."""

    reports: int
    people: int
    minutes: int


def new_id() -> str:
    """An identifier for a report to be."""
    return str(uuid7())


def find(transaction: Session, wanted: Wanted, *, skip: int = 0, limit: int = 50) -> list[Kept]:
    """The reports, newest day first."""
    newest = select(CraRow).where(*_conditions(wanted)).order_by(CraRow.date.desc(), CraRow.id.desc())
    return [_kept(row) for row in transaction.scalars(newest.offset(skip).limit(limit))]


def every(database: Database, wanted: Wanted) -> Iterator[Kept]:
    """The reports, oldest day first, as many as there are: a few at a time, so that nobody waits to write meanwhile."""
    after: tuple[dt.date, str] | None = None
    oldest = select(CraRow).where(*_conditions(wanted)).order_by(CraRow.date, CraRow.id).limit(_AT_ONCE)
    while True:
        with database.read() as transaction:
            found = [_kept(row) for row in transaction.scalars(oldest.where(*_after(after)))]
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = (found[-1].cra.date, found[-1].id)


def _after(place: tuple[dt.date, str] | None) -> Iterator[ColumnElement[bool]]:
    if place is not None:
        day, name = place
        yield or_(CraRow.date > day, and_(CraRow.date == day, CraRow.id > name))


def total(transaction: Session, wanted: Wanted) -> Total:
    """How many reports, people and minutes."""
    sums = select(func.count(), func.coalesce(func.sum(CraRow.people), 0), func.coalesce(func.sum(CraRow.minutes), 0))
    reports, people, minutes = transaction.execute(sums.where(*_conditions(wanted))).one()
    return Total(reports, people, minutes)


def get(transaction: Session, cra: str) -> Kept | None:
    """The report of this identifier."""
    row = transaction.get(CraRow, cra)
    return None if row is None else _kept(row)


def of_session(transaction: Session, session: str) -> Kept | None:
    """The report that tells this session, whoever wrote it."""
    row = transaction.scalars(select(CraRow).where(CraRow.session == session)).first()
    return None if row is None else _kept(row)


def without_session(transaction: Session, mediator: str) -> Kept | None:
    """The last report that ``mediator`` wrote of help without a kiosk."""
    mine = select(CraRow).where(CraRow.mediator == mediator, CraRow.session.is_(None))
    row = transaction.scalars(mine.order_by(CraRow.written_at.desc(), CraRow.id.desc()).limit(1)).first()
    return None if row is None else _kept(row)


def reported(transaction: Session, sessions: Iterable[str]) -> set[str]:
    """Those of ``sessions`` that have their report."""
    found = select(CraRow.session).where(CraRow.session.in_(list(sessions)))
    return {session for session in transaction.scalars(found) if session}


def near(transaction: Session, cra: Cra, mediator: str, session: str | None) -> Sequence[Kept]:
    """Reports of the same mediator that may tell the same help. Two different sessions never do."""
    that_day = select(CraRow).where(CraRow.mediator == mediator, CraRow.date == cra.date).order_by(CraRow.id)
    others = (_kept(row) for row in transaction.scalars(that_day))
    return [other for other in others if (session is None or other.session is None) and alike(cra, other.cra)]


def keep(
    transaction: Session, cra: Cra, mediator: str, now: dt.datetime, *, session: str | None = None, name: str = ""
) -> tuple[Kept, bool]:
    """Write a report; with it, whether it is new: a form sent twice, or a session already told, changes nothing.

    ``name`` is the identifier that the form was given; another is made when it is none of ours.
    """
    row = CraRow(id=_own(name) or new_id(), session=session, mediator=mediator, written_at=now)
    row.written_on = last_lived(transaction)
    put(row, cra)
    try:
        with transaction.begin_nested():
            transaction.add(row)
    except IntegrityError:
        before = (session and of_session(transaction, session)) or get(transaction, row.id)
        if not before:
            raise
        return before, False
    return _kept(row), True


def correct(transaction: Session, cra: str, corrected: Cra, now: dt.datetime) -> bool:
    """Write other fields into a report; False when there is none any more."""
    row = transaction.get(CraRow, cra)
    if row is None:
        return False
    put(row, corrected)
    row.changed_at = now
    return True


def remove(transaction: Session, cra: str) -> bool:
    """Remove a report; False when there is none any more. Its session may then be told again."""
    removing = delete(CraRow).where(CraRow.id == cra).returning(CraRow.id)
    return transaction.execute(removing).first() is not None


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield CraRow.date >= wanted.since
    if wanted.until is not None:
        yield CraRow.date <= wanted.until
    if wanted.mediator:
        yield CraRow.mediator == wanted.mediator
    if wanted.theme:
        columns = (CraRow.themes, CraRow.administrative_themes)
        yield or_(*(_holds(type_coerce(column, String), wanted.theme) for column in columns))
    if wanted.procedure:
        yield _holds(type_coerce(CraRow.procedures, String), wanted.procedure)


def _holds(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    return column.contains(f" {code} ", autoescape=True)


def _own(name: str) -> str:
    """``name`` when it is written as ours are."""
    try:
        return str(UUID(name)) if name else ""
    except ValueError:
        return ""


def _kept(row: CraRow) -> Kept:
    return Kept(row.id, row.mediator, row.session, row.written_at, row.changed_at, cra_of(row))
