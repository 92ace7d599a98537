# SPDX-License-Identifier: EUPL-1.2
"""What a person may ask about the mandate that she gave: all that is kept on her, and that it be erased.

Sources: regulation (EU) 2016/679 (GDPR), articles 12, 15 and 17. What the law lets a site keep is for its controller to
say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assist.desk import mandates
from assist.desk.mandates import Domain, Mandate, Refusal
from assist.desk.sealing import Identity
from assist.server.acts import ActRow, StaffAct
from assist.server.mandates import retention, store
from assist.server.mandates.clockwork import Now
from assist.server.mandates.tables import MandateRow
from assist.server.mandates.words import agreed, domain_label, in_words, over, sentence_of
from assist.server.site import Site
from printouts.mandate import AccessPaper, Part, Person
from printouts.receipt_code import grouped


class Reason(StrEnum):
    """Why a mandate is erased before its term."""

    WITHDRAWN = "withdrawn"
    MISTAKE = "mistake"
    OBJECTION = "objection"
    AUTHORITY = "authority"


REASONS = {
    Reason.WITHDRAWN: "La personne retire son accord",
    Reason.MISTAKE: "Ce mandat a été fait par erreur",
    Reason.OBJECTION: "La personne dit qu'il ne devait pas être gardé",
    Reason.AUTHORITY: "Une autorité le demande",
}

_ALREADY = Refusal("Ce mandat est déjà en archive.")
_HOW_LONG = (
    "C'est gardé 3 ans après la fin du mandat.",
    "C'est ensuite aux archives pendant 3 ans. Seule la direction peut l'ouvrir.",
    "Après, tout est effacé.",
)
_ARCHIVED = ("Ce mandat est aux archives. Seule la direction peut l'ouvrir.", "Il sera effacé à la fin de l'archive.")
_RIGHTS = (
    "Vous pouvez demander de corriger ce qui est faux.",
    "Vous pouvez demander d'effacer.",
    "Vous pouvez arrêter le mandat à tout moment.",
    "Demandez à ce lieu. Son adresse est en bas.",
    "En cas de désaccord, écrivez à la CNIL : www.cnil.fr.",
)


def access_paper(transaction: Session, row: MandateRow, person: Identity, site: Site, now: Now) -> AccessPaper:
    """Everything that is kept about who gave this mandate."""
    uses = store.uses(transaction, row.number)
    used = tuple(f"{domain_label(Domain(use.domain))}, {in_words(use.used_at)}" for use in uses)
    domains = tuple(_domain(row, a.domain, a.revoked_at) for a in row.authorizations)
    noted = ("Le nom de la personne de l'équipe est gardé avec chaque ligne.",)
    parts = (
        Part("Votre mandat", _how_it_stands(row, now), domains),
        Part("Ce qui a été fait pour vous", () if used else ("Rien n'a été fait avec ce mandat.",), used),
        Part("Ce que l'équipe a noté", noted, tuple(_acts(transaction, row.number))),
        Part("Pourquoi c'est gardé", ("Pour agir pour vous, à votre demande.", "Pour prouver votre accord.")),
        Part("Combien de temps", _ARCHIVED if retention.archived(row, now.lived) else _HOW_LONG),
        Part("Qui le reçoit", (_who_has_it(row),)),
        Part("Vos droits", _RIGHTS),
    )
    return AccessPaper(
        title="Ce que ce lieu garde sur vous",
        number=grouped(row.number),
        site=site.name,
        site_details=site.details,
        person=Person(f"{person.first_name} {person.last_name}", person.born, person.contact),
        mediator=row.mediator_name,
        parts=parts,
        printed_on=now.moment.astimezone().date(),
    )


def _how_it_stands(row: MandateRow, now: Now) -> tuple[str, ...]:
    signed = f"Les papiers sont signés depuis le {in_words(row.signed_at)}." if row.signed_at else ""
    ended = over(row, now) or f"Il s'arrête le {in_words(row.ends_at)}."
    renews = f"Il remplace le mandat {grouped(row.renews)}." if row.renews else ""
    given = f"Vous l'avez donné à {row.given_to}, à ce lieu : {row.given_site}."
    return tuple(each for each in (agreed(row), given, ended, signed, renews, "Il est pour :") if each)


def _domain(row: MandateRow, domain: str, revoked_at: datetime | None) -> str:
    revoked = f" Arrêté le {in_words(revoked_at)}." if revoked_at else ""
    return f"{sentence_of(row, Domain(domain))}{revoked}"


def _who_has_it(row: MandateRow) -> str:
    if row.moved_to:
        return "Ce mandat a été transmis à un autre lieu, avec votre accord. Demandez-lui aussi ce qu'il garde."
    return "L'équipe de ce lieu."


def _acts(transaction: Session, number: str) -> Sequence[str]:
    mine = or_(ActRow.about == number, ActRow.about.like(f"{number}/%"), ActRow.about.like(f"%/{number}"))
    rows = transaction.execute(select(ActRow.time, ActRow.act).where(mine).order_by(ActRow.seq)).all()
    labels = {act.value: act.label for act in StaffAct}
    return [f"{in_words(datetime.fromisoformat(time))} : {labels.get(act, act)}" for time, act in rows]


def stop(row: MandateRow, now: Now) -> None:
    """A mandate that goes on ends first: nobody uses what is about to go."""
    changed = mandates.revoke(store.mandate_of(row), now.moment, None)
    if isinstance(changed, Mandate):
        store.write(row, changed, now)


def erase(transaction: Session, row: MandateRow) -> None:
    """Remove it whole, now. The acts of the staff still say that a mandate of this number was given and used."""
    retention.remove(transaction, [row.number])


def archive(row: MandateRow, now: Now) -> Refusal | None:
    """Put it in the archive now, as if its first three years were over: a manager alone sees it from then on."""
    if retention.archived(row, now.lived):
        return _ALREADY
    stop(row, now)
    row.lived_at_end = now.lived - int(retention.KEPT.total_seconds())
    return None
