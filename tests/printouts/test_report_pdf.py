# SPDX-License-Identifier: EUPL-1.2
"""A report read back: contents that lead somewhere, numbered pages, drawings with words, tables with headers."""

from __future__ import annotations

import re
from datetime import date

import pytest

from printouts.charts.model import Bar, Columns, Range, Ranges, Rows, Table
from printouts.render import render
from printouts.report import Drawn, Listed, Numbers, Part, Report, Said, Section
from tests.printouts import reading

COUNTS = Table(("Jour", "Personnes"), (("lundi", "12"), ("mardi", "0")))
STEPS = Rows("Étapes", "Vingt étapes.", tuple(Bar(f"Étape {n}", 40 - n, "x", part=1) for n in range(20)), COUNTS)
TIMES = Ranges("Durées", "Une durée.", (Range("Voter", 60, 90, 200, "1 min 30 s", few=True),), COUNTS)
DAYS = Columns("Venues", "Le plus : 12.", (Bar("lun.", 12, "12"), Bar("mar.", 0, "0")), COUNTS)
REPORT = Report(
    title="Rapport d’octobre 2026",
    site="France Services de Souillac",
    note="Document interne.",
    summary=("Douze personnes sont venues. C’est peu.",),
    sections=(
        Section("Les indicateurs", (Part("", (Numbers("Le mois", COUNTS), Said("« Peu » veut dire peu."))),)),
        Section(
            "En dessins",
            (
                Part("Venues", (Drawn(DAYS),)),
                Part("Durées", (Drawn(TIMES, numbers=False),)),
                Part("Étapes", (Drawn(STEPS, numbers=False),)),
            ),
        ),
        Section("Ce qui n’est pas mesuré", (Part("", (Listed(("<b>Rien</b> d’écrit.", "Rien de dit.")),)),)),
    ),
    printed_on=date(2026, 11, 29),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(REPORT)


def test_everything_is_written_on_numbered_pages(pdf: bytes) -> None:
    written = re.sub(r"\s+", " ", reading.text(pdf))
    for expected in (
        "Document interne.",
        "« Peu » veut dire peu.",
        "lundi 12",
        "Étape 19",
        "1 min 30 s",
        "<b>Rien</b> d’écrit.",
        "Rapport fait le dimanche 29 novembre 2026.",
    ):
        assert expected in written, expected
    pages = [page.extract_text() for page in reading.reader(pdf).pages]
    assert len(pages) > 1
    assert all(f"page {number} sur {len(pages)}" in text for number, text in enumerate(pages, 1))


def test_the_contents_lead_to_the_sections(pdf: bytes) -> None:
    (first, *_) = reading.reader(pdf).pages
    assert re.search(r"Les indicateurs[. ]*2\n", first.extract_text())
    links = (note.get_object() for note in first["/Annots"])
    assert len({str(link.get("/Dest", link.get("/A"))) for link in links if link["/Subtype"] == "/Link"}) == 3
    outline = [str(entry["/Title"]) for entry in reading.reader(pdf).outline if not isinstance(entry, list)]
    assert outline == ["Rapport d’octobre 2026"]


def test_tagged_for_a_screen_reader(pdf: bytes) -> None:
    root = reading.reader(pdf).trailer["/Root"]
    assert root["/Lang"] == "fr"
    elements = reading.elements(pdf)
    kinds = [str(element["/S"]) for element in elements]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(kinds)
    drawings = [str(element.get("/Alt", "")) for element in elements if element["/S"] == "/Figure"]
    assert len(drawings) == 4, "twenty bars are drawn in two pieces"
    assert drawings[0].startswith("Dessin : Venues. Une barre debout")
    assert any("Étapes, suite" in alternative for alternative in drawings)


def test_letters_are_large_enough(pdf: bytes) -> None:
    assert min(reading.sizes(pdf)) >= 11.99
