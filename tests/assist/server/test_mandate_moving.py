# SPDX-License-Identifier: EUPL-1.2
"""A mandate goes from one site to another, by a file, and lives in one place at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assist.made_databases import database_in
from tests.assist.server.mandate_desk import DAY, NOON, Desk, desk_at, said
from tests.printouts import reading


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    here, there = (desk_at(tmp_path / name, database_in(tmp_path / name)) for name in ("here", "there"))
    with here as one, there as other:
        yield one, other


def keys(desk: Desk) -> dict[str, str]:
    return desk.get("/api/site-key").json()


def leaves(here: Desk, number: str, there: Desk, **changes: str) -> Any:
    return here.post(f"/mandats/{number}/autre-lieu", **({"key": keys(there)["seal"], "agreed": "yes"} | changes))


def test_it_goes_on_there_and_is_over_here(sites: tuple[Desk, Desk]) -> None:
    here, there = sites
    number = here.gives("papiers", "logement", duration="MONTH")
    here.post(f"/mandats/{number}/signe")
    here.post(f"/mandats/{number}/retirer", domain="papiers", wished="yes")
    assert "doit être d'accord" in said(leaves(here, number, there, agreed=""))
    assert "64 signes" in said(leaves(here, number, there, key="abc"))
    file = leaves(here, number, there)
    assert file.status_code == 200
    assert "Vaillant" not in file.text
    assert "autre lieu" in said(here.uses(number, "logement"))
    assert json.loads(leaves(here, number, there).text), "lost on the way: made again"
    assert "avec une autre clé" in said(leaves(here, number, here))

    there.clock = NOON + DAY
    done = there.post("/mandats/recevoir", file=file.text, key=keys(here)["sign"])
    assert done.headers["location"] == f"/mandats/{number}"
    row = there.row(number)
    assert (row.given_at, row.ends_at, row.signed_at) == (NOON, NOON + 31 * DAY, NOON)
    assert [a.domain for a in row.authorizations] == ["logement"]
    assert there.uses(number, "logement").status_code == 303
    assert "Huguette" in there.post(f"/mandats/{number}/identite").text
    assert "Huguette" in reading.text(there.post(f"/mandats/{number}/papier").content)
    again = there.post("/mandats/recevoir", file=file.text, key=keys(here)["sign"])
    assert again.status_code == 303, "received twice, there once"
    assert there.acts()[0] == ("mandate_recorded", f"{number}/lieu")
    assert here.acts()[-1] == ("mandate_transferred", f"{number}/lieu")


def received(there: Desk, file: str, key: str) -> str:
    return said(there.post("/mandats/recevoir", file=file, key=key))


def test_what_is_not_believed(sites: tuple[Desk, Desk]) -> None:
    here, there = sites
    number = here.gives("papiers", duration="SHORT")
    file, sign = leaves(here, number, there).text, keys(here)["sign"]
    assert "pas signé par ce lieu" in received(there, file.replace("papiers", "justice"), sign)
    assert "pas signé par ce lieu" in received(there, file, keys(there)["sign"])
    for wrong in ("", "{}", "[]", "null", "x" * 100, '{"mandate":"{}","signature":"00"}'):
        assert "pas un mandat transmis" in received(there, wrong, sign) or "pas signé" in received(there, wrong, sign)
    there.clock = NOON + 2 * DAY
    assert "déjà terminé" in received(there, file, sign)
    assert there.acts() == []
    other = here.gives("argent")
    back = leaves(here, other, here).text
    assert "pas chiffré pour ce lieu" in received(there, back, sign)
