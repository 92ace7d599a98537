# SPDX-License-Identifier: EUPL-1.2
"""Many rows at once into SQLite or PostgreSQL, by the drivers themselves: the ORM is not what is measured."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Protocol

import psycopg
from sqlalchemy import Engine, Table
from sqlalchemy.engine import make_url

Cell = str | int | bytes | None


class Bulk(Protocol):
    """Where rows go."""

    def moment(self, at: datetime) -> Cell:
        """As the database keeps it."""
        ...

    def write(self, table: Table, rows: Iterable[Sequence[Cell]]) -> int:
        """Add rows, in the order of the table's columns; how many."""
        ...

    def keep(self) -> None:
        """Make what was written last."""
        ...

    def sizes(self, tables: Iterable[Table]) -> dict[str, int]:
        """Bytes on disk of each, with its indexes."""
        ...


@contextmanager
def bulk_of(address: str):
    """The way into the database at this address."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database), isolation_level=None)) as lite:
            yield _Lite(lite)
    else:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as connection:
            yield _Post(connection)


class _Lite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # A load that is cut is begun again: it need not survive.
        for pragma in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "secure_delete=OFF",
            "cache_size=-400000",
            "foreign_keys=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")

    def moment(self, at: datetime) -> Cell:
        return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

    def write(self, table: Table, rows: Iterable[Sequence[Cell]]) -> int:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" for _ in table.columns)
        sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - our own tables
        return self._connection.executemany(sql, rows).rowcount

    def keep(self) -> None:
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN")

    def sizes(self, tables: Iterable[Table]) -> dict[str, int]:
        weigh = (
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN"
            " (SELECT name FROM sqlite_master WHERE tbl_name = ?)"
        )
        return {table.name: self._connection.execute(weigh, (table.name,)).fetchone()[0] for table in tables}


class _Post:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        connection.execute("SET synchronous_commit = off")

    def moment(self, at: datetime) -> Cell:
        return at.isoformat()

    def write(self, table: Table, rows: Iterable[Sequence[Cell]]) -> int:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with self._connection.cursor() as cursor:
            with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN'.encode()) as copy:
                lines: list[str] = []
                for row in rows:
                    lines.append("\t".join(map(self._plain, row)) + "\n")
                    if len(lines) == 10_000:
                        copy.write("".join(lines))
                        lines.clear()
                copy.write("".join(lines))
            return cursor.rowcount

    @staticmethod
    def _plain(cell: Cell) -> str:
        if isinstance(cell, str):
            return cell.replace("\\", "\\\\")
        if cell is None:
            return r"\N"
        if isinstance(cell, bytes):
            return rf"\\x{cell.hex()}"
        return str(int(cell))

    def keep(self) -> None:
        self._connection.commit()

    def sizes(self, tables: Iterable[Table]) -> dict[str, int]:
        weigh = "SELECT pg_total_relation_size(%s::regclass)"
        found: dict[str, int] = {}
        for table in tables:
            row = self._connection.execute(weigh, (f'"{table.name}"',)).fetchone()
            found[table.name] = row[0] if row else 0
        return found


@contextmanager
def without_indexes(engine: Engine, tables: Iterable[Table]):
    """Indexes are made faster once the rows are there."""
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(engine, checkfirst=True)
    engine.dispose()  # SQLite is written without a journal by whoever is alone.
    yield
    for index in indexes:
        index.create(engine)
