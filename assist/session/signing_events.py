# SPDX-License-Identifier: EUPL-1.2
"""What happens while a mandate is given at the kiosk. Who gives it, to whom and for what never leaves the memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assist.session.commands import OfferMandate, Origin
from assist.session.declaration import Event, event, in_memory
from assist.session.state import SigningEnd, SigningStage


@event("mandate.offered", "Le médiateur propose un mandat")
@dataclass(frozen=True, slots=True)
class MandateOffered(Event):
    step: str
    offered: OfferMandate = in_memory()


@event("mandate.page", "La personne va à une autre page du mandat")
@dataclass(frozen=True, slots=True)
class MandateTurned(Event):
    step: str
    stage: SigningStage
    page: int = in_memory()


@event("mandate.written", "La personne écrit une de ses coordonnées")
@dataclass(frozen=True, slots=True)
class IdentityWritten(Event):
    step: str
    value: str | date = in_memory()


@event("mandate.sealed", "Les coordonnées sont scellées")
@dataclass(frozen=True, slots=True)
class IdentitySealed(Event):
    step: str
    sealed: str = in_memory()


@event("mandate.agreed", "La personne donne son accord au mandat")
@dataclass(frozen=True, slots=True)
class MandateAgreed(Event):
    step: str
    text: str
    """SHA-256 of the text that she read."""


@event("mandate.ended", "Le mandat est enregistré, refusé ou arrêté")
@dataclass(frozen=True, slots=True)
class MandateEnded(Event):
    step: str
    outcome: SigningEnd
    by: Origin


@event("mandate.closed", "La personne ferme la dernière page du mandat")
@dataclass(frozen=True, slots=True)
class MandateClosed(Event):
    step: str
