# SPDX-License-Identifier: EUPL-1.2
"""A manager goes from the figures to the procedures, to the visits, to one session; and sees no answer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest
from openpyxl import load_workbook

from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.review import reading
from assist.server.review.asked import Wanted
from assist.server.spreadsheets import as_written
from tests.assist.server.chains import KEY
from tests.assist.server.doors import Door
from tests.assist.server.report_site import NOON, ROSE, OpenSite, open_site
from tests.assist.server.test_review_keeping import chain
from tests.assist.server.told_sessions import Began, Person, Stay


def person(number: int, *, version: str = "v1", lost: bool = False, procedure: str = "rsa") -> Person:
    stays = (Stay("depuis-quand", 40, repeated=1), Stay("couple", 20, difficult=lost))
    begun = Began(procedure, version, stays, finished=not lost, face="" if lost else "happy")
    return Person(f"{number:032x}", "fr", "touch", begun, "abandoned" if lost else "done", waited=90, joined=True)


@pytest.fixture
def site(lite: Door, tmp_path: Path) -> Iterator[OpenSite]:
    with open_site(lite.address, tmp_path) as site:
        site.as_(ROSE)
        yield site


def came(site: OpenSite, people: list[Person], kiosk: str = "borne-1") -> None:
    journal = str(uuid4())
    with site.database.begin() as transaction:
        journal_of(transaction, journal, KEY, kiosk, NOON)
        ingest(transaction, Source(kiosk, journal), chain(people, journal, kiosk), NOON + timedelta(minutes=1))


def words(site: OpenSite, address: str) -> str:
    """What the page says, without its marks."""
    answer = site.client.get(address)
    assert answer.status_code == 200, answer.text
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text))


def test_figures_lead_to_the_sessions_behind_them(site: OpenSite) -> None:
    came(site, [*map(person, range(3)), person(3, lost=True)])
    page = words(site, "/revue?period=week")
    assert re.search(r"Personnes venues .*? 4 0 ", page)
    assert re.search(r"Démarches menées au bout .*? 75 % \(peu de cas\) –", page)
    assert re.search(r"Attente d'un médiateur .*? 1 min 2[7-9] s|1 min 3[0-4] s", page)
    assert "Demander le RSA 4 3 4 1" in page
    listed = words(site, "/revue/passages?period=week&procedure=rsa")
    assert "4 passages" in listed
    assert "session abandonnée" in listed
    told = words(site, f"/revue/passages/{3:032x}")
    assert "La personne signale une difficulté" in told
    assert "1 min 30 s Médiateur Un médiateur rejoint la personne" in told


def test_drawings_say_what_they_show_and_have_their_numbers(site: OpenSite) -> None:
    assert "En dessins" not in words(site, "/revue?period=week"), "nothing to draw, nothing drawn"
    came(site, [*map(person, range(3)), person(3, lost=True)])
    page = words(site, "/revue?period=week")
    assert "Personnes venues, par jour Le plus : 4, lun. 30 nov. 2026." in page
    assert "3 contents sur 3 avis donnés. Moins de 20 cas" in page
    assert re.search(r"Durée par démarche .*? Demander le RSA .*? \(peu de cas\)", page)
    assert re.search(r"Attente d'un médiateur La moitié des personnes a attendu moins de 1 min", page)
    assert "Demander le RSA 3 (peu de cas)" in page, "and in the table"
    text = site.client.get("/revue?period=week").text
    assert text.count('role="img"') == 4
    assert re.search(r"<style|style=|<script", text) is None, "the page is allowed neither"
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    steps = words(site, "/revue/demarches/rsa?period=week")
    assert "combien se sont arrêtés là. Moins de 20 cas" in steps
    assert "4, 1 arrêt " in steps


def test_what_is_measured_of_the_public_programme(site: OpenSite) -> None:
    came(site, [*map(person, range(3)), person(3, lost=True)])
    page = words(site, "/revue/qualite?period=week")
    assert re.search(r"Un accueil bienveillant.*? Mesuré en partie\. .*? Visages contents : 100 % \(peu de cas\)", page)
    assert re.search(r"dans le délai annoncé Non mesurable ici\. La borne guide", page)
    assert "www.plus.transformation.gouv.fr" in page


def test_filters_narrow_and_stand_in_the_address(site: OpenSite) -> None:
    came(site, [person(1)])
    came(site, [person(2), person(3, procedure="voter")], kiosk="borne-2")
    assert "2 passages" in words(site, "/revue/passages?period=week&procedure=rsa")
    assert "1 passage " in words(site, "/revue/passages?period=week&kiosk=borne-2&procedure=rsa")
    assert "0 passage " in words(site, "/revue/passages?period=week&origin=voice")
    assert "0 passage " in words(site, "/revue/passages?since=2020-01-01&until=2020-12-31")
    page = site.client.get("/revue?period=month&kiosk=borne-2").text
    assert "/revue/passages?kiosk=borne-2&amp;period=month" in page


def rows(site: OpenSite, address: str) -> list[dict[str, str]]:
    answer = site.client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


EVIL = '=cmd|"/c calc"!A1'


def test_files_say_what_the_page_says(site: OpenSite) -> None:
    came(site, [*map(person, range(3)), person(3, procedure=EVIL)])
    days = rows(site, "/revue/export.csv?period=week")
    assert [(row["procedure"], row["visits"]) for row in days] == [(f"'{EVIL}", "1"), ("rsa", "3")]
    book = load_workbook(io.BytesIO(site.client.get("/revue/export.xlsx?period=week").content))
    assert book.sheetnames == ["Indicateurs", "Jours", "Démarches", "Bornes"]
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    values = {row[0]: row[2] for row in book["Indicateurs"].iter_rows(min_row=2, values_only=True)}
    assert values["sessions"] == 4
    assert values["finished"] == 1


def test_parquet_has_the_cells_of_the_csv_file_with_their_types(site: OpenSite, tmp_path: Path) -> None:
    came(site, [*map(person, range(3)), person(3, procedure=EVIL), Person("f" * 32, "fr", "key", None, "erased")])
    file = tmp_path / "revue.parquet"
    file.write_bytes(site.client.get("/revue/export.parquet?period=week").content)
    table = duckdb.read_parquet(str(file))
    assert {*map(str, table.types)} == {"DATE", "VARCHAR", "BIGINT"}
    days = rows(site, "/revue/export.csv?period=week")
    assert table.columns == list(days[0])
    assert [[*map(str, row)] for row in table.fetchall()] == [[*map(as_written, row.values())] for row in days]
    file.write_bytes(site.client.get("/revue/export.parquet?since=2020-01-01&until=2020-01-02").content)
    assert duckdb.read_parquet(str(file)).fetchall() == []


def test_the_public_file_has_months_that_are_over_and_no_small_number(site: OpenSite) -> None:
    came(site, [*map(person, range(30)), *(person(n, lost=True) for n in range(30, 33)), person(40, procedure="voter")])
    (row,) = rows(site, "/revue/donnees-ouvertes.csv")
    assert (row["month"], row["procedure"], row["visits"]) == ("2026-11", "rsa", "33")
    assert row["finished"] == row["difficult"] == row["happy"] == ""


@pytest.mark.parametrize(
    "address",
    [
        "/revue?since=demain",
        "/revue?since=0001-01-01&until=9999-12-31",
        "/revue?origin=telepathy&period=week",
        "/revue?kiosk=" + "x" * 500,
        "/revue/passages?after=nonsense",
        "/revue/passages?after=2026-01-01T00:00:00~s",
        "/revue/passages?after=9999-12-31T23:59:59-12:00~s~1",
        "/revue/passages?after=2026-01-01T00:00:00%2B00:00~s~99999999999999999999",
        "/revue/demarches/%00",
        "/revue/passages?procedure=%00",
    ],
)
def test_nothing_in_an_address_breaks_a_page(site: OpenSite, address: str) -> None:
    assert site.client.get(address).status_code == 200


def test_a_session_that_is_not_kept_is_said_to_be_gone(site: OpenSite) -> None:
    answer = site.client.get("/revue/passages/unknown", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "n&#39;est plus gardée ici" in answer.text


def test_every_visit_is_listed_once_over_the_pages(site: OpenSite) -> None:
    came(site, [person(number) for number in range(120)])
    seen: list[str] = []
    address = "/revue/passages?period=week"
    while address:
        text = site.client.get(address).text
        seen += re.findall(r'href="/revue/passages/([0-9a-f]{32})"', text)
        further = re.search(r'href="([^"]+)">Passages plus anciens', text)
        address = unescape(further[1]) if further else ""
    assert len(seen) == len(set(seen)) == 120


def test_a_new_text_is_compared_with_the_one_before(site: OpenSite) -> None:
    came(site, [person(number, lost=number < 20) for number in range(40)])
    came(site, [person(number, version="v2") for number in range(100, 140)])
    page = words(site, "/revue/demarches/rsa?period=week")
    assert "Texte le plus récent (repère v2) : 40 passages" in page
    assert "Texte d’avant (repère v1) : 40 passages" in page
    assert "20 (50 %) : moins d'arrêts qu'avant" in page
    assert "Où les personnes butent" in page


def test_a_narrow_list_has_all_its_pages(site: OpenSite) -> None:
    came(site, [replace(person(number), language="en" if number % 2 else "fr") for number in range(130)])
    seen: list[str] = []
    after = ""
    wanted = Wanted(NOON.date() - timedelta(days=30), NOON.date(), procedure="rsa", language="en")
    with site.database.read() as transaction:
        while not seen or after:
            rows, after = reading.listed(transaction, wanted, after)
            seen += [row.session for row in rows]
        assert reading.listed(transaction, replace(wanted, language="uk")) == ([], "")
    assert len(seen) == len(set(seen)) == 65
    assert seen == sorted(seen, reverse=True)
