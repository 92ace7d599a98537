# SPDX-License-Identifier: EUPL-1.2
"""A kiosk on a glass of a given size, with a scripted dialogue."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot

from kiosk.app import KioskApp
from kiosk.config import Settings
from kiosk.screens.items import Target
from kiosk.widgets.target import TargetView
from tests.kiosk.scripted_dialogue import ScriptedDialogue

SETTINGS = replace(Settings(), screen=replace(Settings().screen, pictograms="blocks"))


@pytest.fixture(autouse=True)
def painted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches these screens: they need not wait for the next sixtieth of a second."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.001)


class Kiosk:
    """The app, and what a person sees and does."""

    def __init__(self, app: KioskApp, dialogue: ScriptedDialogue, pilot: Pilot[None]) -> None:
        self.app, self.dialogue, self.pilot = app, dialogue, pilot
        self._read_until = 0.0

    async def settle(self) -> None:
        """Wait until everything is painted where it was laid out."""
        async with asyncio.timeout(30):
            await self._answered()
            while not self._settled():
                await self._answered()

    async def _answered(self) -> None:
        """Until every widget has dealt with what it was sent (``pilot.pause`` also waits for an idle processor)."""
        await self.pilot._wait_for_screen()
        await asyncio.sleep(0)

    def _settled(self) -> bool:
        frame = self.app.frame
        if frame._hand is None:  # What may be said is told once the first screen is painted.
            return False
        tasks = (self.app._sending, self.app._searching)
        if any(task is not None and not task.done() for task in tasks):
            return False
        if frame._layout_required or frame._dirty_widgets or not self.app.is_running:
            return False
        if frame._view != self.dialogue.to_paint:  # The one before is still there.
            return False
        boxes = frame._boxes.boxes.items()
        return all(tuple(w.region) == (b.x, b.y, b.width, b.height) for w, b in boxes if w.display)

    async def show(self, view: object) -> None:
        self.dialogue.show(view)  # type: ignore[arg-type]
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press each key once what the one before did has been read: a second later, as the keys tell."""
        for key in keys:
            self._read_until = max(self._read_until, time.monotonic()) + 1
            await self.press_at(self._read_until, key)

    async def press_at(self, when: float, key: str) -> None:
        """Press ``key`` at ``when``, on the clock of :func:`time.monotonic`; nobody waits for it."""
        event = events.Key(key, None)
        event.time = when
        self.app.post_message(event)
        await self.settle()

    async def tap(self, name: str) -> None:
        """Tap the target whose button is called ``name``."""
        box = self.target(name).box
        await self.pilot.click(offset=(box.x + box.width // 2, box.y + box.height // 2))
        await self.settle()

    @property
    def targets(self) -> list[TargetView]:
        """Every usable target on the screen, in the order of the ring."""
        return list(self.app.frame._targets)

    def target(self, name: str) -> Target:
        return next(t.item for t in self.targets if t.item is not None and t.item.button.id == name)

    @property
    def focused(self) -> str:
        focused = self.app.focused
        return focused.item.button.id if isinstance(focused, TargetView) and focused.item else ""

    @property
    def text(self) -> str:
        """What is written on the screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def picture(self) -> str:
        """The screen as SVG text, unescaped."""
        return html.unescape(re.sub(r"<[^>]+>", "\n", self.app.export_screenshot()))


KioskMaker = Callable[..., AbstractAsyncContextManager[Kiosk]]


@pytest.fixture
def kiosk() -> KioskMaker:
    @asynccontextmanager
    async def make(
        dialogue: ScriptedDialogue | None = None,
        size: tuple[int, int] = (100, 32),
        settings: Settings = SETTINGS,
        **more: object,
    ) -> AsyncIterator[Kiosk]:
        dialogue = dialogue or ScriptedDialogue()
        app = KioskApp(dialogue, settings, **more)  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            kiosk = Kiosk(app, dialogue, pilot)
            await kiosk.settle()
            yield kiosk

    return make
