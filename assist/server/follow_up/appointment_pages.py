# SPDX-License-Identifier: EUPL-1.2
"""The next appointment of a person who came back: taken in two taps, and carried by her paper."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.desk.mandates import Refusal
from assist.server.appointments import store as appointments
from assist.server.appointments.diary_pages import Choice, free_slots, take
from assist.server.appointments.words import ANYTHING
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
    chosen: Choice,
) -> Response:
    """Take a slot, and have the paper carry it."""
    catalogue, paper = procedures(request), opened.handle
    found = known(request, transaction, opened, now)
    booked = take(transaction, member, now, chosen, catalogue)
    if isinstance(booked, Refusal):
        return free_slots(request, transaction, now, catalogue, chosen.subject, chosen.language, booked, paper)
    found.row.appointment = booked.code
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
