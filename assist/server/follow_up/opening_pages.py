# SPDX-License-Identifier: EUPL-1.2
"""Opening a paper by its number: the person agrees, the number is typed or scanned, and guessing is hopeless."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.desk.paper_seal import PaperKey, key_of
from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.follow_up import store
from assist.server.follow_up.parts import Helper, papers_of
from assist.server.pages import page
from assist.server.parts import Moment
from assist.server.safety.rate import limited
from assist.server.staff import lockout
from assist.server.staff.lockout import Wait, begin_attempt, forget_strangers, forgive
from assist.server.staff_member import StaffMember
from printouts.receipt_code import RECEIPT_LENGTH, read_code, signs_of

router = APIRouter(prefix="/suivi")

_ASK_FIRST = "Demandez d'abord à la personne. Cochez la case si elle est d'accord."
_LOCKED = "Trop d'essais : les numéros de papier vous sont fermés. Demandez au technicien (« kiosk staff reset »)."
_SLIP = "Ce numéro n'est pas juste : un signe est faux, ou deux sont échangés. Relisez-le sur le papier."


@router.get("", response_class=HTMLResponse)
def ask(request: Request, member: Helper) -> HTMLResponse:
    """Ask for the person's agreement, then for the number of her paper."""
    return _ask(request)


@router.post("", dependencies=[Depends(limited("paper", 20, 60))])
def reopen(
    request: Request,
    member: Helper,
    now: Moment,
    number: Annotated[str, Form(max_length=60)] = "",
    agreed: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Open the paper, if the person agrees and the number is one."""
    code = read_code(number, RECEIPT_LENGTH)
    if code is None:
        return _ask(request, 422, number=number, agreed=agreed, **_not_a_number(number))
    if not agreed:
        return _ask(request, 422, number=number, why=_ASK_FIRST)
    database: Database = request.app.state.database
    # A transaction of its own: the attempt counts, whatever comes of it.
    with database.begin() as transaction:
        attempt = begin_attempt(transaction, lockout.papers_of(member.id), request.app.state.uptime)
        forget_strangers(transaction)
    if isinstance(attempt, Wait):
        return _ask(request, 429, number=number, agreed=agreed, why=_wait(attempt))
    key = key_of(code)
    with database.begin() as transaction:
        row = store.find(transaction, key)
        if row is None:
            return _ask(request, 404, unknown=True)
        forgive(transaction, lockout.papers_of(member.id))
        note(transaction, member, StaffAct.SESSION_REOPENED, f"{row.session[:100]}/agreed", now)
    return _open(request, member, code, key)


def _open(request: Request, member: StaffMember, code: str, key: PaperKey) -> Response:
    handle = papers_of(request).open(member.id, code, key)
    return RedirectResponse(f"/suivi/{handle}", 303)


def _not_a_number(typed: str) -> dict[str, object]:
    short = read_code(typed)
    if short is not None:
        return {"short": short}
    signs = len(signs_of(typed))
    if signs == RECEIPT_LENGTH:
        return {"why": _SLIP}
    return {"why": f"Le numéro d'un papier a {RECEIPT_LENGTH} signes. Vous en avez tapé {signs}. Relisez-le."}


def _wait(wait: Wait) -> str:
    if wait.seconds is None:
        return _LOCKED
    return f"Trop de numéros inconnus à la suite. Attendez {wait.seconds} secondes, puis essayez de nouveau."


def _ask(request: Request, status: int = 200, **known: object) -> HTMLResponse:
    around = {"number": "", "agreed": "", "why": "", "short": "", "unknown": False}
    return page(request, "follow_up/ask.html", status=status, **{**around, **known})
