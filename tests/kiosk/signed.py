# SPDX-License-Identifier: EUPL-1.2
"""A mandate that a mediator offers at a kiosk, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nacl.public import PrivateKey

from assist.desk.mandate_text import current
from assist.link.messages import MandateOffer
from assist.session import commands as c
from assist.session.state import SessionState, Signing, SigningEnd, SigningStage
from kiosk.moments import Surroundings
from kiosk.offers import offered
from kiosk.presenter import present
from kiosk.view import StepView
from tests.kiosk.helped import ALONE, AROUND, GIVEN, helped

KEY = PrivateKey(bytes(range(32)))
"""The site's."""
OFFER = MandateOffer(
    "ABCD2345",
    current().digest,
    "Ana",
    "France Services de Souillac",
    ("papiers", "logement"),
    "MONTH",
    "mardi 29 décembre 2026, à 13\u00a0h\u00a005",
    ("12 avenue Gambetta", "05 65 00 00 00"),
    bytes(KEY.public_key).hex(),
)
EVERYTHING = replace(
    OFFER,
    mediator="Jean-Christophe",
    domains=tuple(domain.value for domain in current().domains),
    duration="SEMESTER",
)
"""The longest of all."""
TYPED = ("Vaillant", "Huguette", date(1946, 3, 12))
LONGEST_TYPED = ("Vaillant-Maréchal de la Tour du Pin", "Marie-Huguette Bernadette", date(1946, 9, 12))
PAGES = len(current().parts)


def offer_of(offer: MandateOffer = OFFER) -> c.OfferMandate:
    read = offered(offer)
    assert isinstance(read, c.OfferMandate), read
    return read


def at(stage: SigningStage, page: int = 0, offer: MandateOffer = OFFER, **more: object) -> SessionState:
    """Beside the mediator, at a page of the mandate."""
    return helped(replace(GIVEN, mediator=offer.mediator), signing=Signing(offer_of(offer), stage, page, **more))  # type: ignore[arg-type]


def every_state(
    offer: MandateOffer = OFFER, typed: tuple[str | date, ...] = TYPED
) -> Iterator[tuple[str, SessionState]]:
    """Every page, by its name."""
    for page in range(PAGES):
        yield f"read-{page}", at(SigningStage.READING, page, offer)
    for page in range(3):
        yield f"write-{page}", at(SigningStage.WRITING, page, offer, typed=typed[:page])
    yield "check", at(SigningStage.CHECKING, 0, offer, typed=typed)
    for stage in (SigningStage.AGREEING, SigningStage.CONFIRMING, SigningStage.SENT):
        yield stage.value, at(stage, 0, offer, sealed="c2VhbGVk")
    for outcome in SigningEnd:
        yield outcome.value, at(SigningStage.ENDED, 0, offer, outcome=outcome)


def signed_views(
    language: str = "fr", offer: MandateOffer = OFFER, typed: tuple[str | date, ...] = TYPED, **around: object
) -> dict[str, StepView]:
    """Every page as it is met; and that of a server that cannot be reached."""
    there: Surroundings = replace(AROUND, **around)  # type: ignore[arg-type]
    states = [(name, replace(state, language=language)) for name, state in every_state(offer, typed)]
    views = {name: present(state, there) for name, state in states}
    cut = replace(at(SigningStage.SENT, 0, offer), language=language)
    return {**views, "cut": present(cut, ALONE)}
