# SPDX-License-Identifier: EUPL-1.2
"""Papers that came out of kiosks, and what is written when they come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "paper",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("session", sa.String(), nullable=False, index=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(8)),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("paper", sa.String(64), sa.ForeignKey("paper.name", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("mediator", sa.String(40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
    )
