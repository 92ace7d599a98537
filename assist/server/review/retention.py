# SPDX-License-Identifier: EUPL-1.2
"""Visits go when the content of their rows goes; the sums of their days stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.erased import erase_rows
from assist.server.kiosks.tables import StoredEvent
from assist.server.review.tables import VisitRow
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS
from assist.session.events import SessionStarted

_STARTED = SessionStarted.description.type


KEPT = Kept(
    name="Passages et sommes de la revue",
    holds="un passage : démarche, langue, durée, fin, difficultés, sans contenu ; les sommes : des nombres par jour ; "
    "ce qui a été publié de chaque mois, sans nombre de 1 à 4",
    why="savoir où les personnes s'arrêtent, publier des indicateurs",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"un passage, tant que le contenu de sa session est gardé ({TECHNICAL_JOURNAL_DAYS} jours vécus)",
    then="le passage est effacé ; les sommes et ce qui a été publié restent, sans limite",
    who="la direction ; un auteur, les sommes de l'étape dont il a l'adresse ; qui peut lire les fichiers du serveur "
    "(« kiosk review »)",
    tables=("visit", "review_text", "review_day", "review_step", "review_time", "review_published"),
    personal=False,
)


def erase_visits(transaction: Session, now: datetime) -> Erased:
    """Erase the visits whose beginning the journal no longer tells. Never early: the rows decide, not the clock."""
    told = exists().where(
        StoredEvent.session == VisitRow.session, StoredEvent.is_a(_STARTED), StoredEvent.payload.is_not(None)
    )
    # Younger ones need not be looked at: their rows cannot be over.
    old = VisitRow.began_at < now - timedelta(days=TECHNICAL_JOURNAL_DAYS - 1)
    return erase_rows(transaction, VisitRow.began_at, old, ~told)
