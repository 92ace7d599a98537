# SPDX-License-Identifier: EUPL-1.2
"""When the site receives: the manager sets spans of the week, and closes days. What is already taken stays taken."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import delete
from sqlalchemy.orm import Session

from assist.desk.appointments import Opening
from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.appointments import store
from assist.server.appointments.parts import Manager
from assist.server.appointments.tables import ClosedDayRow, OpeningRow
from assist.server.appointments.words import WEEKDAYS, span
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.site import HERE
from printouts.typography import full_date

router = APIRouter(prefix="/rendez-vous/horaires")

_FURTHEST = dt.timedelta(days=366)
_WHEN = Refusal("Choisissez un jour à venir, dans l'année.")


@router.get("")
def hours(request: Request, member: Manager, transaction: Reading, now: Moment) -> HTMLResponse:
    """The week of the site, and its closed days."""
    return _hours(request, transaction, now)


@router.post("")
def open_span(
    request: Request,
    member: Manager,
    transaction: Transaction,
    now: Moment,
    weekday: Annotated[int, Form()],
    begins: Annotated[dt.time, Form()],
    ends: Annotated[dt.time, Form()],
    minutes: Annotated[int, Form()],
    places: Annotated[int, Form()],
) -> Response:
    """Add a span to the week."""
    new = store.open_(transaction, Opening(weekday, _wall(begins), _wall(ends), minutes, places))
    if isinstance(new, Refusal):
        return _hours(request, transaction, now, new)
    return _changed(transaction, member, now, new)


@router.post("/{opening}/retirer")
def remove_span(opening: str, member: Manager, transaction: Transaction, now: Moment) -> Response:
    """Take a span out of the week."""
    if opening not in store.openings(transaction):
        return RedirectResponse("/rendez-vous/horaires", 303)
    transaction.execute(delete(OpeningRow).where(OpeningRow.id == opening))
    return _changed(transaction, member, now, opening)


@router.post("/fermer")
def close(
    request: Request, member: Manager, transaction: Transaction, now: Moment, day: Annotated[dt.date, Form()]
) -> Response:
    """Receive nobody on one day."""
    today = now.astimezone(HERE).date()
    if not today <= day <= today + _FURTHEST:
        return _hours(request, transaction, now, _WHEN)
    store.alone(transaction)
    transaction.merge(ClosedDayRow(day=day))
    return _changed(transaction, member, now, day.isoformat())


@router.post("/rouvrir")
def reopen(member: Manager, transaction: Transaction, now: Moment, day: Annotated[dt.date, Form()]) -> Response:
    """Receive again on that day."""
    transaction.execute(delete(ClosedDayRow).where(ClosedDayRow.day == day))
    return _changed(transaction, member, now, day.isoformat())


def _wall(given: dt.time) -> dt.time:
    return dt.time(given.hour, given.minute)


def _changed(transaction: Session, member: Manager, now: dt.datetime, about: str) -> Response:
    note(transaction, member, StaffAct.APPOINTMENT_HOURS_CHANGED, about, now)
    return RedirectResponse("/rendez-vous/horaires", 303)


def _hours(request: Request, transaction: Session, now: dt.datetime, refusal: Refusal | None = None) -> HTMLResponse:
    booked = store.booked_days(transaction, now)
    today = now.astimezone(HERE).date()
    return page(
        request,
        "appointments/hours.html",
        status=409 if refusal else 200,
        spans=[span(id_, opening) for id_, opening in store.openings(transaction).items()],
        closed=[(day, full_date(day), booked[day]) for day in store.closed_days(transaction, today)],
        weekdays=WEEKDAYS,
        refused=refusal.why if refusal else "",
    )
