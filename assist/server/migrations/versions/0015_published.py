# SPDX-License-Identifier: EUPL-1.2
"""What was told to everybody of a month, as it was told the first time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table. What was published before it is not known: it is fixed the next time."""
    op.create_table(
        "review_published",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
