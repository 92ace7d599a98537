# SPDX-License-Identifier: EUPL-1.2
"""Payloads of events at the end of their retention, erased here as they are at the kiosk: the chains hold without them.

Age is lived time (:mod:`assist.journal.retention`), from when a row came: never early, whatever the clock does.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from assist.journal.retention import days_of, last_over, lived
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent

_ENOUGH = 5000
"""Rows whose age is looked at in a long journal: each stands for those before it, which are older."""


def erase(transaction: Session, now: datetime) -> None:
    """Erase what is over in each journal. Safe to run again at any time."""
    for journal in transaction.scalars(select(Journal.id)).all():
        _erase(transaction, StoredEvent, StoredEvent.seq, journal, now)
        _erase(transaction, SetApart, SetApart.number, journal, now)


def _erase(
    transaction: Session,
    table: type[StoredEvent] | type[SetApart],
    order: InstrumentedAttribute[int],
    journal: str,
    now: datetime,
) -> None:
    of_journal = table.journal == journal
    kept = (of_journal, table.payload.is_not(None))
    types = transaction.scalars(select(table.type).where(*kept).distinct()).all()
    if not types:
        return
    count = transaction.scalars(select(func.count()).select_from(table).where(of_journal)).one()
    some = order % max(1, count // _ENOUGH) == 0
    rows = transaction.execute(select(order, table.came_at).where(of_journal, some).order_by(order)).all()
    clock = lived([*(came_at for _, came_at in rows), now])
    ages = [clock[-1] - at for at in clock[:-1]]
    for type_ in types:
        last = last_over([number for number, _ in rows], ages, days_of(type_))
        if last:
            over = update(table).where(*kept, table.type == type_, order <= last)
            transaction.execute(over.values(payload=None, salt=None))
