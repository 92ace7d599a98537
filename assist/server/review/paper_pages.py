# SPDX-License-Identifier: EUPL-1.2
"""The figures on paper: the poster and the report of a month. Made in a process that goes away, noted, kept nowhere."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.parts import Moment
from assist.server.review.asked import Manager
from assist.server.review.months import Month, month_named
from assist.server.review.poster import poster
from assist.server.review.report import report
from assist.server.site import HERE
from assist.server.staff_member import StaffMember
from printouts.document import Document
from printouts.model import Paper
from printouts.poster import Sheet
from printouts.renderer import RenderFault, render_in_process

router = APIRouter(prefix="/revue", tags=["review"])

PATIENCE = 60.0
"""Seconds for a paper of many pages on a small machine."""
_TOO_FEW = "Moins de 5 personnes sont venues ce mois-là : une affiche les montrerait. Choisissez un autre mois."
_FAILED = "Le papier n'a pas pu être fait. Essayez encore. Si cela continue, prévenez le technicien."


@router.get("/affiche.pdf")
def poster_pdf(request: Request, member: Manager, now: Moment, month: str = "", sheet: Sheet = Sheet.A4) -> Response:
    """The poster of a month that is over, for the waiting room."""
    wanted = _month(month, now)
    database: Database = request.app.state.database
    with database.begin() as transaction:
        paper = poster(transaction, wanted, request.app.state.site, sheet, now)
    if paper is None:
        raise HTTPException(409, _TOO_FEW)
    return _made(request, member, now, paper, f"affiche-{wanted.id}-{sheet}")


@router.get("/rapport.pdf")
def report_pdf(request: Request, member: Manager, now: Moment, month: str = "") -> Response:
    """The report of a month that is over, for the manager."""
    wanted = _month(month, now)
    database: Database = request.app.state.database
    with database.read() as transaction:
        paper = report(transaction, wanted, request.app.state.site, now.astimezone(HERE).date())
    return _made(request, member, now, paper, f"rapport-{wanted.id}")


def _month(text: str, now: datetime) -> Month:
    found = month_named(text, now.astimezone(HERE).date())
    if found is None:
        raise HTTPException(404, "Choisissez un mois fini, comme 2026-10.")
    return found


def _made(request: Request, member: StaffMember, now: datetime, paper: Document, name: str) -> Response:
    """The PDF; while it is laid out no transaction is open, so that nobody waits."""
    pdf = render_in_process(paper, Paper.A4, PATIENCE)
    if isinstance(pdf, RenderFault):
        raise HTTPException(503, _FAILED)
    with request.app.state.database.begin() as transaction:
        note(transaction, member, StaffAct.FIGURES_EXPORTED, name, now)
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )
