# SPDX-License-Identifier: EUPL-1.2
"""The kiosks, their journals, and the calls for help."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assist.server.database import Utc

revision = "0001"
down_revision = None

_IN_USE = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "device",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("added_at", Utc(), nullable=False),
        sa.Column("revoked_at", Utc()),
        sa.Column("seen_at", Utc()),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("doubled", sa.Integer(), nullable=False),
        sa.Column("doubled_at", Utc()),
    )
    op.create_index("uq_device_name", "device", ["name"], unique=True, postgresql_where=_IN_USE, sqlite_where=_IN_USE)
    op.create_table(
        "journal",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kiosk", sa.String(), nullable=False, index=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("kept", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("journal", sa.String(), sa.ForeignKey("journal.id"), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        *_row(),
    )
    op.create_index("ix_event_session", "event", ["session"])
    op.create_index("ix_event_type", "event", ["type", "came_at"])
    op.create_table(
        "quarantine",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("journal", sa.String(), sa.ForeignKey("journal.id"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        *_row(),
        sa.UniqueConstraint("journal", "seq", "hash"),
    )
    op.create_index("ix_quarantine_session", "quarantine", ["session"])
    _calls()


def _row() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("boot", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("payload", sa.String()),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("came_at", Utc(), nullable=False),
    )


def _calls() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("called_at", Utc(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_at", Utc()),
        sa.Column("joined_at", Utc()),
        sa.Column("meant_for", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("ticket", sa.Integer()),
        sa.Column("ticket_at", Utc()),
        sa.Column("over_at", Utc()),
    )
    op.create_index("ix_call_session", "call", ["session"])
    op.create_index("ix_call_state", "call", ["state", "called_at"])
