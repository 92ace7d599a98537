# SPDX-License-Identifier: EUPL-1.2
"""How a mandate is shown: on a line of the list, on its page, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assist.desk import mandates
from assist.desk.mandate_text import current, text_of
from assist.desk.mandates import Domain, Status
from assist.server.mandates.clockwork import Now
from assist.server.mandates.store import mandate_of
from assist.server.mandates.tables import MandateRow
from assist.server.staff_member import StaffMember
from printouts.receipt_code import grouped
from printouts.typography import NBSP, full_date

AGREED_ON = {"tablet": "sur la tablette", "kiosk": "sur la borne"}

_STATUS = {
    Status.ACTIVE: "En cours",
    Status.EXPIRED: "Terminé : la date est passée",
    Status.REVOKED: "Arrêté par la personne",
    Status.RENEWED: "Renouvelé : un autre mandat le remplace",
    Status.TRANSFERRED: "Transmis à un autre lieu",
}
_DOMAIN_OF_THEME = {
    "papiers_elections_citoyennete": Domain.PAPIERS,
    "famille_scolarite": Domain.FAMILLE,
    "social_sante": Domain.SOCIAL,
    "travail_formation": Domain.TRAVAIL,
    "logement": Domain.LOGEMENT,
    "transports_mobilite": Domain.TRANSPORTS,
    "argent_impots": Domain.ARGENT,
    "justice": Domain.JUSTICE,
    "etrangers_europe": Domain.ETRANGER,
    "loisirs_sports_culture": Domain.LOISIRS,
}


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain of a mandate."""

    domain: Domain
    label: str
    revoked: str
    """When it was taken back, in words; ""."""


@dataclass(frozen=True, slots=True)
class Card:
    """One mandate, as its pages show it."""

    number: str
    read: str
    """The number in two groups."""
    status: str
    active: bool
    moved: bool
    """Another site has it."""
    soon: str
    """ "se termine dans 12 jours"; ""."""
    given: str
    ends: str
    agreed: str
    ended: str
    signed: str
    mediator: str
    mine: bool
    domains: tuple[DomainLine, ...]
    renews: str
    renewable: bool

    @property
    def left(self) -> tuple[DomainLine, ...]:
        """The domains that may still be used."""
        return tuple(line for line in self.domains if not line.revoked)


def card(row: MandateRow, now: Now, me: StaffMember) -> Card:
    """The mandate of a row, at the moment that counts."""
    mandate = mandate_of(row)
    status = mandates.status(mandate, now.moment)
    days = mandates.days_left(mandate, now.moment)
    return Card(
        number=row.number,
        read=grouped(row.number),
        status=_STATUS[status],
        active=status is Status.ACTIVE,
        moved=status is Status.TRANSFERRED,
        soon=_soon(days) if mandates.ends_soon(mandate, now.moment) else "",
        given=in_words(row.given_at),
        ends=in_words(row.ends_at),
        agreed=agreed(row),
        ended=in_words(row.ended_at) if row.ended_at else "",
        signed=in_words(row.signed_at) if row.signed_at else "",
        mediator=row.mediator_name,
        mine=row.mediator == me.id,
        domains=tuple(
            DomainLine(a.domain, domain_label(a.domain), in_words(a.revoked_at) if a.revoked_at else "")
            for a in mandate.authorizations
        ),
        renews=grouped(row.renews) if row.renews else "",
        renewable=mandates.renewable(mandate, now.moment) is None,
    )


def agreed(row: MandateRow) -> str:
    """When and how the person agreed, in a sentence."""
    return f"Accord donné {AGREED_ON[row.agreed_on]}, le {in_words(row.given_at)}."


def over(row: MandateRow, now: Now) -> str:
    """Why it is over, for the paper; "" while it goes on."""
    status = mandates.status(mandate_of(row), now.moment)
    if status is Status.ACTIVE:
        return ""
    return f"{_STATUS[status]}. C'était le {in_words(row.ended_at or row.ends_at)}."


def domain_label(domain: Domain) -> str:
    """The name of a domain, without its examples."""
    return current().domains[domain].split(f"{NBSP}:")[0]


def sentence_of(row: MandateRow, domain: Domain) -> str:
    """A domain with its examples, in the words of the text that was agreed to."""
    return f"{(text_of(row.template) or current()).domains[domain]}."


def in_words(moment: datetime) -> str:
    """A moment where the server stands: "samedi 28 novembre 2026, à 13 h 05"."""
    here = moment.astimezone()
    return f"{full_date(here.date())}, à {here.hour}{NBSP}h{NBSP}{here.minute:02}"


def domain_of_theme(theme: str) -> Domain | None:
    """The domain in which a procedure of this theme is done; None when there is none."""
    return _DOMAIN_OF_THEME.get(theme)


def _soon(days: int) -> str:
    if days == 0:
        return "se termine dans moins d'un jour"
    return f"se termine dans {days}{NBSP}jour{'s' if days > 1 else ''}"
