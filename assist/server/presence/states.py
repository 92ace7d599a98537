# SPDX-License-Identifier: EUPL-1.2
"""What kiosks tell of themselves, kept as changes: how each part is, since when, and how it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.link.messages import Health
from assist.review.alerts import SAME_CLOCK, disk_is_low
from assist.server.kiosks.tables import Device
from assist.server.presence.tables import StateRow
from assist.server.reports.tables import last_lived
from content.text_rules import harmless


class Part(StrEnum):
    """What a kiosk tells of."""

    PRINTER = "printer"
    DISK = "disk"
    CLOCK = "clock"


READY, NO_PRINTER, UNKNOWN = "ready", "none", "unknown"
"""Of a printer: it can print; the kiosk has none, on purpose; the kiosk is newer, and says what we do not know."""
OUT = ("no_printer", "no_paper", "offline", "failed")
"""Of a printer: it cannot print."""
WELL, LOW, WRONG = "well", "low", "wrong"
"""Of a disk and of a clock."""

_MOST_DISK = 2**31 - 1
_MOST_SAID = 300


@dataclass(frozen=True, slots=True)
class State:
    """How a part of a kiosk is."""

    part: Part
    state: str
    detail: int | None = None
    said: str = ""


def told(transaction: Session, kiosk: str, health: Health, now: datetime) -> None:
    """Keep what a kiosk says of itself."""
    transaction.execute(select(Device.id).where(Device.name == kiosk).with_for_update())  # Two lines: one at a time.
    before = {row.part: row for row in _open(transaction, kiosk)}
    printer = health.printer if health.printer in (READY, NO_PRINTER, *OUT) else UNKNOWN
    states = [State(Part.PRINTER, printer, said=harmless(health.said[: _MOST_SAID * 2])[:_MOST_SAID])]
    if 0 <= health.disk_free <= _MOST_DISK:
        was_low = Part.DISK in before and before[Part.DISK].state == LOW
        low = disk_is_low(health.disk_free, was_low=was_low)
        states.append(State(Part.DISK, LOW if low else WELL, health.disk_free))
    _keep(transaction, kiosk, before, states, now)
    clock_told(transaction, kiosk, health.time, now)


def clock_told(transaction: Session, kiosk: str, time: str, now: datetime) -> None:
    """Keep how far the kiosk's clock, which says ``time``, is from ours; nothing when it is no moment."""
    try:
        apart = datetime.fromisoformat(time) - now
    except (ValueError, TypeError, OverflowError):
        return
    wrong = abs(apart) > SAME_CLOCK
    seconds = max(-_MOST_DISK, min(_MOST_DISK, round(apart.total_seconds())))
    state = State(Part.CLOCK, WRONG if wrong else WELL, seconds if wrong else None)
    _keep(transaction, kiosk, {row.part: row for row in _open(transaction, kiosk)}, [state], now)


def present(transaction: Session) -> Sequence[StateRow]:
    """How each part of each kiosk is, by what it told last."""
    return transaction.scalars(select(StateRow).where(StateRow.until.is_(None))).all()


def close(transaction: Session, rows: Iterable[StateRow], now: datetime) -> None:
    """They are so no more."""
    for row in rows:
        row.until, row.written_on = max(row.since, now), last_lived(transaction)
    transaction.flush()


def _open(transaction: Session, kiosk: str) -> Sequence[StateRow]:
    rows = select(StateRow).where(StateRow.kiosk == kiosk, StateRow.until.is_(None)).order_by(StateRow.since)
    return transaction.scalars(rows).all()


def _keep(
    transaction: Session, kiosk: str, before: dict[str, StateRow], states: Iterable[State], now: datetime
) -> None:
    for state in states:
        row = before.get(state.part)
        if row is not None and row.state == state.state:
            row.detail, row.said = state.detail, state.said
            continue
        if row is not None:
            close(transaction, [row], now)
        transaction.add(
            StateRow(
                id=str(uuid7()),
                kiosk=kiosk,
                part=state.part.value,
                state=state.state,
                detail=state.detail,
                said=state.said,
                since=now,
            )
        )
    transaction.flush()
