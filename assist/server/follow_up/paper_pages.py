# SPDX-License-Identifier: EUPL-1.2
"""A paper that came back: what was done, what remains, what is written today, and the new paper."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk.follow_up import Now, Together, Written, items
from assist.server.acts import StaffAct, note
from assist.server.appointments import words as appointment_words
from assist.server.appointments.store import HERE
from assist.server.database import Database
from assist.server.desk.colleagues import first_names
from assist.server.desk.words import language
from assist.server.follow_up import store
from assist.server.follow_up.paper import Return, receipt_of
from assist.server.follow_up.parts import Helper, Known, Opened, known, papers_of, procedures
from assist.server.follow_up.words import day_words, rest, returns
from assist.server.pages import page
from assist.server.parts import Moment, Transaction
from assist.server.reports import around
from assist.server.reports.sentences import summary
from assist.server.reports.store import of_session
from printouts.model import Paper, Receipt
from printouts.renderer import RenderFault, render_in_process

router = APIRouter(prefix="/suivi/{handle}")


@router.get("", response_class=HTMLResponse)
def shown(
    request: Request, member: Helper, opened: Opened, transaction: Transaction, now: Moment, said: str = ""
) -> HTMLResponse:
    """All that is known of the paper, and the form of today."""
    found, today = known(request, transaction, opened, now), now.astimezone(HERE).date()
    who = first_names(transaction)
    before = [(row.written_at, who.get(row.mediator, ""), what) for row, what in found.written]
    told = found.copy is not None and found.procedure is not None
    return page(
        request,
        "follow_up/paper.html",
        handle=opened.handle,
        title=found.procedure.title if found.procedure else "Une démarche de la borne",
        printed=day_words(found.way.printed) if found.way.printed else "",
        language=language(found.way.language),
        passed=found.way.passed,
        rest=rest(found.procedure, found.copy, found.last.done if found.last else None, today)
        if found.copy and found.procedure
        else None,
        before=returns(before),
        report=_report(request, transaction, found.row.session),
        appointment=_card(request, found, now),
        together=list(Together),
        states=list(Now),
        written=said == "written",
        printable=told,
    )


@router.post("/noter")
def write(
    request: Request,
    member: Helper,
    opened: Opened,
    transaction: Transaction,
    now: Moment,
    together: Annotated[list[str], Form(max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    state: Annotated[str, Form(max_length=20)] = "",
    done: Annotated[list[str], Form(max_length=200)] = [],  # noqa: B006
) -> Response:
    """Keep what was done today. What is not one of ours is left out."""
    if state not in tuple(Now):
        raise HTTPException(422, "Dites où en est la personne : cochez une des trois réponses.")
    found = known(request, transaction, opened, now)
    may = items(found.procedure, found.copy.kept) if found.procedure and found.copy else frozenset[str]()
    written = Written(tuple(code for code in Together if code in together), Now(state), frozenset(done) & may)
    row = store.write(transaction, found.row, opened.key, written, member.id, now)
    note(transaction, member, StaffAct.FOLLOW_UP_WRITTEN, row.id, now)
    return RedirectResponse(f"/suivi/{opened.handle}?said=written", 303)


@router.get("/papier")
def printed(request: Request, member: Helper, opened: Opened, now: Moment, size: Paper = Paper.A4) -> Response:
    """The paper with which the person leaves."""
    receipt = _receipt(request, opened, now)
    if receipt is None:
        raise HTTPException(404, "Ce serveur ne connaît pas cette démarche. Le premier papier reste bon.")
    made = render_in_process(receipt, size)
    if isinstance(made, RenderFault):
        raise HTTPException(503, "Le papier n'a pas pu être fait. Essayez encore. Le premier papier reste bon.")
    headers = {"Content-Disposition": 'inline; filename="papier.pdf"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


@router.post("/fermer")
def close(request: Request, member: Helper, handle: str) -> Response:
    """The person goes: nothing of hers stays open."""
    papers_of(request).close(member.id, handle)
    return RedirectResponse("/suivi", 303)


def _receipt(request: Request, opened: Opened, now: Moment) -> Receipt | None:
    # A transaction of its own, over before the paper is laid out: nobody waits for the second that this takes.
    database: Database = request.app.state.database
    with database.begin() as transaction:
        found = known(request, transaction, opened, now)
    if found.copy is None:
        return None
    site, today, catalogue = request.app.state.site, now.astimezone(HERE).date(), procedures(request)
    row = found.appointment
    coming = row is not None and row.place is not None and row.ends_at > now
    appointment = appointment_words.paper(row, site, catalogue, today) if row and coming else None
    what = Return(opened.code, found.copy, found.way.language, found.last, appointment)
    return receipt_of(what, catalogue, site, today)


def _report(request: Request, transaction: Session, session: str) -> tuple[str, ...]:
    kept = of_session(transaction, session)
    return summary(kept.cra, around.titles(request, kept.cra)) if kept else ()


def _card(request: Request, found: Known, now: Moment) -> appointment_words.Card | None:
    return appointment_words.card(found.appointment, now, procedures(request)) if found.appointment else None
