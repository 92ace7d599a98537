# SPDX-License-Identifier: EUPL-1.2
"""What a rule erases: told by the very condition that it erases by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assist.journal.serialise import time_text
from assist.kept import Erased


def erase_rows(transaction: Session, moment: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> Erased:
    """Erase the rows that ``where`` finds; how many there were, and the first and the last of their ``moment``."""
    erased = told(transaction, moment, *where)
    transaction.execute(delete(moment.parent.class_).where(*where).execution_options(synchronize_session=False))
    return erased


def told(transaction: Session, moment: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> Erased:
    """How many rows ``where`` finds, and the first and the last of their ``moment``."""
    count, oldest, newest = transaction.execute(
        select(func.count(), func.min(moment), func.max(moment)).select_from(moment.class_).where(*where)
    ).one()
    return Erased(count, _text(oldest), _text(newest))


def _text(moment: object) -> str:
    return time_text(moment) if isinstance(moment, datetime) else str(moment or "")
