# SPDX-License-Identifier: EUPL-1.2
"""Somebody tries to get out, or leans on the keyboard: the kiosk stays, and answers the next key at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys.person import THEMES, Person, person_at, target
from tests.journeys.site import Site
from tests.terminal import NotSeen

ANSWER_SECONDS = 1.0
PASTED = 10_000_000
ESCAPES = {
    "Ctrl+C": "\x03",
    "Ctrl+D": "\x04",
    "Ctrl+Q": "\x11",
    "Ctrl+S": "\x13",
    "Ctrl+Z": "\x1a",
    "Ctrl+\\": "\x1c",
    "Ctrl+P": "\x10",
    "Escape": "\x1b",
    "F11": "\x1b[23~",
    "F12": "\x1b[24~",
    "Alt+F4": "\x1b[1;3S",
    "Alt+x": "\x1bx",
    "a reply nobody asked for": "\x1b[?62;4;22c",
    "a title question": "\x1b[21t",
    "a bell and a string without end": "\x07\x1b]0;title",
    "a sequence without end": "\x1b[1;1;1;1;1",
    "the end of a paste that never began": "\x1b[201~",
}
"""What a keyboard, or somebody clever with one, can send."""


def answers_at_once(person: Person, patience: float = ANSWER_SECONDS) -> float:
    """A key is answered: seconds it took, from the key to the screen."""
    began = time.monotonic()
    person.terminal.keys("F5")
    person.sees("Vos réponses seront effacées", timeout=20)
    took = time.monotonic() - began
    person.presses("Non, je continue", "Quand déménagez-vous")
    assert took <= patience, f"{took:.2f} s"
    return took


def asks_for_a_date(person: Person) -> None:
    person.begins("Logement", "Je déménage", "Quand déménagez-vous")


@pytest.mark.clause("PAP 25")
def test_no_key_leads_out(site: Site) -> None:
    with person_at(site) as person:
        asks_for_a_date(person)
        pid = person.terminal.pid
        for data in ESCAPES.values():
            person.terminal.send(data)
        answers_at_once(person)
        person.terminal.keys(
            *["BSpace"] * 8
        )  # Letters of a broken sequence may have been typed; they are only letters.
        person.sees("__ / __ / ____")
        person.keys_in("23112027", "Avez-vous un véhicule")
        assert person.terminal.exit_code is None
        assert person.terminal.pid == pid
        person.leaves()
    assert site.types().count("kiosk.started") == 1
    assert not (site.disk / "trouble.log").exists()


def test_ten_megabytes_pasted(site: Site, record_property: Callable[[str, object], None], tmp_path: Path) -> None:
    """In brackets, as terminals paste, and raw, as a jammed scanner would."""
    flood = tmp_path / "flood"
    flood.write_bytes(b"0123456789 lazy dog \n" * (PASTED // 21))
    with person_at(site) as person:
        asks_for_a_date(person)
        for how in ("bracketed", "raw"):
            began = time.monotonic()
            person.terminal.paste(flood, bracketed=how == "bracketed")
            person.terminal.wait_drained()
            record_property(f"{how}_drained_seconds", round(time.monotonic() - began, 2))
            record_property(f"{how}_answered_ms", round(answers_at_once(person) * 1000))
            assert person.terminal.exit_code is None
        assert person.process.memory_info().rss < 400 * 1024 * 1024
        person.leaves()
    assert not (site.disk / "trouble.log").exists()
    assert b"lazy" not in site.journal.read_bytes()


def test_a_cat_on_the_keyboard(site: Site) -> None:
    """Two thousand keys and taps in no order: whatever they did, there is a way back to the welcome."""
    noise = random.Random(20261121)  # noqa: S311 - the same cat at each run
    keys = [
        "\r",
        "\t",
        "\x7f",
        " ",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        *"0123456789azertyéàç'-",
        "\x1bOP",
        "\x1bOQ",
    ]
    with person_at(site) as person:
        person.presses("Commencer", THEMES)
        for _ in range(40):
            burst = [
                f"\x1b[<0;{noise.randint(1, 100)};{noise.randint(1, 32)}{up}"
                if noise.random() < 0.3
                else noise.choice(keys)
                for up in noise.choices(("M", "m"), k=50)
            ]
            person.terminal.send("".join(burst))
        # However far it went, "Tout effacer" is there; and at the welcome, "Commencer".
        ends(person)
        person.leaves()
    assert not (site.disk / "trouble.log").exists()
    assert site.intact


def ends(person: Person) -> None:
    """Back to the welcome, from wherever it is."""
    deadline = time.monotonic() + 30
    while "Je vous aide" not in (screen := person.terminal.screen()):
        assert time.monotonic() < deadline, screen
        way = target(screen, "Oui, tout effacer") or target(screen, "Tout effacer")
        if way is not None:
            person.terminal.tap(*way.middle)
            with suppress(NotSeen):
                person.terminal.wait_until(lambda seen, before=screen: seen != before, "something else", 2)
