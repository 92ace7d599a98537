# SPDX-License-Identifier: EUPL-1.2
"""The next appointment of a person who came back: taken in two taps, and carried by her paper."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.appointments import store as appointments
from assist.server.appointments.diary_pages import free_slots, moment_of
from assist.server.appointments.words import ANYTHING, LANGUAGES, may_be_subject
from assist.server.follow_up.parts import Helper, Opened, known, procedures
from assist.server.parts import Moment, Transaction
from printouts.receipt_code import read_code

router = APIRouter(prefix="/suivi/{handle}")


@router.get("/rendez-vous", response_class=HTMLResponse)
def free(request: Request, member: Helper, opened: Opened, transaction: Transaction, now: Moment) -> HTMLResponse:
    """The free slots; each is a button that takes it for this person."""
    found = known(request, transaction, opened, now)
    subject = found.procedure.id if found.procedure else ANYTHING
    return free_slots(request, transaction, now, procedures(request), subject, found.way.language, paper=opened.handle)


@router.post("/rendez-vous")
def book(
    request: Request,
    member: Helper,
    opened: Opened,
    transaction: Transaction,
    now: Moment,
    begins: Annotated[str, Form(max_length=20)] = "",
    subject: Annotated[str, Form(max_length=80)] = ANYTHING,
    language: Annotated[str, Form(max_length=8)] = "fr",
    number: Annotated[str, Form(max_length=8)] = "",
) -> Response:
    """Take a slot, and have the paper carry it."""
    catalogue = procedures(request)
    if language not in LANGUAGES or not may_be_subject(subject, catalogue):
        raise HTTPException(422, "Choisissez la démarche et la langue dans les listes.")
    found = known(request, transaction, opened, now)
    booked = appointments.book(transaction, moment_of(begins), subject, language, now, number)
    if isinstance(booked, Refusal):
        return free_slots(request, transaction, now, catalogue, subject, language, refusal=booked, paper=opened.handle)
    row, new = booked
    found.row.appointment = row.code
    if new:
        note(transaction, member, StaffAct.APPOINTMENT_BOOKED, row.code, now)
    return RedirectResponse(f"/suivi/{opened.handle}#appointment", 303)


@router.post("/rendez-vous/joindre")
def join(
    request: Request,
    member: Helper,
    opened: Opened,
    transaction: Transaction,
    now: Moment,
    number: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Have the paper carry an appointment that was taken before."""
    code = read_code(number)
    if code is None or appointments.find(transaction, code) is None:
        raise HTTPException(404, "Aucun rendez-vous n'a ce numéro. Relisez-le sur le papier du rendez-vous.")
    known(request, transaction, opened, now).row.appointment = code
    return RedirectResponse(f"/suivi/{opened.handle}#appointment", 303)
