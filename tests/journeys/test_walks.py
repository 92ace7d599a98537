# SPDX-License-Identifier: EUPL-1.2
"""Whole visits in a real terminal: by touch, by arrows, by three keys; from the welcome to the paper, read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from printouts.typography import full_date
from tests.journeys.person import (
    GOODBYE,
    RATE,
    ROAD_MAP,
    WELCOME,
    Hand,
    Person,
    arrows,
    finger,
    person_at,
    three_keys,
)
from tests.journeys.site import Site
from tests.printouts.reading import codes, elements, reader, text
from tests.terminal import Terminal

MOVING_OUT = (date.today().replace(day=1) + timedelta(days=40)).replace(day=1)
"""A day to come, and a day of the month that every month has."""
LAST_DAY = (MOVING_OUT + timedelta(days=40)).replace(day=1)
"""One month later: the address on the registration certificate (Code de la route, article R322-7)."""


def move_out(person: Person) -> None:
    """« Je déménage », from the welcome to the road map: a date, choices, documents, gestures, help, a place."""
    person.begins("Logement", "Je déménage", "Quand déménagez-vous")
    person.keys_in(f"{MOVING_OUT:%d%m%Y}", "Avez-vous un véhicule")
    person.answers(
        ("Oui, à moi", "Changez-vous de commune"),
        ("Oui", "titre de séjour"),
        ("Non", "CAF ou France"),
        ("Aucun", "Déclarer l’adresse"),
        ("Sur internet", "Un papier de la nouvelle"),
        ("Je l’ai", "Un avis d’impôt"),
        ("Je ne l’ai pas", "La carte Vitale"),
        ("C’est quoi", "carte verte"),
        ("Je l’ai", "Une facture"),
        ("Je l’ai", "La carte grise"),
        ("Je l’ai", "Ouvrez le site"),
    )
    acts(person, "C’est fait", "Choisissez qui prévenir")
    acts(person, "C’est fait", "Changez l’adresse")
    acts(person, "Je n’y arrive pas", "Quelqu’un peut vous aider")
    acts(person, "Suite", "Pensez aux lettres")
    acts(person, "Suite", ROAD_MAP)


def acts(person: Person, label: str, then: str) -> None:
    """Press ``label``, on a later page when the screen is small."""
    person.turns_to(label)
    person.presses(label, then)


def prints_and_leaves(person: Person, face: str = "Oui") -> bytes:
    """« Imprimer », a face, goodbye, and the welcome again; the paper."""
    person.turns_to("Imprimer")
    person.presses("Imprimer", "Votre papier est prêt")
    (paper,) = person.site.papers
    pdf = paper.read_bytes()
    person.presses("Finir", RATE)
    person.presses(face, GOODBYE)
    person.sees(WELCOME)
    assert person.site.papers == [paper], "the paper that the person asked for is theirs"
    return pdf


def check_moving_paper(pdf: bytes) -> None:
    """What the person takes home, as they, a screen reader and a telephone read it."""
    words = " ".join(text(pdf).split())
    assert "Je déménage" in words
    assert "Maison des essais" in words
    assert "Un avis d’impôt" in words
    assert full_date(LAST_DAY).replace("\u00a0", " ") in words
    assert f"{MOVING_OUT.day}/{MOVING_OUT.month:02}" not in words
    root = reader(pdf).trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    kinds = {str(element["/S"]) for element in elements(pdf)}
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Figure"} <= kinds
    assert all(element.get("/Alt") for element in elements(pdf) if element["/S"] == "/Figure")
    (reminder,) = (Calendar.from_ical(code) for code in codes(pdf) if code.startswith(b"BEGIN:VCALENDAR"))
    (event,) = reminder.walk("VEVENT")
    assert event.decoded("dtstart") == LAST_DAY
    assert "carte grise" in event["summary"]


def check_journal(site: Site, procedure: str, origin: str, *secrets: str) -> None:
    """The journal tells the walk, not the person."""
    assert site.intact
    events = site.events()
    (started,) = (event for event in events if event["type"] == "session.started")
    assert started["payload"]["origin"] == origin
    (picked,) = (event for event in events if event["type"] == "procedure.picked")
    assert picked["payload"]["procedure"] == procedure
    assert site.endings() == ["done"]
    assert [event["payload"]["status"] for event in events if event["type"] == "receipt.settled"] == ["done"]
    told = repr(events)
    assert not [secret for secret in secrets if secret in told]


@pytest.mark.clause(
    "PAP 1",
    "PAP 2",
    "EN 5.1.2.2",
    "EN 5.1.7",
    "EN 5.5.1",
    "EN 5.9",
    "WCAG 2.1.1",
    "WCAG 2.5.1",
    "WCAG 2.5.7",
    "EN 4.2.6",
    "EN 4.2.4",
)
@pytest.mark.parametrize(
    ("hand", "size", "origin"),
    [
        pytest.param(finger, (100, 32), "touch", id="finger"),
        # The keys alone: every day by the arrows, below, and by three keys without a terminal (test_screen_presses.py).
        pytest.param(three_keys, (80, 24), "key", id="three-keys-80x24", marks=pytest.mark.long),
    ],
)
def test_moving_out(
    site: Site,
    hand: Callable[[Terminal], Hand],
    size: tuple[int, int],
    origin: str,
    record_property: Callable[[str, object], None],
) -> None:
    with person_at(site, hand, size) as person:
        move_out(person)
        pdf = prints_and_leaves(person)
        record_property("pressed_again", person.again)
        person.leaves()
    check_moving_paper(pdf)
    check_journal(site, "changer-adresse", origin, MOVING_OUT.isoformat(), f"{MOVING_OUT:%d%m%Y}")


@pytest.mark.clause("WCAG 2.1.1")
def test_a_lost_card_by_arrows(site: Site) -> None:
    """Also: back and on again, help, a difficulty, a second paper that says it is one."""
    with person_at(site, arrows) as person:
        person.begins("Papiers", "Refaire ma carte", "La carte est pour qui")
        person.answers(
            ("Un adulte", "Pourquoi refaire"),
            ("Date passée", "Quelle est la date de fin"),
            ("◀ Retour", "Pourquoi refaire"),
            ("Date passée", "Quelle est la date de fin"),
            ("Aide", "Continuer en attendant"),
            ("Continuer en attendant", "Quelle est la date de fin"),
            ("C’est difficile", "C’est noté"),
        )
        ended = date.today() - timedelta(days=100)
        person.keys_in(f"{ended:%d%m%Y}", "La carte d’identité actuelle")
        person.answers(
            ("Je l’ai", "Une photo d’identité"),
            ("Je ne l’ai pas", "Un papier avec l’adresse"),
            ("Je l’ai", "Remplir la demande où"),
            ("À la mairie", "Prenez rendez-vous"),
        )
        acts(person, "Suite", ROAD_MAP)
        person.turns_to("Imprimer")
        person.presses("Imprimer", "Votre papier est prêt")
        person.presses("Imprimer encore", "J’imprime")
        person.sees("Votre papier est prêt")
        first, second = (text(paper.read_bytes()) for paper in site.papers)
        assert "DUPLICATA" not in first
        assert "DUPLICATA" in second
        person.presses("Finir", RATE)
        person.presses("◀ Retour", ROAD_MAP)
        person.turns_to("Finir")
        person.presses("Finir", RATE)
        person.presses("Un peu", GOODBYE)
        person.sees(WELCOME)
        person.leaves()
    assert {"help.called", "help.awaited", "step.difficulty", "step.back"} <= set(site.types())
    assert [e["payload"]["face"] for e in site.events() if e["type"] == "session.rated"] == ["neutral"]
    assert ended.isoformat() not in repr(site.events())
