# SPDX-License-Identifier: EUPL-1.2
"""The kiosk after a power cut, and with a broken journal: the welcome again, nothing lost, nothing shown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.journeys.person import LEAVE_SECONDS, THEMES, WELCOME, Person, person_at
from tests.journeys.site import Site, make_site

BACK_SECONDS = 10.0


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, voice="pyttsx3")


def types_a_date(person: Person) -> None:
    person.begins("Logement", "Je déménage", "Quand déménagez-vous")
    person.keys_in("23112027", "Avez-vous un véhicule")
    person.presses("Oui, à moi", "Changez-vous de commune")


def walk_once(site: Site) -> None:
    """A few events in the journal, and the kiosk stopped."""
    done = site.run("walk", "changer-adresse", "--answers", "-", given="unknown\nnon\n")
    assert done.returncode == 3, done.stderr


def test_killed_in_the_middle_of_a_step(site: Site, record_property: Callable[[str, object], None]) -> None:
    with person_at(site) as person:
        types_a_date(person)
        before = site.events()
        process = person.process
        voice = process.children(recursive=True)
        assert voice, "the voice has processes of its own"
        person.terminal.kill()
        assert person.terminal.wait_exit() == 128 + 9
        _, alive = psutil.wait_procs(voice, LEAVE_SECONDS)
        assert not alive, "no process outlives the kiosk"
        begun = time.monotonic()
        person.terminal.restart()
        welcome = person.sees(WELCOME, timeout=60)
        back = time.monotonic() - begun
        record_property("back_seconds", round(back, 2))
        assert back <= BACK_SECONDS
        assert "déménage" not in welcome
        person.begins("Logement", "Je déménage", "__ / __ / ____")
        assert site.intact
        person.leaves()
    after = site.events()
    assert after[: len(before)] == before, "every event that the screen waited for is there"
    assert site.endings()[0] == "interrupted"
    sessions = [event["session"] for event in after if event["type"] == "session.started"]
    assert len(set(sessions)) == 2
    assert site.intact


def test_a_kiosk_that_is_stopped_closes_its_journal(site: Site) -> None:
    with person_at(site) as person:
        types_a_date(person)
        person.leaves()
    assert not site.journal.with_name(site.journal.name + "-wal").exists(), "nothing waits to be written"
    assert site.types()[-1] == "kiosk.stopped"


def test_a_broken_journal_is_set_aside_and_told(site: Site) -> None:
    walk_once(site)
    kept = site.journal.read_bytes()
    broken = bytearray(kept)
    broken[len(broken) // 2 : len(broken) // 2 + 3000] = b"\xff" * 3000
    site.journal.write_bytes(broken)
    told = {check["check"]: check for check in json.loads(site.run("doctor", "--json").stdout)}
    assert not told["database"]["ok"]
    assert "met de côté" in told["database"]["fix"]
    assert not site.intact

    begun = time.monotonic()
    with person_at(site) as person:
        assert time.monotonic() - begun < 30
        person.presses("Commencer", THEMES)
        person.leaves()
    assert site.intact
    (aside,) = site.disk.glob("journal.db.mis-de-cote-*")
    assert (aside / "journal.db").read_bytes() == bytes(broken), "nothing is lost of what was broken"
    first = site.events()[0]
    assert first["type"] == "journal.set_aside"
    assert first["payload"]["file"] == aside.name
    told = {check["check"]: check for check in json.loads(site.run("doctor", "--json").stdout)}
    assert aside.name in told["database"]["message"], "the technician is told where the broken one is"


@pytest.mark.clause("PAP 20")
def test_the_voice_is_killed_under_the_screen(site: Site) -> None:
    with person_at(site) as person:
        person.begins("Logement", "Je déménage", "Quand déménagez-vous")
        voice = person.process.children(recursive=True)
        assert voice
        for member in voice:
            member.kill()
        person.keys_in("23112027", "Avez-vous un véhicule")
        person.presses("Non", "Changez-vous de commune")
        person.leaves()
