# SPDX-License-Identifier: EUPL-1.2
"""Appointments in the database. Each function works within the transaction it is given: whole, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.desk import appointments
from assist.desk.appointments import Free, Opening, Slot, State, Taken
from assist.desk.mandates import Refusal
from assist.server.appointments.tables import AppointmentRow, ClosedDayRow, OpeningRow
from assist.server.reports.tables import last_lived
from assist.server.site import HERE
from printouts.receipt_code import new_code, read_code

MOST = 500
"""Appointments on one page."""


def alone(transaction: Session) -> None:
    """Nobody else books or changes the hours before this transaction ends."""
    if transaction.get_bind().dialect.name == "postgresql":
        # Two bookings that read the same free place would both take it. SQLite has one writer only.
        transaction.execute(text("LOCK TABLE appointment IN EXCLUSIVE MODE"))


def openings(transaction: Session) -> dict[str, Opening]:
    """Identifier -> a span of opening, in the order of the week."""
    rows = transaction.scalars(select(OpeningRow).order_by(OpeningRow.weekday, OpeningRow.begins)).all()
    return {row.id: Opening(row.weekday, row.begins, row.ends, row.minutes, row.places) for row in rows}


def open_(transaction: Session, new: Opening) -> str | Refusal:
    """Add a span; its identifier, or why it cannot be."""
    alone(transaction)
    refusal = appointments.refused(new, openings(transaction).values())
    if refusal is not None:
        return refusal
    row = OpeningRow(
        id=str(uuid7()), weekday=new.weekday, begins=new.begins, ends=new.ends, minutes=new.minutes, places=new.places
    )
    transaction.add(row)
    transaction.flush()
    return row.id


def closed_days(transaction: Session, today: date) -> Sequence[date]:
    """The days, from today, on which nobody is received."""
    return transaction.scalars(
        select(ClosedDayRow.day).where(ClosedDayRow.day >= today).order_by(ClosedDayRow.day)
    ).all()


def free(transaction: Session, now: datetime) -> list[Free]:
    """What may be taken, from now."""
    return appointments.free(_offered(transaction, now), _taken(transaction, now), now)


def book(
    transaction: Session, wanted: datetime, subject: str, language: str, now: datetime, code: str
) -> tuple[AppointmentRow, bool] | Refusal:
    """Take a place; or why there is none. With it, whether it is new: a form sent twice takes one place.

    ``code`` is the number that the form was given; another is made when it is none of ours, or serves already.
    """
    alone(transaction)
    code = read_code(code) or new_code()
    if (before := find(transaction, code)) is not None:
        if before.begins_at == wanted and before.state == State.BOOKED:
            return before, False
        code = new_code()
    taken = appointments.book(wanted, _offered(transaction, now), _taken(transaction, now), now)
    if isinstance(taken, Refusal):
        return taken
    row = AppointmentRow(
        code=code,
        begins_at=taken.begins,
        ends_at=taken.ends,
        place=taken.place,
        subject=subject,
        language=language,
        state=State.BOOKED.value,
        booked_on=last_lived(transaction),
    )
    transaction.add(row)
    transaction.flush()
    return row, True


def find(transaction: Session, code: str, *, lock: bool = False) -> AppointmentRow | None:
    """The appointment with this number. With ``lock`` nobody else changes it before the transaction ends."""
    return transaction.get(AppointmentRow, code, with_for_update=lock, populate_existing=lock)


def write(row: AppointmentRow, state: State) -> None:
    """What became of it. A cancelled one gives its place back."""
    row.state = state.value
    if state is State.CANCELLED:
        row.place = None


def since(transaction: Session, moment: datetime) -> Sequence[AppointmentRow]:
    """Those from ``moment`` on, the first to come first."""
    later = select(AppointmentRow).where(AppointmentRow.begins_at >= moment)
    return transaction.scalars(later.order_by(AppointmentRow.begins_at, AppointmentRow.code).limit(MOST)).all()


def booked_days(transaction: Session, now: datetime) -> Counter[date]:
    """Day to come -> how many people are awaited."""
    booked = select(AppointmentRow.begins_at).where(
        AppointmentRow.begins_at > now, AppointmentRow.state == State.BOOKED.value
    )
    return Counter(moment.astimezone(HERE).date() for moment in transaction.scalars(booked))


def _offered(transaction: Session, now: datetime) -> list[Slot]:
    today = now.astimezone(HERE).date()
    return appointments.slots(openings(transaction).values(), closed_days(transaction, today), today, HERE)


def _taken(transaction: Session, now: datetime) -> list[Taken]:
    live = select(AppointmentRow.begins_at, AppointmentRow.ends_at, AppointmentRow.place)
    rows = transaction.execute(live.where(AppointmentRow.ends_at > now, AppointmentRow.place.is_not(None)))
    return [Taken(row.begins_at, row.ends_at, row.place or 1) for row in rows]
