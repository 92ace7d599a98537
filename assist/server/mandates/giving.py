# SPDX-License-Identifier: EUPL-1.2
"""Giving a mandate: the mediator chooses with the person, she reads or listens to the text, she agrees herself.

Nothing is written before she agrees: between the two pages the identity travels sealed, in the page itself. A mandate
is then written whole, in one transaction, or not at all.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.desk import mandates, sealing
from assist.desk.mandate_clock import DOUBT
from assist.desk.mandate_text import Around, current
from assist.desk.mandates import Domain, Duration, Refusal
from assist.desk.sealing import Identity, NotThisMandate
from assist.server.calls import held_at
from assist.server.desk.catalogue import catalogue_of
from assist.server.mandates import store
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.list_pages import warnings
from assist.server.mandates.making import Given, make
from assist.server.mandates.parts import Helper, Keys, mandate_row
from assist.server.mandates.words import domain_of_theme, in_words
from assist.server.pages import page
from assist.server.parts import Reading, Transaction
from assist.server.staff_member import StaffMember
from printouts.receipt_code import grouped, new_code, read_code

router = APIRouter()

_ANEW = "La clé du lieu a changé, ou ce mandat est abîmé : son identité ne peut pas être lue. Écrivez-la à nouveau."
_FORM = "Cette page est trop vieille, ou elle a été modifiée. Recommencez le mandat."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the mediator chose with the person, as the form sent it."""

    domains: tuple[Domain, ...] = ()
    """Those that exist."""
    duration: str = ""
    renews: str = ""
    last_name: str = ""
    first_name: str = ""
    born: str = ""
    contact: str = ""
    kiosk: str = ""
    """Where the mediator helps the person now; "" when it is given on the tablet alone."""


def asked_for(
    domains: Annotated[list[str] | None, Form(max_length=20)] = None,
    duration: Annotated[str, Form(max_length=10)] = "",
    renews: Annotated[str, Form(max_length=20)] = "",
    last_name: Annotated[str, Form(max_length=1000)] = "",
    first_name: Annotated[str, Form(max_length=1000)] = "",
    born: Annotated[str, Form(max_length=100)] = "",
    contact: Annotated[str, Form(max_length=1000)] = "",
    kiosk: Annotated[str, Form(max_length=200)] = "",
) -> Asked:
    chosen = tuple(domain for domain in Domain if domain.value in (domains or ()))
    return Asked(chosen, duration, renews, last_name, first_name, born, contact, kiosk)


Question = Annotated[Asked, Depends(asked_for)]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A mandate that waits for the person's agreement, as the page holds it."""

    number: str
    sealed: bytes
    person: Identity
    domains: tuple[Domain, ...]
    duration: Duration
    renews: str


@router.get("/mandats/nouveau")
def new(
    request: Request,
    member: Helper,
    now: Looked,
    transaction: Reading,
    procedure: str = "",
    renouvelle: str = "",
    borne: str = "",
) -> HTMLResponse:
    """The form. ``procedure`` is where a live session is: its domain is ticked already; ``borne``, at which kiosk."""
    if not renouvelle:
        domain = _domain_of(request, procedure)
        there = borne if borne and held_at(transaction, borne, member.id) else ""
        return show_form(request, now, Asked((domain,) if domain else (), kiosk=there))
    row = mandate_row(transaction, renouvelle, member, now)
    mandate = store.mandate_of(row)
    refusal = mandates.renewable(mandate, now.moment)
    if refusal is not None:
        raise HTTPException(409, refusal.why)
    return show_form(request, now, Asked(mandate.domains, mandate.duration.value, row.number))


@router.post("/mandats/texte")
def read(
    request: Request, member: Helper, now: Looked, keys: Keys, transaction: Transaction, asked: Question
) -> HTMLResponse:
    """The text, for the person; what was typed is sealed from here on."""
    faults = _faults(asked, now)
    if now.doubt:
        faults["clock"] = DOUBT
    number, known = new_code(), None
    if asked.renews:
        known = _renewed(transaction, asked.renews, member, now, keys)
        if isinstance(known, Refusal):
            faults["renews"] = known.why
    if faults or isinstance(known, Refusal):
        return show_form(request, now, asked, faults)
    person = known or sealing.identity(asked.last_name, asked.first_name, asked.born, asked.contact)
    sealed = sealing.seal(person, number, keys.seal_public)
    proposed = Proposed(number, sealed, person, asked.domains, Duration(asked.duration), asked.renews)
    return _text(request, proposed, member, now)


@router.post("/mandats")
def agree(
    request: Request,
    member: Helper,
    now: Looked,
    keys: Keys,
    transaction: Transaction,
    asked: Question,
    number: Annotated[str, Form(max_length=20)] = "",
    sealed: Annotated[str, Form(max_length=8000)] = "",
    text: Annotated[str, Form(max_length=64)] = "",
    agreed: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """The person pressed « je donne ce mandat »: it is written, and begins now."""
    proposed = _proposed(number, sealed, asked, keys)
    if store.find(transaction, proposed.number) is not None:
        return RedirectResponse(f"/mandats/{proposed.number}", 303)
    wrong = _not_now(text, agreed, now)
    if wrong:
        return _text(request, proposed, member, now, 409, wrong)
    old = mandate_row(transaction, proposed.renews, member, now, lock=True) if proposed.renews else None
    if old is not None:
        before = store.mandate_of(old)
        refusal = mandates.renewable(before, now.moment)
        if refusal is not None:
            return _text(request, proposed, member, now, 409, refusal.why)
        store.write(old, mandates.replaced(before, now.moment), now)
    site = request.app.state.site.name
    given = Given(
        proposed.number, proposed.domains, proposed.duration, proposed.sealed, keys.fingerprint, site, "tablet"
    )
    make(transaction, given, member, now, old)
    return RedirectResponse(f"/mandats/{proposed.number}", 303)


def _not_now(text: str, agreed: str, now: Now) -> str:
    if now.doubt:
        return DOUBT
    if text != current().digest:
        return "Le texte du mandat a changé. Relisez-le avec la personne."
    return "" if agreed == "yes" else "La personne coche d'abord la case, si elle est d'accord."


def _proposed(number: str, sealed: str, asked: Asked, keys: SiteKeys) -> Proposed:
    """What the page held. Whoever altered it is told to begin again (422)."""
    code = read_code(number)
    try:
        box = b64decode(sealed, validate=True)
        if code is None or not asked.domains:
            raise ValueError
        return Proposed(code, box, keys.open(box, code), asked.domains, Duration(asked.duration), asked.renews)
    except (binascii.Error, NotThisMandate, ValueError):
        raise HTTPException(422, _FORM) from None


def _renewed(transaction: Session, number: str, member: StaffMember, now: Now, keys: SiteKeys) -> Identity | Refusal:
    row = mandate_row(transaction, number, member, now)
    if (refusal := mandates.renewable(store.mandate_of(row), now.moment)) is not None:
        return refusal
    try:
        return keys.open(row.sealed, row.number)
    except NotThisMandate:
        return Refusal(_ANEW)


def _faults(asked: Asked, now: Now) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not asked.renews:
        today = now.moment.astimezone().date()
        faults |= sealing.faults(asked.last_name, asked.first_name, asked.born, asked.contact, today)
    if not asked.domains:
        faults["domains"] = "Choisissez au moins un domaine."
    if asked.duration not in set(Duration):
        faults["duration"] = "Choisissez une durée."
    return faults


def _domain_of(request: Request, procedure: str) -> Domain | None:
    """The domain of a procedure of the site."""
    found = catalogue_of(request.app.state.site).get(procedure) if procedure else None
    return domain_of_theme(found.theme) if found else None


def show_form(request: Request, now: Now, asked: Asked, faults: dict[str, str] | None = None) -> HTMLResponse:
    text = current()
    return page(
        request,
        "mandates/new.html",
        status=422 if faults else 200,
        domains=[(domain, text.domains[domain], domain in asked.domains) for domain in Domain],
        durations=[(length, text.durations[length], length.value == asked.duration) for length in Duration],
        renewed=grouped(asked.renews),
        asked=asked,
        faults=faults or {},
        warnings=warnings(now),
    )


def _text(
    request: Request, proposed: Proposed, member: StaffMember, now: Now, status: int = 200, wrong: str = ""
) -> HTMLResponse:
    text, site = current(), request.app.state.site
    until = in_words(now.moment + proposed.duration.length)
    around = Around(member.name, site.name, proposed.domains, proposed.duration, until, site.details)
    *parts, agreement = text.filled(around)
    return page(
        request,
        "mandates/text.html",
        status=status,
        title=text.title,
        parts=parts,
        agreement=agreement,
        proposed=proposed,
        sealed=b64encode(proposed.sealed).decode(),
        digest=text.digest,
        name=f"{proposed.person.first_name} {proposed.person.last_name}",
        wrong=wrong,
        warnings=warnings(now),
    )
