# SPDX-License-Identifier: EUPL-1.2
"""The screens while a mediator is there: who sees them, what glows, what is asked, and the way out, by every means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accessibility.comfort import Comfort, Contrast
from assist.link.messages import Consent
from assist.session import commands as c
from assist.session.state import Overlay
from kiosk.presenter import present
from kiosk.themes.palettes import PALETTES
from kiosk.view import ViewKind
from kiosk.words.helping import FRENCH as H
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.helped import AROUND, GIVEN, LEA, MESSAGE, TOLD, asked, dialogue, helped, page, private
from tests.kiosk.test_modes import Switch
from tests.kiosk.test_spoken import say

SIZES = [(100, 32), (60, 20)]


def mediator(k: Kiosk, **changed: object) -> None:
    """The mediator does something."""
    k.dialogue.state = replace(k.dialogue.state, help=replace(k.dialogue.state.help, **changed))  # type: ignore[arg-type]
    k.dialogue.show(present(k.dialogue.state, AROUND))


async def ended(k: Kiosk, origin: c.Origin) -> bool:
    """Whether the help has ended, the step is back and nothing of the help is left on the screen."""
    assert k.dialogue.sent[-1] == (c.LeaveHelp(), origin)
    await k.settle()
    assert H.ended in k.text
    return "Léa" not in k.text and "end-help" not in {t.item.button.id for t in k.targets if t.item}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_band_is_there_and_one_touch_ends_the_help(kiosk: KioskMaker, size: tuple[int, int]) -> None:
    async with kiosk(dialogue(helped(TOLD)), size) as k:
        assert "Léa voit cet écran." in k.text
        assert "Finir l’aide" in k.text
        assert f"Léa\u00a0: {MESSAGE}" in k.text.replace("\n", " ")
        await k.tap("end-help")
        assert await ended(k, c.Origin.TOUCH)


async def test_the_help_ends_by_the_keys(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(TOLD))) as k:
        for _ in range(30):
            await k.press("right")
            if k.focused == "end-help":
                break
        assert k.dialogue.told[-1] == "Finir l’aide."
        await k.press("enter")
        assert await ended(k, c.Origin.KEY)


async def test_the_help_ends_by_voice(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(TOLD))) as k:
        await say(k, "finissez l’aide")
        assert k.dialogue.sent[-1] == (c.LeaveHelp(), c.Origin.VOICE)
        assert not k.dialogue.state.help.joined


async def test_the_help_ends_with_one_switch(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(TOLD))) as k:
        k.dialogue.set_comfort(Comfort(scanning=True))
        await k.settle()
        await Switch(k).take("end-help")
        assert not k.dialogue.state.help.joined


@pytest.mark.parametrize("way", ["touch", "key", "voice", "switch"])
@pytest.mark.parametrize("given", [True, False])
async def test_consent_is_given_and_refused_by_every_means(kiosk: KioskMaker, way: str, given: bool) -> None:
    async with kiosk(dialogue(asked())) as k:
        assert "Léa veut répondre à votre place" in k.text
        card = "agree" if given else "disagree"
        if way == "touch":
            await k.tap(card)
        elif way == "key":
            await k.press("1" if given else "2")
        elif way == "voice":
            await say(k, "oui" if given else "non")
        else:
            k.dialogue.set_comfort(Comfort(scanning=True))
            await k.settle()
            await Switch(k).take(card)
        assert k.dialogue.state.help.consent is (Consent.GIVEN if given else Consent.REFUSED)
        assert k.dialogue.view.kind is ViewKind.CHOOSE


@pytest.mark.parametrize("way", ["touch", "key", "voice", "switch"])
async def test_consent_is_taken_back_at_any_time(kiosk: KioskMaker, way: str) -> None:
    async with kiosk(dialogue(helped(GIVEN))) as k:
        assert "Léa peut répondre pour vous." in k.text
        if way == "touch":
            await k.tap("help")
            await k.tap("take-back")
        elif way == "key":
            await k.press("f3", "2")
        elif way == "voice":
            await say(k, "je réponds moi-même")
        else:
            k.dialogue.set_comfort(Comfort(scanning=True))
            await k.settle()
            await Switch(k).take("help", "take-back")
        assert k.dialogue.state.help.consent is Consent.NONE
        assert k.dialogue.state.overlay is Overlay.NONE


@pytest.mark.clause("WCAG 1.4.1")
@pytest.mark.parametrize("contrast", list(Contrast), ids=str)
async def test_the_card_that_is_shown_glows_and_says_so(kiosk: KioskMaker, contrast: Contrast) -> None:
    async with kiosk(dialogue(helped())) as k:
        k.dialogue.set_comfort(Comfort(contrast=contrast))
        await k.settle()
        plain = k.text
        mediator(k, pointed="abimee")
        await k.settle()
        assert "Léa montre" not in plain
        assert "▀ Léa montre ▀" in k.text
        card = k.target("abimee")
        assert card.tag == "Léa montre"
        edge = k.app.screen._compositor.render_strips()[card.box.y].crop(card.box.x, card.box.x + 1)
        style = next(iter(edge)).style
        assert style is not None
        assert style.color is not None
        assert style.color.get_truecolor().hex == PALETTES[contrast].accent
        mediator(k, pointed="")
        await k.settle()
        assert "Léa montre" not in k.text


async def test_a_small_screen_shows_it_with_thick_sides_and_arrows(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(GIVEN, "pieces")), (60, 20)) as k:
        mediator(k, message=MESSAGE, messages=1, pointed="missing")
        await k.settle()
        assert not k.target("missing").bordered
        box = k.target("missing").box
        row = k.text.splitlines()[box.y][box.x : box.right]
        assert row.startswith("█▶")
        assert row.endswith("◀█")


async def test_the_page_turns_to_the_card_that_is_shown(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped()), (60, 20)) as k:
        from accessibility.comfort import TextSize

        k.dialogue.set_comfort(Comfort(text_size=TextSize.LARGEST))
        await k.settle()
        assert all(t.item.button.id != "unknown" for t in k.targets if t.item)
        mediator(k, pointed="unknown")
        await k.settle()
        assert k.target("unknown").tag == "Léa montre"


async def test_what_is_being_typed_stays_when_a_message_comes(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(step="naissance"))) as k:
        await k.press("1", "2")
        assert "12" in k.text
        mediator(k, message=MESSAGE, messages=1)
        await k.settle()
        assert MESSAGE in k.text
        assert "12 / __ / ____" in k.text.replace("\u00a0", " ")


async def test_answers_are_shown_and_hidden_on_a_private_step(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(private())) as k:
        await k.tap("show-answers")
        assert k.dialogue.state.help.shown
        await k.press("4")
        assert not k.dialogue.state.help.shown


async def test_the_page_of_the_help_closes_by_its_first_answer(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(page(LEA))) as k:
        assert "Léa vous aide" in k.text
        await k.press("1")
        assert k.dialogue.view.kind is ViewKind.CHOOSE
        assert k.dialogue.state.help.joined


async def test_who_uses_no_screen_still_ends_the_help(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(TOLD))) as k:
        k.dialogue.set_comfort(Comfort(screen=False))
        await k.settle()
        assert "Léa" not in k.text
        await say(k, "sans aide")
        assert not k.dialogue.state.help.joined
