# SPDX-License-Identifier: EUPL-1.2
"""One mandate: how it stands, what was done under it, and what may be done now. Every act is noted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.desk import mandates
from assist.desk.mandate_clock import DOUBT
from assist.desk.mandates import Domain, Mandate, Refusal
from assist.desk.sealing import Identity, NotThisMandate
from assist.server.acts import StaffAct, note
from assist.server.mandates import store
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.list_pages import warnings
from assist.server.mandates.parts import Helper, Keeper, Keys, mandate_row
from assist.server.mandates.tables import MandateRow
from assist.server.mandates.words import card, domain_label, in_words
from assist.server.pages import page
from assist.server.parts import Reading, Transaction
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember
from printouts.typography import full_date

router = APIRouter(prefix="/mandats/{number}")

_CHOOSE = Refusal("Choisissez un domaine.")
_WISH = Refusal("Cochez la case : seule la personne peut arrêter son mandat.")
_WHO = Refusal("Choisissez qui prend la suite.")
_AGREE = Refusal("Cochez la case : la personne doit être d'accord avec qui prend la suite.")
_LOST = Refusal(
    "L'identité ne peut pas être ouverte : la clé du lieu a changé, ou les données sont abîmées. "
    "Prévenez le technicien."
)


@router.get("")
def mandate(number: str, request: Request, member: Keeper, now: Looked, transaction: Reading) -> HTMLResponse:
    """The page of a mandate, without the name of who gave it."""
    return show(request, mandate_row(transaction, number, member, now), member, now, transaction)


@router.post("/utiliser")
def use(
    number: str,
    request: Request,
    member: Helper,
    now: Looked,
    transaction: Transaction,
    domain: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """One act for the person, in one domain."""
    row = mandate_row(transaction, number, member, now, lock=True)
    wanted = read_domain(domain)
    if now.doubt or wanted is None:
        return show(request, row, member, now, transaction, Refusal(DOUBT) if now.doubt else _CHOOSE)
    refusal = store.use(transaction, row, wanted, member, now)
    if refusal is not None:
        return show(request, row, member, now, transaction, refusal)
    note(transaction, member, StaffAct.MANDATE_USED, f"{row.number}/{wanted}", now.clock)
    return _back(row)


@router.post("/retirer")
def revoke(
    number: str,
    request: Request,
    member: Keeper,
    now: Looked,
    transaction: Transaction,
    domain: Annotated[str, Form(max_length=20)] = "",
    wished: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """The person stops one domain, or with "tout" all of it. Allowed whatever the clock says."""
    row = mandate_row(transaction, number, member, now, lock=True)
    wanted = read_domain(domain)
    if wanted is None and domain != "tout":
        return show(request, row, member, now, transaction, _CHOOSE)
    if wished != "yes":
        return show(request, row, member, now, transaction, _WISH)
    changed = mandates.revoke(store.mandate_of(row), now.moment, wanted)
    about = f"{row.number}/{wanted}" if wanted else row.number
    return _changed(request, row, changed, member, now, transaction, StaffAct.MANDATE_REVOKED, about)


@router.post("/transmettre")
def hand_over(
    number: str,
    request: Request,
    member: Keeper,
    now: Looked,
    transaction: Transaction,
    mediator: Annotated[str, Form(max_length=40)] = "",
    agreed: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """Another mediator of the site is in charge, if the person agrees."""
    row = mandate_row(transaction, number, member, now, lock=True)
    chosen = next((each for each in colleagues(transaction) if each.id == mediator), None)
    if chosen is None:
        return show(request, row, member, now, transaction, _WHO)
    if agreed != "yes":
        return show(request, row, member, now, transaction, _AGREE)
    changed = mandates.hand_over(store.mandate_of(row), chosen.id, now.moment)
    if isinstance(changed, Mandate):
        row.mediator_name = chosen.name
    about = f"{row.number}/{chosen.id}"
    return _changed(request, row, changed, member, now, transaction, StaffAct.MANDATE_TRANSFERRED, about)


@router.post("/signe")
def sign(number: str, request: Request, member: Keeper, now: Looked, transaction: Transaction) -> Response:
    """Both papers are signed, the person has hers."""
    row = mandate_row(transaction, number, member, now, lock=True)
    changed = mandates.sign(store.mandate_of(row), now.moment)
    return _changed(request, row, changed, member, now, transaction, StaffAct.MANDATE_SIGNED, row.number)


@router.post("/identite")
def identity(
    number: str, request: Request, member: Keeper, now: Looked, keys: Keys, transaction: Transaction
) -> HTMLResponse:
    """Who gave it. Opening is noted, and the page is kept nowhere."""
    row = mandate_row(transaction, number, member, now)
    person = opened(keys, row)
    if isinstance(person, Refusal):
        return show(request, row, member, now, transaction, person)
    note(transaction, member, StaffAct.MANDATE_OPENED, row.number, now.clock)
    return show(request, row, member, now, transaction, person=person)


def colleagues(transaction: Session) -> list[StaffMember]:
    """The mediators of the site, by their names."""
    accounts = transaction.scalars(select(Account).where(Account.disabled.is_(False)).order_by(Account.name)).all()
    members = [account.as_member() for account in accounts]
    return [member for member in members if Role.MEDIATOR in member.roles]


def opened(keys: SiteKeys, row: MandateRow) -> Identity | Refusal:
    """The identity of a mandate, or why it cannot be read."""
    try:
        return keys.open(row.sealed, row.number)
    except NotThisMandate:
        return _LOST


def read_domain(text: str) -> Domain | None:
    """A domain, from a form."""
    return Domain(text) if text in set(Domain) else None


def show(
    request: Request,
    row: MandateRow,
    member: StaffMember,
    now: Now,
    transaction: Session,
    refusal: Refusal | None = None,
    person: Identity | None = None,
) -> HTMLResponse:
    """The page; with ``refusal`` it says why what was asked is not done (409)."""
    return page(
        request,
        "mandates/mandate.html",
        status=409 if refusal else 200,
        card=card(row, now, member),
        uses=[(in_words(u.used_at), domain_label(Domain(u.domain))) for u in store.uses(transaction, row.number)],
        refused=refusal.why if refusal else "",
        person=person,
        born=full_date(person.born).split(" ", 1)[1] if person else "",
        may_use=Role.MEDIATOR in member.roles and row.mediator == member.id,
        others=[other for other in colleagues(transaction) if other.id != row.mediator],
        may_give=Role.MEDIATOR in member.roles,
        revoked=any(a.revoked_at for a in row.authorizations),
        warnings=warnings(now),
    )


def _changed(
    request: Request,
    row: MandateRow,
    changed: Mandate | Refusal,
    member: StaffMember,
    now: Now,
    transaction: Session,
    act: StaffAct,
    about: str,
) -> Response:
    """Write what became of it, and note it; or say why not."""
    if isinstance(changed, Refusal):
        return show(request, row, member, now, transaction, changed)
    store.write(row, changed, now)
    note(transaction, member, act, about, now.clock)
    return _back(row)


def _back(row: MandateRow) -> RedirectResponse:
    return RedirectResponse(f"/mandats/{row.number}", 303)
