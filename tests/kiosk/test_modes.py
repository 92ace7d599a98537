# SPDX-License-Identifier: EUPL-1.2
"""Everyone's modes: without the screen, without sound, large, slowly, with one switch; and keys that speak."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.session import commands as c
from assist.session.state import Overlay, Phase
from content.model import Outcome
from kiosk.layout import Box
from kiosk.opening import welcome_view
from kiosk.presenter import Surroundings
from kiosk.screens.scanning import ROUNDS, Scan, rows_of
from kiosk.view import ViewKind
from kiosk.words.modes import FRENCH
from tests.kiosk.conftest import SETTINGS, Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")


def at(step: str, document: str = "", *, comfort: Comfort | None = None, **more: object) -> ScriptedDialogue:
    dialogue = ScriptedDialogue(walking(PROCEDURE, step, document, **more), AROUND)
    dialogue.comfort = comfort or Comfort()
    return dialogue


# The page of comfort


@pytest.mark.clause("EN 5.2")
@pytest.mark.parametrize("way", ["m", "f11", "touch"])
async def test_every_mode_is_two_presses_away(kiosk: KioskMaker, way: str) -> None:
    async with kiosk() as k:
        await (k.tap("comfort") if way == "touch" else k.press(way))
        await k.press("2")
        assert not k.dialogue.comfort.voice
        await k.press("3", "4", "7", "5")
        assert k.dialogue.comfort == Comfort(
            voice=False,
            text_size=TextSize.LARGEST,
            contrast=Contrast.YELLOW,
            slow=True,
            scanning=True,
            rate=0.75,
            listening=False,
        )


async def test_what_is_opened_over_the_welcome_stays_while_it_gets_ready(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        k.dialogue.show(welcome_view())
        await k.press("m")
        assert "English" in k.text
        k.dialogue.show(welcome_view(languages=()))
        await k.settle()
        assert FRENCH.comfort_title in k.text
        await k.press("2")
        assert not k.dialogue.comfort.voice


async def test_headphones_are_told_on_the_same_page(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("m", "6")
        assert k.dialogue.comfort == Comfort(headphones=True)
        assert FRENCH.on.format(label=FRENCH.headphones) in k.dialogue.told


async def test_a_kiosk_without_an_ear_offers_to_shut_none(kiosk: KioskMaker) -> None:
    settings = replace(SETTINGS, listening=replace(SETTINGS.listening, engine="none"))
    async with kiosk(at("besoin"), settings=settings) as k:
        await k.press("m")
        assert FRENCH.headphones in k.text
        assert FRENCH.deaf not in k.text


async def test_a_mode_is_given_back_by_the_same_press(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("m", "4")
        assert FRENCH.on.format(label=FRENCH.slow) in k.dialogue.told
        await k.press("4", "8")
        assert k.dialogue.comfort == Comfort()
        assert "Pourquoi la refaire" in k.text


# Keys that speak


@pytest.mark.clause("EN 5.1.3.1")
async def test_the_control_that_a_key_reaches_is_said(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("right", "right", "right")
        assert k.dialogue.told == ["Perdue.", "Abîmée.", "Je ne sais pas."]


@pytest.mark.clause("EN 5.6.1")
async def test_what_is_chosen_is_said_to_be(kiosk: KioskMaker) -> None:
    """Each setting of the welcome, and each mode: what is on is said to be, what is not is only named."""
    async with kiosk(size=(200, 60)) as k:
        told = await told_of_everything(k)
        on = {FRENCH.on.format(label=label) for label in (FRENCH.sizes[0], "Jour", "Normale")}
        assert {said for said in told.values() if said.endswith(FRENCH.on.format(label=""))} == on
        await k.press("m", "4")
        told = await told_of_everything(k)
        assert FRENCH.on.format(label=FRENCH.slow) in told.values()
        assert FRENCH.on.format(label=FRENCH.voice_only) not in told.values()


async def told_of_everything(k: Kiosk) -> dict[str, str]:
    """What is said of each control when a key reaches it."""
    told: dict[str, str] = {}
    for _ in [t for t in k.targets if t.item]:
        await k.press("right")
        told[k.focused] = k.dialogue.told[-1]
    return told


# Without the screen


@pytest.mark.clause("EN 5.1.3.1", "EN 4.2.1")
async def test_a_screen_that_is_off_shows_one_line_and_the_keys_go_on(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("m", "1")
        await k.settle()
        assert not k.dialogue.comfort.screen
        assert FRENCH.voice_only_say in k.dialogue.told
        assert k.text.split() == FRENCH.screen_off.split()
        await k.press("8", "2")
        assert k.dialogue.sent == [(c.Choose("abimee"), c.Origin.KEY)]
        assert k.text.split() == FRENCH.screen_off.split()


async def test_a_touch_turns_the_screen_on_again(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=Comfort(screen=False))) as k:
        await k.pilot.click(offset=(50, 20))
        await k.settle()
        assert k.dialogue.comfort.screen
        assert k.dialogue.sent == []
        assert "Pourquoi la refaire" in k.text


@pytest.mark.clause("EN 5.1.3.8", "PAP 8")
async def test_what_is_typed_unseen_is_counted_and_never_said(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance", comfort=Comfort(screen=False))) as k:
        await k.press("1", "9", "backspace")
        assert k.dialogue.told == [FRENCH.typed_one, FRENCH.typed_so_far.format(count=2), FRENCH.typed_one]
    async with kiosk(at("naissance")) as k:
        await k.press("1", "9")
        assert k.dialogue.told == []


# Slowly


@pytest.mark.clause("EN 5.8", "PAP 15")
@pytest.mark.parametrize(("after", "sent"), [(1.1, 0), (1.3, 1)])
async def test_who_is_slow_has_three_times_as_long_before_a_key_answers(
    kiosk: KioskMaker, after: float, sent: int
) -> None:
    async with kiosk(at("besoin", comfort=Comfort(slow=True))) as k:
        k.app.frame._new_at = time.monotonic()
        await k.press_at(k.app.frame._new_at + after, "2")
        assert len(k.dialogue.sent) == sent


# One switch


class Switch:
    """A person with one switch: waits until what she wants is lit, and presses."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk

    @property
    def lit(self) -> list[str]:
        scan = self.kiosk.app.frame._scan
        return [t.item.button.id for t in (scan.lit if scan else ()) if t.item]

    async def take(self, *ids: str, key: str = "space") -> None:
        for id in ids:
            await self._wait(lambda id=id: id in self.lit)
            if len(self.lit) > 1:
                await self.kiosk.press(key)
                await self._wait(lambda id=id: self.lit == [id])
            await self.kiosk.press(key)

    async def _wait(self, true) -> None:  # type: ignore[no-untyped-def]
        for _ in range(60):
            if true():
                return
            self.kiosk.app.frame._next_lit()
            await self.kiosk.settle()
        raise AssertionError(self.lit)


@pytest.mark.clause("PAP 5", "EN 5.9", "EN 4.2.7")
async def test_a_whole_procedure_with_one_switch(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        k.dialogue.set_comfort(Comfort(scanning=True))
        await k.settle()
        one = Switch(k)
        await one.take("start", f"theme-{PROCEDURE.theme}", PROCEDURE.id, "next", "perdue", "next")
        assert k.dialogue.view.kind is ViewKind.ASK
        await one.take(*(f"key-{digit}" for digit in "12031950"), "submit")
        await one.take("have", "missing")
        assert k.dialogue.view.kind is ViewKind.PLACE
        await one.take("next", "done")
        assert k.dialogue.sent[-1][0] == c.Report(Outcome.DONE)
        assert k.dialogue.view.kind is ViewKind.ROAD_MAP
        await one.take("print", "finish", "happy")
        assert k.dialogue.state.phase is Phase.OVER
        assert {origin for _, origin in k.dialogue.sent} == {c.Origin.KEY}


@pytest.mark.clause("WCAG 2.4.7")
async def test_what_is_lit_is_seen_and_said(kiosk: KioskMaker) -> None:
    async with kiosk(at("pieces", "photo", comfort=Comfort(scanning=True))) as k:
        one = Switch(k)
        assert "█▀▀" not in k.text
        k.app.frame._next_lit()
        await k.settle()
        assert one.lit
        assert "█▀▀" in k.text
        assert k.dialogue.told


async def test_a_touch_anywhere_takes_what_is_lit(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=Comfort(scanning=True))) as k:
        one = Switch(k)
        await one._wait(lambda: "abimee" in one.lit)
        k.app.frame._new_at -= 5
        k.app.frame._scan_page -= 5
        for _ in range(2):
            await k.pilot.click(offset=(2, 4))
            await k.settle()
            if len(one.lit) == 1 and one.lit != ["abimee"]:
                await one._wait(lambda: one.lit == ["abimee"])
        assert k.dialogue.sent == [(c.Choose("abimee"), c.Origin.TOUCH)] or "abimee" in one.lit


async def test_the_next_is_not_lit_while_the_voice_speaks(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=Comfort(scanning=True))) as k:
        k.dialogue.speaking = True
        k.app.frame._next_lit()
        assert Switch(k).lit == []


@pytest.mark.clause("PAP 5", "WCAG 2.2.1")
async def test_are_you_there_with_one_switch(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", overlay=Overlay.IDLE, comfort=Comfort(scanning=True))) as k:
        await k.press("space")
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.KEY)]


@pytest.mark.clause("PAP 5")
async def test_the_switch_leads_out_of_its_own_mode(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", comfort=Comfort(scanning=True))) as k:
        await Switch(k).take("voice", "comfort", "mode-scanning")
        assert not k.dialogue.comfort.scanning
        assert "█▀▀" not in k.text


@pytest.mark.clause("PAP 5", "EN 5.1.6.2")
@given(st.integers(1, 30), st.integers(1, 6), st.lists(st.booleans(), max_size=200))
def test_every_control_is_reached_whatever_was_pressed_before(controls: int, columns: int, presses: list[bool]) -> None:
    boxes = [(n, Box(n % columns * 10, n // columns * 3, 9, 3)) for n in range(controls)]
    scan = Scan(rows_of(boxes))
    for press in presses:
        if press:
            scan.press()
        else:
            scan.advance()
    wanted = controls - 1
    for _ in range((ROUNDS + 1) * controls + 10):
        if wanted in scan.lit:
            break
        scan.advance()
    else:
        raise AssertionError("never lit")
    if scan.press() is None:
        while scan.lit != (wanted,):
            scan.advance()
        assert scan.press() == wanted


@pytest.mark.parametrize(("read", "back", "voice"), [("f2", "f1", "f8"), ("p", "r", "v")])
async def test_the_keys_of_the_tools_work_where_no_tool_is_shown(
    kiosk: KioskMaker, read: str, back: str, voice: str
) -> None:
    async with kiosk() as k:
        assert k.dialogue.view.tools == ()
        await k.press(back)
        assert k.app.frame.small is None
        await k.press(read)
        assert k.dialogue.read_said == [k.dialogue.view.speech]
        for opening in ("m", voice):
            await k.press(opening)
            assert k.app.frame.small is not None
            page = k.dialogue.read_aloud[-1]
            await k.press(read)
            assert k.dialogue.read_aloud[-2:] == [page, page]
            await k.press(back)
            assert k.app.frame.small is None
        assert k.dialogue.sent == []


async def test_only_what_is_lit_looks_chosen(kiosk: KioskMaker) -> None:
    async with kiosk(size=(80, 24)) as k:
        await k.press("m", "5")
        assert k.dialogue.comfort.scanning
        k.app.frame._next_lit()
        await k.settle()
        assert k.app.focused is None
