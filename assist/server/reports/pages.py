# SPDX-License-Identifier: EUPL-1.2
"""The pages that write a report: one tap for a session's, a few for help without a kiosk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk.report.codes import CraType
from assist.desk.report.fields import read, texts_of
from assist.server.acts import StaffAct, note
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.reports import around, store
from assist.server.reports.form import Form, Sent, blank, fields_sent
from assist.server.reports.sentences import duration_words, summary
from assist.server.reports.sessions import helped_one
from assist.server.reports.store import Kept
from assist.server.reports.wanted import Writer
from assist.server.staff_member import StaffMember

router = APIRouter(prefix="/reports", tags=["report pages"])


LEFT = "left"
"""What the address of a draft carries when its mediator has just left the session."""


def _today(now: Moment) -> date:
    """The day at the site: where its server stands."""
    return now.astimezone().date()


Today = Annotated[date, Depends(_today)]


@router.get("/session/{session}", response_class=HTMLResponse)
def draft_page(
    request: Request, session: str, member: Writer, transaction: Reading, now: Moment, said: str = ""
) -> Response:
    """The report of a session, already written: right, it takes one tap."""
    told = store.of_session(transaction, session)
    if told is not None:
        return _to_list("told")
    drafted = around.drafted(request, transaction, member.id, session, now)
    if drafted is None:
        raise HTTPException(404, "Cette session n'est pas à vous, ou elle n'est plus gardée.")
    known = summary(drafted, around.titles(request, drafted))
    return _form(request, Form(texts_of(drafted), store.new_id(), session, summary=known, left=said == LEFT))


@router.get("/new", response_class=HTMLResponse)
def new_page(request: Request, member: Writer, transaction: Reading, today: Today, type: str = "") -> Response:
    """Help without a kiosk: one person, or a workshop. Place and equipment are those of the last time."""
    kind = next((kind for kind in CraType if kind.value == type), CraType.INDIVIDUEL)
    lately = store.without_session(transaction, member.id)
    start = "people" if kind is CraType.COLLECTIF else "minutes"
    texts = blank(today, kind, lately=lately and texts_of(lately.cra))
    return _form(request, Form(texts, store.new_id(), start=start))


@router.post("", response_class=HTMLResponse)
def write(
    request: Request, sent: Sent, member: Writer, transaction: Transaction, now: Moment, today: Today
) -> Response:
    """Keep a report: whole and right, and not told already."""
    session, name = _one(sent, "session"), _one(sent, "id")
    if session and helped_one(transaction, member.id, session) is None:
        raise HTTPException(404, "Cette session n'est pas à vous, ou elle n'est plus gardée.")
    form = Form(fields_sent(sent), name, session, left=_one(sent, "said") == LEFT)
    cra, wrongs = read(form.texts, today)
    if cra is None:
        return _form(request, replace(form, wrongs=wrongs), status=422)
    near = () if _one(sent, "sure") else store.near(transaction, cra, member.id, session or None)
    if near and all(other.id != name for other in near):
        return _form(request, replace(form, near=near), status=409)
    kept, new = store.keep(transaction, cra, member.id, now, session=session or None, name=name)
    if new:
        note(transaction, member, StaffAct.REPORT_CONFIRMED, kept.id, now)
    return RedirectResponse("/?said=reported", 303) if form.left else _to_list("kept" if new else "told")


@router.get("/{cra}", response_class=HTMLResponse)
def correct_page(request: Request, cra: str, member: Writer, transaction: Reading) -> Response:
    """A report, to be corrected."""
    kept = _own(transaction, member, cra)
    return _form(request, Form(texts_of(kept.cra), kept.id, kept.session or "", correcting=True))


@router.post("/{cra}", response_class=HTMLResponse)
def correct(
    request: Request, cra: str, sent: Sent, member: Writer, transaction: Transaction, now: Moment, today: Today
) -> Response:
    """Write a report again."""
    kept = _own(transaction, member, cra)
    texts = fields_sent(sent)
    corrected, wrongs = read({**texts, "procedures": kept.cra.procedures}, today)
    if corrected is None:
        return _form(request, Form(texts, kept.id, kept.session or "", correcting=True, wrongs=wrongs), status=422)
    if corrected != kept.cra:
        store.correct(transaction, kept.id, corrected, now)
        note(transaction, member, StaffAct.REPORT_CORRECTED, kept.id, now)
    return _to_list("corrected")


@router.post("/{cra}/remove", response_class=HTMLResponse)
def remove(cra: str, member: Writer, transaction: Transaction, now: Moment) -> Response:
    """Remove a report."""
    kept = _own(transaction, member, cra)
    store.remove(transaction, kept.id)
    note(transaction, member, StaffAct.REPORT_REMOVED, kept.id, now)
    return _to_list("removed")


def _own(transaction: Session, member: StaffMember, cra: str) -> Kept:
    kept = store.get(transaction, cra)
    if kept is None or kept.mediator != member.id:
        raise HTTPException(404, "Ce compte rendu n'est pas à vous, ou il n'est plus gardé.")
    return kept


def _form(request: Request, form: Form, status: int = 200) -> Response:
    near = [(other.id, " ".join(summary(other.cra, around.titles(request, other.cra)))) for other in form.near]
    return page(request, "report_form.html", status=status, form=form, near=near, duration=duration_words)


def _one(sent: dict[str, list[str]], name: str) -> str:
    values = sent.get(name, [])
    return values[-1] if values else ""


def _to_list(said: str) -> RedirectResponse:
    return RedirectResponse(f"/reports?said={said}", 303)
