# SPDX-License-Identifier: EUPL-1.2
"""A visit that does not reach its end: the person walks away, or wipes everything. Nothing of it is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.canaries import found_in_files, found_on_screen, private_questions, release, tells_all
from tests.journeys.person import GOODBYE, THEMES, WELCOME, Person, person_at, target
from tests.journeys.site import Site, make_site
from tests.sound import sound_server

BLANK_SECONDS = 1.0
"""What is promised is 0.3 s; the rest is for a machine that does other work. The time measured is recorded."""


def types_a_date(person: Person, digits: str) -> None:
    """A date on the keypad, not yet given."""
    person.begins("Logement", "Je déménage", "Quand déménagez-vous")
    person.hand.key_in(digits)
    person.sees(f"{digits[:2]} / {digits[2:4]} / {digits[4:]}")


@pytest.mark.clause("PAP 16", "WCAG 2.2.1")
def test_a_person_walks_away(tmp_path: Path) -> None:
    """After 10 s « Êtes-vous là ? » is shown and said; 20 s later everything is wiped, down to what was typed."""
    canaries = release()
    with sound_server(tmp_path) as server, server.record() as heard:
        site = make_site(
            tmp_path, idle_seconds=10, voice="pyttsx3", content=private_questions(tmp_path), env=server.env
        )
        with person_at(site) as person:
            tells_all(person, canaries)
            came = time.monotonic()
            question = person.sees("Êtes-vous là", timeout=60)
            assert canaries.word not in question, "what was typed waits behind the question, unseen"
            heard.wait_for_sound(after=came)
            person.sees("Tout est effacé", timeout=60)
            person.sees(WELCOME)
            assert found_on_screen(person, canaries) == []
            assert found_in_files(site, canaries) == []
            person.leaves()
    assert site.endings() == ["abandoned"]
    assert site.types().count("session.idle_warned") == 1
    moments = {event["type"]: datetime.fromisoformat(event["time"]) for event in site.events()}
    left = moments["session.ended"] - moments["session.idle_warned"]
    assert left >= timedelta(seconds=20), "there are 20 s to answer"
    assert found_in_files(site, canaries) == []
    assert site.intact


@pytest.mark.clause("PAP 17", "WCAG 3.3.4")
def test_everything_is_erased_at_once(site: Site, record_property: Callable[[str, object], None]) -> None:
    with person_at(site) as person:
        types_a_date(person, "23112027")
        person.presses("Tout effacer", "Vos réponses seront effacées")
        person.presses("Non, je continue", "23 / 11 / 2027")
        person.presses("Tout effacer", "Vos réponses seront effacées")
        place = person.where("Oui, tout effacer")
        tapped = time.monotonic()
        person.terminal.tap(*place)
        while "Vos réponses seront effacées" in (screen := person.terminal.screen()):
            assert time.monotonic() - tapped < 30, screen
        blank = time.monotonic() - tapped
        record_property("blank_ms", round(blank * 1000))
        assert "Je déménage" not in screen
        person.sees("Tout est effacé")
        person.sees(WELCOME)
        assert not site.papers
        person.leaves()
    assert blank <= BLANK_SECONDS
    assert site.endings() == ["erased"]
    assert "2027" not in repr([event["payload"] for event in site.events()])
    assert site.intact


@pytest.mark.clause("EN 5.1.3.13", "EN 5.6.2", "PAP 7")
def test_the_next_person_finds_the_kiosk_as_new(site: Site) -> None:
    """Larger letters, other colours, a slow voice: none of the former person's comfort stays."""
    with (site.folder / "kiosk.toml").open("a") as settings:
        settings.write('[screen]\npictograms = "text"\n')  # The four sizes in signs, not drawn: they can be read here.
    with person_at(site) as person:
        first = person.sees("✓ Français")  # The languages come with the procedures, after the first paint.
        person.presses("Nuit", "✓ Nuit")
        person.presses("A +++", "✓ A +++")
        person.presses("Lente", "✓ Lente")
        person.presses("Commencer", THEMES)
        person.presses("Tout effacer", "Vos réponses seront effacées")
        person.turns_to("Oui, tout effacer")
        person.presses("Oui, tout effacer", GOODBYE)
        person.sees(WELCOME)
        again = person.sees("✓ Français")
        assert _chosen(again) == _chosen(first) == ["A", "Jour", "Normale", "Français"]
        assert target(again, "Commencer") is not None
        person.leaves()


def _chosen(screen: str) -> list[str]:
    """The comfort choices that are ticked."""
    words = screen.replace("\u00a0", " ").split("✓ ")[1:]
    return [word.split()[0] for word in words]
