# SPDX-License-Identifier: EUPL-1.2
"""The screens, in a terminal without glass: what is painted, what is reached, what is sent."""

from __future__ import annotations

import asyncio
import re
import threading

import pytest

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.session import commands as c
from assist.session.state import Phase, SessionState
from kiosk.app import TROUBLE_EXIT, KioskApp
from kiosk.presenter import Surroundings, present
from kiosk.view import StepView
from kiosk.widgets import pictogram
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
