# SPDX-License-Identifier: EUPL-1.2
"""A manager makes the poster and the report of a month that is over; their layout is tested with the papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assist.review.indicators import INDICATORS
from assist.server.review import paper_pages
from assist.server.review.months import Month, month_named, months_over
from printouts.document import Document
from printouts.model import Paper
from printouts.poster import Poster, Sheet
from printouts.report import Numbers, Report
from tests.assist.server.doors import Door
from tests.assist.server.report_site import LEA, ROSE, OpenSite, open_site
from tests.assist.server.test_review_pages import came, person, words


@pytest.fixture
def site(lite: Door, tmp_path: Path) -> Iterator[OpenSite]:
    with open_site(lite.address, tmp_path) as site:
        site.as_(ROSE)
        yield site


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The papers that were asked for, instead of laying them out."""
    asked: list[Document] = []

    def render(document: Document, paper: Paper, timeout: float) -> bytes:
        asked.append(document)
        return b"%PDF"

    monkeypatch.setattr(paper_pages, "render_in_process", render)
    return asked


def test_the_poster_of_a_month_says_what_may_be_said(site: OpenSite, made: list[Document]) -> None:
    came(site, [*map(person, range(6)), *(person(n, lost=True) for n in range(6, 11)), person(11, procedure="voter")])
    assert "Novembre 2026" in words(site, "/revue")
    answer = site.client.get("/revue/affiche.pdf?month=2026-11&sheet=a3")
    assert answer.headers["content-type"] == "application/pdf"
    (paper,) = made
    assert isinstance(paper, Poster)
    assert paper.sheet is Sheet.A3
    assert [figure.number for figure in paper.figures] == ["12", "6", "12", "2"]
    assert [face.number for face in paper.faces] == ["6", "0", "0"]
    assert "affiche-2026-11-a3" in words(site, "/acts")


def test_a_month_that_would_show_somebody_has_no_poster(site: OpenSite, made: list[Document]) -> None:
    came(site, [person(1)])
    answer = site.client.get("/revue/affiche.pdf?month=2026-11", headers={"accept": "text/html"})
    assert answer.status_code == 409
    assert "Moins de 5 personnes" in answer.text
    assert site.client.get("/revue/affiche.pdf?month=2026-12").status_code == 404, "it is not over"
    assert site.client.get("/revue/affiche.pdf?month=2026-10&sheet=a0").status_code == 422
    assert site.as_(LEA).get("/revue/affiche.pdf?month=2026-11").status_code == 403
    assert made == []


def test_the_report_of_a_month_says_what_the_pages_say(site: OpenSite, made: list[Document]) -> None:
    came(site, [*map(person, range(3)), person(3, lost=True)])
    assert site.client.get("/revue/rapport.pdf?month=2026-11").status_code == 200
    (paper,) = made
    assert isinstance(paper, Report)
    assert paper.title == "Rapport de novembre 2026"
    indicators, drawings, stops, machines, *_ = paper.sections
    (values,) = (block for part in indicators.parts for block in part.blocks if isinstance(block, Numbers))
    assert ("Démarches menées au bout", "75\u00a0% (peu de cas)", "–") in values.table.lines
    assert len(values.table.lines) == len(INDICATORS), "a new indicator comes by itself"
    assert [part.title for part in drawings.parts] == [
        "Personnes venues, par jour",
        "Les visages",
        "Durée par démarche",
        "Attente d'un médiateur",
    ]
    assert "Moins de 20 cas : n'en tirez rien seul." in repr(stops)
    assert "1 difficulté sur 4 passages" in repr(stops)
    assert machines.title == "Bornes et imprimantes"
    assert "Services Publics+" in repr(paper)
    assert "rapport-2026-11" in words(site, "/acts")


def test_the_report_of_a_month_without_anybody(site: OpenSite, made: list[Document]) -> None:
    assert site.client.get("/revue/rapport.pdf?month=2026-08").status_code == 200
    assert site.client.get("/revue/rapport.pdf?month=2026-12").status_code == 404
    (paper,) = made
    assert isinstance(paper, Report)
    assert paper.title == "Rapport d'août 2026"
    assert paper.summary == ("Personne n'a utilisé une borne en août 2026.",)


def test_months_that_are_over(site: OpenSite) -> None:
    with site.database.read() as transaction:
        assert months_over(transaction, date(2026, 12, 1)) == []
    came(site, [person(1)])
    with site.database.read() as transaction:
        assert [month.id for month in months_over(transaction, date(2027, 2, 1))] == ["2027-01", "2026-12", "2026-11"]
        assert len(months_over(transaction, date(2036, 2, 1))) == 24


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", Month(2026, 11)),
        ("2026-12", None),
        ("2026-13", None),
        ("2026-00", None),
        ("0000-01", None),
        ("²⁰²⁶-11", None),
        ("", None),
        ("2026-1", None),
    ],
)
def test_a_month_is_read(text: str, month: Month | None) -> None:
    assert month_named(text, date(2026, 12, 1)) == month


def test_what_was_published_of_a_month_shows_nobody_who_comes_late(site: OpenSite, made: list[Document]) -> None:
    """A kiosk that was away brings its visits afterwards: the difference of two publications would be these people."""
    came(site, [*map(person, range(12))])
    first = site.client.get("/revue/donnees-ouvertes.csv").text
    assert first.splitlines()[1].split(";")[:4] == ["Cahors", "2026-11", "rsa", "12"]
    came(site, [person(12, lost=True), *(person(n, procedure="voter") for n in range(13, 19))])
    assert "19" in words(site, "/revue?since=2026-11-01&until=2026-11-30")
    assert site.client.get("/revue/donnees-ouvertes.csv").text == first
    assert site.client.get("/revue/affiche.pdf?month=2026-11").status_code == 200
    (paper,) = made
    assert isinstance(paper, Poster)
    assert paper.figures[0].number == "12"


def test_a_month_in_which_too_few_came_is_not_fixed(site: OpenSite, made: list[Document]) -> None:
    came(site, [person(1)])
    assert len(site.client.get("/revue/donnees-ouvertes.csv").text.splitlines()) == 1
    came(site, [*map(person, range(2, 12))])
    assert site.client.get("/revue/donnees-ouvertes.csv").text.splitlines()[1].split(";")[3] == "11"
