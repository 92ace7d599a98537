# SPDX-License-Identifier: EUPL-1.2
"""The pages of a manager's morning: figures, the list behind them, one session, where people stop."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from assist.review import quality as promised
from assist.review.timeline import timeline
from assist.server.desk.catalogue import catalogue_of
from assist.server.pages import page
from assist.server.parts import Moment, Reading
from assist.server.review import availability, charts, quality, reading, words
from assist.server.review.asked import ORIGINS, PERIODS, Asked, Manager, Question
from assist.server.review.funnel import funnel
from assist.server.review.months import months_over
from assist.server.site import HERE
from content.model import Catalogue
from printouts.charts.svg import svg

router = APIRouter(prefix="/revue", tags=["review"])


@router.get("", response_class=HTMLResponse)
def figures_page(
    request: Request, member: Manager, question: Question, now: Moment, transaction: Reading
) -> HTMLResponse:
    """The figures of a period, beside those of the period before, and the procedures that were begun."""
    wanted = question.wanted
    sums = reading.sums(transaction, wanted)
    days, times = reading.people_by_day(transaction, wanted), reading.procedure_times(transaction, wanted)
    return page(
        request,
        "review/figures.html",
        **_around(request, transaction, question),
        figures=words.figures(sums, reading.sums(transaction, wanted.before)),
        charts=charts.charts(wanted, sums, days, times, _titles(_procedures(request))),
        svg=svg,
        before=wanted.before,
        procedures=reading.procedures(transaction, wanted),
        months=months_over(transaction, now.astimezone(HERE).date()),
        share=words.share_words,
        machines=availability.lines(transaction, wanted),
        expected=availability.expected_words(transaction),
    )


@router.get("/qualite", response_class=HTMLResponse)
def quality_page(request: Request, member: Manager, question: Question, transaction: Reading) -> HTMLResponse:
    """What the site measures of the public quality programme, and what it cannot."""
    sums = reading.sums(transaction, question.wanted)
    return page(
        request,
        "review/quality.html",
        **_around(request, transaction, question),
        programme=promised.PROGRAMME,
        commitments=quality.answers(promised.COMMITMENTS, sums),
        published=quality.answers(promised.PUBLISHED, sums),
        sources=promised.SOURCES,
        checked_on=promised.CHECKED_ON,
    )


@router.get("/passages", response_class=HTMLResponse)
def list_page(request: Request, member: Manager, question: Question, transaction: Reading) -> HTMLResponse:
    """The visits behind the figures, newest first."""
    rows, after = reading.listed(transaction, question.wanted, question.after)
    names = reading.text_names(transaction)
    return page(
        request,
        "review/visits.html",
        **_around(request, transaction, question),
        lines=[words.line(row, names.get(row.text, ""), _titles(_procedures(request))) for row in rows],
        total=words.count_words(reading.total(transaction, question.wanted)),
        after=after,
    )


@router.get("/passages/{session}", response_class=HTMLResponse)
def session_page(request: Request, member: Manager, session: str, transaction: Reading) -> HTMLResponse:
    """One session, line by line; never an answer."""
    rows = reading.rows_of(transaction, session)
    if not rows:
        raise HTTPException(404, "Cette session n'existe pas, ou n'est plus gardée ici.")
    procedure = next((row["payload"]["procedure"] for row in rows if _picks(row["type"], row["payload"])), "")
    found = _procedures(request).get(procedure)
    return page(
        request,
        "review/session.html",
        titles=_titles(_procedures(request)),
        began=words.moment_words(reading.moment_of(rows[0])),
        kiosk=rows[0]["kiosk"],
        subject=found.title if found else procedure,
        lines=timeline(rows),
        steps={step.id: step.title for step in found.steps.values()} if found else {},
        seconds=words.seconds_words,
    )


@router.get("/demarches/{procedure}", response_class=HTMLResponse)
def procedure_page(
    request: Request, member: Manager, procedure: str, question: Question, transaction: Reading
) -> HTMLResponse:
    """Where people stop in one procedure."""
    narrowed = question.of(procedure)
    found = _procedures(request).get(procedure)
    stages = funnel(transaction, narrowed.wanted, found)
    return page(
        request,
        "review/procedure.html",
        **_around(request, transaction, narrowed),
        procedure=procedure,
        title=found.title if found else procedure,
        funnel=stages,
        chart=charts.steps(stages) if stages else None,
        svg=svg,
        verdicts=words.VERDICTS,
        stuck=words.stuck_words,
        share=words.share_words,
        seconds=words.seconds_words,
    )


def _procedures(request: Request) -> Catalogue:
    return catalogue_of(request.app.state.site)


def _titles(procedures: Catalogue) -> dict[str, str]:
    return {procedure.id: procedure.title for procedure in procedures.titles()}


def _picks(type_: str, payload: object) -> bool:
    return type_ == "procedure.picked" and isinstance(payload, dict)


def _around(request: Request, transaction: Session, question: Asked) -> dict[str, Any]:
    """What the filters of every page offer."""
    return {
        "question": question,
        "wanted": question.wanted,
        "periods": PERIODS,
        "origins": ORIGINS,
        "kiosks": reading.kiosks(transaction),
        "languages": reading.languages(transaction),
        "titles": _titles(_procedures(request)),
    }
