# SPDX-License-Identifier: EUPL-1.2
"""What keys and fingers reach and send on the screens, in a terminal without glass; what they never do."""

from __future__ import annotations

import asyncio
import time

import pytest

from accessibility.comfort import Comfort
from assist.session import commands as c
from assist.session.state import Overlay, Phase, SessionState
from content.model import Possession
from kiosk.presenter import present
from kiosk.view import ViewKind
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, walking
from tests.kiosk.test_screens import AROUND, PROCEDURE, VIEWS, at

# What is reached


@pytest.mark.clause("EN 5.1.6.2", "WCAG 2.1.1", "WCAG 2.1.2", "WCAG 3.2.1")
@pytest.mark.parametrize(
    ("onward", "size"),
    [
        pytest.param("right", (60, 20), id="right-60x20"),
        pytest.param("down", (100, 32), id="down-100x32", marks=pytest.mark.long),
        pytest.param("tab", (60, 20), id="tab-60x20", marks=pytest.mark.long),
    ],
)
async def test_one_key_reaches_everything(kiosk: KioskMaker, size: tuple[int, int], onward: str) -> None:
    async with kiosk(size=size) as k:
        for name, view in VIEWS.items():
            if view.kind is ViewKind.IDLE and onward == "tab":
                continue
            await k.show(view)
            everything = {t.item.button.id for t in k.targets if t.item}
            reached = set()
            for _ in everything:
                await k.press(onward)
                reached.add(k.focused)
                assert {t.item.button.id for t in k.targets if t.item} == everything, "the focus changes nothing else"
            assert reached == everything, name
            assert (k.dialogue.sent, k.dialogue.comfort) == ([], Comfort()), name
            if view.tools:
                assert reached >= {tool.id for tool in view.tools if tool.intent} | {"size", "contrast", "voice"}


@pytest.mark.clause("EN 5.1.6.2", "WCAG 2.1.2", "WCAG 2.4.3")
async def test_the_other_arrow_goes_back(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("right", "right", "right")
        assert k.focused == "unknown"
        await k.press("left")
        assert k.focused == "abimee"
        await k.press("up")
        assert k.focused == "perdue"
        await k.press("up")
        assert k.focused == "voice"


@pytest.mark.clause("WCAG 2.4.7")
async def test_the_focus_is_inverse_and_thick(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        assert "█▀▀" not in k.text
        await k.press("right")
        assert "█▀▀" in k.text


@pytest.mark.clause("EN 5.9")
async def test_three_keys_begin_a_walk_and_answer(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        await k.press("right", "enter")
        assert k.dialogue.state.phase is Phase.CHOOSING
        await k.press("enter")  # The first theme has the focus, then its procedure.
        await k.press("enter")
        assert k.dialogue.state.procedure == PROCEDURE
        await k.press("enter")
        assert k.dialogue.view.kind is ViewKind.CHOOSE
        assert k.focused == "perdue"
        await k.press("right", "enter")
        assert k.dialogue.sent[-1] == (c.Choose("abimee"), c.Origin.KEY)


# What is sent


async def test_a_tap_a_number_and_enter_send_the_same(kiosk: KioskMaker) -> None:
    for do, origin in (("tap", c.Origin.TOUCH), ("2", c.Origin.KEY), ("enter", c.Origin.KEY)):
        async with kiosk(at("besoin")) as k:
            if do == "tap":
                await k.tap("abimee")
            elif do == "enter":
                await k.press("right", "right", "enter")
            else:
                await k.press(do)
            assert k.dialogue.sent == [(c.Choose("abimee"), origin)]
            assert k.dialogue.touches >= 1


@pytest.mark.clause("EN 5.1.3.4")
@pytest.mark.parametrize(
    ("key", "intent"),
    [("r", c.Back), ("p", c.Repeat), ("a", c.CallHelp), ("d", c.ReportDifficulty), ("e", c.AskErase),
     ("f1", c.Back), ("f2", c.Repeat), ("f3", c.CallHelp), ("f4", c.ReportDifficulty), ("f5", c.AskErase)],
)  # fmt: skip
async def test_each_tool_has_its_key(kiosk: KioskMaker, key: str, intent: type) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press(key)
        assert [type(sent) for sent, _ in k.dialogue.sent] == [intent]


@pytest.mark.clause("PAP 26", "EN 4.2.7")
async def test_a_trembling_finger_presses_once(kiosk: KioskMaker) -> None:
    async with kiosk(at("accueil")) as k:
        box = k.target("next").box
        place = (box.x + 2, box.y + 1)
        await k.pilot.click(offset=place)
        await k.settle()
        assert k.dialogue.view.kind is ViewKind.CHOOSE
        cards = [t for t in k.targets if t.region.contains(*place)]
        await k.pilot.click(offset=place)
        await k.settle()
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Continue]
        assert len(cards) <= 1


async def test_any_touch_and_any_key_mean_that_somebody_is_there(kiosk: KioskMaker) -> None:
    idle = at("besoin", overlay=Overlay.IDLE)
    async with kiosk(idle) as k:
        await k.pilot.click(offset=(3, 6))
        await k.settle()
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.TOUCH)]
    async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
        await k.press("x")
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.KEY)]


@pytest.mark.clause("WCAG 2.2.1")
@pytest.mark.parametrize(
    "key", ["x", "3", "9", "space", "escape", "r", "t", "plus", "f1", "f2", "f8", "f10", "f12", "enter"]
)
async def test_every_key_means_that_somebody_is_there(kiosk: KioskMaker, key: str) -> None:
    async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
        await k.press(key)
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.KEY)]
        assert k.dialogue.view.kind is ViewKind.CHOOSE


async def test_at_are_you_there_the_answers_and_the_eraser_keep_their_keys(kiosk: KioskMaker) -> None:
    for keys, intent in (
        (("2",), c.Pause),
        (("f5",), c.AskErase),
        (("e",), c.AskErase),
        (("right", "right", "enter"), c.Pause),
    ):
        async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
            await k.press(*keys)
            assert [type(sent) for sent, _ in k.dialogue.sent] == [intent], keys


async def test_a_key_pressed_as_are_you_there_comes_means_yes(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.show(present(walking(PROCEDURE, "besoin", overlay=Overlay.IDLE), AROUND))
        await k.press_at(k.app.frame._new_at + 0.1, "2")
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.KEY)]


async def test_a_tap_beside_everything_means_yes_and_one_on_an_answer_means_it(kiosk: KioskMaker) -> None:
    for place in ((1, 1), (50, 3), (98, 14)):
        async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
            assert not any(t.region.contains(*place) for t in k.targets)
            await k.pilot.click(offset=place)
            await k.settle()
            assert k.dialogue.sent == [(c.StillHere(), c.Origin.TOUCH)], place
    async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
        await k.tap("more")
        assert k.dialogue.sent == [(c.Pause(), c.Origin.TOUCH)]


# Hands that tremble or rest on a key; what was pressed on the former screen


async def hold(kiosk: Kiosk, key: str) -> None:
    """Hold ``key`` down for four seconds: the terminal waits for half a second, then repeats 30 times a second."""
    pressed = time.monotonic()
    await kiosk.press_at(pressed, key)
    for n in range(105):
        await kiosk.press_at(pressed + 0.5 + n / 30, key)


@pytest.mark.clause("EN 5.7", "PAP 26")
async def test_enter_held_down_answers_one_screen_only(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press_at(time.monotonic(), "right")
        await hold(k, "enter")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Choose]
        k._read_until = time.monotonic() + 5
        await k.press("enter")  # Let go, and pressed again.
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Choose, c.Continue]


@pytest.mark.clause("EN 5.7", "PAP 26")
async def test_a_number_held_down_answers_one_page_only(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await hold(k, "1")
        assert all(word in k.text for word in PROCEDURE.title.split())
        assert k.dialogue.sent == []
        k._read_until = time.monotonic() + 5
        await k.press("1")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Pick]


@pytest.mark.clause("EN 5.8")
@pytest.mark.parametrize(("after", "sent"), [(0.035, 0), (0.39, 0), (0.41, 1), (2.0, 1)])
async def test_keys_do_not_answer_what_nobody_has_read(kiosk: KioskMaker, after: float, sent: int) -> None:
    async with kiosk(at("besoin")) as k:
        await k.show(present(walking(PROCEDURE, "accueil"), AROUND))
        await k.show(present(walking(PROCEDURE, "besoin"), AROUND))
        await k.press_at(k.app.frame._new_at + after, "2")
        assert len(k.dialogue.sent) == sent


async def test_a_page_of_the_same_view_is_new_too(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.press("1")
        assert all(word in k.text for word in PROCEDURE.title.split())
        await k.press_at(k.app.frame._new_at + 0.1, "1")
        assert k.dialogue.sent == []


async def test_typing_and_tools_need_not_wait(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.show(present(walking(PROCEDURE, "naissance"), AROUND))
        came = k.app.frame._new_at
        for n, key in enumerate("12031950"):
            await k.press_at(came + n / 100, key)
        assert "12\u00a0/\u00a003\u00a0/\u00a01950" in k.text
        await k.press_at(came + 0.1, "f2")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Repeat]


async def test_a_press_on_a_view_that_is_no_more_is_dropped_but_the_eraser_is_not(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        k.dialogue.view = present(walking(PROCEDURE, "naissance"), AROUND)  # Come, and not yet painted.
        k.app.frame._do(c.Choose("perdue"), c.Origin.TOUCH)
        k.app.frame._do(c.Repeat(), c.Origin.KEY)
        await k.settle()
        assert k.dialogue.sent == []
        k.app.frame._do(c.AskErase(), c.Origin.TOUCH)
        await k.settle()
        assert k.dialogue.sent == [(c.AskErase(), c.Origin.TOUCH)]


async def test_a_tool_pressed_before_the_new_view_was_painted_is_dropped(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.show(present(walking(PROCEDURE, "naissance"), AROUND))
        await k.press_at(k.app.frame._new_at - 0.01, "f1")
        assert k.dialogue.sent == []
        await k.press_at(k.app.frame._new_at - 0.01, "f5")
        assert k.dialogue.sent == [(c.AskErase(), c.Origin.KEY)]


async def test_the_eraser_is_heard_while_something_is_under_way(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        k.app._sending = asyncio.get_running_loop().create_future()  # type: ignore[assignment]
        k.app.send(c.Choose("perdue"), c.Origin.TOUCH)
        k.app.send(c.AskErase(), c.Origin.TOUCH)
        await k.settle()
        assert k.dialogue.sent == [(c.AskErase(), c.Origin.TOUCH)]


@pytest.mark.parametrize("key", ["enter", "1"])
async def test_one_key_begins(kiosk: KioskMaker, key: str) -> None:
    async with kiosk() as k:
        await k.press(key)
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Begin]
        assert k.dialogue.touches == 1
        assert k.dialogue.state.phase is Phase.CHOOSING


async def test_each_document_is_ticked(kiosk: KioskMaker) -> None:
    async with kiosk(at("pieces", "photo")) as k:
        await k.tap("missing")
        assert k.dialogue.sent == [(c.Tick("photo", Possession.MISSING), c.Origin.TOUCH)]


# Nothing leads out


@pytest.mark.clause("PAP 25")
@pytest.mark.parametrize(
    "key",
    ["ctrl+c", "ctrl+q", "ctrl+z", "ctrl+d", "ctrl+p", "ctrl+backslash", "ctrl+s", "ctrl+l", "escape", "alt+f4",
     "alt+x", "alt+tab", "super+c", "ctrl+shift+c", "f12", "home", "end", "pageup", "delete", "insert"],
)  # fmt: skip
async def test_no_key_leads_out(kiosk: KioskMaker, key: str) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press(key)
        assert k.app.is_running
        assert len(k.app.screen_stack) == 1
        assert k.dialogue.sent == []
        assert "Pourquoi la refaire" in k.text
