# SPDX-License-Identifier: EUPL-1.2
"""The paper of an appointment, as plain data: when, where, what for, and its number. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AppointmentPaper:
    """What the person takes home."""

    code: str
    """Eight characters, as a receipt's."""
    site: str
    site_details: tuple[str, ...]
    begins: datetime
    """Aware, on the wall clock of the site."""
    ends: datetime
    subject: str
    """What it is about, in plain words."""
    printed_on: date
    cancelled: bool = False
    """It will not take place: a calendar that has it drops it."""
    language: str = "fr"
