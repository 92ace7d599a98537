# SPDX-License-Identifier: EUPL-1.2
"""On which lived day of the server rows of a journal came last: a kiosk that is gone grows old too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """What is held already is as young as this day, at most: never early."""
    op.add_column("journal", sa.Column("last_day", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE journal SET last_day = (SELECT coalesce(max(number), 0) FROM cra_lived_day)")
