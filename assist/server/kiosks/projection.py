# SPDX-License-Identifier: EUPL-1.2
"""What the rows of a journal tell of calls for help, and of papers. Each row is told once, in the order of the
journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.journal.chain import Link
from assist.server.calls import OPEN, Call, CallState, ending
from assist.server.follow_up.store import note_paper
from assist.server.kiosks.tables import SetApart, StoredEvent

_CONTEXT = ("session.started", "session.language_changed", "procedure.picked")


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from. ``ahead`` is what must be added to the kiosk's clock to have the server's."""

    kiosk: str
    journal: str
    ahead: timedelta = timedelta()
    modes: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Session -> the modes that the kiosk says are in use."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One row, read."""

    id: str
    session: str
    at: datetime
    data: Mapping[str, Any]
    source: Source


def project(transaction: Session, source: Source, links: Iterable[Link], now: datetime) -> bool:
    """Bring the calls up to date with rows that are stored already; whether any call has changed."""
    changed = False
    for link in links:
        tell = _TELLS.get(link.type.decode())
        if tell is not None and link.session:
            told = _Told(
                link.id.decode(), link.session.decode(), _moment(link, source, now), _data(link.payload), source
            )
            changed |= tell(transaction, told)
    return changed


def note_modes(transaction: Session, session: str, modes: Sequence[str]) -> bool:
    """How the person of this session uses the kiosk now; whether an open call had it otherwise."""
    call = _open_call(transaction, session)
    if call is None or call.modes == list(modes):
        return False
    call.modes = list(modes)
    return True


def _moment(link: Link, source: Source, now: datetime) -> datetime:
    """When it happened by the server's clock, never later than now."""
    try:
        return min(datetime.fromisoformat(link.time.decode()) + source.ahead, now)
    except (ValueError, TypeError, OverflowError):  # not a time, without its zone, out of the calendar
        return now


def _data(payload: bytes | None) -> Mapping[str, Any]:
    try:
        data: object = json.loads(payload or b"{}")
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, Any], data) if isinstance(data, dict) else {}


def _text(data: Mapping[str, Any], name: str, default: str = "") -> str:
    value = data.get(name)
    return value if isinstance(value, str) else default


def _open_call(transaction: Session, session: str) -> Call | None:
    return transaction.scalars(select(Call).where(Call.session == session, Call.state.in_(OPEN))).first()


def _called(transaction: Session, told: _Told) -> bool:
    if transaction.get(Call, told.id) is not None:
        return False
    before = _open_call(transaction, told.session)
    if before is not None and before.state != CallState.CALLBACK:
        return False
    if before is not None:
        _over(before, told)
    language, procedure = _context(transaction, told.session)
    transaction.add(
        Call(
            id=told.id,
            kiosk=told.source.kiosk,
            journal=told.source.journal,
            session=told.session,
            called_at=told.at,
            procedure=procedure,
            step=_text(told.data, "step"),
            language=language,
            modes=list(told.source.modes.get(told.session, ())),
        )
    )
    transaction.flush()
    return True


def _context(transaction: Session, session: str) -> tuple[str, str]:
    """The language and the procedure of a session, from the rows that came before."""
    rows: list[tuple[int, int, bytes | None]] = []
    for table in (StoredEvent, SetApart):
        found = select(table.boot, table.seq, table.payload).where(table.session == session, table.type.in_(_CONTEXT))
        rows += [(boot, seq, (payload or "").encode()) for boot, seq, payload in transaction.execute(found)]
    language, procedure = "fr", ""
    for _, _, payload in sorted(rows):
        data = _data(payload)
        language = _text(data, "language", language)
        procedure = _text(data, "procedure", procedure)
    return language, procedure


def _joined(transaction: Session, told: _Told) -> bool:
    call = _open_call(transaction, told.session)
    if call is None:
        return False
    call.state, call.joined_at = CallState.TAKEN, told.at
    call.taken_at = call.taken_at or told.at
    return True


def _cancelled(transaction: Session, told: _Told) -> bool:
    """The person goes on alone: whoever had taken the call has nobody to help."""
    call = _open_call(transaction, told.session)
    return call is not None and _over(call, told)


def _ended(transaction: Session, told: _Told) -> bool:
    """A mediator who leaves after handing the call over does not end it."""
    call = _open_call(transaction, told.session)
    if call is None or (call.joined_at is None and _text(told.data, "by") == "mediator"):
        return False
    return _over(call, told)


def _session_ended(transaction: Session, told: _Told) -> bool:
    """Who has a ticket still waits, away from the kiosk."""
    call = _open_call(transaction, told.session)
    return call is not None and call.state != CallState.CALLBACK and _over(call, told)


def _over(call: Call, told: _Told) -> bool:
    for name, value in ending(told.at).items():
        setattr(call, name, value)
    return True


def _printed(transaction: Session, told: _Told) -> bool:
    note_paper(transaction, told.session, told.id, told.data)
    return False


_TELLS: dict[str, Callable[[Session, _Told], bool]] = {
    "help.called": _called,
    "help.joined": _joined,
    "help.cancelled": _cancelled,
    "help.ended": _ended,
    "session.ended": _session_ended,
    "receipt.requested": _printed,
}
