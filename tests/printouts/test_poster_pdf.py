# SPDX-License-Identifier: EUPL-1.2
"""The poster read back: one page, large letters, tagged, and a code that opens the right address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from printouts.poster import Poster, PosterFace, PosterFigure, Sheet
from printouts.render import render
from tests.printouts import reading

POSTER = Poster(
    title="Nos résultats en octobre 2026",
    site="France Services de Souillac",
    site_details=("2 rue de la Halle, 46200 Souillac", "Du lundi au vendredi, de 9 h à 17 h", "05 65 32 71 00"),
    figures=(
        PosterFigure("1\u00a0242\u00a0000", "personnes ont utilisé la borne."),
        PosterFigure("868", "démarches sont allées au bout, sur 1\u00a0182 commencées."),
        PosterFigure("457", "personnes ont reçu l’aide d’un médiateur."),
        PosterFigure("3", "minutes d’attente, ou moins, pour la moitié des personnes qu’un médiateur a rejointes."),
    ),
    faces_title="Ce que les personnes en pensent",
    faces=(
        PosterFace("happy", "contents", "302"),
        PosterFace("neutral", "entre les deux", "100"),
        PosterFace("unhappy", "mécontents", "0"),
    ),
    left_out=("Une démarche commencée moins de 5 fois dans le mois n’est pas comptée.",),
    opinion_title="Donnez votre avis",
    opinion=("À la borne, touchez un des trois visages.",),
    opinion_url="https://avis.example",
    sheet=Sheet.A4,
    printed_on=date(2026, 11, 29),
)


@pytest.fixture(scope="module")
def a4() -> bytes:
    return render(POSTER)


def test_one_page_that_says_everything(a4: bytes) -> None:
    assert len(reading.reader(a4).pages) == 1
    written = re.sub(r"\s+", " ", reading.text(a4))
    for figure in POSTER.figures:
        assert f"{figure.number} {figure.sentence}".replace("\u00a0", " ") in written
    for expected in ("302contents", "0mécontents", "Souillac", "05 65 32 71 00", "dimanche 29 novembre 2026"):
        assert expected in written
    assert min(reading.sizes(a4)) >= 13.99
    assert max(reading.sizes(a4)) >= 45, "read from across the room"


def test_apostrophes_are_typographic(a4: bytes) -> None:
    typed = replace(POSTER, left_out=("Une démarche commencée moins de 5 fois dans le mois n'est pas comptée.",))
    assert "Ce qui n’est pas montré" in reading.text(a4)
    assert reading.text(render(typed)) == reading.text(a4)


def test_tagged_titled_and_in_french(a4: bytes) -> None:
    root = reading.reader(a4).trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert (
        reading.reader(a4).metadata.title.replace("\u00a0", " ")
        == "Nos résultats en octobre 2026 : France Services de Souillac"
    )
    kinds = [str(element["/S"]) for element in reading.elements(a4)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Figure") == 4, "three faces and the code"
    assert {"/H2", "/L", "/LI"} <= set(kinds)


def test_the_code_opens_the_address(a4: bytes) -> None:
    assert reading.codes(a4) == [b"https://avis.example"]


def test_a3_is_a4_seen_larger(a4: bytes) -> None:
    a3 = render(replace(POSTER, sheet=Sheet.A3))
    (page,) = reading.reader(a3).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 420]
    assert max(reading.sizes(a3)) == pytest.approx(max(reading.sizes(a4)) * 2**0.5, rel=0.01)
    assert reading.text(a3) == reading.text(a4)
