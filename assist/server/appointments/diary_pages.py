# SPDX-License-Identifier: EUPL-1.2
"""The diary of the site: today's appointments, those to come, the free slots, and taking one in two taps."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.appointments import store
from assist.server.appointments.parts import Keeper, Procedures
from assist.server.appointments.words import ANYTHING, LANGUAGES, card, may_be_subject, subjects, weeks
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.site import HERE
from assist.server.staff_member import Role
from content.model import Catalogue
from printouts.receipt_code import new_code, read_code

router = APIRouter()


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
    begins: Annotated[str, Form(max_length=20)] = "",
    subject: Annotated[str, Form(max_length=80)] = ANYTHING,
    language: Annotated[str, Form(max_length=8)] = "fr",
    number: Annotated[str, Form(max_length=8)] = "",
) -> Response:
    """Take a slot; once, even if the form is sent twice."""
    if language not in LANGUAGES or not may_be_subject(subject, procedures):
        raise HTTPException(422, "Choisissez la démarche et la langue dans les listes.")
    booked = store.book(transaction, moment_of(begins), subject, language, now, number)
    if isinstance(booked, Refusal):
        return free_slots(request, transaction, now, procedures, subject, language, booked)
    row, new = booked
    if new:
        note(transaction, member, StaffAct.APPOINTMENT_BOOKED, row.code, now)
    return RedirectResponse(f"/rendez-vous/{row.code}", 303)


def moment_of(text: str) -> datetime:
    """The moment that the button of a slot sends; else 422."""
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
