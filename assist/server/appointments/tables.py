# SPDX-License-Identifier: EUPL-1.2
"""The tables of appointments. Nothing in them tells who comes: a code, what for, in which language."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc


class OpeningRow(Table):
    """One span of a weekday (:class:`assist.desk.appointments.Opening`)."""

    __tablename__ = "appointment_opening"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    weekday: Mapped[int]
    begins: Mapped[dt.time]
    ends: Mapped[dt.time]
    minutes: Mapped[int]
    places: Mapped[int]


class ClosedDayRow(Table):
    """A day on which nobody is received."""

    __tablename__ = "appointment_closed_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)


class AppointmentRow(Table):
    """One appointment. A place of a moment is sold once: the database itself refuses a second row."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("begins_at", "place"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    """On the person's paper; it tells her appointment, never who she is."""
    begins_at: Mapped[dt.datetime] = mapped_column(Utc, index=True)
    ends_at: Mapped[dt.datetime] = mapped_column(Utc)
    place: Mapped[int | None]
    """From 1; None once it is cancelled: the place may be taken again."""
    subject: Mapped[str] = mapped_column(String(80))
    """A procedure or an administrative theme."""
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    booked_on: Mapped[int]
    """The last lived day before it was taken (:class:`assist.server.reports.tables.LivedDay`)."""
