# SPDX-License-Identifier: EUPL-1.2
"""An appointment is erased four months after it was taken, by lived days: no leap of the clock empties the diary."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.appointments.tables import AppointmentRow
from assist.server.erased import erase_rows
from assist.server.reports.retention import written_before

KEPT_DAYS = 122


KEPT = Kept(
    name="Rendez-vous",
    holds="un numéro, l'heure, une démarche ou un thème, la langue ; jamais qui vient",
    why="tenir l'agenda du lieu",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{KEPT_DAYS} jours vécus, depuis qu'il a été pris",
    then="il est effacé",
    who="les médiateurs, la direction",
    tables=("appointment", "appointment_opening", "appointment_closed_day"),
    personal=False,
)


def erase(transaction: Session, now: datetime) -> Erased:
    """Erase those that were kept long enough. Safe to run again at any time."""
    over = AppointmentRow.booked_on < written_before(transaction, now, KEPT_DAYS)
    return erase_rows(transaction, AppointmentRow.begins_at, over)
