# SPDX-License-Identifier: EUPL-1.2
"""A person agreed at a kiosk: the mandate is made whole, once, or nothing of it is, and the kiosk is told which."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assist.desk.mandate_clock import DOUBT
from assist.desk.mandate_text import current
from assist.desk.mandates import Domain, Duration
from assist.desk.sealing import NotThisMandate
from assist.link.messages import Agreement, Settled
from assist.server import full_disk
from assist.server.hub import seen_at
from assist.server.mandates import store
from assist.server.mandates.clockwork import Now, looked
from assist.server.mandates.keys import KeyFault, SiteKeys, keys_of_site
from assist.server.mandates.making import Given, make
from assist.server.mandates.offers import Offered, Offers
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember

LONGEST_BOX = 8000
"""Characters of a sealed box in base64."""
GONE = "Cette proposition n’est plus valable. Proposez le mandat à nouveau."
NOT_READ = "Les coordonnées n’ont pas pu être lues. Proposez le mandat à nouveau."
LEFT = "Ce compte ne peut plus recevoir de mandat. Prévenez votre responsable."
OTHER_TEXT = "Le texte du mandat a changé. Proposez-le à nouveau."


def agree(state: Any, kiosk: str, agreement: Agreement) -> Settled:
    """What becomes of it. ``state`` is the application's. Sent again, it is the same mandate.

    Raises:
        SQLAlchemyError: the database does not answer: nothing was made, and the kiosk will send it again.
    """
    try:
        keys = keys_of_site(state)
        now = looked(state.database, state.clock())
        with state.database.begin() as transaction:
            why = _make(transaction, state, keys, now, kiosk, agreement)
    except KeyFault as fault:
        why = f"{fault} Prévenez le technicien."
    except DBAPIError as error:
        if not full_disk.is_full(error):
            raise
        why = f"{full_disk.WHY} {full_disk.NEXT}"
    if why:
        offers: Offers = state.offers
        offers.refuse(agreement.number, why)
    state.hub.tell(seen_at(kiosk))
    return Settled(agreement.number, not why, why)


def _make(transaction: Session, state: Any, keys: SiteKeys, now: Now, kiosk: str, agreement: Agreement) -> str:
    """Why it is not made; "" once it is, now or before."""
    box = _box(agreement.sealed)
    known = store.find(transaction, agreement.number, lock=True)
    if known is not None:
        return "" if box is not None and known.sealed == box else GONE
    offered: Offered | None = state.offers.find(agreement.number, now.clock)
    if offered is None or not _same(offered, kiosk, agreement):
        return GONE
    if not _still_helps(transaction, offered.member):
        return LEFT
    if now.doubt:
        return DOUBT
    if agreement.text != current().digest:
        return OTHER_TEXT
    try:
        if box is None:
            return NOT_READ
        keys.open(box, agreement.number)
    except NotThisMandate:
        return NOT_READ
    domains = tuple(Domain(code) for code in agreement.domains)
    duration, site = Duration(agreement.duration), state.site.name
    given = Given(agreement.number, domains, duration, box, keys.fingerprint, site, "kiosk")
    make(transaction, given, offered.member, now)
    return ""


def _same(offered: Offered, kiosk: str, agreement: Agreement) -> bool:
    """Whether what was agreed to is what this kiosk's person was offered."""
    offer = offered.offer
    return (offered.kiosk, offered.session, offer.text, offer.domains, offer.duration) == (
        kiosk,
        agreement.session,
        agreement.text,
        agreement.domains,
        agreement.duration,
    )


def _still_helps(transaction: Session, member: StaffMember) -> bool:
    """A tablet is asked at each page who holds it; here the offer was made some time ago."""
    account = transaction.get(Account, member.id)
    return account is not None and not account.disabled and Role.MEDIATOR in account.roles


def _box(sealed: str) -> bytes | None:
    try:
        return b64decode(sealed, validate=True) if len(sealed) <= LONGEST_BOX else None
    except (binascii.Error, ValueError):
        return None
