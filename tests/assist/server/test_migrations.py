# SPDX-License-Identifier: EUPL-1.2
"""The tables that migrations make are those that the rooms declare."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.orm import Session

import assist.server.app  # noqa: F401 - every room declares its tables
from assist.server import database as database_module
from assist.server.appointments import words as appointments
from assist.server.database import MIGRATIONS, Database, Table
from assist.server.staff.tables import Account
from assist.server.staff.team_pages import LANGUAGES
from assist.server.starting import CannotServe, bring_up_to_date


def test_there_is_one_newest_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_make_what_is_declared(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": connection.dialect.name == "postgresql"})
        assert compare_metadata(context, Table.metadata) == []


@contextmanager
def brought_from(revision: str) -> Iterator[tuple[Engine, Connection]]:
    """A database of an older version to write in; at the end of the block it is brought to this one, and stays open."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield engine, connection
        command.upgrade(config, "head")


def test_of_two_states_of_one_part_the_last_one_stays() -> None:
    with brought_from("0013") as (engine, connection):
        connection.execute(text("INSERT INTO cra_lived_day VALUES (7, '2026-11-29 08:00:00')"))
        for id_, part, since in (("a", "disk", 8), ("b", "disk", 9), ("c", "disk", 9), ("d", "clock", 8)):
            row = {"id": id_, "part": part, "since": f"2026-11-30 {since:02}:00:00"}
            insert = "INSERT INTO presence_state VALUES (:id, 'accueil', :part, 'well', NULL, '', :since, NULL)"
            connection.execute(text(insert), row)
    with engine.begin() as connection:
        found = connection.execute(text("SELECT id, until IS NULL, written_on FROM presence_state ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("a", 0, 7), ("b", 0, 7), ("c", 1, 7), ("d", 1, 7)]


def test_sign_language_has_one_code_in_accounts_too() -> None:
    assert LANGUAGES.keys() <= appointments.LANGUAGES.keys()
    with brought_from("0015") as (engine, connection):
        for id_, languages in (("a", '["fr", "lsf"]'), ("b", '["fr", "ar"]')):
            row = {"id": id_, "languages": languages}
            insert = (
                "INSERT INTO staff (id, login, name, roles, languages, skills, codes_used, disabled, added)"
                " VALUES (:id, :id, 'Amina', '[]', :languages, '[]', '[]', 0, '2026-11-29 08:00:00')"
            )
            connection.execute(text(insert), row)
    with Session(engine) as session:
        found = session.scalars(select(Account).order_by(Account.id)).all()
    engine.dispose()
    assert [each.as_member().languages for each in found] == [("fr", "fsl"), ("fr", "ar")]


@pytest.mark.parametrize("damage", ["two newest versions", "no folder"])
def test_an_installation_whose_files_do_not_agree_is_not_told_as_a_newer_database(
    damage: str, lite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    if damage == "two newest versions":
        shutil.copytree(MIGRATIONS, folder)
        last = max((folder / "versions").glob("0*.py"))
        again = re.sub(r'(?m)^revision = "\w+"$', 'revision = "other"', last.read_text(encoding="utf-8"))
        (folder / "versions" / "other.py").write_text(again, encoding="utf-8")
    monkeypatch.setattr(database_module, "MIGRATIONS", folder)
    with pytest.raises(CannotServe, match="ne vont pas ensemble") as told:
        bring_up_to_date(lite_database)
    assert "plus récente" not in str(told.value)
