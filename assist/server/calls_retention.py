# SPDX-License-Identifier: EUPL-1.2
"""Calls go when the content of the row that told them goes: what is left of a session then tells of nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.calls import Call
from assist.server.erased import erase_rows
from assist.server.kiosks.tables import SetApart, StoredEvent
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS

KEPT = Kept(
    name="Appels à l'aide",
    holds="la borne, l'heure, la démarche, l'étape, la langue ; le médiateur qui est venu ; la note qu'il "
    "laisse à un collègue, "
    "effacée à la fin de l'appel",
    why="faire venir quelqu'un, dire une attente honnête",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"tant que le contenu de la ligne du journal est gardé ({TECHNICAL_JOURNAL_DAYS} jours vécus)",
    then="l'appel est effacé",
    who="les médiateurs",
    tables=("call",),
)


def erase_calls(transaction: Session, now: datetime) -> Erased:
    """Erase the calls that no journal tells any more. Never early: the rows decide, not the clock."""
    still = [
        exists().where(row.session == Call.session, row.id == Call.id, row.payload.is_not(None))
        for row in (StoredEvent, SetApart)
    ]
    # Younger ones need not be looked at: their rows cannot be over.
    old = Call.called_at < now - timedelta(days=TECHNICAL_JOURNAL_DAYS - 1)
    return erase_rows(transaction, Call.called_at, old, ~still[0], ~still[1])
