# SPDX-License-Identifier: EUPL-1.2
"""The sessions that a mediator helped, from the calls and from the kiosks' journals: where reports come from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from assist.desk.report.drafting import Happened
from assist.server.calls import Call, CallState
from assist.server.kiosks.tables import StoredEvent
from assist.session.commands import Mode

OVERDUE = timedelta(days=31)
"""A session helped longer ago is no longer asked about."""


@dataclass(frozen=True, slots=True)
class HelpedSession:
    """A session whose help is over, and from when to when a mediator had its call."""

    session: str
    began_at: datetime
    ended_at: datetime


def helped(transaction: Session, mediator: str, now: datetime) -> Sequence[HelpedSession]:
    """The sessions that ``mediator`` helped in the last weeks, newest first."""
    found = _sessions(transaction, Call.taken_by == mediator, Call.over_at > now - OVERDUE)
    return sorted(found, key=lambda one: one.began_at, reverse=True)


def helped_one(transaction: Session, mediator: str, session: str) -> HelpedSession | None:
    """This session, when ``mediator`` helped it."""
    return next(_sessions(transaction, Call.taken_by == mediator, Call.session == session), None)


def report_address(transaction: Session, mediator: str, session: str, otherwise: str) -> str:
    """Where a mediator who leaves a session finds its report; ``otherwise`` when it cannot be told yet."""
    if helped_one(transaction, mediator, session) is None:
        return otherwise
    return f"/reports/session/{quote(session, safe='')}?said=left"


def events(transaction: Session, session: str) -> list[Happened]:
    """What happened in it, in its order, as far as it has come; without what cannot be read."""
    rows = select(StoredEvent.time, StoredEvent.type, StoredEvent.payload).where(StoredEvent.session == session)
    found = transaction.execute(rows.order_by(StoredEvent.journal, StoredEvent.seq))
    return [event for time, kind, payload in found if (event := _happened(time, kind, payload)) is not None]


def _sessions(transaction: Session, *conditions: ColumnElement[bool]) -> Iterator[HelpedSession]:
    """A call that nobody reached, at the kiosk or by its ticket, was no help. Several calls of a session are one.

    Rows that come once the call is over (the line was cut) no longer tell the call: they are asked themselves.
    """
    joined = exists().where(StoredEvent.session == Call.session, StoredEvent.is_a("help.joined"))
    reached = or_(Call.joined_at.is_not(None), Call.ticket.is_not(None), joined)
    # Volunteers who try a draft are no public: nothing of the laboratory is reported. Payloads are canonical JSON.
    trial = exists().where(
        StoredEvent.session == Call.session,
        StoredEvent.is_a("session.started"),
        StoredEvent.payload.contains(f'"mode":"{Mode.LAB.value}"'),
    )
    calls = (
        select(Call).where(Call.state == CallState.OVER, reached, ~trial, *conditions).order_by(Call.taken_at, Call.id)
    )
    by_session: dict[str, list[Call]] = {}
    for call in transaction.scalars(calls):
        by_session.setdefault(call.session, []).append(call)
    for session, those in by_session.items():
        began = min(call.taken_at or call.called_at for call in those)
        yield HelpedSession(session, began, max(call.over_at or began for call in those))


def _happened(time: str, kind: str, payload: str | None) -> Happened | None:
    """Rows are checked when they come (their chain), not what they say: a newer kiosk may say what we cannot read."""
    try:
        moment = datetime.fromisoformat(time)
        data = json.loads(payload) if payload is not None else None
    except ValueError:
        return None
    if moment.tzinfo is None or not isinstance(data, dict | None):
        return None
    return Happened(moment, kind, data)  # pyright: ignore[reportUnknownArgumentType] - json.loads gives str keys
