# SPDX-License-Identifier: EUPL-1.2
"""Other ways of going through a procedure, in a real terminal: one switch, no sound, no screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests import sound
from tests.journeys.aloud import NEEDS, VOICES, Aloud, aloud, waits, waits_to_read
from tests.journeys.person import RATE, THEMES, WELCOME, Person, is_focused, pattern, person_at
from tests.journeys.short_procedure import write_short_procedure
from tests.journeys.site import Site, make_site
from tests.sound import sound_server

MODES = "Que préférez-vous"
LIT_SECONDS = 40.0
"""Seconds until it is a control's turn on the fullest page: rows, then controls, 2 s each."""
ACTS = 10.0
"""Seconds in which what was said is done, and the journal read again."""
LIFTED = 0.9
"""A switch that is pressed again sooner was held down."""
MOST_PRESSES = 6
OFF = "L’écran est éteint. Je parle. Touchez l’écran pour le rallumer."

TAKES = (
    ("Revenir", WELCOME),
    ("Commencer", THEMES),
    ("Papiers", "Refaire ma carte"),
    ("Refaire ma carte", "Pourquoi refaire"),
    ("Perdue", "Une photo d’identité"),
    ("Je l’ai", "votre feuille de route"),
    ("Imprimer", "Votre papier est prêt"),
    ("Finir", RATE),
    ("Oui", "Au revoir"),
)


def takes(person: Person, label: str, then: str) -> None:
    """Wait until ``label`` is lit, with its row or alone, and press the switch, until ``then`` comes."""
    terminal = person.terminal
    for _ in range(MOST_PRESSES):
        terminal.wait_until(lambda screen: is_focused(screen, label), f"« {label} » lit", LIT_SECONDS)
        terminal.keys("Space")
        waits_to_read(LIFTED)
        if pattern(then).search(terminal.screen()):
            return
    person.sees(then)


@pytest.mark.clause("EN 4.2.7", "EN 5.9", "PAP 5")
@pytest.mark.parametrize("pages", [2, pytest.param(len(TAKES), marks=pytest.mark.long)])
def test_a_procedure_with_one_switch(tmp_path: Path, pages: int) -> None:
    """Each page takes five seconds: its rows are lit, then what is in one of them. A whole procedure, without the wait,
    is in every run of ``tests/kiosk/test_modes.py``."""
    site = make_site(tmp_path / "site", content=write_short_procedure(tmp_path / "p"))
    with person_at(site) as person:
        person.terminal.keys("m")  # Somebody sets the kiosk for this person.
        person.sees(MODES)
        waits_to_read()
        person.terminal.keys("5")
        for label, then in TAKES[:pages]:
            takes(person, label, then)
        if whole := pages == len(TAKES):
            person.sees(WELCOME)
        person.leaves()
    assert "session.started" in site.types()
    assert site.endings() == ["done"] * whole
    assert len(site.papers) == whole


@pytest.mark.skipif(not sound.installed(), reason="needs pulseaudio, pactl and parec")
@pytest.mark.clause("EN 4.2.4", "EN 5.1.5", "PAP 13")
def test_a_procedure_without_sound(tmp_path: Path) -> None:
    """Nothing is played, and nothing is lacking: what a sound would have told is on the screen."""
    content = write_short_procedure(tmp_path / "p")
    with sound_server(tmp_path) as server:
        site = make_site(tmp_path / "site", voice="pyttsx3", content=content, env=server.env)
        with server.record() as heard, person_at(site) as person:
            person.terminal.keys("m")
            person.sees(MODES)
            waits_to_read()
            asked = time.monotonic()
            person.terminal.keys("2")
            person.sees("✓ Sans le son")
            quiet = heard.silent_from(asked, quiet=0.5)
            seen = [person.presses("Revenir", WELCOME)]
            for label, then in TAKES[1:-1]:
                seen.append(person.presses(label, then))
            assert all("Sans voix" in screen for screen in seen), "the sign of the voice"
            person.presses("Oui", "Au revoir")
            heard.wait_until(time.monotonic())
            assert heard.seconds_of_sound(quiet + 0.05, heard.now) == 0
            person.leaves()
    assert site.endings() == ["done"]


@NEEDS
@pytest.mark.clause("EN 4.2.1", "EN 5.1.3.1")
def test_a_procedure_without_the_screen(tmp_path: Path) -> None:
    """By the voice and by keys, one after the other; what the person cannot see is asked of the journal."""
    words = ("commencer", "refaire ma carte", "perdue", "imprimer", "oui")
    content = write_short_procedure(tmp_path / "p")
    with aloud(tmp_path, says={VOICES[0]: words}, headphones=True, content=content) as one:
        one.waits_for_the_sign()  # The journal, the voice and the ear are there.
        one.terminal.keys("m")
        one.person.sees(MODES)
        pressed(one, "1", lambda: is_off(one.terminal.screen()))
        one.terminal.keys("8")  # « Revenir »
        unseen(one, "commencer", lambda: "session.started" in one.site.types())
        unseen(one, "refaire ma carte", lambda: "besoin" in steps(one.site))
        unseen(one, "perdue", lambda: "pieces" in steps(one.site))
        pressed(one, "1", lambda: "fin" in steps(one.site))
        unseen(one, "imprimer", lambda: bool(one.site.papers), answer="oui")
        waits_to_read()
        one.terminal.keys("3")
        waits_to_read(2.0)
        one.terminal.keys("1")
        waits(lambda: one.site.endings() == ["done"], complaint="it never ends")
        one.person.sees(WELCOME)
        one.person.leaves()
    (started,) = (event for event in one.site.events() if event["type"] == "session.started")
    assert started["payload"]["origin"] == "voice"


def is_off(screen: str) -> bool:
    """True when nothing but the one line is shown."""
    return screen.split() == OFF.split()


def steps(site: Site) -> list[str]:
    """The steps that were met."""
    return [event["payload"]["step"] for event in site.events() if event["type"] == "step.shown"]


def pressed(one: Aloud, key: str, true: Callable[[], bool]) -> None:
    """Press a key until what it means is done: on a busy machine a page comes late, and is pressed too soon."""
    for _ in range(MOST_PRESSES):
        waits_to_read()
        one.terminal.keys(key)
        with suppress(AssertionError):
            waits(true, ACTS)
            return
    raise AssertionError(f"key {key} does nothing:\n{one.terminal.screen()}")


def unseen(one: Aloud, words: str, true: Callable[[], bool], answer: str = "") -> None:
    """Speak, once the kiosk listens, until what was meant is done; nothing is ever seen of it."""
    for _ in range(MOST_PRESSES):
        for said in filter(None, (words, answer)):
            one.speaks_unseen(said)
        end = time.monotonic() + ACTS
        while time.monotonic() < end:
            screen = one.terminal.screen()
            assert is_off(screen), screen
            if true():
                return
    raise AssertionError(f"« {words} » does nothing")
