# SPDX-License-Identifier: EUPL-1.2
"""Activity reports, how many there were, and the days that the server lived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "cra",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("session", sa.String(64), unique=True),
        sa.Column("mediator", sa.String(40), nullable=False, index=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("written_on", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False, index=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("city", sa.String(5), nullable=False),
        sa.Column("equipment", sa.String(200), nullable=False),
        sa.Column("themes", sa.String(800), nullable=False),
        sa.Column("administrative_themes", sa.String(400), nullable=False),
        sa.Column("autonomy", sa.String(40)),
        sa.Column("level", sa.String(40)),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("age", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("referral", sa.String(40)),
        sa.Column("follow_up", sa.Boolean(), nullable=False),
        sa.Column("procedures", sa.String(1800), nullable=False),
        sa.Column("notes", sa.String(500), nullable=False),
    )
    op.create_table(
        "cra_count",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("code", sa.String(80), primary_key=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
    )
    op.create_table(
        "cra_lived_day",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
