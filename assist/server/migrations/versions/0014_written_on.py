# SPDX-License-Identifier: EUPL-1.2
"""On which lived day presence, alerts and mails were written; and one state of a part of a kiosk at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_OPEN = sa.text("until IS NULL")


def upgrade() -> None:
    """What is held already is as young as this day, at most: never early. Of two open states the last one stays."""
    for table in ("presence_link", "presence_state", "alert", "alert_mail"):
        op.add_column(table, sa.Column("written_on", sa.Integer(), nullable=False, server_default="0"))
        op.execute(f"UPDATE {table} SET written_on = (SELECT coalesce(max(number), 0) FROM cra_lived_day)")  # noqa: S608 - our own names
    op.execute(
        "UPDATE presence_state SET until = since WHERE until IS NULL AND EXISTS (SELECT 1 FROM presence_state later"
        " WHERE later.until IS NULL AND later.kiosk = presence_state.kiosk AND later.part = presence_state.part"
        " AND (later.since > presence_state.since"
        " OR (later.since = presence_state.since AND later.id > presence_state.id)))"
    )
    op.create_index(
        "uq_presence_state_open",
        "presence_state",
        ["kiosk", "part"],
        unique=True,
        postgresql_where=_OPEN,
        sqlite_where=_OPEN,
    )
