# SPDX-License-Identifier: EUPL-1.2
"""What the staff did: a table to which one can only add."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
