# SPDX-License-Identifier: EUPL-1.2
"""One connection to the journal's SQLite file, and what its errors mean."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from assist.journal.protocol import FaultKind, JournalFault

BUSY_SECONDS = 5.0
_WAL_LIMIT = 4 * 1024 * 1024

_BY_CODE = {
    sqlite3.SQLITE_FULL: FaultKind.FULL,
    sqlite3.SQLITE_READONLY: FaultKind.READ_ONLY,
    sqlite3.SQLITE_PERM: FaultKind.READ_ONLY,
    sqlite3.SQLITE_BUSY: FaultKind.LOCKED,
    sqlite3.SQLITE_LOCKED: FaultKind.LOCKED,
    sqlite3.SQLITE_CORRUPT: FaultKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: FaultKind.DAMAGED,
    sqlite3.SQLITE_ERROR: FaultKind.DAMAGED,  # a table is gone: no statement of ours is wrong by itself
    sqlite3.SQLITE_IOERR: FaultKind.IO,
    sqlite3.SQLITE_CANTOPEN: FaultKind.IO,
}
_BY_ERRNO = {
    errno.ENOSPC: FaultKind.FULL,
    errno.EDQUOT: FaultKind.FULL,
    errno.EFBIG: FaultKind.FULL,
    errno.EROFS: FaultKind.READ_ONLY,
    errno.EACCES: FaultKind.READ_ONLY,
    errno.EPERM: FaultKind.READ_ONLY,
}

StorageError = (sqlite3.Error, DBAPIError, OSError, UnicodeDecodeError)
"""What disk and database may raise; :func:`fault_of` turns it into a value.

UnicodeDecodeError: the driver's own words quote a damaged schema.
"""


def fault_of(error: BaseException) -> JournalFault:
    """The fault behind an error of the disk or the database. Raises it again when it is a bug."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, OSError):
        return JournalFault(_BY_ERRNO.get(error.errno or 0, FaultKind.IO), str(error))
    if isinstance(error, UnicodeDecodeError):
        return JournalFault(FaultKind.DAMAGED, str(error))
    if isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode"):
        return JournalFault(FaultKind.DAMAGED, str(error))  # a text that is not UTF-8 any more
    if isinstance(error, sqlite3.DatabaseError):
        # Extended codes hold the primary one in their low byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BY_CODE:
            return JournalFault(_BY_CODE[code], str(error))
    raise error


def connect(path: Path, *, read_only: bool = False, immutable: bool = False, busy: float = BUSY_SECONDS) -> Connection:
    """A connection of its own (no pool), in autocommit: :func:`writing` and :func:`reading` frame transactions.

    Raises DBAPIError (see :func:`fault_of`). ``immutable`` reads a file that nobody writes, without a lock file.
    """
    mode = "ro&immutable=1" if immutable else "ro" if read_only else "rwc"
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def dial() -> sqlite3.Connection:
        raw = sqlite3.connect(uri, uri=True, timeout=busy, isolation_level=None, check_same_thread=False)
        try:
            _prepare(raw, read_only or immutable)
        except sqlite3.Error:
            raw.close()
            raise
        return raw

    engine = create_engine("sqlite://", creator=dial, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()


def _prepare(raw: sqlite3.Connection, read_only: bool) -> None:
    if read_only:
        raw.execute("PRAGMA query_only = ON")
        return
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")
    raw.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The SQLite connection under SQLAlchemy's."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


class writing:  # noqa: N801 - reads as a verb: "with writing(driver)"
    """One writing transaction: the write lock is taken at once, so that the head read inside is the head.

    A class rather than a generator, which would cost a tenth of the whole append.
    """

    __slots__ = ("_driver",)

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    def __enter__(self) -> None:
        self._driver.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._driver.execute("COMMIT")
        finally:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")


@contextmanager
def reading(driver: sqlite3.Connection) -> Generator[None]:
    """One reading transaction: everything read inside is of the same moment, whoever writes meanwhile."""
    driver.execute("BEGIN")
    try:
        yield
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
