# SPDX-License-Identifier: EUPL-1.2
"""Alerts with their moments, and the mails that tell of them. Nothing in them is about a person of the public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc

_UNDER_WAY = text("ended_at IS NULL")


class AlertRow(Table):
    """One alert (:class:`assist.review.alerts.Found`). The database refuses a second one of the same under way."""

    __tablename__ = "alert"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column()
    numbers: Mapped[str] = mapped_column(String(80), default="")
    """With commas between."""
    said: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[datetime] = mapped_column(Utc)
    """When it came about."""
    began_at: Mapped[datetime] = mapped_column(Utc)
    """When it was noticed."""
    ended_at: Mapped[datetime | None] = mapped_column(Utc, index=True)
    seen_at: Mapped[datetime | None] = mapped_column(Utc)
    """Somebody of the staff said that it is known."""
    seen_by: Mapped[str | None] = mapped_column(String(40))
    written_on: Mapped[int] = mapped_column(default=0)
    """The last lived day (:class:`assist.server.reports.tables.LivedDay`) before it ended: its age counts from it."""
    began_mail: Mapped[str | None] = mapped_column(ForeignKey("alert_mail.id"))
    """The mail that told of its beginning."""
    ended_mail: Mapped[str | None] = mapped_column(ForeignKey("alert_mail.id"))
    __table_args__ = (
        Index("uq_alert_under_way", "code", "about", unique=True, postgresql_where=_UNDER_WAY, sqlite_where=_UNDER_WAY),
    )


class MailRow(Table):
    """A mail on its way: tried again, later and later, for a day."""

    __tablename__ = "alert_mail"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Utc, index=True)
    written_on: Mapped[int] = mapped_column(default=0)
    """The last lived day before it was made."""
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Utc)
    sent_at: Mapped[datetime | None] = mapped_column(Utc)
    given_up_at: Mapped[datetime | None] = mapped_column(Utc)
    fault: Mapped[str] = mapped_column(String(300), default="")
    """Why it is not sent yet, in French."""
