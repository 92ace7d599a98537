# SPDX-License-Identifier: EUPL-1.2
"""What time it is for the mandates of this site. Looking writes: an end that was seen is an end for good.

A look has a transaction of its own, before that of the route: whatever the route then refuses or breaks on, what was
seen stays written. When the disk is full, nothing can be written, and the pages still say how the mandates stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from assist.desk import mandate_clock
from assist.desk.mandate_clock import ClockMark, Leap
from assist.desk.mandates import Ending
from assist.kept import Erased
from assist.server.database import Database
from assist.server.full_disk import is_full
from assist.server.mandates import retention
from assist.server.mandates.tables import ONLY, ClockRow, LeapRow, MandateRow

_WORTH_WRITING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Now:
    """The moment that counts, and whether it may be relied on."""

    moment: datetime
    """The highest ever seen."""
    clock: datetime
    """What the clock says."""
    lived: int
    """Seconds lived, for what is kept."""
    doubt: bool = False
    """The clock went back: no mandate may be given or used."""
    full: bool = False
    """The disk is full: nothing can be written."""


def look(transaction: Session, clock: datetime) -> Now:
    """See what time it is, and write what this ends."""
    row = transaction.get_one(ClockRow, ONLY, with_for_update=True)
    before = mark_of(row)
    mark, leap = mandate_clock.read(before, clock)
    expired = _expire(transaction, mark)
    if leap is not None:
        transaction.add(leap_row(leap, expired))
    if before is None or leap is not None or expired or abs(clock - before.last) >= _WORTH_WRITING:
        write_mark(row, mark)
    return _now(mark, clock)


def tend(transaction: Session, clock: datetime) -> Now:
    """Look, and erase what was kept long enough. Done every day, and before each page of mandates."""
    now = look(transaction, clock)
    retention.erase(transaction, now.lived)
    return now


def erase_over(transaction: Session, clock: datetime) -> Erased:
    """The same, for who asks what went."""
    return retention.erase(transaction, look(transaction, clock).lived)


def looked(database: Database, clock: datetime) -> Now:
    """The same in a transaction of its own; read only when there is nothing to write, or when the disk is full."""
    with database.read() as transaction:
        if (seen := _as_before(transaction, clock)) is not None:
            return seen
    try:
        with database.begin() as transaction:
            return tend(transaction, clock)
    except DBAPIError as error:
        if not is_full(error):
            raise
    with database.read() as transaction:
        mark, _ = mandate_clock.read(mark_of(transaction.get_one(ClockRow, ONLY)), clock)
    now = _now(mark, clock)
    return Now(now.moment, now.clock, now.lived, now.doubt, full=True)


def _as_before(transaction: Session, clock: datetime) -> Now | None:
    """Now, when a look would write nothing; None when it would."""
    before = mark_of(transaction.get_one(ClockRow, ONLY))
    mark, leap = mandate_clock.read(before, clock)
    if before is None or leap is not None or not timedelta(0) <= clock - before.last < _WORTH_WRITING:
        return None
    return None if transaction.scalar(select(_due(mark).exists())) else _now(mark, clock)


def accept(transaction: Session) -> Leap:
    """A technician says that the clock is right. What ended stays ended."""
    row = transaction.get_one(ClockRow, ONLY, with_for_update=True)
    mark = mark_of(row)
    if mark is None:
        raise ValueError("nothing was ever seen")
    mark, leap = mandate_clock.accept(mark)
    write_mark(row, mark)
    transaction.add(leap_row(leap, 0))
    return leap


def mark_of(row: ClockRow) -> ClockMark | None:
    """What the row remembers; None before the first look."""
    if row.highest is None or row.last is None:
        return None
    return ClockMark(row.highest, row.last, timedelta(seconds=row.lived), timedelta(seconds=row.debt))


def write_mark(row: ClockRow, mark: ClockMark) -> None:
    """Remember ``mark``. What was lived is cut to the second before: never early."""
    row.highest, row.last = mark.highest, mark.last
    row.lived, row.debt = mark.lived // timedelta(seconds=1), -(-mark.debt // timedelta(seconds=1))


def leap_row(leap: Leap, expired: int) -> LeapRow:
    """A leap as it is kept."""
    return LeapRow(kind=leap.kind.value, before=leap.before, after=leap.after, expired=expired)


def _expire(transaction: Session, mark: ClockMark) -> int:
    over = transaction.scalars(_due(mark).with_for_update()).all()
    for row in over:
        row.ended, row.ended_at = Ending.EXPIRED.value, mark.highest
        row.lived_at_end = mark.lived // timedelta(seconds=1)
    return len(over)


def _due(mark: ClockMark) -> Select[MandateRow]:
    return select(MandateRow).where(MandateRow.ended.is_(None), MandateRow.ends_at <= mark.highest)


def _now(mark: ClockMark, clock: datetime) -> Now:
    lived = mark.lived // timedelta(seconds=1)
    return Now(mark.highest, clock, lived, mandate_clock.in_doubt(mark))


def _looked(connection: HTTPConnection) -> Now:
    return looked(connection.app.state.database, connection.app.state.clock())


Looked = Annotated[Now, Depends(_looked)]
"""Now, for mandates: seen and written before the route begins."""
