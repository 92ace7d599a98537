# SPDX-License-Identifier: EUPL-1.2
"""How mandates are kept: sealed, for the time that was said, by keys that nobody else reads."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from assist.desk.mandate_text import current
from assist.desk.sealing import Identity, seal
from assist.server import daily
from assist.server.database import Database, Table
from assist.server.mandates.keys import SEAL, SIGN, KeyFault, site_keys
from assist.server.mandates.tables import AuthorizationRow, MandateRow, UseRow
from printouts.receipt_code import new_code
from tests.assist.made_databases import database_in
from tests.assist.server import doors
from tests.assist.server.mandate_desk import CAMILLE, DAY, MANAGER, NOON, Desk, desk_at, said

CANARY = {"last_name": "Zyglorfane", "first_name": "Xéphirine", "born": "17/08/1941", "contact": "07 91 82 73 64"}
FORMS = ("Zyglorfane", "zyglorfane", "Xéphirine", "17/08/1941", "1941-08-17", "07 91 82 73 64", "0791827364")
MONTH = timedelta(days=30)


@pytest.fixture
def desk(tmp_path: Path, address: str) -> Iterator[Desk]:
    with desk_at(tmp_path, address) as desk:
        yield desk


@pytest.fixture
def lite_desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path, database_in(tmp_path)) as desk:
        yield desk


def found_in(folder: Path) -> list[str]:
    needles = {form.encode(code): form for form in FORMS for code in ("utf-8", "latin-1", "utf-16-le", "utf-32-le")}
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [f"{file.name}: {form}" for file in files for needle, form in needles.items() if needle in file.read_bytes()]


def test_nothing_stored_names_the_person(
    lite_desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever is done with a mandate: database, write-ahead log, keys, temporary files, logs."""
    caplog.set_level(logging.DEBUG)
    desk = lite_desk
    faulty = desk.text_page([], **CANARY)
    assert "Zyglorfane" in faulty.text, "the canary was there"
    number = desk.gives(**CANARY)
    again = desk.gives(renews=number)
    assert "Zyglorfane" in desk.post(f"/mandats/{again}/identite").text
    assert again in desk.post("/mandats/chercher", asked="zyglorfane").text
    assert desk.post(f"/mandats/{again}/papier").status_code == 200
    assert (tmp_path / "site.db-wal").stat().st_size > 0, "what is not yet in the database was read too"
    assert found_in(tmp_path) == []
    logged = [record.getMessage() for record in caplog.records] + list(capfd.readouterr())
    assert [form for form in FORMS if any(form in line for line in logged)] == []
    with desk.app.state.database.begin() as transaction:
        row = transaction.get_one(MandateRow, again)
        assert len(row.sealed) > 500


def test_kept_then_archived_then_erased(desk: Desk) -> None:
    number = desk.gives(duration="SHORT")
    desk.uses(number)
    ended = NOON + 2 * DAY
    desk.clock = ended
    desk.get("/mandats")

    def live(days: float) -> None:
        """The server is used once a month until then."""
        while desk.clock < ended + timedelta(days=days):
            desk.clock = min(desk.clock + MONTH, ended + timedelta(days=days))
            desk.get("/mandats")

    live(1095)
    assert desk.get(f"/mandats/{number}").status_code == 200
    live(1097)
    assert desk.get(f"/mandats/{number}").status_code == 404
    assert number not in desk.get("/mandats").text
    desk.member = MANAGER
    assert "Archives" in desk.get("/mandats").text
    assert "Huguette" in desk.post(f"/mandats/{number}/identite").text
    live(2191)
    assert desk.get(f"/mandats/{number}").status_code == 200
    live(2193)
    assert desk.get(f"/mandats/{number}").status_code == 404
    with desk.app.state.database.begin() as transaction:
        for table in (MandateRow, AuthorizationRow, UseRow):
            assert transaction.scalar(select(func.count()).select_from(table)) == 0


def test_no_leap_of_the_clock_erases_early(desk: Desk) -> None:
    number = desk.gives(duration="SHORT")
    for leap in (10 * 365 * DAY, -10 * 365 * DAY, 20 * 365 * DAY):
        desk.clock += leap
        desk.get("/mandats")
    assert desk.get(f"/mandats/{number}").status_code == 200


def test_erased_leaves_nothing_in_the_file(lite_desk: Desk, tmp_path: Path) -> None:
    desk = lite_desk
    number = desk.gives(duration="SHORT")
    sealed = desk.row(number).sealed
    desk.clock += 2 * DAY
    while desk.get(f"/mandats/{number}").status_code == 200 or desk.clock < NOON + 2200 * DAY:
        desk.clock += MONTH
    with desk.app.state.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(sealed[:64] not in file.read_bytes() for file in tmp_path.glob("site.db*"))


def test_keys_are_made_once_for_the_server_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "keys"
    keys = site_keys(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(folder / name).stat().st_mode & 0o777 for name in (SEAL, SIGN)] == [0o600, 0o600]
    assert sorted(path.name for path in folder.iterdir()) == sorted((SEAL, SIGN)), "nothing is left beside them"
    again = site_keys(folder)
    assert (again.seal_public, again.sign_public) == (keys.seal_public, keys.sign_public)
    assert keys.seal_public != keys.sign_public
    secret = (folder / SEAL).read_bytes()
    assert secret.hex() not in repr(keys)
    assert repr(secret) not in repr(keys)


@pytest.mark.parametrize("harm", ["open", "short", "folder"])
def test_a_key_that_cannot_be_used_is_said(tmp_path: Path, harm: str) -> None:
    site_keys(tmp_path)
    key = tmp_path / SEAL
    if harm == "open":
        key.chmod(0o640)
    elif harm == "short":
        key.write_bytes(b"short")
    else:
        key.unlink()
        key.mkdir(0o700)
    with pytest.raises(KeyFault, match=SEAL):
        site_keys(tmp_path)


def test_a_key_open_to_all_is_told_to_who_asks(lite_desk: Desk, tmp_path: Path) -> None:
    site_keys(tmp_path / "keys")
    (tmp_path / "keys" / SEAL).chmod(0o644)
    answer = lite_desk.get("/api/site-key")
    assert answer.status_code == 503
    assert "chmod 600" in answer.json()["detail"]


def test_the_tables_are_those_of_the_migration(database: Database) -> None:
    ours = ("mandate", "mandate_authorization", "mandate_use", "mandate_clock", "mandate_leap")
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [change for change in compare_metadata(context, Table.metadata) if any(o in str(change) for o in ours)]
    assert found == []


def test_a_mandate_is_handed_to_somebody_of_the_team(desk: Desk) -> None:
    theirs = doors.add(desk.app.state.database, "dominique")
    manager = doors.add(desk.app.state.database, "maud", *MANAGER.roles)
    number = desk.gives()
    assert f'<option value="{theirs}">Dominique' in desk.get(f"/mandats/{number}").text
    assert manager not in desk.get(f"/mandats/{number}").text
    assert "Choisissez qui" in said(desk.post(f"/mandats/{number}/transmettre", mediator=manager, agreed="yes"))
    assert "doit être d'accord" in said(desk.post(f"/mandats/{number}/transmettre", mediator=theirs))
    assert desk.post(f"/mandats/{number}/transmettre", mediator=theirs, agreed="yes").status_code == 303
    assert "autre personne" in said(desk.uses(number))
    assert "confié à Dominique" in desk.get(f"/mandats/{number}").text
    assert desk.acts()[-1] == ("mandate_transferred", f"{number}/{theirs}")
    desk.member = replace(CAMILLE, id=theirs, name="Dominique")
    assert desk.uses(number).status_code == 303


def test_an_end_is_seen_without_anybody_at_the_desk(desk: Desk) -> None:
    """The server looks when it starts and every day: a clock that goes back later revives nothing."""
    number = desk.gives(duration="SHORT")
    daily.do(desk.app.state.database, NOON + 2 * DAY)
    assert desk.row(number).ended == "expired"


def test_a_box_sealed_elsewhere_is_taken(lite_desk: Desk) -> None:
    """A kiosk that knows the public key alone can write who gives the mandate, and cannot read it back."""
    public = bytes.fromhex(lite_desk.get("/api/site-key").json()["seal"])
    number = new_code()
    sealed = b64encode(seal(Identity("Petit", "Ana", date(1990, 2, 1)), number, public)).decode()
    given = {"number": number, "sealed": sealed, "text": current().digest, "agreed": "yes"}
    assert lite_desk.post("/mandats", domains=["logement"], duration="SHORT", **given).status_code == 303
    assert "Petit" in lite_desk.post(f"/mandats/{number}/identite").text


def test_an_error_of_the_database_tells_no_value(lite_desk: Desk) -> None:
    with lite_desk.app.state.database.begin() as transaction, pytest.raises(IntegrityError) as fault:
        transaction.execute(text("INSERT INTO mandate (number) VALUES (:number)"), {"number": "Zyglorfane"})
    assert "Zyglorfane" not in str(fault.value)
