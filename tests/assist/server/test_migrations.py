# SPDX-License-Identifier: EUPL-1.2
"""The tables that migrations make are those that the rooms declare."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import assist.server.app  # noqa: F401 - every room declares its tables
from assist.server.database import MIGRATIONS, Database, Table


def test_there_is_one_newest_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_make_what_is_declared(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": connection.dialect.name == "postgresql"})
        assert compare_metadata(context, Table.metadata) == []
