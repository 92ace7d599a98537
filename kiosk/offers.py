# SPDX-License-Identifier: EUPL-1.2
"""A mandate offered by the desk: read against this kiosk's own copy of the text, sealed, and sent once it is given."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import TYPE_CHECKING

from assist.desk.mandate_text import Around, text_of
from assist.desk.mandates import Domain, Duration
from assist.link.messages import Agreement, MandateOffer
from assist.session import commands as c
from content.text_rules import harmless

if TYPE_CHECKING:
    from assist.session.state import SessionState, Signing

NO_TEXT = "Cette borne n’a pas ce texte du mandat\u00a0: mettez-la à jour, ou faites le mandat sur la tablette."
NOT_READ = "La borne n’a pas pu lire ce mandat. Recommencez, ou faites-le sur la tablette."
NO_JOURNAL = "Le disque de la borne est plein\u00a0: elle ne peut rien noter. Faites le mandat sur la tablette."
_MOST_NAME = 80
_MOST_LINES = 6


def offered(offer: MandateOffer) -> c.OfferMandate | str:
    """What the person is shown; or why it cannot be, for the mediator. The words are this kiosk's own: the digest says
    that they are the server's."""
    text = text_of(offer.text)
    if text is None:
        return NO_TEXT
    try:
        domains = tuple(domain for domain in Domain if domain in {Domain(code) for code in offer.domains})
        duration = Duration(offer.duration)
    except ValueError:
        return NOT_READ
    mediator, site = harmless(offer.mediator)[:_MOST_NAME], harmless(offer.site)[:_MOST_NAME]
    if not (domains and mediator and site and offer.number):
        return NOT_READ
    contact = tuple(harmless(line)[:_MOST_NAME] for line in offer.contact[:_MOST_LINES])
    around = Around(mediator, site, domains, duration, harmless(offer.until)[:_MOST_NAME], contact)
    return c.OfferMandate(offer, text.title, text.filled(around))


def sealed(signing: Signing) -> str:
    """Who the person is, as only the site can read it; "" when she has not written everything."""
    from assist.desk.sealing import Identity, seal

    match signing.typed:
        case (str(last_name), str(first_name), date() as born):
            offer = signing.offered.offer
            box = seal(Identity(last_name, first_name, born), offer.number, bytes.fromhex(offer.seal_key))
            return b64encode(box).decode()
        case _:
            return ""


def agreement_of(state: SessionState) -> Agreement | None:
    """What the person has just agreed to."""
    if state.signing is None:
        return None
    offer = state.signing.offered.offer
    return Agreement(offer.number, state.session, offer.text, offer.domains, offer.duration, state.signing.sealed)
