# SPDX-License-Identifier: EUPL-1.2
"""A database as it stands at one instant, while others write to it; and its way back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, Table, delete, insert, select, text

_AT_ONCE = 1000
_BORN_FULL = frozenset({"mandate_clock"})
"""Tables that have a row from the day they are made."""
_WAIT = 30.0
"""Seconds that SQLite waits for a writer."""


def copy_sqlite(source: Path, to: Path) -> None:
    """Copy a SQLite database that may be in use. Raises sqlite3.Error or OSError."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as origin,
        closing(sqlite3.connect(to)) as copy,
    ):
        origin.backup(copy)
        # One file, whole by itself: no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE").close()


def sound(file: Path) -> bool:
    """Whether SQLite finds every page of ``file`` in order. Raises sqlite3.Error on what is no database."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def dump(source: Engine, copy: Engine) -> None:
    """Copy the tables of another kind of database into an empty one, as they stand at one instant.

    Raises sqlalchemy.exc.SQLAlchemyError.
    """
    at_one_instant = source.connect().execution_options(isolation_level="REPEATABLE READ")
    with at_one_instant as origin, origin.begin(), copy.begin() as target:
        _pour(origin, target)


def load(copy: Engine, engine: Engine) -> Sequence[str]:
    """Pour a copy into a database whose tables are there and empty; the tables that were not empty, if any: then
    nothing is poured. Raises sqlalchemy.exc.SQLAlchemyError."""
    with copy.connect() as origin, engine.begin() as target:
        tables = _tables(target).sorted_tables
        full = [table.name for table in tables if table.name not in _BORN_FULL and _any(target, table)]
        if not full:
            _pour(origin, target)
        return full


def _tables(connection: Connection) -> MetaData:
    """All but the version of the tables, which whoever made them has written."""
    tables = MetaData()
    tables.reflect(connection, only=lambda name, _: name != "alembic_version")
    return tables


def _any(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _pour(origin: Connection, target: Connection) -> None:
    for connection in (origin, target):
        if connection.dialect.name == "postgresql":  # SQLite writes no zone: what has none is in UTC
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
    there, tables = _tables(origin), _tables(target)
    for table in tables.sorted_tables:
        target.execute(delete(table))
        for rows in origin.execute(select(there.tables[table.name])).mappings().partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in rows])
    _go_on_counting(target, tables)


def _go_on_counting(target: Connection, tables: MetaData) -> None:
    """PostgreSQL numbers new rows from a counter that poured rows have not moved."""
    if target.dialect.name != "postgresql":
        return
    for table in tables.sorted_tables:
        for column in table.primary_key.columns:
            of = {"table": table.name, "column": column.name}
            sequence = target.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), of).scalar()
            if sequence is not None:
                most = target.execute(select(column).order_by(column.desc()).limit(1)).scalar()
                target.execute(text("SELECT setval(:sequence, :most, true)"), {"sequence": sequence, "most": most or 1})
