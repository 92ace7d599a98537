# SPDX-License-Identifier: EUPL-1.2
"""The relay by itself, with a page that does not paint."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import pytest

from kiosk.page import relay as relay_module
from kiosk.page.program import WindowSize
from kiosk.page.relay import Condition, DropReason, Relay

FLOOD = (sys.executable, "-u", "-c", "import sys\nwhile True: sys.stdout.write('x' * 65536)")
SIZE = WindowSize(32, 100, 12, 25)


class DeafPage:
    """Takes what comes and never says that it painted it."""

    page_id = "deaf"

    def __init__(self) -> None:
        self.heard = 0
        self.dropped: asyncio.Future[DropReason] = asyncio.get_running_loop().create_future()
        self.shown: list[Condition] = []

    def open_terminal(self, text_size: int, modes: str) -> None:
        self.heard = 0

    def show(self, condition: Condition) -> None:
        self.shown.append(condition)

    def paint(self, text: str) -> None:
        self.heard += len(text)

    def drop(self, reason: DropReason) -> None:
        self.dropped.set_result(reason)


@pytest.fixture
async def flood() -> AsyncIterator[Relay]:
    relay = Relay(FLOOD, os.environ)
    yield relay
    await relay.stop()


async def test_a_page_that_paints_nothing_is_cut_off_and_the_app_runs_on(
    flood: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "STALLED_SECONDS", 0.2)
    page = DeafPage()
    assert flood.attach(page)
    flood.resize(SIZE)
    assert await asyncio.wait_for(page.dropped, 10) is DropReason.STALLED
    assert relay_module.PAUSE_ABOVE < page.heard < relay_module.PAUSE_ABOVE + 200_000
    assert flood.page is None
    other = DeafPage()
    assert flood.attach(other)
    flood.resize(SIZE)
    assert await asyncio.wait_for(other.dropped, 10) is DropReason.STALLED, "the app still writes"


async def test_a_page_that_paints_gets_the_rest(flood: Relay) -> None:
    page = DeafPage()
    flood.attach(page)
    flood.resize(SIZE)
    async with asyncio.timeout(30):
        while page.heard < 3 * relay_module.PAUSE_ABOVE:
            flood.painted(page.heard)
            await asyncio.sleep(0)


async def test_nothing_of_a_screen_is_kept(flood: Relay) -> None:
    page = DeafPage()
    flood.attach(page)
    flood.resize(SIZE)
    async with asyncio.timeout(30):
        while not page.heard:
            await asyncio.sleep(0)
    assert flood._app is not None
    assert not flood._app.read_buffer


async def test_a_program_that_is_not_there_is_trouble_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.page.restarts.FIRST_DELAY_SECONDS", 0.001)
    relay = Relay(["/nowhere/kiosk"], {})
    page = DeafPage()
    relay.attach(page)
    async with asyncio.timeout(30):
        while Condition.TROUBLE not in page.shown:
            relay.resize(SIZE)
            await asyncio.sleep(0)
    assert page.shown == [Condition.RESTARTING] * 4 + [Condition.TROUBLE]
    await relay.stop()
