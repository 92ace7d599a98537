# SPDX-License-Identifier: EUPL-1.2
"""One appointment: its page, its paper, its line in a calendar, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk import appointments
from assist.desk.appointments import State
from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.appointments import store
from assist.server.appointments.parts import Keeper, Procedures, appointment_row
from assist.server.appointments.words import card, paper
from assist.server.database import Database
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.site import HERE
from assist.server.staff_member import StaffMember
from content.model import Catalogue
from printouts.appointment import AppointmentPaper
from printouts.model import Paper
from printouts.reminder import appointment_event
from printouts.renderer import RenderFault, render_in_process

router = APIRouter(prefix="/rendez-vous/{code}")


@router.get("")
def appointment(
    code: str, request: Request, member: Keeper, transaction: Reading, now: Moment, procedures: Procedures
) -> HTMLResponse:
    """The page of an appointment."""
    known = card(appointment_row(transaction, code), now, procedures)
    return page(request, "appointments/appointment.html", card=known, refused="")


@router.post("/annuler")
def cancel(
    code: str, request: Request, member: Keeper, transaction: Transaction, now: Moment, procedures: Procedures
) -> Response:
    """The person will not come."""
    done = _become(transaction, code, member, now, appointments.cancel, StaffAct.APPOINTMENT_CANCELLED)
    return _after(request, transaction, code, now, procedures, done)


@router.post("/pas-venu")
def miss(
    code: str, request: Request, member: Keeper, transaction: Transaction, now: Moment, procedures: Procedures
) -> Response:
    """The person did not come."""
    done = _become(transaction, code, member, now, appointments.miss, StaffAct.APPOINTMENT_MISSED)
    return _after(request, transaction, code, now, procedures, done)


@router.get("/agenda.ics")
def calendar(code: str, request: Request, member: Keeper, now: Moment, procedures: Procedures) -> Response:
    """The appointment for a calendar."""
    event = appointment_event(_paper(request, code, now, procedures))
    return _file(event, "text/calendar", "rendez-vous.ics", "attachment")


@router.get("/papier")
def printed(
    code: str, request: Request, member: Keeper, now: Moment, procedures: Procedures, size: Paper = Paper.A4
) -> Response:
    """The paper of the person."""
    made = render_in_process(_paper(request, code, now, procedures), size)
    if isinstance(made, RenderFault):
        raise HTTPException(503, "Le papier n'a pas pu être fait. Essayez encore, ou recopiez la date et le numéro.")
    return _file(made, "application/pdf", "rendez-vous.pdf", "inline")


def _become(
    transaction: Session,
    code: str,
    member: StaffMember,
    now: datetime,
    rule: Callable[[State, datetime, datetime], State | Refusal],
    act: StaffAct,
) -> State | Refusal:
    row = appointment_row(transaction, code, lock=True)
    done = rule(State(row.state), row.begins_at, now)
    if not isinstance(done, Refusal):
        store.write(row, done)
        note(transaction, member, act, row.code, now)
    return done


def _after(
    request: Request,
    transaction: Session,
    code: str,
    now: datetime,
    procedures: Catalogue,
    done: State | Refusal,
) -> Response:
    row = appointment_row(transaction, code)
    if not isinstance(done, Refusal):
        return RedirectResponse(f"/rendez-vous/{row.code}", 303)
    known = card(row, now, procedures)
    return page(request, "appointments/appointment.html", status=409, card=known, refused=done.why)


def _paper(request: Request, code: str, now: datetime, procedures: Catalogue) -> AppointmentPaper:
    # A transaction of its own, over before the paper is laid out: nobody waits for the second that this takes.
    database: Database = request.app.state.database
    with database.read() as transaction:
        row = appointment_row(transaction, code)
    return paper(row, request.app.state.site, procedures, now.astimezone(HERE).date())


def _file(data: bytes, kind: str, name: str, shown: str) -> Response:
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=kind, headers=headers)
