# SPDX-License-Identifier: EUPL-1.2
"""Beside the person: what she sees, live, and the few things that a mediator may do there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from assist.desk.messages import LONGEST, ready, tidy
from assist.desk.suggestions import suggest
from assist.link.messages import Act, Seen
from assist.server import calls
from assist.server.acts import StaffAct, note
from assist.server.calls import Call, CallState
from assist.server.database import Database
from assist.server.desk.beside_view import DONE, BesideView, beside_view, why_not_pressed
from assist.server.desk.catalogue import catalogue_of
from assist.server.desk.colleagues import mediators_but
from assist.server.desk.following import Parts, follow
from assist.server.desk.orders import give
from assist.server.desk.past import past_of, session_over
from assist.server.desk.queue_view import seen_in
from assist.server.hub import CALLS, seen_at
from assist.server.pages import page, part
from assist.server.parts import Moment, TheHub
from assist.server.reports.sessions import report_address
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(prefix="/session/{kiosk:path}", tags=["desk"])
"""A kiosk may have any name, a stroke within too: what follows the name is told apart by the order of the routes."""

Mediator = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR))]
Written = Annotated[str, Form(max_length=4_000)]
NOBODY = "Vous n’aidez personne à cette borne."


@router.get("/live", response_class=EventSourceResponse)
async def live(request: Request, kiosk: str, member: Mediator, call: str) -> AsyncGenerator[ServerSentEvent]:
    """The parts of the page that changed, as they change; they say so when the help of ``call`` is over."""

    def parts() -> Parts:
        # Not read(): streams that read all at once are slower than one after the other (ADR 0138).
        with _database(request).begin() as transaction:
            if (held := calls.call_of(transaction, call)) is None:
                return {"said": NOBODY}
            known = _known(request, transaction, member, held)
        return {
            name: part(request, f"beside_{name}.html", **known)
            for name in ("said", "consent", "screen", "way", "helps")
        }

    async for event in follow(request, member, (CALLS, seen_at(kiosk)), parts):
        yield event


@router.get("", response_class=HTMLResponse)
def beside(request: Request, kiosk: str, member: Mediator, hub: TheHub) -> Response:
    """The page beside the person whom this mediator helps at this kiosk; the calls when there is none."""
    hub.present(member.id)
    with _database(request).read() as transaction:
        if (call := calls.held_at(transaction, kiosk, member.id)) is None:
            return RedirectResponse("/?said=over", 303)
        return _page(request, transaction, member, call)


@router.post("/leave", response_class=HTMLResponse)
def leave(request: Request, kiosk: str, member: Mediator, now: Moment, hub: TheHub) -> Response:
    """The help is over. A kiosk that does not answer does not hold the mediator back."""
    with _database(request).read() as transaction:
        call = calls.held_at(transaction, kiosk, member.id)
    if call is None:
        return RedirectResponse("/?said=over", 303)
    give(request, member, call, Act.LEAVE)
    with _database(request).begin() as transaction:
        calls.finish(transaction, call.id, member.id, now)
        address = report_address(transaction, member.id, call.session, "/?said=left")
        note(transaction, member, StaffAct.CALL_CLOSED, call.id, now)
    hub.tell(CALLS)
    return RedirectResponse(address, 303)


@router.post("/hand-over", response_class=HTMLResponse)
def hand_over(
    request: Request,
    kiosk: str,
    member: Mediator,
    now: Moment,
    hub: TheHub,
    meant_for: Written = "",
    written: Annotated[str, Form(alias="note", max_length=4_000)] = "",
) -> Response:
    """Hand the person over to a colleague, or to whoever comes, with a note that only mediators read."""
    text = tidy(written)
    with _database(request).read() as transaction:
        call = calls.held_at(transaction, kiosk, member.id)
        if call is None:
            return RedirectResponse("/?said=over", 303)
        if len(text) > LONGEST:
            return _page(request, transaction, member, call, wrong=_too_long(text), note=text, status=422)
        if meant_for and meant_for not in dict(mediators_but(transaction, member)):
            return _page(request, transaction, member, call, wrong="Ce collègue n’est plus là.", note=text, status=422)
    give(request, member, call, Act.HAND_OVER)
    with _database(request).begin() as transaction:
        if not calls.hand_over(transaction, call.id, member.id, text, meant_for):
            return RedirectResponse("/?said=over", 303)
        note(transaction, member, StaffAct.CALL_HANDED, call.id, now)
    hub.tell(CALLS)
    return RedirectResponse("/?said=handed", 303)


@router.post("/{act}", response_class=HTMLResponse)
def act(
    request: Request, kiosk: str, act: Act, member: Mediator, hub: TheHub, value: Written = "", key: Written = ""
) -> Response:
    """One act at the kiosk. The answer is a sentence: alone when a script asked, else on the whole page."""
    if act not in DONE:
        raise HTTPException(404, "Cette action n'existe pas.")
    with _database(request).read() as transaction:
        call = calls.held_at(transaction, kiosk, member.id)
    if call is None:
        said, wrong = "", NOBODY
    else:
        said, wrong = _do(request, member, call, act, value, key)
    if "HX-Request" in request.headers:
        return HTMLResponse(part(request, "beside_answer.html", said=said, wrong=wrong))
    if call is None:
        return RedirectResponse("/?said=over", 303)
    with _database(request).read() as transaction:
        return _page(request, transaction, member, call, said=said, wrong=wrong, message=value if wrong else "")


def _do(request: Request, member: StaffMember, call: Call, act: Act, value: str, key: str) -> tuple[str, str]:
    """What is said when it is done, and what is wrong when it is not."""
    seen = seen_in(call, request.app.state.hub)
    if act is Act.SAY:
        value = tidy(value)
    if wrong := _refused(act, value, seen):
        return "", wrong
    done = give(request, member, call, act, value, key)
    if not done.done:
        return "", done.why or "La borne n’a pas pu le faire."
    return ("Plus rien ne s’éclaire." if act is Act.POINT and not value else DONE[act]), ""


def _refused(act: Act, value: str, seen: Seen | None) -> str:
    """Why it is not even asked of the kiosk: what the mediator can be told at once."""
    if act is Act.SAY and not value:
        return "Écrivez d’abord un message."
    if act is Act.SAY and len(value) > LONGEST:
        return _too_long(value)
    return why_not_pressed(seen, value) if act is Act.PRESS and seen is not None else ""


def _too_long(text: str) -> str:
    return f"Le texte a {len(text)} signes. Il en faut {LONGEST} au plus."


def _database(request: Request) -> Database:
    return request.app.state.database


def _known(request: Request, transaction: Session, member: StaffMember, call: Call) -> dict[str, object]:
    """What the page and its parts are made from."""
    catalogue = catalogue_of(request.app.state.site)
    over = call.state == CallState.OVER and session_over(transaction, call.session)
    view = beside_view(call, member.id, request.app.state.hub, catalogue, session_over=over)
    known: dict[str, object] = {"view": view, "call": call, "helps": None, "report": ""}
    if call.state == CallState.OVER and call.taken_by == member.id:
        known["report"] = report_address(transaction, member.id, call.session, "")
    if (seen := view.seen) is not None and seen.procedure:
        today = request.app.state.clock().astimezone().date()
        past = past_of(transaction, seen.procedure, seen.step, seen.session)
        known["helps"] = suggest(catalogue, seen.procedure, seen.step, language=seen.language, past=past, today=today)
    return known


def _page(
    request: Request,
    transaction: Session,
    member: StaffMember,
    call: Call,
    *,
    said: str = "",
    wrong: str = "",
    message: str = "",
    note: str = "",
    status: int = 200,
) -> HTMLResponse:
    known = _known(request, transaction, member, call)
    seen = known["view"].seen if isinstance(known["view"], BesideView) else None
    return page(
        request,
        "beside.html",
        status=status,
        said=said,
        wrong=wrong,
        message=message,
        note=note,
        longest=LONGEST,
        ready=ready(seen.language if seen else call.language),
        colleagues=mediators_but(transaction, member),
        **known,
    )
