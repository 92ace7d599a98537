# SPDX-License-Identifier: EUPL-1.2
"""The door to the dialogue: nothing pressed early is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from accessibility.comfort import Comfort, Contrast
from assist.session import commands as c
from assist.session.state import SessionState
from content.model import Catalogue
from kiosk.opening import Opening, welcome_view
from kiosk.presenter import Surroundings, present
from kiosk.view import ViewKind
from tests.english_sample import bilingual_catalogue
from tests.kiosk.scripted_kiosk import make


def test_the_first_screen_is_the_one_the_presenter_makes() -> None:
    presented = present(SessionState(), Surroundings(Catalogue({}), help_wait_minutes=5))
    opening = welcome_view("fr", 5)
    assert (opening.title, opening.sentences, opening.options, opening.notice) == (
        presented.title,
        presented.sentences,
        presented.options,
        presented.notice,
    )


def test_what_stands_under_a_finger_stays_when_the_procedures_have_come() -> None:
    read = present(SessionState(), Surroundings(bilingual_catalogue()))
    assert welcome_view().options == read.options
    assert welcome_view().speech == read.speech


async def test_what_was_pressed_and_set_before_the_dialogue_came_is_passed_on() -> None:
    kiosk = make()
    opening = Opening(welcome_view(), lambda: kiosk.dialogue)
    seen: list[Comfort] = []
    opening.subscribe(lambda view, comfort: seen.append(comfort))
    opening.touched()
    opening.set_comfort(Comfort(contrast=Contrast.NIGHT))
    pressed = asyncio.create_task(opening.send(c.Begin(""), c.Origin.KEY))
    assert seen == [Comfort(contrast=Contrast.NIGHT)]
    await opening.start()
    await pressed
    assert opening.view.kind is ViewKind.THEMES
    assert opening.comfort == Comfort(contrast=Contrast.NIGHT)
    assert [option.id for option in (await opening.search("refaire ma carte")).options] == ["essai"]
    await opening.close()


def test_the_first_screen_waits_for_nothing_heavy() -> None:
    script = "import sys, kiosk.running; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"sqlalchemy", "weasyprint", "numpy", "sounddevice", "pyttsx3", "kiosk.dialogue", "content.loader"}
    assert not heavy & set(loaded)
