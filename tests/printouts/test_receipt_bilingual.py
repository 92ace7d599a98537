# SPDX-License-Identifier: EUPL-1.2
"""A paper in the person's language, then in French for the counter."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from printouts.model import Paper
from printouts.render import render
from tests.printouts import reading
from tests.printouts.bilingual import bilingual
from tests.printouts.receipts import full

BOTH = pytest.mark.parametrize("paper", list(Paper))
COUNTER = "En français, pour l’accueil"


def parts(pdf: bytes) -> tuple[str, str]:
    """What the eye reads before and after the heading of the French part."""
    seen = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    written = re.sub(r"\s+", " ", seen.stdout.decode())
    assert written.count(COUNTER) == 1
    mine, _, theirs = written.partition(COUNTER)
    return mine, theirs


@pytest.fixture(scope="module", params=list(Paper))
def pdf(request: pytest.FixtureRequest) -> bytes:
    return render(bilingual(duplicate=True), request.param)


def test_each_part_says_everything_in_its_language(pdf: bytes) -> None:
    mine, theirs = parts(pdf)
    for english, french in (
        ("This paper was printed before.", "Ce papier a déjà été imprimé."),
        ("Renew my identity card", "Refaire ma carte d’identité"),
        ("To do", "À faire"),
        ("To bring", "À apporter"),
        ("You already have it", "Vous l’avez déjà"),
        ("You still need it", "Il vous manque"),
        ("Where to go", "Où aller"),
        ("When", "Quand"),
        ("How much", "Combien"),
        ("Before", "Avant le"),
        ("Monday 4 January 2027", "lundi 4 janvier 2027"),
        ("Monday 1 March 2027", "lundi 1er mars 2027"),
        ("Who to ask", "À qui demander"),
        ("Printed on Saturday 21 November 2026", "Imprimé le samedi 21 novembre 2026"),
        ("The number of this paper: K7RM X42A", "Le numéro de ce papier : K7RM X42A"),
        ("This information comes from: Identity card", "Ces informations viennent de : Carte d’identité"),
        ("We checked it on Friday 20 November 2026", "Nous les avons vérifiées le vendredi 20 novembre 2026"),
    ):
        assert english in mine, english
        assert english not in theirs, english
        assert french in theirs, french
        assert french not in mine, french
    words = reading.text(pdf)
    assert words.count("DUPLICATE") == words.count("DUPLICATA") == 1


def test_what_is_for_the_person_alone_is_said_once(pdf: bytes) -> None:
    mine, theirs = parts(pdf)
    for once in ("Keep this paper.", "Show it at the front desk.", "12 avenue Gambetta", "OpenMoji"):
        assert once in mine
        assert once not in theirs
    assert "Gardez ce papier" not in theirs


@BOTH
def test_the_reminder_is_scanned_once_in_the_language_of_the_person(paper: Paper) -> None:
    *reminders, _ = reading.codes(render(bilingual(), paper))
    events = [Calendar.from_ical(code).walk("VEVENT")[0] for code in reminders]
    assert [str(event["summary"]) for event in events] == [
        "Hand in your request",
        "Collect the card. After 3 months, it is destroyed",
    ]
    assert {str(alarm["description"]) for event in events for alarm in event.walk("VALARM")} == {"Reminder"}


@BOTH
def test_a_screen_reader_changes_its_voice_for_the_french(paper: Paper, pictogram: Path) -> None:
    pdf = render(bilingual(pictogram), paper, roots=[pictogram.parent])
    assert reading.reader(pdf).trailer["/Root"]["/Lang"] == "en"
    tongues = {str(element["/Lang"]) for element in reading.elements(pdf) if "/Lang" in element}
    assert tongues == {"fr"}
    spoken = [(heading["/S"], language(heading)) for heading in reading.elements(pdf) if str(heading["/S"]) == "/H2"]
    assert [tongue for _, tongue in spoken] == ["en"] * 7 + ["fr"] * 7
    alternatives = [
        (str(f["/Alt"]), language(f)) for f in reading.elements(pdf) if f["/S"] == "/Figure" and "box" in str(f["/Alt"])
    ]
    assert alternatives == [("Ticked box", "en"), ("Empty box", "en")]


def language(element: Any) -> str:
    """In which language a screen reader says it: its own, or that of what it stands in."""
    while element.get("/S") is not None:
        if "/Lang" in element:
            return str(element["/Lang"])
        element = element["/P"].get_object()
    return "en"


def test_a_paper_in_french_alone_has_one_part_and_changes_no_voice() -> None:
    pdf = render(full(), Paper.A4)
    assert COUNTER not in reading.text(pdf)
    assert not [element for element in reading.elements(pdf) if "/Lang" in element or element["/S"] == "/Art"]


def test_each_part_begins_on_a_page_of_its_own_and_counts_in_its_language() -> None:
    pages = [page.extract_text() for page in reading.reader(render(bilingual(), Paper.A4)).pages]
    total = len(pages)
    first = next(number for number, text in enumerate(pages, 1) if COUNTER in text)
    assert first > 1
    for number, text in enumerate(pages, 1):
        wanted = f"Page {number} of {total}" if number < first else f"Page {number} sur {total}"
        assert wanted in text
    assert pages[first - 1].strip().startswith(COUNTER)


def test_a_ticket_is_still_one_page() -> None:
    assert len(reading.reader(render(bilingual(), Paper.TICKET)).pages) == 1


@BOTH
def test_nothing_under_14_points_and_the_same_bytes_each_time(paper: Paper, pictogram: Path) -> None:
    pdf = render(bilingual(pictogram, duplicate=True), paper, roots=[pictogram.parent])
    assert min(reading.sizes(pdf)) >= 13.99
    assert pdf == render(bilingual(pictogram, duplicate=True), paper, roots=[pictogram.parent])
