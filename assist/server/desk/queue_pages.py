# SPDX-License-Identifier: EUPL-1.2
"""Who calls: the first page of a mediator."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from assist.link.messages import Act
from assist.server import calls
from assist.server.acts import StaffAct, note
from assist.server.calls import Call
from assist.server.database import Database
from assist.server.desk.catalogue import catalogue_of
from assist.server.desk.colleagues import first_names
from assist.server.desk.following import Parts, follow
from assist.server.desk.orders import give
from assist.server.desk.queue_view import Around, calls_of_the_day, queue_view, seen_in
from assist.server.hub import CALLS, DESK
from assist.server.pages import page, part
from assist.server.parts import Moment, Reading, TheHub, Transaction
from assist.server.reports.sessions import report_address
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(tags=["desk"])

Mediator = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR))]
Anybody = Annotated[StaffMember, Depends(allowed(*Role))]

SAID = {
    "left": "Vous avez quitté la borne. L’aide est terminée.",
    "over": "Vous n’aidez personne à cette borne.",
    "handed": "L’appel est transmis. Il attend un collègue.",
    "given-back": "L’appel attend de nouveau.",
    "callback": "Ce ticket est à vous. Appelez son numéro dans la salle.",
    "reported": "Le compte rendu est enregistré.",
    "finished": "C’est noté. Le ticket est terminé.",
}
"""What the page says after an act, by the word that its address carries."""


@router.get("/", response_class=HTMLResponse)
def first_page(
    request: Request, member: Anybody, transaction: Reading, now: Moment, hub: TheHub, said: str = ""
) -> HTMLResponse:
    """Who calls; for who is no mediator, the pages that may be opened."""
    if Role.MEDIATOR not in member.roles:
        return page(request, "home.html")
    hub.present(member.id)
    return _queue(request, transaction, member, SAID.get(said, ""))


@router.get("/calls/live", response_class=EventSourceResponse)
async def live(request: Request, member: Mediator) -> AsyncGenerator[ServerSentEvent]:
    """The parts of the page that changed, as they change."""

    def parts() -> Parts:
        # Not read(): streams that read all at once are slower than one after the other (ADR 0138).
        with _database(request).begin() as transaction:
            known = _known(request, transaction, member)
            return {name: part(request, f"queue_{name}.html", **known) for name in ("count", "calls", "day")}

    async for event in follow(request, member, (CALLS, DESK), parts):
        yield event


@router.post("/calls/{call}/take", response_class=HTMLResponse)
def take(request: Request, call: str, member: Mediator, now: Moment, hub: TheHub) -> Response:
    """Take a call and join the person: one mediator only succeeds, the others read who did."""
    with _database(request).begin() as transaction:
        if not calls.take(transaction, call, member.id, now):
            return _queue(request, transaction, member, wrong=_who_has_it(request, transaction, call), status=409)
        taken = calls.call_of(transaction, call)
        assert taken is not None
        note(transaction, member, StaffAct.CALL_TAKEN, call, now)
    hub.tell(CALLS)
    if taken.ticket is not None and seen_in(taken, hub) is None:
        return _to_queue("callback")
    done = give(request, member, taken, Act.JOIN, member.name)
    if done.done:
        return RedirectResponse(f"/session/{quote(taken.kiosk)}", 303)
    with _database(request).begin() as transaction:
        calls.give_back(transaction, call, member.id)
    hub.tell(CALLS)
    with _database(request).read() as transaction:
        return _queue(request, transaction, member, wrong=done.why, status=409)


@router.post("/calls/{call}/give-back", response_class=HTMLResponse)
def give_back(call: str, member: Mediator, transaction: Transaction, now: Moment, hub: TheHub) -> Response:
    """Somebody else will call this ticket."""
    if not calls.give_back(transaction, call, member.id):
        return _to_queue("over")
    note(transaction, member, StaffAct.CALL_HANDED, call, now)
    transaction.commit()
    hub.tell(CALLS)
    return _to_queue("given-back")


@router.post("/calls/{call}/finish", response_class=HTMLResponse)
def finish(call: str, member: Mediator, transaction: Transaction, now: Moment, hub: TheHub) -> Response:
    """The ticket was called, and the person helped."""
    if not calls.finish(transaction, call, member.id, now):
        return _to_queue("over")
    found = calls.call_of(transaction, call)
    address = report_address(transaction, member.id, found.session if found else "", "/?said=finished")
    note(transaction, member, StaffAct.TICKET_CLOSED, call, now)
    transaction.commit()
    hub.tell(CALLS)
    return RedirectResponse(address, 303)


def _to_queue(said: str) -> RedirectResponse:
    return RedirectResponse(f"/?said={said}", 303)


def _database(request: Request) -> Database:
    return request.app.state.database


def _known(request: Request, transaction: Session, member: StaffMember) -> dict[str, object]:
    around = Around(
        hub=request.app.state.hub,
        catalogue=catalogue_of(request.app.state.site),
        names=first_names(transaction),
        me=member,
        now=request.app.state.clock(),
    )
    return {"queue": queue_view(transaction, around), "day": calls_of_the_day(transaction, around)}


def _queue(
    request: Request, transaction: Session, member: StaffMember, said: str = "", wrong: str = "", status: int = 200
) -> HTMLResponse:
    known = _known(request, transaction, member)
    return page(request, "queue.html", status=status, said=said, wrong=wrong, **known)


def _who_has_it(request: Request, transaction: Session, call: str) -> str:
    known: Call | None = calls.call_of(transaction, call)
    if known is None or known.state == calls.CallState.OVER:
        return "Cet appel est déjà terminé."
    name = first_names(transaction).get(known.taken_by, "Un collègue")
    return f"{name} a pris cet appel avant vous."
