# SPDX-License-Identifier: EUPL-1.2
"""How long a mandate is kept once it is over: three years for who helps, three more in the archive, then erased.

Counted in time that the server's clock has lived: a clock ten years ahead erases nothing (ADR 0023).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.erased import told
from assist.server.mandates.tables import AuthorizationRow, MandateRow, UseRow

KEPT = timedelta(days=1096)
"""Three years, one of them a leap year."""
ARCHIVED = timedelta(days=1096)
REGISTER = Kept(
    name="Mandats",
    holds="nom, prénom, date de naissance, et un moyen de contact si la personne en donne un, scellés "
    "pour le lieu seul ; les "
    "domaines, les dates, le médiateur, chaque utilisation",
    why="agir pour la personne dans ses démarches, à sa demande ; en garder la preuve",
    basis="consentement de la personne, recueilli sur le texte du mandat (RGPD, article 6.1.a) ; pour la "
    "preuve conservée après la "
    "fin, à confirmer par votre délégué à la protection des données",
    long=f"{KEPT.days} jours vécus après la fin du mandat, puis {ARCHIVED.days} en archive",
    then="tout est effacé",
    who="les médiateurs et la direction ; en archive, la direction seule. L'identité n'est montrée que "
    "sur demande, et c'est noté",
    tables=("mandate", "mandate_authorization", "mandate_use", "mandate_clock", "mandate_leap"),
)
"""What of it stands in the register."""


def archived(row: MandateRow, lived: int) -> bool:
    """Whether only a manager may still see it, once the clock has lived ``lived`` seconds."""
    return row.lived_at_end is not None and lived - row.lived_at_end >= KEPT.total_seconds()


def in_the_archive(transaction: Session, lived: int) -> Sequence[MandateRow]:
    """Those that only a manager sees, the last to end first."""
    limit = lived - int(KEPT.total_seconds())
    return transaction.scalars(
        select(MandateRow).where(MandateRow.lived_at_end <= limit).order_by(MandateRow.ended_at.desc())
    ).all()


def erase(transaction: Session, lived: int) -> Erased:
    """Erase what was kept long enough, whole."""
    over = MandateRow.lived_at_end <= lived - int((KEPT + ARCHIVED).total_seconds())
    gone = transaction.scalars(select(MandateRow.number).where(over)).all()
    if not gone:
        return Erased()
    erased = told(transaction, MandateRow.ended_at, over)
    remove(transaction, gone)
    return erased


def remove(transaction: Session, gone: Sequence[str]) -> None:
    """Remove these mandates whole: what they say, what was done under them, who gave them."""
    for table, column in ((UseRow, UseRow.mandate), (AuthorizationRow, AuthorizationRow.mandate)):
        transaction.execute(delete(table).where(column.in_(gone)))
    transaction.execute(delete(MandateRow).where(MandateRow.number.in_(gone)))
