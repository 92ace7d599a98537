# SPDX-License-Identifier: EUPL-1.2
"""A mandate: a person lets a mediator of the site act for her, in some domains, for some time. Pure.

Every rule takes the moment it is asked at; where that moment comes from, and why no clock can bring a mandate back, is
in :mod:`assist.desk.mandate_clock`. A refusal is a sentence for the mediator, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Domain(StrEnum):
    """The ten domains of Aidants Connect. One authorization each."""

    PAPIERS = "papiers"
    FAMILLE = "famille"
    SOCIAL = "social"
    TRAVAIL = "travail"
    LOGEMENT = "logement"
    TRANSPORTS = "transports"
    ARGENT = "argent"
    JUSTICE = "justice"
    ETRANGER = "etranger"
    LOISIRS = "loisirs"


class Duration(StrEnum):
    """How long, in the codes of Aidants Connect."""

    SHORT = "SHORT"
    MONTH = "MONTH"
    SEMESTER = "SEMESTER"
    LONG = "LONG"

    @property
    def length(self) -> timedelta:
        """Whole days of 24 hours, from the moment of the agreement."""
        return timedelta(days=_DAYS[self])


_DAYS = {Duration.SHORT: 1, Duration.MONTH: 31, Duration.SEMESTER: 182, Duration.LONG: 365}

WARNING = timedelta(days=30)
"""How long before its end a mandate is said to end soon."""


class Ending(StrEnum):
    """Why a mandate is over. Once written, it is never taken back."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    RENEWED = "renewed"
    """Another mandate took its place."""
    TRANSFERRED = "transferred"
    """Another site has it now."""


class Status(StrEnum):
    """How a mandate stands at a moment."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"
    RENEWED = "renewed"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, slots=True)
class Authorization:
    """The part of a mandate that concerns one domain."""

    domain: Domain
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """What was agreed, and what became of it. Who the person is stands elsewhere, sealed."""

    number: str
    mediator: str
    """Identifier of the mediator in charge: the only one who may use it."""
    authorizations: tuple[Authorization, ...]
    duration: Duration
    given_at: datetime
    """The moment of the agreement; it begins then."""
    ends_at: datetime
    template: str
    """SHA-256 of the text that the person agreed to."""
    signed_at: datetime | None = None
    """When the mediator said that both papers are signed."""
    ended: Ending | None = None
    ended_at: datetime | None = None
    renews: str = ""
    """The number of the mandate whose place it took."""

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Those still authorized."""
        return tuple(a.domain for a in self.authorizations if a.revoked_at is None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be done, in a sentence for the mediator."""

    why: str


def give(
    number: str,
    mediator: str,
    domains: Iterable[Domain],
    duration: Duration,
    moment: datetime,
    template: str,
    renews: str = "",
) -> Mandate:
    """The mandate that a person gives at ``moment``. Raises ValueError when no domain is chosen."""
    chosen = set(domains)
    if not chosen:
        raise ValueError("a mandate needs a domain")
    return Mandate(
        number=number,
        mediator=mediator,
        authorizations=tuple(Authorization(domain) for domain in Domain if domain in chosen),
        duration=duration,
        given_at=moment,
        ends_at=moment + duration.length,
        template=template,
        renews=renews,
    )


def status(mandate: Mandate, moment: datetime) -> Status:
    """How it stands. An ending that was written outlives any clock."""
    if mandate.ended is not None:
        return Status(mandate.ended.value)
    return Status.EXPIRED if moment >= mandate.ends_at else Status.ACTIVE


def seen_at(mandate: Mandate, moment: datetime) -> Mandate:
    """The mandate once ``moment`` was seen: its expiry is then written for good."""
    if mandate.ended is None and moment >= mandate.ends_at:
        return replace(mandate, ended=Ending.EXPIRED, ended_at=moment)
    return mandate


def ends_soon(mandate: Mandate, moment: datetime) -> bool:
    """Whether it ends within thirty days, and can still be used."""
    return status(mandate, moment) is Status.ACTIVE and mandate.ends_at - moment <= WARNING


def days_left(mandate: Mandate, moment: datetime) -> int:
    """Whole days before its end; 0 on the last."""
    return max(0, (mandate.ends_at - moment).days)


def use(mandate: Mandate, domain: Domain, mediator: str, moment: datetime) -> Refusal | None:
    """None when ``mediator`` may act for the person in ``domain`` now; else why not."""
    if (refusal := _over(mandate, moment)) is not None:
        return refusal
    if mandate.mediator != mediator:
        return Refusal("Ce mandat est confié à une autre personne. Faites-le d'abord transmettre.")
    found = next((a for a in mandate.authorizations if a.domain is domain), None)
    if found is None:
        return Refusal("Ce mandat ne couvre pas ce domaine. Proposez un nouveau mandat à la personne.")
    if found.revoked_at is not None:
        return Refusal("La personne a retiré ce domaine. Il ne peut plus servir.")
    return None


def revoke(mandate: Mandate, moment: datetime, domain: Domain | None = None) -> Mandate | Refusal:
    """Without ``domain`` all of it; with the last domain that was left, all of it too."""
    if (refusal := _over(mandate, moment)) is not None:
        return refusal
    if domain is not None and domain not in mandate.domains:
        return Refusal("Ce domaine ne fait pas partie du mandat, ou il est déjà retiré.")
    gone = mandate.domains if domain is None else (domain,)
    left = replace(
        mandate,
        authorizations=tuple(replace(a, revoked_at=moment) if a.domain in gone else a for a in mandate.authorizations),
    )
    return left if left.domains else replace(left, ended=Ending.REVOKED, ended_at=moment)


def sign(mandate: Mandate, moment: datetime) -> Mandate | Refusal:
    """Both papers are signed."""
    if mandate.signed_at is not None:
        return Refusal("Ce mandat est déjà noté comme signé.")
    return _over(mandate, moment) or replace(mandate, signed_at=moment)


def hand_over(mandate: Mandate, mediator: str, moment: datetime) -> Mandate | Refusal:
    """Another mediator of the site is in charge from now on."""
    if mandate.mediator == mediator:
        return Refusal("Cette personne a déjà ce mandat.")
    return _over(mandate, moment) or replace(mandate, mediator=mediator)


def leave_site(mandate: Mandate, moment: datetime) -> Mandate | Refusal:
    """Another site has it from now on; here it is over."""
    return _over(mandate, moment) or replace(mandate, ended=Ending.TRANSFERRED, ended_at=moment)


def renewable(mandate: Mandate, moment: datetime) -> Refusal | None:
    """None when a new mandate may take its place. What the person stopped is not renewed: she is asked anew."""
    if status(mandate, moment) in (Status.ACTIVE, Status.EXPIRED):
        return None
    return _over(mandate, moment)


def replaced(mandate: Mandate, moment: datetime) -> Mandate:
    """The old mandate once another took its place; one that had expired stays so."""
    seen = seen_at(mandate, moment)
    return seen if seen.ended is not None else replace(seen, ended=Ending.RENEWED, ended_at=moment)


_OVER = {
    Status.EXPIRED: "Ce mandat est terminé : sa date de fin est passée. Proposez à la personne de le renouveler.",
    Status.REVOKED: "La personne a arrêté ce mandat. Il ne peut plus servir. Proposez-lui un nouveau mandat.",
    Status.RENEWED: "Un mandat plus récent a pris la place de celui-ci. Servez-vous du plus récent.",
    Status.TRANSFERRED: "Ce mandat a été transmis à un autre lieu. Il ne peut plus servir ici.",
}


def _over(mandate: Mandate, moment: datetime) -> Refusal | None:
    found = status(mandate, moment)
    return None if found is Status.ACTIVE else Refusal(_OVER[found])
