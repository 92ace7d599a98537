# SPDX-License-Identifier: EUPL-1.2
"""A mandate read and given at the kiosk where the mediator helps: offered, followed, taken away."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assist.desk.mandate_clock import DOUBT
from assist.desk.mandate_text import current
from assist.desk.mandates import Duration
from assist.link.messages import Act, MandateOffer
from assist.server import calls, full_disk
from assist.server.calls import Call
from assist.server.desk.following import Parts, follow
from assist.server.desk.orders import give
from assist.server.desk.queue_view import seen_in
from assist.server.hub import CALLS, seen_at
from assist.server.mandates import store
from assist.server.mandates.clockwork import Looked, Now, looked
from assist.server.mandates.giving import Asked, asked_for, show_form
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.offers import Offered, Offers
from assist.server.mandates.parts import HELPER, Helper, Keys
from assist.server.mandates.words import in_words
from assist.server.pages import page, part
from assist.server.staff_member import StaffMember
from printouts.receipt_code import new_code, read_code

router = APIRouter(prefix="/mandats/borne")

Question = Annotated[Asked, Depends(asked_for)]
_NOBODY = "Vous n’aidez plus personne à cette borne. Revenez aux appels, ou faites le mandat sur la tablette."
_PAGES = ("mandate", "identity")
"""What the kiosk shows while the person is on the mandate (:attr:`assist.link.messages.Seen.kind`)."""


@router.post("")
def offer(request: Request, member: Helper, now: Looked, keys: Keys, asked: Question) -> Response:
    """Show the mandate on the kiosk. The person reads it there, writes who she is, and decides alone."""
    call = _call(request, asked.kiosk, member)
    wrong = _wrong(asked, now, call)
    if call is None or wrong:
        return show_form(request, now, asked, wrong)
    offered = _offered(request, asked, member, now, keys, call)
    _offers(request).add(offered)
    done = give(request, member, call, Act.MANDATE, offer=offered.offer)
    if not done.done:
        _offers(request).take_away(offered.offer.number)
        return show_form(request, now, asked, {"kiosk": done.why or "La borne n’a pas pu montrer le mandat."})
    return RedirectResponse(f"/mandats/borne/{offered.offer.number}", 303)


@router.get("/{number}")
def followed(number: str, request: Request, member: Helper, now: Looked) -> HTMLResponse:
    """Where the person is; once she has given it, the way to its papers."""
    known = _known(request, number, member, now)
    return page(request, "mandates/at_kiosk.html", status=200, **known)


@router.get("/{number}/live", response_class=EventSourceResponse)
async def live(
    number: str, request: Request, member: Annotated[StaffMember, HELPER]
) -> AsyncGenerator[ServerSentEvent]:
    """The same, as it changes."""
    found = _offers(request).find(read_code(number) or "", request.app.state.clock())
    topics = (CALLS, seen_at(found.kiosk)) if found is not None else (CALLS,)

    def parts() -> Parts:
        now = looked(request.app.state.database, request.app.state.clock())
        try:
            return {"state": part(request, "mandates/at_kiosk_state.html", **_known(request, number, member, now))}
        except HTTPException as gone:
            return {"state": str(gone.detail)}

    async for event in follow(request, member, topics, parts):
        yield event


@router.post("/{number}/annuler")
def take_away(number: str, request: Request, member: Helper, now: Looked) -> Response:
    """Take the offer away from the kiosk. What the person has given already stays given."""
    code = read_code(number) or ""
    found = _offers(request).find(code, now.clock)
    if found is not None and found.member.id == member.id and not _made(request, code):
        call = _call(request, found.kiosk, member)
        if call is not None and give(request, member, call, Act.MANDATE).done:
            _offers(request).take_away(code)
            return RedirectResponse(f"/session/{quote(found.kiosk, safe='')}", 303)
    return RedirectResponse(f"/mandats/borne/{number}", 303)


def _wrong(asked: Asked, now: Now, call: Call | None) -> dict[str, str]:
    """Field -> what to correct."""
    found: dict[str, str] = {}
    if call is None:
        found["kiosk"] = _NOBODY
    if now.doubt or now.full:
        found["clock"] = DOUBT if now.doubt else f"{full_disk.WHY} {full_disk.NEXT}"
    if not asked.domains:
        found["domains"] = "Choisissez au moins un domaine."
    if asked.duration not in set(Duration):
        found["duration"] = "Choisissez une durée."
    return found


def _offered(request: Request, asked: Asked, member: StaffMember, now: Now, keys: SiteKeys, call: Call) -> Offered:
    site, duration = request.app.state.site, Duration(asked.duration)
    made = MandateOffer(
        new_code(),
        current().digest,
        member.name,
        site.name,
        tuple(domain.value for domain in asked.domains),
        duration.value,
        in_words(now.moment + duration.length),
        tuple(site.details),
        keys.seal_public.hex(),
    )
    return Offered(made, member, call.kiosk, call.session, call.id, now.clock)


def _known(request: Request, number: str, member: StaffMember, now: Now) -> dict[str, object]:
    """What the page tells: made, refused, or what the person sees; else the offer is over."""
    code = read_code(number) or ""
    known: dict[str, object] = {"number": code, "kiosk": "", "made": False, "refused": "", "sees": ""}
    found = _offers(request).find(code, now.clock)
    if found is not None and found.member.id != member.id:
        found = None
    if found is not None:
        known["kiosk"] = found.kiosk
    if _made(request, code):
        return known | {"made": True}
    if found is None:
        raise HTTPException(404, "Cette proposition n’existe plus. Proposez le mandat à nouveau.")
    if refused := _offers(request).refusal(code):
        return known | {"refused": refused}
    with request.app.state.database.read() as transaction:
        call = calls.call_of(transaction, found.call)
    seen = seen_in(call, request.app.state.hub) if call is not None else None
    on_it = seen is not None and seen.kind in _PAGES
    return known | {"sees": seen.title if on_it and seen is not None else ""}


def _made(request: Request, number: str) -> bool:
    with request.app.state.database.read() as transaction:
        return store.find(transaction, number) is not None


def _call(request: Request, kiosk: str, member: StaffMember) -> Call | None:
    with request.app.state.database.read() as transaction:
        return calls.held_at(transaction, kiosk, member.id)


def _offers(request: Request) -> Offers:
    return request.app.state.offers
