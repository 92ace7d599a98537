# SPDX-License-Identifier: EUPL-1.2
"""The papers of a mandate, from the desk to the PDF, and from the QR code to a verdict with the public key alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assist.desk import attestation
from assist.desk.attestation import Validity
from tests.assist.made_databases import database_in
from tests.assist.server.mandate_desk import DAY, NOON, Desk, desk_at, said
from tests.printouts import reading


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path, database_in(tmp_path)) as desk:
        yield desk


def test_the_paper_is_verified_with_the_public_key_alone(desk: Desk) -> None:
    number = desk.gives("papiers", "logement", duration="MONTH")
    answer = desk.post(f"/mandats/{number}/papier")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "inline" in answer.headers["content-disposition"]
    written = reading.text(answer.content)
    for expected in (
        "Huguette Vaillant-Maréchal",
        "12 mars 1946",
        "Exemplaire du lieu",
        "Accord donné sur la tablette",
    ):
        assert expected in written, expected
    public = bytes.fromhex(desk.get("/api/site-key").json()["sign"])
    lines = {code.decode() for code in reading.codes(answer.content)}
    (line,) = lines
    verdict = attestation.verify(line, public, NOON)
    assert verdict.validity is Validity.VALID
    assert verdict.attestation is not None
    assert (verdict.attestation.number, verdict.attestation.ends) == (number, NOON + 31 * DAY)
    assert attestation.is_person(verdict.attestation, "Vaillant Maréchal", "HUGUETTE", date(1946, 3, 12))
    assert "aillant" not in line
    assert desk.acts()[-1] == ("mandate_printed", number)


def test_the_paper_says_that_it_is_over(desk: Desk) -> None:
    number = desk.gives("papiers", duration="SHORT")
    desk.clock = NOON + 2 * DAY
    assert "Terminé : la date est passée." in reading.text(desk.post(f"/mandats/{number}/papier").content)


def test_the_paper_of_an_end(desk: Desk) -> None:
    number = desk.gives("papiers", "logement")
    assert "Rien n'est arrêté" in said(desk.post(f"/mandats/{number}/papier-de-fin"))
    desk.post(f"/mandats/{number}/retirer", domain="papiers", wished="yes")
    written = " ".join(reading.text(desk.post(f"/mandats/{number}/papier-de-fin").content).split())
    assert "Ce qui est arrêté Papiers et citoyenneté" in written
    assert "Ce qui continue Logement" in written
    desk.post(f"/mandats/{number}/retirer", domain="tout", wished="yes")
    written = " ".join(reading.text(desk.post(f"/mandats/{number}/papier-de-fin").content).split())
    assert "Vous avez arrêté votre mandat." in written
    assert "Ce qui continue" not in written
    assert desk.acts()[-1] == ("mandate_printed", f"{number}/fin")
