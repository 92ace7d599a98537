# SPDX-License-Identifier: EUPL-1.2
"""An appointment is erased four months after it was taken, by lived days: no leap of the clock empties the diary."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assist.server.appointments.tables import AppointmentRow
from assist.server.reports.retention import written_before

KEPT_DAYS = 122


def erase(transaction: Session, now: datetime) -> None:
    """Erase those that were kept long enough. Safe to run again at any time."""
    due = written_before(transaction, now, KEPT_DAYS)
    transaction.execute(delete(AppointmentRow).where(AppointmentRow.booked_on < due))
