# SPDX-License-Identifier: EUPL-1.2
"""Mandates: what was agreed, how it was used, and what is remembered of the clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "mandate",
        sa.Column("number", sa.String(8), primary_key=True),
        sa.Column("mediator", sa.String(40), nullable=False, index=True),
        sa.Column("mediator_name", sa.String(80), nullable=False),
        sa.Column("given_to", sa.String(80), nullable=False),
        sa.Column("given_site", sa.String(120), nullable=False),
        sa.Column("duration", sa.String(10), nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("agreed_on", sa.String(10), nullable=False),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seal_key", sa.String(16), nullable=False),
        sa.Column("signed_at", moment),
        sa.Column("ended", sa.String(12), index=True),
        sa.Column("ended_at", moment),
        sa.Column("moved_to", sa.String(64), nullable=False),
        sa.Column("lived_at_end", sa.BigInteger()),
        sa.Column("renews", sa.String(8), nullable=False),
    )
    op.create_table(
        "mandate_authorization",
        sa.Column("mandate", sa.String(8), sa.ForeignKey("mandate.number"), primary_key=True),
        sa.Column("domain", sa.String(20), primary_key=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("revoked_at", moment),
    )
    op.create_table(
        "mandate_use",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("mandate", sa.String(8), sa.ForeignKey("mandate.number"), nullable=False, index=True),
        sa.Column("domain", sa.String(20), nullable=False),
        sa.Column("mediator", sa.String(40), nullable=False),
        sa.Column("used_at", moment, nullable=False),
    )
    clock = op.create_table(
        "mandate_clock",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("highest", moment),
        sa.Column("last", moment),
        sa.Column("lived", sa.BigInteger(), nullable=False),
        sa.Column("debt", sa.BigInteger(), nullable=False),
    )
    # Its one row stands there from the start: two first requests must not both try to make it.
    op.bulk_insert(clock, [{"id": 1, "highest": None, "last": None, "lived": 0, "debt": 0}])
    op.create_table(
        "mandate_leap",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("before", moment, nullable=False),
        sa.Column("after", moment, nullable=False),
        sa.Column("expired", sa.Integer(), nullable=False),
    )
