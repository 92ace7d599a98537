# SPDX-License-Identifier: EUPL-1.2
"""Who did what, and about what, is erased after twelve months; for mandates, when they are gone too. The acts stay.

Age is counted in lived time, as for the journals of the kiosks (ADR 0023): never early, whatever the clock does.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from assist.journal.retention import last_over, lived, times_of
from assist.server.acts import ActRow, StaffAct, erased_through, note

DAYS = 365
MANDATE_DAYS = 6 * 365 + 2
"""Three years and three archived, counted from each act: the first acts of a long mandate go before it does."""


def retire_acts(transaction: Session, now: datetime) -> int:
    """Erase what is over; how many acts. Safe to run again at any time."""
    rows = transaction.execute(select(ActRow.seq, ActRow.time).order_by(ActRow.seq)).all()
    clock = lived([*times_of([row.time for row in rows], now), now])
    seqs, ages = [row.seq for row in rows], [clock[-1] - at for at in clock[:-1]]
    before = erased_through(transaction)
    due = max(last_over(seqs, ages, DAYS), before.others), max(last_over(seqs, ages, MANDATE_DAYS), before.mandates)
    if due == (before.others, before.mandates):
        return 0
    erased = _erase(transaction, ~_OF_MANDATES, due[0]) + _erase(transaction, _OF_MANDATES, due[1])
    # The chain itself says up to where: an erasure that is not noted is found out.
    note(transaction, None, StaffAct.ACTS_ERASED, f"{due[0]}/{due[1]}", now)
    return erased


_OF_MANDATES: ColumnElement[bool] = ActRow.act.like("mandate%")


def _erase(transaction: Session, which: ColumnElement[bool], last: int) -> int:
    over = update(ActRow).where(
        which, ActRow.seq <= last, ActRow.member.is_not(None), ActRow.act != StaffAct.ACTS_ERASED.value
    )
    done = transaction.execute(over.values(member=None, about=None, salt=None))
    return int(getattr(done, "rowcount", 0))
