# SPDX-License-Identifier: EUPL-1.2
"""A visit in English in a real terminal: from the welcome to the paper, in English and in French; then French again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from printouts.typography import full_date
from tests.english_sample import bilingual_files
from tests.journeys.person import WELCOME, Hand, finger, person_at, three_keys
from tests.journeys.site import Site, make_site
from tests.kiosk.french import french_in
from tests.printouts.reading import codes, elements, reader
from tests.sample_procedures import write_procedure
from tests.terminal import Terminal

BORN = "12031950"
BEFORE = date.today() + timedelta(days=15)
"""« photo-avant » of the sample: fifteen days from today."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The sample procedure in both languages."""
    content = tmp_path / "demarches"
    write_procedure(content / "essai", bilingual_files())
    return make_site(tmp_path / "site", content=content)


@pytest.mark.clause("PAP 9")
@pytest.mark.parametrize(
    ("hand", "size"),
    [
        pytest.param(finger, (100, 32), id="finger"),
        pytest.param(three_keys, (80, 24), id="three-keys-80x24", marks=pytest.mark.long),
    ],
)
def test_a_visit_in_english(site: Site, hand: Callable[[Terminal], Hand], size: tuple[int, int]) -> None:
    with person_at(site, hand, size) as person:
        seen = [person.presses("English", "I can help you")]
        for label, then in (
            ("Start", "What would you like to do?"),
            ("ID papers", "Renew my test card"),
            ("Renew my test card", "We will renew your card"),
            ("Next", "Why renew it?"),
            ("Lost", "Report the loss"),
            ("Next", "Your date of birth"),
        ):
            seen.append(person.presses(label, then))
        person.hand.key_in(BORN)
        for label, then in (
            ("OK", "An identity photo"),
            ("I don’t have it", "The loss report"),
            ("I have it", "Go to the town hall"),
            ("Next", "Open the website"),
            ("It’s done", "All set"),
        ):
            seen.append(person.presses(label, then))
        if "(1 of 2)" in seen[-1]:  # The small screen: « Suite » turns the page, in English too.
            seen.append(person.presses("Next", "Listen again"))
        for label, then in (
            ("Print", "Your paper is ready"),
            ("Finish", "Did this help you?"),
            ("Yes", "Goodbye"),
        ):
            seen.append(person.presses(label, then))
        person.sees(WELCOME)
        person.leaves()
    french = ("Pas à pas", "Français")
    assert [screen for screen in seen if french_in(" ".join(screen.split()), french)] == []
    (paper,) = site.papers
    check_paper(paper.read_bytes())
    (started,) = (event for event in site.events() if event["type"] == "session.started")
    assert started["payload"]["language"] == "en"
    assert site.endings() == ["done"]
    assert site.intact


def check_paper(pdf: bytes) -> None:
    """English for the person, then French for the counter, as an eye, a telephone and a screen reader have it."""
    seen = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    mine, _, theirs = " ".join(seen.stdout.decode().split()).partition("En français, pour l’accueil")
    for english, french in (
        ("Renew my test card", "Refaire ma carte d’essai"),
        ("To do", "À faire"),
        ("An identity photo", "Une photo d’identité"),
        (full_date(BEFORE, "en"), full_date(BEFORE)),
        ("Call the town hall.", "Appelez la mairie."),
    ):
        assert english.replace("\u00a0", " ") in mine
        assert french.replace("\u00a0", " ") in theirs
    assert "1950" not in mine + theirs
    assert reader(pdf).trailer["/Root"]["/Lang"] == "en"
    assert {str(element["/Lang"]) for element in elements(pdf) if "/Lang" in element} == {"fr"}
    *reminders, _ = codes(pdf)
    (event,) = (event for code in reminders for event in Calendar.from_ical(code).walk("VEVENT"))
    assert event.decoded("dtstart") == BEFORE
    assert str(event["summary"]) == "Have the photo taken before this date"


def test_the_language_changes_on_the_command_line_too(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    answers = "\n".join(("perdue", "1950-03-12", "missing", "have", "done"))
    done = site.run("walk", "essai", "--language", "en", "--receipt", str(out), given=answers)
    assert done.returncode == 0, done.stderr
    assert "To bring" in done.stdout
    check_paper(out.read_bytes())
