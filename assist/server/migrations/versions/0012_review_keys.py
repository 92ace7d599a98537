# SPDX-License-Identifier: EUPL-1.2
"""Sums that lie in the order in which they are read, and no second time in an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_DAY = ("sessions", "done", "abandoned", "erased", "interrupted", "called", "joined", "visits", "finished", "helped")
_FACES = ("happy", "neutral", "unhappy", "skipped")
_STEP = ("reached", "repeated", "explained", "helped", "difficulty", "abandoned")


def upgrade() -> None:
    """Make the tables anew with what they hold: SQLite cannot change a key."""
    _anew(
        "review_day",
        ("kiosk", "day", "text", "language", "origin"),
        *_counts(*_DAY, "difficult", *_FACES),
    )
    op.create_index("ix_review_day_language", "review_day", ["language"])
    _anew(
        "review_step",
        ("text", "kiosk", "day", "language", "origin", "step"),
        sa.Column("step", sa.String(), nullable=False),
        *_counts(*_STEP),
    )
    _anew(
        "review_time",
        ("of", "kiosk", "day", "text", "language", "origin", "time_class"),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("time_class", sa.Integer(), nullable=False),
        *_counts("times"),
    )
    for name, first in (("ix_visit_kiosk", "kiosk"), ("ix_visit_text", "text")):
        op.drop_index(name, "visit")
        op.create_index(name, "visit", [first, "began_at", "session", "number"])


def _anew(table: str, key: tuple[str, ...], *more: sa.Column[str] | sa.Column[int]) -> None:
    op.execute(f"CREATE TEMPORARY TABLE held AS SELECT * FROM {table}")  # noqa: S608 - our own names
    op.drop_table(table)
    columns = [*_of_day(), *more]
    op.create_table(table, *columns, sa.PrimaryKeyConstraint(*key), sqlite_with_rowid=False)
    names = ", ".join(f'"{column.name}"' for column in columns)
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM held")  # noqa: S608 - our own names
    op.execute("DROP TABLE held")


def _of_day() -> list[sa.Column[object]]:
    return [
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
    ]


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
