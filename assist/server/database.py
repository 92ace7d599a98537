# SPDX-License-Identifier: EUPL-1.2
"""The site's database: SQLite by default, PostgreSQL by its address. The tables stand in the rooms that use them."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

NO_DATABASE = (DBAPIError, TimeoutError)
"""What SQLAlchemy raises where a database refuses or does not answer. Whatever else it raises is a bug of ours."""
MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 10.0
"""Seconds that SQLite waits for another writer."""
_READS = {"reads_only": True, "postgresql_readonly": True}
_HURRIES = {"waits": 0.2}
"""Seconds too, for what may as well be written later."""


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC. Raises ValueError for one that does not say its time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the database needs an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """What every table of the site's database is made from."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Standing(Enum):
    """What a database's tables are to this version."""

    THIS = "this"
    OLDER = "older"
    NEWER = "newer"
    NONE = "none"
    """There are none yet."""


class Database:
    """The connections to it. Safe to use from any thread."""

    def __init__(self, address: str) -> None:
        self.engine = _engine(address)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(**_READS), expire_on_commit=False)
        self._hurrying = sessionmaker(self.engine.execution_options(**_HURRIES), expire_on_commit=False)

    @property
    def shown(self) -> str:
        """Its address, without its password: for a technician."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Generator[Session]:
        """One transaction: kept when the block ends, undone when it raises."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Generator[Session]:
        """One transaction that waits for no writer, and that the database lets write nothing."""
        with self._reading.begin() as session:
            yield session

    @contextmanager
    def begin_soon(self) -> Generator[Session]:
        """As :meth:`begin`; SQLite raises OperationalError at once, more or less, when somebody else writes."""
        with self._hurrying.begin() as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables to this version's. Safe to run again."""
        config = _migrations()
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def standing(self) -> Standing:
        """What its tables are to this version; nothing is changed."""
        known = ScriptDirectory.from_config(_migrations())
        with self.read() as transaction:
            revision = MigrationContext.configure(transaction.connection()).get_current_revision()
        if revision is None:
            return Standing.NONE
        if revision == known.get_current_head():
            return Standing.THIS
        return Standing.OLDER if revision in {each.revision for each in known.walk_revisions()} else Standing.NEWER

    def close(self) -> None:
        """Let go of every connection; one that somebody still has, or asks for later, ends when it is given back."""
        event.listen(self.engine.pool, "checkin", _end)
        self.engine.dispose()  # The pool that follows ends its connections too.


def _end(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _engine(address: str) -> Engine:
    # hide_parameters: an error that goes to the logs tells the statement, never what was to be written.
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(address, connect_args={"timeout": _WAIT}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(driver: Any, record: object) -> None:
    """As for the kiosk's journal: a write that was acknowledged survives a power cut, and nothing deleted remains."""
    driver.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        driver.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Any) -> None:
    """A reader sees what was kept before it began. A writer takes its lock at the start.

    So two that write wait for each other, and never fail half-way. A disk that cannot be written is still read.
    """
    options = connection.get_execution_options()
    reads = options.get("reads_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only={reads:d}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('waits', _WAIT) * 1000:.0f}")
    if reads:
        connection.exec_driver_sql("BEGIN")
        return
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        driver: Any = error.orig
        if driver.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        connection.exec_driver_sql("BEGIN")
