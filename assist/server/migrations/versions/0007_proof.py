# SPDX-License-Identifier: EUPL-1.2
"""Checkpoints of kiosks and of the acts, histories looked at, passwords to be changed, second factors under a key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assist.server.database import Utc

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables, and room for sealed keys."""
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("journal", sa.String(), sa.ForeignKey("journal.id"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("boot", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("came", sa.String(40), nullable=False),
        sa.Column("countersignature", sa.LargeBinary()),
        sa.UniqueConstraint("journal", "number", "signature"),
    )
    op.create_table(
        "act_checkpoint",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "history_review",
        sa.Column("history", sa.Integer(), sa.ForeignKey("quarantine.number"), primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
    )
    op.add_column("staff", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        for column in ("secret", "secret_offered"):  # SQLite minds no length.
            op.alter_column("staff", column, type_=sa.String(200))
