# SPDX-License-Identifier: EUPL-1.2
"""What the rows that this server keeps tell: how many had trouble at a step, and whether a session is over."""

from __future__ import annotations

import json

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assist.desk.suggestions import Past
from assist.server.calls import Call
from assist.server.kiosks.tables import StoredEvent
from assist.session.events import DifficultyReported, SessionEnded

_TYPE = DifficultyReported.description.type
_ENDED = SessionEnded.description.type


def past_of(transaction: Session, procedure: str, step: str, session: str) -> Past:
    """What happened at this step in other sessions than ``session``, each counted once."""
    rows = transaction.execute(
        select(StoredEvent.session, StoredEvent.payload).where(
            StoredEvent.type == _TYPE,
            StoredEvent.session != session,
            StoredEvent.payload.contains(step, autoescape=True),
        )
    )
    difficult = {who for who, payload in rows if payload is not None and _is_of(payload, procedure, step)}
    calls = select(func.count(Call.session.distinct())).where(
        Call.procedure == procedure, Call.step == step, Call.session != session
    )
    return Past(len(difficult), transaction.scalars(calls).one())


def session_over(transaction: Session, session: str) -> bool:
    """Whether the session itself is over, as far as its rows have come: after the help, the person may go on alone."""
    ended = select(StoredEvent.seq).where(StoredEvent.session == session, StoredEvent.type == _ENDED)
    return transaction.scalars(ended.limit(1)).first() is not None


def _is_of(payload: str, procedure: str, step: str) -> bool:
    told = json.loads(payload)
    return told.get("procedure") == procedure and told.get("step") == step
