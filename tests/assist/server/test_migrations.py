# SPDX-License-Identifier: EUPL-1.2
"""The tables that migrations make are those that the rooms declare."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

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


def test_of_two_states_of_one_part_the_last_one_stays() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        connection.execute(text("INSERT INTO cra_lived_day VALUES (7, '2026-11-29 08:00:00')"))
        for id_, part, since in (("a", "disk", 8), ("b", "disk", 9), ("c", "disk", 9), ("d", "clock", 8)):
            row = {"id": id_, "part": part, "since": f"2026-11-30 {since:02}:00:00"}
            insert = "INSERT INTO presence_state VALUES (:id, 'accueil', :part, 'well', NULL, '', :since, NULL)"
            connection.execute(text(insert), row)
        command.upgrade(config, "head")
        found = connection.execute(text("SELECT id, until IS NULL, written_on FROM presence_state ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("a", 0, 7), ("b", 0, 7), ("c", 1, 7), ("d", 1, 7)]
