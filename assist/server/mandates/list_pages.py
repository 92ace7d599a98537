# SPDX-License-Identifier: EUPL-1.2
"""The mandates of the site: those that end soon, those that go on, those that are over; and finding one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk.mandate_clock import DOUBT
from assist.desk.sealing import NotThisMandate, same_person
from assist.server import full_disk
from assist.server.acts import StaffAct, note
from assist.server.mandates import retention, store
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.parts import Keeper, Keys
from assist.server.mandates.words import card
from assist.server.pages import page
from assist.server.parts import Reading, Transaction
from assist.server.staff_member import Role, StaffMember
from printouts.receipt_code import read_code

router = APIRouter()


@router.get("/mandats")
def mandates(request: Request, member: Keeper, now: Looked, transaction: Reading) -> HTMLResponse:
    """The list."""
    return _list(request, member, now, transaction)


@router.post("/mandats/chercher")
def search(
    request: Request,
    member: Keeper,
    now: Looked,
    keys: Keys,
    transaction: Transaction,
    asked: Annotated[str, Form(max_length=120)] = "",
) -> Response:
    """By number, or by the name of the person. A name opens what is sealed: it is noted, as any opening."""
    if (number := read_code(asked)) is not None:
        return RedirectResponse(f"/mandats/{number}", 303)
    found = _named(transaction, keys, asked)
    rows = [row for number in found if (row := store.find(transaction, number)) is not None]
    seen = [row for row in rows if not retention.archived(row, now.lived) or Role.MANAGER in member.roles]
    cards = [card(row, now, member) for row in seen]
    note(transaction, member, StaffAct.MANDATE_OPENED, "search", now.clock)
    return page(request, "mandates/found.html", cards=cards)


def _named(transaction: Session, keys: SiteKeys, asked: str) -> list[str]:
    found: list[str] = []
    for number, sealed in store.every_sealed(transaction):
        try:
            if same_person(asked, keys.open(sealed, number)):
                found.append(number)
        except NotThisMandate:
            continue
    return found


def _list(request: Request, member: StaffMember, now: Now, transaction: Session) -> HTMLResponse:
    going = [card(row, now, member) for row in store.going_on(transaction)]
    over = [card(row, now, member) for row in store.over(transaction) if not retention.archived(row, now.lived)]
    archive = retention.in_the_archive(transaction, now.lived) if Role.MANAGER in member.roles else ()
    return page(
        request,
        "mandates/list.html",
        groups=[
            ("soon", "Se terminent bientôt", [c for c in going if c.soon]),
            ("on", "En cours", [c for c in going if c.active and not c.soon]),
            ("over", "Terminés", [c for c in going if not c.active] + over),
            ("archive", "Archives", [card(row, now, member) for row in archive]),
        ],
        may_give=Role.MEDIATOR in member.roles,
        warnings=warnings(now),
    )


def warnings(now: Now) -> list[str]:
    """What must be known before anything is done: a clock in doubt, a full disk."""
    return [*([DOUBT] if now.doubt else []), *([f"{full_disk.WHY} {full_disk.NEXT}"] if now.full else [])]
