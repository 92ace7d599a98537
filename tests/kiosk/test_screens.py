# SPDX-License-Identifier: EUPL-1.2
"""The screens, in a terminal without glass: what is painted, what is reached, what is sent."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from datetime import date

import pytest

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.session import commands as c
from assist.session.state import Overlay, Phase, SessionState
from content.model import Possession
from kiosk.app import TROUBLE_EXIT, KioskApp
from kiosk.presenter import Surroundings, present
from kiosk.screens.items import Words
from kiosk.view import Found, Option, StepView, ViewKind
from kiosk.widgets import pictogram
from kiosk.widgets.words import WordsView
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, views_of, walking
from tests.kiosk.test_every_size import said, squeeze
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
VIEWS = views_of(PROCEDURE, AROUND)
SIZES = ((60, 20), (80, 24), (100, 32), (200, 60))
TOOLS = {"back", "repeat", "help", "difficulty", "erase", "size", "contrast", "voice"}


def at(step: str, document: str = "", **more: object) -> ScriptedDialogue:
    return ScriptedDialogue(walking(PROCEDURE, step, document, **more), AROUND)


# What is painted


async def all_pages(kiosk: Kiosk) -> str:
    """The text of every page, turned with "Suite"."""
    texts = [kiosk.text]
    while any(t.item and t.item.button.id == "next-page" for t in kiosk.targets):
        await kiosk.tap("next-page")
        texts.append(kiosk.text)
    return "\n".join(texts)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_every_view_is_painted_whole(kiosk: KioskMaker, size: tuple[int, int]) -> None:
    async with kiosk(size=size) as k:
        for name, view in VIEWS.items():
            await k.show(view)
            painted = squeeze(await all_pages(k))
            for text in said(view):
                for word in re.split(r"\s+|(?<=/)", text):
                    assert squeeze(word) in painted, f"{name}: « {word} » of « {text} »"


@pytest.mark.clause("WCAG 3.2.3", "WCAG 3.2.6", "PAP 17")
async def test_the_tools_never_move(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        places = set()
        for view in VIEWS.values():
            if view.tools:
                await k.show(view)
                places.add(tuple((w.region.x, w.region.y, w.region.width, w.region.height) for w in k.app.frame._tools))
        assert len(places) == 1


async def test_a_new_size_lays_the_view_out_again(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        before = k.target("perdue").box
        await k.pilot.resize_terminal(60, 20)
        await k.settle()
        assert k.target("perdue").box != before
        assert "Perdue" in k.text


async def test_pictures_come_without_stopping_the_screen(kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow(wanted: pictogram.Wanted) -> pictogram.Drawn | None:
        assert go_on.wait(60)
        return draw(wanted)

    draw = pictogram.draw
    monkeypatch.setattr(pictogram, "draw", slow)
    async with kiosk(at("besoin")) as k:
        before = k.focused
        await k.press("right")
        assert k.focused != before
        assert k.app.pictures.busy
        undrawn = k.text.count("▀")
        go_on.set()
        while k.app.pictures.busy:
            await asyncio.sleep(0)
        await k.settle()
        assert k.text.count("▀") > undrawn


async def test_a_notice_is_seen(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("d")
        assert (c.ReportDifficulty(), c.Origin.KEY) in k.dialogue.sent
        assert "C’est noté, merci." in k.text


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


# What is read aloud beside what the conversation says


@pytest.mark.clause("EN 5.1.3.1")
async def test_the_procedures_of_a_theme_are_read_aloud_and_the_themes_again_on_the_way_back(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.tap(f"theme-{PROCEDURE.theme}")
        assert k.dialogue.read_aloud == [("Papiers.", f"1\u00a0: {PROCEDURE.title}.")]
        await k.tap("back")
        assert k.dialogue.read_aloud[-1][:2] == ("Que voulez-vous faire\u00a0?", "Touchez une image.")


@pytest.mark.clause("EN 5.1.3.16", "EN 5.1.5")
async def test_each_page_of_a_road_map_is_read_aloud(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin", answers={"besoin": "perdue"}, trail=()), size=(60, 20)) as k:
        pages = [k.text]
        while any(t.item and t.item.button.id == "next-page" for t in k.targets):
            await k.tap("next-page")
            pages.append(k.text)
            for sentence in k.dialogue.read_aloud[-1]:
                for word in re.findall(r"\w+", sentence):
                    assert word in squeeze(pages[-1]), sentence
        assert len(k.dialogue.read_aloud) == len(pages) - 1 > 0


@pytest.mark.clause("EN 5.1.3.8", "PAP 8")
async def test_what_is_being_typed_is_not_read_aloud(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        for digit in "120319":
            await k.tap(f"key-{digit}")
        await k.tap("voice")
        await k.tap("close")
        assert k.dialogue.read_aloud
        assert "12" not in str(k.dialogue.read_aloud)


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


async def test_one_letter_is_not_yet_looked_up(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.press("m")
        assert k.dialogue.searched == []
        assert "Je n’ai pas trouvé" not in k.text
        await k.press("z")
        assert k.dialogue.searched == ["mz"]
        assert "Je n’ai pas trouvé" in k.text


async def test_someone_is_one_of_the_cards(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)) as k:
        await k.tap("someone")
        assert k.dialogue.view.kind is ViewKind.HELP
        assert "Nadia" in k.text


# Comfort


@pytest.mark.clause("EN 5.6.2")
async def test_comfort_is_chosen_on_the_welcome(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        await k.tap("contrast-yellow")
        assert k.dialogue.comfort.contrast is Contrast.YELLOW
        assert k.app.theme == "yellow"
        await k.tap("size-largest")
        assert k.dialogue.comfort.text_size is TextSize.LARGEST
        await k.tap("voice-none")
        assert not k.dialogue.comfort.voice
        assert "Sans voix" in k.text


async def test_the_touch_page_is_told_the_text_size(kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    async with kiosk(at("besoin")) as k:
        monkeypatch.setattr(k.app._driver, "write", written.append)
        await k.press("t")
        await k.press("t")
    assert "\x1b]7771;size=1\x07" in written
    assert "\x1b]7771;size=2\x07" in written
    assert written[-1] == "\x1b]7771;size=0\x07\x1b[0m\x1b[2J\x1b[H"  # And the screen is left clean.


async def test_larger_letters_leave_fewer_things_at_once(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        k.dialogue.set_comfort(Comfort(text_size=TextSize.LARGEST))
        await k.settle()
        cards = [t for t in k.targets if t.item and t.item.button.id in ("perdue", "abimee", "unknown")]
        assert len(cards) <= 2
        assert squeeze("Je ne sais pas") in squeeze(await all_pages(k))


@pytest.mark.clause("EN 5.1.3.11", "EN 5.1.3.12", "WCAG 1.4.2")
async def test_volume_and_rate_by_keys_and_by_touch(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await k.press("plus")
        assert k.dialogue.comfort.volume == 100
        await k.press("minus", "minus")
        assert k.dialogue.comfort.volume == 60
        await k.tap("voice")
        await k.tap("slower")
        assert k.dialogue.comfort.rate == 0.75
        await k.tap("voice-off")
        assert not k.dialogue.comfort.voice
        await k.tap("close")
        assert "Pourquoi la refaire" in k.text


# Pages


async def test_retour_turns_the_page_back_before_it_goes_back(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin"), size=(60, 20)) as k:
        assert "(1 sur 2)" in k.text
        first = k.text
        await k.tap("next-page")
        assert k.text != first
        await k.tap("back")
        assert "(1 sur 2)" in k.text
        assert k.dialogue.sent == []
        await k.tap("back")
        assert [type(sent) for sent, _ in k.dialogue.sent] == [c.Back]


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


# Trouble


async def test_trouble_wipes_and_asks_for_a_fresh_app(kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    dialogue = at("besoin")
    dialogue.breaks_on = c.Choose

    async def fall() -> None:
        async with kiosk(dialogue) as k:
            apps.append(k.app)
            monkeypatch.setattr(k.app._driver, "write", written.append)
            await k.pilot.press("1")
            while not any("La borne a un problème" in text for text in written):
                await asyncio.sleep(0)

    apps: list[KioskApp] = []
    with pytest.raises(ZeroDivisionError):
        await fall()
    assert apps[0].return_code == TROUBLE_EXIT
    assert isinstance(apps[0].trouble, ZeroDivisionError)
    assert (c.EraseAll(), c.Origin.TIMER) in dialogue.sent
    everything = "".join(written)
    assert "demandez à une personne de l’accueil" in everything
    assert "secret-value" not in everything
    assert "Traceback" not in everything
    assert apps[0]._exit_renderables == []


def test_the_view_of_the_double_is_the_presenters() -> None:
    dialogue = at("besoin")
    view: StepView = present(dialogue.state, AROUND)
    assert dialogue.view == view
