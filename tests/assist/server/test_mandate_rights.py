# SPDX-License-Identifier: EUPL-1.2
"""What a person asks about her mandate: a copy of all of it, and that it be erased before its term."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assist.server.acts import verify_acts
from assist.server.mandates.tables import AuthorizationRow, MandateRow, UseRow
from tests.assist.made_databases import database_in
from tests.assist.server.mandate_desk import CAMILLE, DAY, MANAGER, Desk, desk_at, said
from tests.printouts import reading

ERASE = {"what": "all", "reason": "withdrawn", "asked": "yes"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path, database_in(tmp_path)) as desk:
        yield desk


def test_the_person_gets_all_that_is_kept_on_her_and_it_is_noted(desk: Desk) -> None:
    number = desk.gives("papiers", "logement")
    desk.uses(number, "logement")
    desk.post(f"/mandats/{number}/identite")
    assert f'href="/mandats/{number}/droits"' in desk.get(f"/mandats/{number}").text
    answer = desk.post(f"/mandats/{number}/copie")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    written = " ".join(reading.text(answer.content).split())
    for expected in (
        "Ce que ce lieu garde sur vous", "Huguette Vaillant-Maréchal", "12 mars 1946", "06 12 34 56 78", "Camille",
        "Accord donné sur la tablette", "Logement",
        "a ouvert l’identité d’un mandat", "a utilisé un mandat", "3 ans", "CNIL",
    ):  # fmt: skip
        assert expected in written, expected
    assert desk.acts()[-1] == ("mandate_copied", number)


def test_what_is_erased_is_gone_and_the_acts_still_tell_that_it_was(desk: Desk, tmp_path: Path) -> None:
    number, other = desk.gives(), desk.gives(last_name="Autre")
    desk.uses(number)
    sealed = desk.row(number).sealed
    assert desk.post(f"/mandats/{number}/effacer", **ERASE).status_code == 403, "a mediator asks her manager"
    desk.member = MANAGER
    for missing in ("what", "reason", "asked"):
        refused = desk.post(f"/mandats/{number}/effacer", **(ERASE | {missing: ""}))
        assert (refused.status_code, 'role="alert"' in refused.text) == (409, True), missing
    assert "six ans" in desk.get(f"/mandats/{number}/droits").text
    done = desk.post(f"/mandats/{number}/effacer", **ERASE)
    assert "Le mandat est effacé" in done.text
    assert desk.get(f"/mandats/{number}").status_code == 404
    assert desk.get(f"/mandats/{other}").status_code == 200
    with desk.app.state.database.begin() as transaction:
        for table, left in ((MandateRow, 1), (AuthorizationRow, 2), (UseRow, 0)):
            assert transaction.scalar(select(func.count()).select_from(table)) == left
        assert verify_acts(transaction).broken is None
    assert ("mandate_used", f"{number}/papiers") in desk.acts()
    assert desk.acts()[-1] == ("mandate_erased", f"{number}/withdrawn")
    with desk.app.state.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(sealed[:64] not in file.read_bytes() for file in tmp_path.glob("site.db*"))


def test_what_the_law_lets_a_site_keep_is_archived_ends_and_goes_by_itself(desk: Desk) -> None:
    number = desk.gives()
    desk.member = MANAGER
    there = f"/mandats/{number}/effacer"
    assert desk.post(there, **(ERASE | {"what": "archive"})).status_code == 303
    assert desk.acts()[-1] == ("mandate_archived", f"{number}/withdrawn")
    assert desk.row(number).ended == "revoked"
    assert "déjà en archive" in said(desk.post(there, **(ERASE | {"what": "archive"})))
    desk.member = CAMILLE
    assert desk.get(f"/mandats/{number}").status_code == 404, "the manager alone"
    desk.member = MANAGER
    assert desk.get(f"/mandats/{number}").status_code == 200

    def live(days: int) -> None:
        for _ in range(0, days, 30):
            desk.clock += 30 * DAY
            desk.get("/mandats")

    live(1080)
    assert desk.get(f"/mandats/{number}").status_code == 200
    live(30)
    assert desk.get(f"/mandats/{number}").status_code == 404
