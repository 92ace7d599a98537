# SPDX-License-Identifier: EUPL-1.2
"""Visits at the touch page, in a real Chromium: to the paper, with larger letters, cut, reloaded, abandoned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import psutil
import pytest
from icalendar import Calendar

from printouts.typography import full_date
from tests.browser import Browser
from tests.journeys.person import GOODBYE, LEAVE_SECONDS, PATIENCE, RATE, ROAD_MAP, THEMES, WELCOME
from tests.journeys.site import Site, make_site
from tests.journeys.test_walks import acts, check_journal
from tests.journeys.touch_page import PagePerson, person_at_page, picture_share
from tests.printouts.reading import codes, text

MOVING_OUT = (date.today().replace(day=1) + timedelta(days=40)).replace(day=17)
"""A day to come that the keypad of no other test writes."""
CAR_PAPERS = (MOVING_OUT.replace(day=1) + timedelta(days=40)).replace(day=17)
"""One month later (Code de la route, article R322-7)."""
PERMIT = (MOVING_OUT.replace(day=1) + timedelta(days=100)).replace(day=17)
"""Three months later (CESEDA, article R431-23)."""
WRITTEN = f"{MOVING_OUT:%d / %m / %Y}"
EMPTY = "__ / __ / ____"
STEP = "Avez-vous un véhicule"
PICTURES = 0.005
"""The least share of the window that pictograms take where cards have some."""


@pytest.fixture
def person(site: Site, chromium: Browser) -> Iterator[PagePerson]:
    """Somebody before the welcome of the touch page."""
    with person_at_page(site, chromium) as person:
        yield person


def types_a_date(person: PagePerson) -> None:
    """A date on the keypad, not yet given."""
    person.begins("Logement", "Je déménage", "Quand déménagez-vous")
    person.hand.key_in(f"{MOVING_OUT:%d%m%Y}")
    person.sees(WRITTEN)


@pytest.mark.clause("PAP 1", "WCAG 2.5.1", "WCAG 2.5.7")
def test_moving_out(person: PagePerson) -> None:
    types_a_date(person)
    person.presses("Valider", STEP)
    person.answers(
        ("Oui, à moi", "Changez-vous de commune"),
        ("Oui", "titre de séjour"),
        ("Oui", "CAF ou France"),
        ("Aucun", "Déclarer l’adresse"),
        ("Sur internet", "Un papier de la nouvelle"),
        ("Je l’ai", "Un avis d’impôt"),
        ("Je ne l’ai pas", "La carte Vitale"),
        ("C’est quoi", "carte verte"),
        ("Je l’ai", "Une facture"),
        ("Je l’ai", "La carte grise"),
        ("Je l’ai", "Le titre de séjour"),
        ("Je l’ai", "Cherchez"),
    )
    acts(person, "C’est fait", "Donnez l’ancienne")
    acts(person, "C’est fait", "Allez sur le site")
    acts(person, "Je n’y arrive", "Allez dans une maison")
    acts(person, "Suite", "La Poste peut")
    acts(person, "Suite", ROAD_MAP)
    person.turns_to("Imprimer")
    person.presses("Imprimer", "Votre papier est prêt")
    (paper,) = person.site.papers
    person.turns_to("Finir")
    person.answers(("Finir", RATE), ("Un peu", GOODBYE))
    check_nothing_left(person, "déménage", "véhicule", "séjour", "Vitale", "papier est prêt", str(MOVING_OUT.year))
    person.has_no_complaint()
    person.leaves()
    check_paper(paper.read_bytes())
    check_journal(person.site, "changer-adresse", "touch", MOVING_OUT.isoformat(), f"{MOVING_OUT:%d%m%Y}")


def check_paper(pdf: bytes) -> None:
    """What the person takes home, as they and their telephone read it."""
    words = " ".join(text(pdf).split())
    assert "Je déménage" in words
    assert "Maison des essais" in words
    assert "Un avis d’impôt" in words
    for day in (CAR_PAPERS, PERMIT):
        assert full_date(day).replace("\u00a0", " ") in words
    calendars = [Calendar.from_ical(code) for code in codes(pdf) if code.startswith(b"BEGIN:VCALENDAR")]
    reminders = {event.decoded("dtstart"): event["summary"] for known in calendars for event in known.walk("VEVENT")}
    assert list(reminders) == [CAR_PAPERS, PERMIT]
    assert "carte grise" in reminders[CAR_PAPERS]
    assert "nouvelle adresse" in reminders[PERMIT]


def check_nothing_left(person: PagePerson, *words: str) -> None:
    """Not on the screen, not in the page, not by scrolling back."""
    person.sees(WELCOME)

    def stays() -> bool:
        """A welcome that has just begun may still be painted once more."""
        former = person.rests()
        held = person.document().replace("\u00a0", " ")
        again = person.scrolls_back()
        assert [word for word in words if word in held + former + again] == []
        return WELCOME in " ".join(again.split()) and again.split() == former.split()

    person.browser.wait_until(stays, "the welcome, which nothing scrolls", PATIENCE)


@pytest.mark.clause("PAP 10", "PAP 12")
def test_letters_and_colours_change_in_place(person: PagePerson, tmp_path: Path) -> None:
    first = person.sees_pictures(tmp_path / "welcome.png", PICTURES / 2)
    grounds = {"Jour": first.getpixel((640, 790))}
    for name in ("Nuit", "Jaune", "Crème"):
        person.presses(name, f"✓ {name}")
        grounds[name] = person.looks(tmp_path / f"welcome-{name}.png").getpixel((640, 790))
    assert len(set(grounds.values())) == 4
    person.presses("Jour", "✓ Jour")
    usual = person.browser.columns()
    person.presses("A +++", "✓ A +++")
    person.browser.wait_until(lambda: person.browser.columns() < usual, "larger letters", PATIENCE)
    person.sees_pictures(tmp_path / "welcome-large.png", PICTURES / 2)

    types_a_date(person)
    person.presses("Valider", STEP)
    person.turns_to("Oui, à moi")
    before = person.sees_pictures(tmp_path / "step-before.png", PICTURES)
    columns = [person.browser.columns()]
    for turn in ("usual", "large", "larger", "largest"):
        person.presses("Aa", STEP)
        person.browser.wait_until(lambda: person.browser.columns() != columns[-1], f"{turn} letters", PATIENCE)
        columns.append(person.browser.columns())
        person.turns_to("Oui, à moi")
        person.sees_pictures(tmp_path / f"step-{turn}.png", PICTURES)
    assert columns[1:] == sorted(set(columns), reverse=True)
    person.browser.wait_until(lambda: person.looks(tmp_path / "step.png") == before, "the step as it was", PATIENCE)
    person.presses("◀ Retour", "Quand déménagez-vous")
    person.has_no_complaint()
    person.leaves()
    assert person.site.types().count("session.started") == 1


def test_a_killed_kiosk_comes_back_as_new(person: PagePerson) -> None:
    types_a_date(person)
    person.presses("Valider", STEP)
    person.browser.driver.execute_script(
        """
        const veil = document.getElementById('veil');
        window.said = [];
        new MutationObserver(() => window.said.push(veil.hidden ? '' : veil.innerText))
          .observe(veil, { childList: true, attributes: true });
        """
    )
    killed = person.server.app
    family = [killed, *killed.children(recursive=True)]
    killed.kill()
    person.sees(WELCOME)
    said = person.browser.driver.execute_script("return window.said")
    assert [words for words in said if words.startswith("La borne redémarre…")]
    assert said[-1] == ""
    check_nothing_left(person, "déménage", "véhicule", str(MOVING_OUT.year))
    assert not psutil.wait_procs(family, LEAVE_SECONDS)[1]
    person.begins("Logement", "Je déménage", EMPTY)
    person.has_no_complaint()
    person.leaves()
    assert person.site.intact
    told = [event["payload"] for event in person.site.events()]
    assert next(payload["ending"] for payload in told if "ending" in payload) == "interrupted"
    assert str(MOVING_OUT.year) not in repr(told)


def test_a_reloaded_page_shows_the_same_step(person: PagePerson, tmp_path: Path) -> None:
    """And a second window is told to wait, while nothing changes in the first."""
    types_a_date(person)
    person.browser.reload()
    person.sees(WRITTEN)
    person.presses("Valider", STEP)
    before = person.sees_pictures(tmp_path / "before.png", PICTURES)
    person.browser.reload()
    person.sees(STEP)
    person.browser.wait_until(lambda: person.looks(tmp_path / "after.png") == before, "the step as it was", PATIENCE)
    with person.browser.second_window(person.server.url) as window:
        window.wait_for_veil("La borne est déjà ouverte dans une autre fenêtre.", PATIENCE)
        assert window.screen() == ""
        assert "Fermez cette fenêtre." in window.veil()
        assert picture_share(person.looks(tmp_path / "second.png")) == 0
    person.browser.wait_until(lambda: person.looks(tmp_path / "first.png") == before, "the step as it was", PATIENCE)
    person.presses("◀ Retour", "Quand déménagez-vous")
    person.has_no_complaint()
    person.leaves()
    assert person.site.types().count("session.started") == 1


@pytest.mark.long  # Half a minute of waiting; the same time-out is waited for in test_endings.py.
def test_a_closed_page_is_wiped_behind(tmp_path: Path, chromium: Browser) -> None:
    """Somebody leaves in the middle of a date, and the window is closed: the kiosk's own time-out wipes."""
    with person_at_page(make_site(tmp_path, idle_seconds=10), chromium) as person:
        types_a_date(person)
        person.closes()
        person.browser.wait_until(lambda: wiped(person.site), "the wipe", 10 + 20 + PATIENCE)
        person.opens()
        check_nothing_left(person, "déménage", str(MOVING_OUT.year))
        person.presses("Commencer", THEMES)
        person.presses("Logement", "Je déménage")
        person.presses("Je déménage", EMPTY)
        person.leaves()
    assert person.site.endings()[0] == "abandoned"
    assert person.site.intact


def wiped(site: Site) -> bool:
    """True when the journal tells of the end of a session. Read beside the kiosk, which goes on writing."""
    with closing(sqlite3.connect(f"file:{site.journal}?mode=ro", uri=True)) as journal:
        return bool(journal.execute("SELECT count(*) FROM event WHERE type = 'session.ended'").fetchone()[0])
