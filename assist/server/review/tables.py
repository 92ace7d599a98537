# SPDX-License-Identifier: EUPL-1.2
"""Visits one by one while their sessions are kept, and sums of their days, which stay."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc


class TextRow(Table):
    """A version of a procedure's text, in the order in which the site met them."""

    __tablename__ = "review_text"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    procedure: Mapped[str] = mapped_column()
    """"" for sessions in which nothing was chosen."""
    content_hash: Mapped[str] = mapped_column()
    first_day: Mapped[date] = mapped_column()
    __table_args__ = (UniqueConstraint("procedure", "content_hash"),)


class VisitRow(Table):
    """One person's way through one procedure; or a session in which nothing was chosen."""

    __tablename__ = "visit"

    session: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 0, within the session."""
    journal: Mapped[str] = mapped_column(ForeignKey("journal.id"))
    kiosk: Mapped[str] = mapped_column()
    began_at: Mapped[datetime] = mapped_column(Utc)
    day: Mapped[date] = mapped_column()
    text: Mapped[int] = mapped_column(ForeignKey("review_text.id"))
    language: Mapped[str] = mapped_column()
    origin: Mapped[str] = mapped_column()
    ending: Mapped[str] = mapped_column()
    """Of the session."""
    seconds: Mapped[int] = mapped_column()
    finished: Mapped[bool] = mapped_column()
    helped: Mapped[bool] = mapped_column()
    difficulties: Mapped[int] = mapped_column()
    waited: Mapped[int | None] = mapped_column()
    """Seconds, of the session."""
    face: Mapped[str | None] = mapped_column()
    __table_args__ = (
        Index("ix_visit_began", "began_at", "session", "number"),
        Index("ix_visit_kiosk", "kiosk", "began_at", "session", "number"),
        Index("ix_visit_text", "text", "began_at", "session", "number"),
    )


class _OfDay:
    """What a sum is a sum of: ``kiosk`` is "" for all of them together."""

    day: Mapped[date] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)


_KEPT_BY_KEY = {"sqlite_with_rowid": False}
"""The key is the table: each question reads rows that lie together, and nothing is kept twice."""


class DaySum(_OfDay, Table):
    """How many, of a day (:mod:`assist.review.tally` says what each counts)."""

    __tablename__ = "review_day"

    sessions: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    abandoned: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)
    interrupted: Mapped[int] = mapped_column(default=0)
    called: Mapped[int] = mapped_column(default=0)
    joined: Mapped[int] = mapped_column(default=0)
    visits: Mapped[int] = mapped_column(default=0)
    finished: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)
    difficult: Mapped[int] = mapped_column(default=0)
    happy: Mapped[int] = mapped_column(default=0)
    neutral: Mapped[int] = mapped_column(default=0)
    unhappy: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        PrimaryKeyConstraint("kiosk", "day", "text", "language", "origin"),
        Index("ix_review_day_language", "language"),
        _KEPT_BY_KEY,
    )


class StepSum(_OfDay, Table):
    """How many visits of a day met a step, and what happened to them there."""

    __tablename__ = "review_step"

    step: Mapped[str] = mapped_column(primary_key=True)
    reached: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    explained: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)
    difficulty: Mapped[int] = mapped_column(default=0)
    abandoned: Mapped[int] = mapped_column(default=0)
    __table_args__ = (PrimaryKeyConstraint("text", "kiosk", "day", "language", "origin", "step"), _KEPT_BY_KEY)


class TimeSum(_OfDay, Table):
    """How many durations of a day fell into a class (:mod:`assist.review.times`)."""

    __tablename__ = "review_time"

    of: Mapped[str] = mapped_column(primary_key=True)
    time_class: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        PrimaryKeyConstraint("of", "kiosk", "day", "text", "language", "origin", "time_class"),
        _KEPT_BY_KEY,
    )


class PublishedMonth(Table):
    """What was told to everybody of a month, as it was told the first time (:mod:`assist.server.review.publishing`)."""

    __tablename__ = "review_published"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """As in "2026-11"."""
    fixed_at: Mapped[datetime] = mapped_column(Utc)
    content: Mapped[str] = mapped_column(Text)
