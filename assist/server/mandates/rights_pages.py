# SPDX-License-Identifier: EUPL-1.2
"""What a person may ask about her mandate: a copy of what is kept on her, and that it be erased. Both are noted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.desk.mandates import Refusal
from assist.server.acts import StaffAct, note
from assist.server.mandates import rights
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.list_pages import warnings
from assist.server.mandates.mandate_pages import opened
from assist.server.mandates.papers import pdf_of, sent
from assist.server.mandates.parts import Keeper, Keys, mandate_row
from assist.server.mandates.retention import archived
from assist.server.mandates.rights import REASONS, Reason
from assist.server.mandates.tables import MandateRow
from assist.server.mandates.words import card
from assist.server.pages import page
from assist.server.parts import Reading, Transaction
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(prefix="/mandats/{number}")
Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
Short = Annotated[str, Form(max_length=20)]

_FAILED = Refusal("Le papier n'a pas pu être fait. Essayez encore. Si cela continue, prévenez le technicien.")
_WHAT = Refusal("Choisissez ce qu'il faut faire, et pourquoi.")
_ASKED = Refusal("Cochez la case : vous avez vérifié de qui vient la demande.")


@router.get("/droits")
def show(number: str, request: Request, member: Keeper, now: Looked, transaction: Reading) -> HTMLResponse:
    """What may be asked, and what each answer does."""
    return _page(request, mandate_row(transaction, number, member, now), member, now)


@router.post("/copie")
def copy(number: str, request: Request, member: Keeper, now: Looked, keys: Keys) -> Response:
    """All that is kept about the person, on paper, for her. Noted once it is there."""
    state = request.app.state
    with state.database.read() as transaction:
        row = mandate_row(transaction, number, member, now)
        person = opened(keys, row)
        if isinstance(person, Refusal):
            return _page(request, row, member, now, person)
        paper = rights.access_paper(transaction, row, person, state.site, now)
    pdf = pdf_of(paper)
    if pdf is None:
        return _page(request, row, member, now, _FAILED)
    with state.database.begin() as transaction:
        note(transaction, member, StaffAct.MANDATE_COPIED, row.number, now.clock)
    return sent(pdf, f"mes-informations-{row.number}.pdf")


@router.post("/effacer")
def erase(
    number: str,
    request: Request,
    member: Manager,
    now: Looked,
    transaction: Transaction,
    what: Short = "",
    reason: Short = "",
    asked: Short = "",
) -> Response:
    """Erase it before its term, or put it in the archive. There is no way back."""
    row = mandate_row(transaction, number, member, now, lock=True)
    if what not in ("all", "archive") or reason not in list(Reason):
        return _page(request, row, member, now, _WHAT)
    if asked != "yes":
        return _page(request, row, member, now, _ASKED)
    about = f"{row.number}/{reason}"
    if what == "archive":
        if refusal := rights.archive(row, now):
            return _page(request, row, member, now, refusal)
        note(transaction, member, StaffAct.MANDATE_ARCHIVED, about, now.clock)
        return RedirectResponse(f"/mandats/{row.number}/droits", 303)
    rights.erase(transaction, row)
    note(transaction, member, StaffAct.MANDATE_ERASED, about, now.clock)
    return _gone(request, row.number)


def _gone(request: Request, number: str) -> HTMLResponse:
    return page(request, "mandates/erased.html", number=number)


def _page(
    request: Request, row: MandateRow, member: StaffMember, now: Now, refusal: Refusal | None = None
) -> HTMLResponse:
    return page(
        request,
        "mandates/rights.html",
        status=409 if refusal else 200,
        card=card(row, now, member),
        archived=archived(row, now.lived),
        may_erase=Role.MANAGER in member.roles,
        reasons=REASONS,
        refused=refusal.why if refusal else "",
        warnings=warnings(now),
    )
