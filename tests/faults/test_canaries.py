# SPDX-License-Identifier: EUPL-1.2
"""What a person typed is found nowhere once the session has ended, however it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.faults.canaries import (
    found_in_files,
    found_in_memory,
    found_on_screen,
    private_questions,
    release,
    tells_all,
)
from tests.journeys.person import GOODBYE, RATE, THEMES, WELCOME, Person, person_at
from tests.journeys.site import make_site
from tests.sound import sound_server


def gives_the_last_answer(person: Person) -> None:
    person.presses("Valider", "Voici votre feuille de route")


def done(person: Person) -> None:
    gives_the_last_answer(person)
    person.turns_to("Imprimer")
    person.presses("Imprimer", "Votre papier est prêt")
    person.presses("Finir", RATE)
    person.presses("Oui", GOODBYE)


def erased(person: Person) -> None:
    """With the last answer typed, and not yet given."""
    person.presses("Tout effacer", "Vos réponses seront effacées")
    person.presses("Oui, tout effacer", GOODBYE)


@pytest.mark.clause("PAP 17", "EN 4.2.11")
@pytest.mark.parametrize("ending", [done, erased])
def test_nothing_is_left(tmp_path: Path, ending: Callable[[Person], None]) -> None:
    """But in memory, which Python lets go without wiping it."""
    canaries = release()
    with sound_server(tmp_path) as server:
        site = make_site(tmp_path, voice="pyttsx3", content=private_questions(tmp_path), env=server.env)
        with person_at(site) as person:
            tells_all(person, canaries)
            assert found_in_memory(person.process, canaries), "the search finds what is there"
            ending(person)
            person.sees(WELCOME)
            assert list((site.disk / "voice").glob("*.wav")), "the voice was used, and keeps its public sentences"
            assert found_on_screen(person, canaries) == []
            assert found_in_files(site, canaries) == []
            person.leaves()
    assert found_in_files(site, canaries) == []
    assert site.endings() == [ending.__name__]


def test_nothing_is_left_after_a_power_cut(tmp_path: Path) -> None:
    """Killed with everything typed: not on the disk, not on the next person's screen."""
    canaries = release()
    site = make_site(tmp_path, content=private_questions(tmp_path))
    with person_at(site) as person:
        tells_all(person, canaries)
        person.terminal.kill()
        assert person.terminal.wait_exit() == 128 + 9
        assert found_in_files(site, canaries) == []
        person.terminal.restart()
        person.sees(WELCOME)
        person.presses("Commencer", THEMES)
        assert found_on_screen(person, canaries) == []
        assert found_in_memory(person.process, canaries) == {}
        person.leaves()
    assert found_in_files(site, canaries) == []
    assert site.endings()[0] == "interrupted"


def test_a_fall_writes_no_picture_of_the_memory(tmp_path: Path) -> None:
    """A crash in a library must not leave what was typed in a core file."""
    with person_at(make_site(tmp_path, voice="pyttsx3")) as person:
        assert person.process.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert all(child.rlimit(psutil.RLIMIT_CORE) == (0, 0) for child in person.process.children(recursive=True))
        person.leaves()
