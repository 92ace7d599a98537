# SPDX-License-Identifier: EUPL-1.2
"""When each kiosk was linked and how its parts were, while it is kept; and sums of days, which stay."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc

SERVER = ""
"""What stands for the server itself, in place of a kiosk's name: when it ran."""

_OPEN = text("until IS NULL")


class LinkRow(Table):
    """A time during which a kiosk was linked. A server that is killed leaves it a minute short at most."""

    __tablename__ = "presence_link"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kiosk: Mapped[str] = mapped_column()
    """Its name, or :data:`SERVER`."""
    began_at: Mapped[datetime] = mapped_column(Utc)
    until_at: Mapped[datetime] = mapped_column(Utc)
    """Moved on while it lasts."""
    written_on: Mapped[int] = mapped_column(default=0)
    """The last lived day (:class:`assist.server.reports.tables.LivedDay`) before that: what its age is counted from."""
    __table_args__ = (
        Index("ix_presence_link_kiosk", "kiosk", "until_at"),
        Index("ix_presence_link_until", "until_at"),
    )


class StateRow(Table):
    """How one part of a kiosk was, from a moment to another (None: still so, or nothing else was told since).

    The database refuses a second one of the same part that is still so.
    """

    __tablename__ = "presence_state"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kiosk: Mapped[str] = mapped_column()
    part: Mapped[str] = mapped_column(String(10))
    """A :class:`assist.server.presence.states.Part`."""
    state: Mapped[str] = mapped_column(String(20))
    detail: Mapped[int | None] = mapped_column()
    """Free megabytes, or seconds between the two clocks."""
    said: Mapped[str] = mapped_column(String(300), default="")
    """What the kiosk says of it, in French, for a technician."""
    since: Mapped[datetime] = mapped_column(Utc)
    until: Mapped[datetime | None] = mapped_column(Utc)
    written_on: Mapped[int] = mapped_column(default=0)
    """The last lived day before it was over."""
    __table_args__ = (
        Index("uq_presence_state_open", "kiosk", "part", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("ix_presence_state_kiosk", "kiosk", "part", "until"),
        Index("ix_presence_state_until", "until"),
    )


class PresenceDay(Table):
    """Seconds of one day of one kiosk (:class:`assist.review.availability.Attended`), or of :data:`SERVER`."""

    __tablename__ = "presence_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(primary_key=True)
    expected: Mapped[int] = mapped_column()
    linked: Mapped[int] = mapped_column()
    told: Mapped[int] = mapped_column()
    ready: Mapped[int] = mapped_column()
