# SPDX-License-Identifier: EUPL-1.2
"""The accounts of the staff, their logins, and what they did: a table to which one can only add."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assist.server.database import Utc

revision = "0002"
down_revision = "0001"

_KEPT = ("seq", "id", "time", "act", "commitment", "prev", "hash")
_ERASABLE = ("member", "about", "salt")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "act",
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(40), nullable=False, unique=True),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("member", sa.String(40), index=True),
        sa.Column("about", sa.String(120), index=True),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("login", sa.String(60), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("secret", sa.String(64)),
        sa.Column("secret_offered", sa.String(64)),
        sa.Column("codes_used", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(254), unique=True),
        sa.Column("subject", sa.String(300), unique=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("added", Utc(), nullable=False),
    )
    op.create_table(
        "staff_session",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(40), sa.ForeignKey("staff.id"), nullable=False, index=True),
        sa.Column("boot", sa.String(40), nullable=False),
        sa.Column("opened", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.Column("provider_token", sa.Text()),
    )
    op.create_table(
        "staff_attempts",
        sa.Column("login", sa.String(64), primary_key=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    op.create_table(
        "staff_departure",
        sa.Column("visit", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("next", sa.String(500), nullable=False),
        sa.Column("boot", sa.String(40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    _only_add(op.get_bind().dialect.name)


def _only_add(dialect: str) -> None:
    """The database itself refuses all but the next row, and the erasure of what is not bound."""
    differs = "IS DISTINCT FROM" if dialect == "postgresql" else "IS NOT"
    changed = [f"NEW.{name} {differs} OLD.{name}" for name in _KEPT]
    changed += [f"NEW.{name} IS NOT NULL" for name in _ERASABLE]
    out_of_order = f"NEW.seq {differs} coalesce((SELECT max(seq) FROM act), 0) + 1"  # noqa: S608
    if dialect == "postgresql":
        op.execute(
            f"""CREATE FUNCTION act_only_add() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF {out_of_order} THEN RAISE EXCEPTION 'append-only'; END IF;
                    RETURN NEW;
                ELSIF TG_OP = 'UPDATE' THEN
                    IF {" OR ".join(changed)} THEN RAISE EXCEPTION 'append-only'; END IF;
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'append-only';
            END $$"""
        )
        op.execute(
            "CREATE TRIGGER act_rows BEFORE INSERT OR UPDATE OR DELETE ON act "
            "FOR EACH ROW EXECUTE FUNCTION act_only_add()"
        )
        op.execute("CREATE TRIGGER act_whole BEFORE TRUNCATE ON act EXECUTE FUNCTION act_only_add()")
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    op.execute(f"CREATE TRIGGER act_in_order BEFORE INSERT ON act WHEN {out_of_order} {refuse}")
    op.execute(f"CREATE TRIGGER act_unchanged BEFORE UPDATE ON act WHEN {' OR '.join(changed)} {refuse}")
    op.execute(f"CREATE TRIGGER act_kept BEFORE DELETE ON act {refuse}")
