# SPDX-License-Identifier: EUPL-1.2
"""The versions of the journal's database, oldest first: a version is frozen SQL, never edited once released.

``PRAGMA user_version`` says how many of them a database has seen. A step runs inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3

from assist.journal.migrations.v0001 import STATEMENTS as V0001

APPLICATION_ID = 0x50615061
"""``PaPa``, in the file's header: a database of Pas à pas."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (V0001,)
SCHEMA_VERSION = len(MIGRATIONS)
_OF_SQLITE = frozenset(
    {
        ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    }
)
"""What ``ANALYZE`` leaves."""


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the database has seen; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, to: int = SCHEMA_VERSION) -> None:
    """Bring the database to version ``to``. The caller holds the transaction, so that it is whole or absent."""
    for version in range(version_of(connection), to):
        for statement in MIGRATIONS[version]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def objects(version: int) -> frozenset[tuple[str, str]]:
    """Name and SQL of every table and trigger that a database of this version must have."""
    with sqlite3.connect(":memory:") as connection:
        migrate(connection, version)
        found = objects_in(connection)
    connection.close()
    return found


def objects_in(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Name and SQL of every table and trigger that this database has."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return frozenset((str(name), str(sql)) for name, sql in rows)


def strange_in(connection: sqlite3.Connection) -> bool:
    """Whether it holds a table, a view or an index that is none of ours: reading could then run whatever it says.

    Triggers are left out: nothing of them runs for a reader.
    """
    known = objects(version_of(connection)) | _OF_SQLITE
    return any(not sql.startswith("CREATE TRIGGER ") for _, sql in objects_in(connection) - known)
