# SPDX-License-Identifier: EUPL-1.2
"""When kiosks were linked, and how their parts were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "presence_link",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_presence_link_kiosk", "presence_link", ["kiosk", "until_at"])
    op.create_index("ix_presence_link_until", "presence_link", ["until_at"])
    op.create_table(
        "presence_state",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("detail", sa.Integer()),
        sa.Column("said", sa.String(300), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_presence_state_kiosk", "presence_state", ["kiosk", "part", "until"])
    op.create_index("ix_presence_state_until", "presence_state", ["until"])
    op.create_table(
        "presence_day",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("kiosk", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("expected", "linked", "told", "ready")),
    )
