# SPDX-License-Identifier: EUPL-1.2
"""Visits go when the content of their rows goes; the sums of their days stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists
from sqlalchemy.orm import Session

from assist.server.kiosks.tables import StoredEvent
from assist.server.review.tables import VisitRow
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS
from assist.session.events import SessionStarted

_STARTED = SessionStarted.description.type


def erase_visits(transaction: Session, now: datetime) -> None:
    """Erase the visits whose beginning the journal no longer tells. Never early: the rows decide, not the clock."""
    told = exists().where(
        StoredEvent.session == VisitRow.session, StoredEvent.type == _STARTED, StoredEvent.payload.is_not(None)
    )
    # Younger ones need not be looked at: their rows cannot be over.
    old = VisitRow.began_at < now - timedelta(days=TECHNICAL_JOURNAL_DAYS - 1)
    transaction.execute(delete(VisitRow).where(old, ~told).execution_options(synchronize_session=False))
