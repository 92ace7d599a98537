# SPDX-License-Identifier: EUPL-1.2
"""How long a mandate is kept once it is over: three years for who helps, three more in the archive, then erased.

Counted in time that the server's clock has lived: a clock ten years ahead erases nothing (ADR 0023).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assist.server.mandates.tables import AuthorizationRow, MandateRow, UseRow

KEPT = timedelta(days=1096)
"""Three years, one of them a leap year."""
ARCHIVED = timedelta(days=1096)


def archived(row: MandateRow, lived: int) -> bool:
    """Whether only a manager may still see it, once the clock has lived ``lived`` seconds."""
    return row.lived_at_end is not None and lived - row.lived_at_end >= KEPT.total_seconds()


def in_the_archive(transaction: Session, lived: int) -> Sequence[MandateRow]:
    """Those that only a manager sees, the last to end first."""
    limit = lived - int(KEPT.total_seconds())
    return transaction.scalars(
        select(MandateRow).where(MandateRow.lived_at_end <= limit).order_by(MandateRow.ended_at.desc())
    ).all()


def erase(transaction: Session, lived: int) -> int:
    """Erase what was kept long enough, whole; how many mandates."""
    limit = lived - int((KEPT + ARCHIVED).total_seconds())
    gone = transaction.scalars(select(MandateRow.number).where(MandateRow.lived_at_end <= limit)).all()
    if not gone:
        return 0
    for table, column in ((UseRow, UseRow.mandate), (AuthorizationRow, AuthorizationRow.mandate)):
        transaction.execute(delete(table).where(column.in_(gone)))
    transaction.execute(delete(MandateRow).where(MandateRow.number.in_(gone)))
    return len(gone)
