# SPDX-License-Identifier: EUPL-1.2
"""A scripted kiosk at the end of a real connection, with a real journal, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from fastapi import FastAPI

from assist.link.messages import Act, Done, HelpStage, Order, Seen
from assist.session.commands import Origin
from assist.session.events import HelpEnded, HelpJoined
from tests.assist.server.scripted_kiosk import ASKED_WHY, ScriptedKiosk
from tests.assist.sync.kiosks import Kiosk, pair

SESSION = ASKED_WHY.session


class KioskOnLine:
    """What the person does is called from the test's thread."""

    def __init__(self, folder: Path, app: FastAPI, port: int, name: str = "accueil") -> None:
        folder.mkdir()
        self._kiosk = Kiosk(folder, pair(app, folder, name), name)
        self._kiosk._order = self._order  # type: ignore[method-assign]
        self.shown = ScriptedKiosk(ASKED_WHY, self._send)
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._plugged, self._there = asyncio.Event(), Event()

    def call(self) -> None:
        """The person calls for help."""
        self._later(lambda: (self._kiosk.visit(SESSION), self.shown.show()))

    def show(self, **changes: object) -> None:
        """The person sees something else."""
        self._later(lambda: self.shown.show(**changes))

    def end_help(self) -> None:
        """The person goes on alone."""
        ended = HelpEnded("besoin", Origin.TOUCH)
        self._later(lambda: (self.shown.show(help=HelpStage.NONE), self._kiosk.write([ended], SESSION)))

    def orders(self) -> list[tuple[str, str]]:
        """What came from the desk."""
        return [(order.act.value, order.value) for order in self.shown.orders]

    def _order(self, order: Order) -> None:
        self.shown.carry_out(order)
        if order.act is Act.JOIN:
            self._kiosk.write([HelpJoined("besoin", order.value)], SESSION)
        if order.act is Act.LEAVE:
            self._kiosk.write([HelpEnded("besoin", Origin.MEDIATOR)], SESSION)

    def _send(self, message: Seen | Done | None) -> None:
        link = self._kiosk.link
        assert link is not None
        if isinstance(message, Done):
            link.answer(message)
        else:
            link.show(message)

    def _later(self, what: object) -> None:
        self._loop.call_soon_threadsafe(what)  # type: ignore[arg-type]

    @contextmanager
    def linked(self) -> Iterator[None]:
        """Connected, for as long as the block lasts."""
        leave = asyncio.Event()
        thread = Thread(target=self._loop.run_until_complete, args=(self._live(leave),))
        thread.start()
        try:
            assert self._there.wait(20), "the kiosk could not connect"
            yield
        finally:
            self._loop.call_soon_threadsafe(leave.set)
            thread.join()
            self._loop.close()

    @contextmanager
    def unplugged(self) -> Iterator[None]:
        """Cut off, for as long as the block lasts; then connected again."""
        self._there.clear()
        self._loop.call_soon_threadsafe(self._plugged.clear)
        yield
        self._loop.call_soon_threadsafe(self._plugged.set)
        assert self._there.wait(20), "the kiosk could not connect again"

    async def _live(self, leave: asyncio.Event) -> None:
        self._plugged.set()
        leaving = asyncio.create_task(leave.wait())
        while not leave.is_set():
            async with self._kiosk.linked(self._port) as link:
                while not link.state.reachable:
                    await asyncio.sleep(0.01)
                self._there.set()
                while self._plugged.is_set() and not leave.is_set():
                    await asyncio.wait({leaving}, timeout=0.02)
            if not leave.is_set():
                await self._plugged.wait()
