# SPDX-License-Identifier: EUPL-1.2
"""Opening hours, closed days, and appointments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "appointment_opening",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
    )
    op.create_table("appointment_closed_day", sa.Column("day", sa.Date(), primary_key=True))
    op.create_table(
        "appointment",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer()),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("booked_on", sa.Integer(), nullable=False),
        sa.UniqueConstraint("begins_at", "place"),
    )
