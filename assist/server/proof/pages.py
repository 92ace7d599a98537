# SPDX-License-Identifier: EUPL-1.2
"""The journals of the kiosks and of the acts: are they intact, and what was set apart."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.server.acts import StaffAct, note
from assist.server.mandates.parts import Keys
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.proof import histories
from assist.server.proof.histories import OUTCOMES, Outcome
from assist.server.proof.verifier import Verifier
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(prefix="/journaux", default_response_class=HTMLResponse, tags=["Journaux"])
Answerable = Annotated[StaffMember, Depends(allowed(Role.MANAGER, Role.TECHNICIAN))]
Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("")
def show(request: Request, me: Answerable, transaction: Reading, said: str = "") -> HTMLResponse:
    """What was verified last, and the histories set apart."""
    verifier: Verifier = request.app.state.verifier
    return page(
        request,
        "proof/journals.html",
        progress=verifier.progress,
        histories=histories.histories(transaction),
        when=when,
        may_extract=Role.MANAGER in me.roles,
        said="C'est noté." if said == "seen" else "",
    )


@router.post("/verifier")
def verify(request: Request, me: Answerable, keys: Keys) -> Response:
    """Verify everything, in the background."""
    verifier: Verifier = request.app.state.verifier
    verifier.start(keys.signing.verify_key, me)
    return RedirectResponse("/journaux", 303)


@router.get("/a-part/{number}")
def one(request: Request, me: Answerable, transaction: Reading, number: Number) -> HTMLResponse:
    """A history set apart."""
    return _one(request, transaction, me, number)


@router.post("/a-part/{number}")
def look_at(
    request: Request,
    me: Manager,
    transaction: Transaction,
    now: Moment,
    number: Number,
    outcome: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Say what it is. Its rows stay apart."""
    if outcome not in list(Outcome):
        return _one(request, transaction, me, number, wrong="Choisissez une réponse.")
    if not histories.look_at(transaction, number, Outcome(outcome), now):
        raise HTTPException(404)
    note(transaction, me, StaffAct.QUARANTINE_CLOSED, f"{number}/{outcome}", now)
    return RedirectResponse("/journaux?said=seen", 303)


def _one(request: Request, transaction: Session, me: StaffMember, number: int, wrong: str = "") -> HTMLResponse:
    found = histories.detail(transaction, number)
    if found is None:
        raise HTTPException(404)
    return page(
        request,
        "proof/history.html",
        status=422 if wrong else 200,
        detail=found,
        outcomes=OUTCOMES,
        may_say=Role.MANAGER in me.roles,
        when=when,
        wrong=wrong,
    )


def when(moment: datetime | str) -> str:
    """The day and the minute at the site; a text that is no moment, as it is."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return moment
    return f"{moment.astimezone():%d/%m/%Y à %H:%M}"
