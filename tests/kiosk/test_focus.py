# SPDX-License-Identifier: EUPL-1.2
"""Where the keys are after something was done: Enter again never does the same thing once more by surprise."""

from __future__ import annotations

import time
from dataclasses import replace

from accessibility.comfort import Comfort
from assist.session import commands as c
from assist.session.state import Phase, SessionState
from kiosk.presenter import Surroundings
from kiosk.view import Found, Option
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
FOUND = Found(tuple(Option(f"p{n}", f"Démarche {n}", "form", c.Pick(PROCEDURE)) for n in range(3)))


def choosing() -> ScriptedDialogue:
    dialogue = ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)
    dialogue.found = FOUND
    return dialogue


async def test_enter_after_printing_does_not_print_again(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(walking(PROCEDURE, "fin"), AROUND)) as k:
        while k.focused != "print":
            await k.press("right")
        pressed = time.monotonic() + 60
        await k.press_at(pressed, "enter")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Print]
        assert k.focused == "finish"
        await k.press_at(time.monotonic() + 0.01, "enter")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Print], "a trembling hand presses nothing"
        await k.press("enter")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Print, c.Finish]


async def test_enter_upon_enter_through_the_pages_does_not_print_again(kiosk: KioskMaker) -> None:
    printed = replace(walking(PROCEDURE, "fin"), prints=1)
    async with kiosk(ScriptedDialogue(printed, AROUND)) as k:
        while k.focused != "details":
            await k.press("right")
        await k.press("enter")
        while k.focused == "next-page":
            await k.press("enter")
        assert k.focused == "finish"


async def test_who_wants_a_second_paper_goes_back_for_it(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(walking(PROCEDURE, "fin"), AROUND)) as k:
        while k.focused != "print":
            await k.press("right")
        await k.press("enter", "left", "left")
        await k.dialogue.send(c.PrintSettled(c.PrintStatus.DONE), c.Origin.TIMER)
        await k.settle()
        assert k.focused == "print", "a notice takes the focus from nothing"
        await k.press("enter")
        assert [type(sent) for sent, _ in k.dialogue.sent].count(c.Print) == 2


async def test_enter_opens_the_first_of_what_was_found(kiosk: KioskMaker) -> None:
    async with kiosk(choosing()) as k:
        await k.press(*"carte")
        assert k.focused == "p0", "what Enter opens is seen"
        await k.press("enter")
        assert k.dialogue.sent == [(c.Pick(PROCEDURE), c.Origin.KEY)]


async def test_who_has_no_screen_hears_what_enter_would_open(kiosk: KioskMaker) -> None:
    async with kiosk(choosing()) as k:
        k.dialogue.set_comfort(Comfort(screen=False))
        await k.press(*"carte", "enter")
        assert k.dialogue.sent == []
        assert k.dialogue.told[-1].startswith("Démarche 0")
        await k.press("enter")
        assert k.dialogue.sent == [(c.Pick(PROCEDURE), c.Origin.KEY)]


async def test_a_finger_gives_the_focus_to_nothing(kiosk: KioskMaker) -> None:
    async with kiosk(choosing()) as k:
        await k.tap("write")
        for letter in "ca":
            await k.tap(f"key-{letter}")
        assert "Démarche 0" in k.text
        assert k.focused == ""
