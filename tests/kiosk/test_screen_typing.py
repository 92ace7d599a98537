# SPDX-License-Identifier: EUPL-1.2
"""What is typed on the screens, and what is looked for among themes, in a terminal without glass."""

from __future__ import annotations

from datetime import date

import pytest

from assist.session import commands as c
from assist.session.state import Phase, SessionState
from kiosk.screens.items import Words
from kiosk.view import Found, Option, ViewKind
from kiosk.widgets.words import WordsView
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue
from tests.kiosk.test_screens import AROUND, PROCEDURE, at

# Typing


async def test_a_date_is_typed_on_the_keypad(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        for digit in "12031950":
            await k.tap(f"key-{digit}")
        assert "12\u00a0/\u00a003\u00a0/\u00a01950" in k.text
        await k.tap("submit")
        assert k.dialogue.sent == [(c.Answer(date(1950, 3, 12)), c.Origin.TOUCH)]


@pytest.mark.clause("EN 5.1.3.15", "WCAG 3.3.1")
async def test_a_day_that_does_not_exist_is_said_without_blame(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        await k.press(*"31022001", "enter")
        assert k.dialogue.sent == []
        assert "Ce jour n’existe pas." in k.text
        assert k.dialogue.read_aloud[-1][0].startswith("Ce jour n’existe pas.")
        await k.press("backspace")
        assert "Ce jour n’existe pas." not in k.text


@pytest.mark.clause("WCAG 3.3.3")
async def test_after_two_dates_that_are_none_an_example_and_a_person_are_offered(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        await k.press(*"3102", "enter")
        assert "Par exemple" not in k.text
        await k.press(*"2001", "enter")
        assert [word in k.text for word in ("Ce jour n’existe pas.", "Par exemple", "1962", "Aide")] == [True] * 4
        assert len(k.dialogue.read_aloud[-1]) == 3
        assert k.dialogue.read_aloud[-1][-1] == "Une personne peut vous aider\u00a0: choisissez «\u00a0Aide\u00a0»."
        assert "2001" not in str(k.dialogue.read_aloud)
        await k.press("backspace")
        assert "Par exemple" not in k.text


@pytest.mark.clause("WCAG 3.3.7")
async def test_typed_text_waits_behind_help_and_survives_repeat(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        await k.press("1", "2", "f2")
        assert "12\u00a0/" in k.text
        await k.press("f3")
        assert k.dialogue.view.kind is ViewKind.HELP
        await k.tap("continue")
        assert "12\u00a0/" in k.text


@pytest.mark.clause("PAP 17")
async def test_nothing_typed_is_left_after_the_wipe(kiosk: KioskMaker) -> None:
    async with kiosk(at("surnom")) as k:
        await k.press(*"canari")
        assert "Canari" in k.text
        await k.press("f5")
        await k.tap("erase")
        assert k.dialogue.view.kind is ViewKind.GOODBYE
        assert "Canari" not in k.text
        held = [w.item for w in k.app.query(WordsView) if isinstance(w.item, Words)]
        assert "anari" not in str(held)
        assert "anari" not in str(vars(k.app.frame._scene))
        assert k.app.frame._kept == {}


@pytest.mark.clause("WCAG 3.2.2")
async def test_letters_are_text_where_text_is_asked(kiosk: KioskMaker) -> None:
    async with kiosk(at("surnom")) as k:
        await k.press("r", "a", "d")
        assert k.dialogue.sent == []
        assert "Rad" in k.text
        await k.tap("switch-keyboard")
        assert "AZERTY" in k.text
        await k.tap("key-b")
        await k.tap("submit")
        assert k.dialogue.sent == [(c.Answer("Radb"), c.Origin.TOUCH)]


async def test_a_huge_paste_is_cut(kiosk: KioskMaker) -> None:
    from textual import events

    async with kiosk(at("surnom")) as k:
        k.app.post_message(events.Paste("x" * 10_000_000))
        await k.settle()
        assert k.text.count("x") <= 60
        assert k.dialogue.view.kind is ViewKind.ASK


# Themes


@pytest.mark.clause("WCAG 2.4.5")
async def test_themes_then_procedures_then_back(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        assert "Papiers" in k.text
        assert "Quelqu’un" in k.text
        await k.press("1")
        assert all(word in k.text for word in PROCEDURE.title.split())
        await k.press("backspace")
        assert "Quelqu’un" in k.text
        assert k.dialogue.sent == []
        await k.press("1", "1")
        assert k.dialogue.sent == [(c.Pick(PROCEDURE), c.Origin.KEY)]


async def test_typing_shows_at_most_three_suggestions(kiosk: KioskMaker) -> None:
    dialogue = ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)
    dialogue.found = Found(tuple(Option(f"p{n}", f"Démarche {n}", "form", c.Pick(PROCEDURE)) for n in range(5)))
    async with kiosk(dialogue) as k:
        await k.press(*"carte")
        assert dialogue.searched[-1] == "carte"
        await k.settle()
        assert "Démarche 2" in k.text
        assert "Démarche 3" not in k.text
        await k.tap("p1")
        assert [type(sent) for sent, _ in dialogue.sent] == [c.Pick]


async def test_one_letter_is_not_yet_looked_up_and_two_are_still_a_word_begun(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.press("m")
        assert k.dialogue.searched == []
        assert "Je n’ai pas trouvé" not in k.text
        await k.press("z")
        assert k.dialogue.searched == ["mz"]
        assert "Je n’ai pas trouvé" not in k.text
        await k.press("z")
        assert "Je n’ai pas trouvé" in k.text


async def test_someone_is_one_of_the_cards(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.tap("someone")
        assert k.dialogue.view.kind is ViewKind.HELP
        assert "Nadia" in k.text
