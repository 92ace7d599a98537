# SPDX-License-Identifier: EUPL-1.2
"""Alerts, and the mails that tell of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_UNDER_WAY = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alert_mail",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        sa.Column("fault", sa.String(300), nullable=False),
    )
    op.create_index("ix_alert_mail_made_at", "alert_mail", ["made_at"])
    op.create_table(
        "alert",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("numbers", sa.String(80), nullable=False),
        sa.Column("said", sa.String(300), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("seen_by", sa.String(40)),
        sa.Column("began_mail", sa.String(36), sa.ForeignKey("alert_mail.id")),
        sa.Column("ended_mail", sa.String(36), sa.ForeignKey("alert_mail.id")),
    )
    op.create_index("ix_alert_ended_at", "alert", ["ended_at"])
    op.create_index(
        "uq_alert_under_way",
        "alert",
        ["code", "about"],
        unique=True,
        postgresql_where=_UNDER_WAY,
        sqlite_where=_UNDER_WAY,
    )
