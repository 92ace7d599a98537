# SPDX-License-Identifier: EUPL-1.2
"""The voice, as an ear in the hall hears it: speech for every screen, silence as soon as something is touched."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.journeys.person import THEMES, Person, numbers_of, person_at
from tests.journeys.site import Site, make_site
from tests.sound import Recording, SoundServer, installed, sound_server

pytestmark = pytest.mark.skipif(not installed(), reason="needs pulseaudio, pactl and parec")

SILENCE_SECONDS = 0.150
JAMMED_SECONDS = 1.0
"""No single silence may come later than this, however busy the machine; the median keeps the promise."""
SPEECH = 0.01
"""Mean level of the half second after a sound began: a click or a hum is below, speech above."""


THEME, NUMBER = numbers_of("carte-identite")
SCREENS = (
    ("Right", "Commencer"),
    ("Enter", THEMES),
    (THEME, "Refaire ma carte"),
    (NUMBER, "La carte est pour qui"),
    ("F3", "Continuer en attendant"),
    ("F5", "Vos réponses seront effacées"),
    ("1", "Tout est effacé"),
)
"""Keys, and the screen that it brings: the welcome, the choices, steps, help, the question before the end, the end."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    with sound_server(tmp_path) as server:
        yield server


def speaks(heard: Recording, since: float) -> float:
    """Wait for speech; when it began."""
    began = heard.wait_for_sound(since, limit=15)
    heard.wait_until(began + 0.5)
    assert heard.energy(began, began + 0.5) > SPEECH
    return began


@pytest.mark.clause("EN 5.1.3.2", "EN 5.1.3.5", "PAP 6")
def test_every_screen_is_heard_and_a_key_hushes_it(
    tmp_path: Path, server: SoundServer, record_property: Callable[[str, object], None]
) -> None:
    site = make_site(tmp_path, voice="pyttsx3", env=server.env)
    with server.record() as heard, person_at(site) as person:
        hushed: list[float] = []
        for keys, then in SCREENS:
            asked = time.monotonic()
            person.terminal.keys(*keys.split())
            person.sees(then)
            speaks(heard, asked)
            pressed = time.monotonic()
            person.terminal.keys("F12")  # Means nothing: the voice stops, and nothing new is to be said.
            hushed.append(heard.silent_from(pressed, quiet=0.4) - pressed)
        record_property("hush_ms", [round(seconds * 1000) for seconds in hushed])
        person.leaves()
    assert median(hushed) <= SILENCE_SECONDS
    assert max(hushed) <= JAMMED_SECONDS


@pytest.mark.clause("EN 5.1.3.8", "EN 5.1.3.9", "PAP 8", "EN 4.2.11")
def test_what_is_typed_is_never_heard(tmp_path: Path, server: SoundServer) -> None:
    """Eight digits, one after the other, make no sound."""
    site = make_site(tmp_path, voice="pyttsx3", env=server.env)
    with server.record() as heard, person_at(site) as person:
        person.begins("Logement", "Je déménage", "Quand déménagez-vous")
        began = time.monotonic()
        person.terminal.write("2")
        quiet_from = heard.silent_from(began, quiet=0.3)
        person.terminal.write("3112027")
        person.sees("23 / 11 / 2027")
        heard.wait_until(quiet_from + 1.5)
        assert heard.first_sound(quiet_from + 0.05) is None
        person.leaves()


@pytest.mark.clause("PAP 13", "EN 4.2.4")
def test_without_sound_the_kiosk_runs_on_and_doctor_says_so(site: Site) -> None:
    deaf = make_site(site.folder / "deaf", voice="pyttsx3")
    with person_at(deaf) as person:
        person.begins("Logement", "Je déménage", "Quand déménagez-vous")
        person.leaves()
    doctor = deaf.run("doctor", "--json")
    checks = {check["check"]: check for check in json.loads(doctor.stdout)}
    assert not checks["sound"]["ok"]
    assert checks["sound"]["fix"]
    assert doctor.returncode == 0, "it can serve without sound"


@pytest.mark.long
def test_the_loudspeaker_is_unplugged_and_plugged_in_again(tmp_path: Path, server: SoundServer) -> None:
    """As heard in every run by ``test_parts_fail_aloud.py``."""
    site = make_site(tmp_path, voice="pyttsx3", env=server.env)
    with person_at(site) as person:
        with server.record() as heard:
            person.presses("Commencer", THEMES)
            speaks(heard, time.monotonic() - 1)
        server.stop()
        person.presses("Logement", "Je déménage")
        person.presses("Je déménage", "Quand déménagez-vous")
        server.start()
        with server.record() as heard:
            comes_back(person, heard)
        person.leaves()


def comes_back(person: Person, heard: Recording) -> None:
    """« Répéter » until it is heard: the voice tries its loudspeaker again by itself."""
    end = time.monotonic() + 40
    while heard.first_sound(0) is None:
        assert time.monotonic() < end, "the voice never came back"
        asked = time.monotonic()
        person.hand.press("Répéter")
        heard.wait_until(asked + 2)
