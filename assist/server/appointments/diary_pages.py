# SPDX-License-Identifier: EUPL-1.2
"""The diary of the site: today's appointments, those to come, the free slots, and taking one in two taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.appointments import store
from assist.server.appointments.parts import Keeper, Procedures
from assist.server.appointments.tables import AppointmentRow
from assist.server.appointments.words import ANYTHING, LANGUAGES, card, may_be_subject, subjects, weeks
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.site import HERE
from assist.server.staff_member import Role, StaffMember
from content.model import Catalogue
from printouts.receipt_code import new_code, read_code

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the button of a free slot sends."""

    begins: str
    subject: str
    language: str
    number: str
    """The code of the appointment to be: a form that is sent twice takes one place."""


def _chosen(
    begins: Annotated[str, Form(max_length=20)] = "",
    subject: Annotated[str, Form(max_length=80)] = ANYTHING,
    language: Annotated[str, Form(max_length=8)] = "fr",
    number: Annotated[str, Form(max_length=8)] = "",
) -> Chosen:
    return Chosen(begins, subject, language, number)


Choice = Annotated[Chosen, Depends(_chosen)]


@router.get("/rendez-vous", response_class=HTMLResponse)
def diary(
    request: Request,
    member: Keeper,
    transaction: Reading,
    now: Moment,
    procedures: Procedures,
    code: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Today, then what comes; with ``code``, the appointment of a paper."""
    number = read_code(code)
    if number and store.find(transaction, number):
        return RedirectResponse(f"/rendez-vous/{number}", 303)
    today = now.astimezone(HERE).date()
    rows = store.since(transaction, datetime.combine(today, time(), HERE))
    shown = [(row.begins_at.astimezone(HERE).date() == today, card(row, now, procedures)) for row in rows]
    return page(
        request,
        "appointments/diary.html",
        today=[each for is_today, each in shown if is_today],
        later=[each for is_today, each in shown if not is_today],
        unknown=bool(code),
        manages=Role.MANAGER in member.roles,
    )


@router.get("/rendez-vous/nouveau")
def free(
    request: Request,
    member: Keeper,
    transaction: Reading,
    now: Moment,
    procedures: Procedures,
    procedure: Annotated[str, Query(max_length=80)] = "",
    language: Annotated[str, Query(max_length=8)] = "fr",
) -> HTMLResponse:
    """The free slots; each is a button that takes it."""
    return free_slots(request, transaction, now, procedures, procedure, language)


@router.post("/rendez-vous")
def book(
    request: Request,
    member: Keeper,
    transaction: Transaction,
    now: Moment,
    procedures: Procedures,
    chosen: Choice,
) -> Response:
    """Take a slot; once, even if the form is sent twice."""
    booked = take(transaction, member, now, chosen, procedures)
    if isinstance(booked, Refusal):
        return free_slots(request, transaction, now, procedures, chosen.subject, chosen.language, booked)
    return RedirectResponse(f"/rendez-vous/{booked.code}", 303)


def take(
    transaction: Session, member: StaffMember, now: datetime, chosen: Chosen, procedures: Catalogue
) -> AppointmentRow | Refusal:
    """The appointment that the form asks for, noted when it is new; 422 for what is in none of its lists."""
    if chosen.language not in LANGUAGES or not may_be_subject(chosen.subject, procedures):
        raise HTTPException(422, "Choisissez la démarche et la langue dans les listes.")
    moment = _moment_of(chosen.begins)
    booked = store.book(transaction, moment, chosen.subject, chosen.language, now, chosen.number)
    if isinstance(booked, Refusal):
        return booked
    row, new = booked
    if new:
        note(transaction, member, StaffAct.APPOINTMENT_BOOKED, row.code, now)
    return row


def _moment_of(text: str) -> datetime:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%MZ")
    except ValueError as fault:
        raise HTTPException(422, "Choisissez un créneau.") from fault
    return moment.replace(tzinfo=UTC)


def free_slots(
    request: Request,
    transaction: Session,
    now: datetime,
    procedures: Catalogue,
    subject: str,
    language: str,
    refusal: Refusal | None = None,
    paper: str = "",
) -> HTMLResponse:
    """The page of the free slots; ``paper`` is the handle of the open paper that will carry what is taken."""
    return page(
        request,
        "appointments/free.html",
        status=409 if refusal else 200,
        weeks=weeks(store.free(transaction, now)),
        subjects=subjects(procedures),
        number=new_code(),
        paper=paper,
        anything=ANYTHING,
        subject=subject,
        languages=LANGUAGES,
        language=language,
        refused=refusal.why if refusal else "",
    )
