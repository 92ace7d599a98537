# SPDX-License-Identifier: EUPL-1.2
"""Whole procedures from the welcome to the paper: seen badly, heard badly. The real conversation, the real screens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from unicodedata import category

import pytest

from accessibility.comfort import Comfort
from content.model import Catalogue
from kiosk.app import KioskApp
from kiosk.config import SessionSettings, Settings
from kiosk.dialogue import Dialogue
from kiosk.screens.items import Target, Words
from kiosk.screens.modes import Mode, chosen
from kiosk.screens.pointing import page_of
from kiosk.themes.palettes import contrast
from kiosk.view import StepView, ViewKind
from tests.kiosk.conftest import SETTINGS, Kiosk
from tests.kiosk.scripted_kiosk import Kiosk as Parts
from tests.kiosk.scripted_kiosk import make, spin_until
from tests.kiosk.test_colours import ENOUGH
from tests.kiosk.test_every_size import cut, said, shown_words, squeeze
from tests.our_procedures import CATALOGUE

NAME = "carte-identite"
ANSWERS = {"pour-qui": "adulte", "besoin": "date"}
"""Elsewhere the first."""
DATE = "15032020"
DRAWN = re.compile("[\u2580-\u259f]")
"""Borders, pictures and codes, made of half blocks."""


class Shown:
    """What :meth:`Kiosk.settle` waits for."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    @property
    def to_paint(self) -> StepView:
        return self._dialogue.view


class Person:
    """Reads every page of each screen, then answers by keys."""

    def __init__(self, parts: Parts, kiosk: Kiosk) -> None:
        self.parts, self.kiosk = parts, kiosk
        self.met: list[ViewKind] = []

    @property
    def view(self) -> StepView:
        return self.kiosk.app.frame.view

    def look(self) -> None:
        """Called on each page that is shown."""

    async def presses(self, *keys: str) -> None:
        for key in keys:
            await self.kiosk.press(key)
            self.look()

    async def takes(self, button: str) -> None:
        """Turn to the page of the control, go to it, and press Enter."""
        frame = self.kiosk.app.frame
        page = page_of(frame._pages, button)
        assert page is not None, f"{button} is not on {self.view.title}"
        while (ahead := page - (frame._small or frame._scene).page) > 0:
            await self._presses_on("next-page")
        await self.presses(*["f1"] * -ahead)
        await self._presses_on(button)

    async def _presses_on(self, button: str) -> None:
        for _ in range(len(self.kiosk.targets) + 1):
            if self.kiosk.focused == button:
                await self.presses("enter")
                return
            await self.presses("right")
        raise AssertionError(f"{button} is not reached: {self.kiosk.text}")

    async def reads(self) -> None:
        """Turn every page."""
        self.met.append(self.view.kind)
        self.look()
        while self.kiosk.app.frame._scene.page < len(self.kiosk.app.frame._pages) - 1:
            await self._presses_on("next-page")

    async def walks(self) -> None:
        """From the welcome to the goodbye."""
        await self.reads()
        await self.takes("start")
        await self.reads()
        await self.takes(f"theme-{CATALOGUE.procedures[NAME]['fr'].theme}")
        await self.reads()
        await self.takes(NAME)
        while self.view.kind is not ViewKind.GOODBYE:
            await self.reads()
            await self._answers()
        self.met.append(self.view.kind)
        self.look()

    async def _answers(self) -> None:
        state = self.parts.dialogue._state
        options = [option.id for option in self.view.options]
        match self.view.kind:
            case ViewKind.ASK:
                await self.presses(*DATE, "enter")
            case ViewKind.ROAD_MAP:
                await self.takes("print")
                await spin_until(lambda: bool(self.parts.printer.waiting))
                self.parts.printer.finish()
                await self.parts.until(lambda: self.parts.dialogue._state.prints > 0)
                await self.kiosk.settle()
                self.look()
                await self.takes("finish")
            case _:
                await self.takes(ANSWERS.get(state.here.step if state.here else "", options[0]))


@asynccontextmanager
async def at_the_kiosk(size: tuple[int, int]) -> AsyncIterator[tuple[Parts, Kiosk]]:
    catalogue = Catalogue({NAME: CATALOGUE.procedures[NAME]})
    parts = make(Settings(session=SessionSettings(goodbye_seconds=60)), catalogue)
    parts.printer.slow = True
    app = KioskApp(parts.dialogue, SETTINGS)
    async with app.run_test(size=size) as pilot:
        kiosk = Kiosk(app, Shown(parts.dialogue), pilot)  # type: ignore[arg-type]
        await kiosk.settle()
        yield parts, kiosk


def written(kiosk: Kiosk) -> Iterator[str]:
    """Each line of the page that is shown, as it was laid out."""
    frame = kiosk.app.frame
    for item in frame._pages[(frame._small or frame._scene).page]:
        if isinstance(item, Words):
            yield from (line.text.strip() for line in item.lines)
        elif isinstance(item, Target) and not item.button.id.startswith("size-"):  # Drawn, each in its own size.
            yield from (line.strip() for line in item.lines)


def pale(kiosk: Kiosk) -> list[str]:
    """Every piece of text of which the colours are too near."""
    found: list[str] = []
    for strip in kiosk.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            legible = DRAWN.sub("", text).strip()
            if not legible or style is None or all(category(sign) == "Cc" for sign in legible):
                continue
            assert style.color is not None
            assert style.bgcolor is not None
            inks = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
            if contrast(*inks) < ENOUGH:
                found.append(f"{legible}: {inks}")
    return found


class SeesBadly(Person):
    """In « Grand et contrasté »."""

    def look(self) -> None:
        frame, rows = self.kiosk.app.frame, self.kiosk.text.splitlines()
        if self.view.kind not in (ViewKind.WELCOME, ViewKind.GOODBYE):
            assert chosen(self.kiosk.app.dialogue.comfort, Mode.CLEAR)
        assert [line for line in written(self.kiosk) if not any(line in row for row in rows)] == [], self.kiosk.text
        assert [fault for page in frame._pages for item in page for fault in cut(item)] == []
        if frame._small is None and not frame._scene.inside:
            words = shown_words(frame._pages)
            assert [text for text in said(self.view) if squeeze(text) not in words] == []
        assert pale(self.kiosk) == []


@pytest.mark.clause("EN 4.2.2")
async def test_a_whole_procedure_large_and_with_contrast() -> None:
    async with at_the_kiosk((80, 24)) as (parts, kiosk):
        person = SeesBadly(parts, kiosk)
        await person.presses("m")
        await person.takes("mode-clear")
        assert "Grand et" in kiosk.text  # On a page of fewer controls.
        await person.takes("close")
        await person.walks()
        assert {ViewKind.CHOOSE, ViewKind.ASK, ViewKind.CHECKLIST, ViewKind.ROAD_MAP} <= set(person.met)
        assert len(parts.printer.printed) == 1


class HearsBadly(Person):
    """The voice louder and slower."""

    heard = 0
    volume, rate = Comfort().volume, Comfort().rate

    def look(self) -> None:
        """All that was said since the last look is written on the pages of the screen, or beside them."""
        shown = letters(shown_words(self.kiosk.app.frame._pages) + self.kiosk.text)
        title = letters(self.view.title)
        for one in self.parts.speaker.said[self.heard :]:
            assert (one.manner.volume, one.manner.rate) == (self.volume, self.rate)
            unseen = [text for text in one.sentences if letters(text) not in shown]
            assert [text for text in unseen if letters(text) != f"voici{title}"] == [], self.kiosk.text
        self.heard = len(self.parts.speaker.said)


def letters(text: str) -> str:
    """Its letters and digits alone."""
    return re.sub(r"\W+", "", text).casefold()


@pytest.mark.clause("EN 4.2.5", "EN 5.1.5")
async def test_a_whole_procedure_louder_and_slower() -> None:
    async with at_the_kiosk((100, 32)) as (parts, kiosk):
        person = HearsBadly(parts, kiosk)
        await kiosk.press("f10", "f8", "4", "f1")
        comfort = kiosk.app.dialogue.comfort
        assert comfort == Comfort().louder().slower() != Comfort()
        person.volume, person.rate, person.heard = comfort.volume, comfort.rate, len(parts.speaker.said)
        await person.walks()
        assert len(parts.printer.printed) == 1
        assert person.heard > len(person.met)
