# SPDX-License-Identifier: EUPL-1.2
"""Visits, and sums of their days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

_DAY = ("sessions", "done", "abandoned", "erased", "interrupted", "called", "joined", "visits", "finished", "helped")
_FACES = ("happy", "neutral", "unhappy", "skipped")
_STEP = ("reached", "repeated", "explained", "helped", "difficulty", "abandoned")


def upgrade() -> None:
    """Make the tables. What is held already is counted when the next rows of its journal come."""
    op.add_column("journal", sa.Column("counted", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "review_text",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.UniqueConstraint("procedure", "content_hash"),
    )
    op.create_table(
        "visit",
        sa.Column("session", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("journal", sa.String(), sa.ForeignKey("journal.id"), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Integer(), sa.ForeignKey("review_text.id"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("difficulties", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer()),
        sa.Column("face", sa.String()),
    )
    op.create_index("ix_visit_began", "visit", ["began_at", "session", "number"])
    op.create_index("ix_visit_kiosk", "visit", ["kiosk", "began_at"])
    op.create_index("ix_visit_text", "visit", ["text", "began_at"])
    op.create_table("review_day", *_of_day(), *_counts(*_DAY, "difficult", *_FACES))
    op.create_index("ix_review_day_kiosk", "review_day", ["kiosk", "day"])
    op.create_table("review_step", *_of_day(), sa.Column("step", sa.String(), primary_key=True), *_counts(*_STEP))
    op.create_index("ix_review_step_text", "review_step", ["text", "kiosk", "day"])
    op.create_table(
        "review_time",
        *_of_day(),
        sa.Column("of", sa.String(), primary_key=True),
        sa.Column("time_class", sa.Integer(), primary_key=True, autoincrement=False),
        *_counts("times"),
    )
    op.create_index("ix_review_time_of", "review_time", ["of", "kiosk", "day"])


def _of_day() -> list[sa.Column[object]]:
    return [
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("kiosk", sa.String(), primary_key=True),
        sa.Column("text", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("origin", sa.String(), primary_key=True),
    ]


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
