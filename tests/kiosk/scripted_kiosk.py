# SPDX-License-Identifier: EUPL-1.2
"""A conversation whose clock, voice, ear, journal and printer are scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from accessibility.listening.memory import MemoryListener
from accessibility.speaking.memory import MemorySpeaker
from assist.journal.memory import MemoryJournal
from assist.session import commands as c
from assist.session import events as e
from content.model import Catalogue, Outcome, Possession
from kiosk.config import SessionSettings, Settings
from kiosk.dialogue import Dialogue
from kiosk.printing import PrintDesk
from kiosk.turns import Pace
from kiosk.view import ViewKind
from kiosk.words import words_in
from printouts.model import Paper, Receipt
from printouts.printer.memory import MemoryPrinter
from printouts.renderer import RenderFault
from tests.sample_procedures import TODAY, sample_procedure

PROCEDURE = sample_procedure()
w = words_in("fr")
CANARY = date(1949, 7, 23)


@dataclass
class ScriptedClock:
    """A clock that the test moves."""

    monotonic: float = 1000.0
    reads: int = 0

    def now(self) -> c.Moment:
        self.reads += 1
        return c.Moment(datetime(2026, 11, 21, 9, tzinfo=UTC), self.monotonic, TODAY)


@dataclass
class ScriptedMaker:
    """Makes a "PDF" that tells what it was asked."""

    fault: RenderFault | None = None
    made: list[Receipt] = field(default_factory=list[Receipt])
    closed: int = 0

    def warm(self) -> None:
        pass

    def render(self, receipt: Receipt, paper: Paper) -> bytes | RenderFault:
        if self.fault is not None:
            return self.fault
        self.made.append(receipt)
        return repr(receipt).encode()

    def close(self) -> None:
        self.closed += 1


@dataclass
class Kiosk:
    """A dialogue and its scripted parts."""

    dialogue: Dialogue
    clock: ScriptedClock
    speaker: MemorySpeaker
    journal: MemoryJournal
    printer: MemoryPrinter
    maker: ScriptedMaker
    changed: asyncio.Event

    async def do(self, *intents: c.Intent) -> None:
        for intent in intents:
            await self.dialogue.send(intent, c.Origin.TOUCH)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not true():
                self.changed.clear()
                await self.changed.wait()

    async def until_kind(self, kind: ViewKind) -> None:
        await self.until(lambda: self.dialogue.view.kind is kind)

    async def until_welcome(self) -> None:
        """The goodbye is said to its end, and the welcome screen comes back."""
        self.speaker.finish()
        await self.until_kind(ViewKind.WELCOME)

    async def to_the_end(self) -> None:
        await self.do(
            c.Begin(""), c.Pick(PROCEDURE), c.Continue(), c.Choose("perdue"), c.Continue(), c.Answer(CANARY),
            c.Tick("photo", Possession.HAVE), c.Tick("declaration", Possession.MISSING), c.Continue(),
            c.Report(Outcome.DONE),
        )  # fmt: skip
        assert self.dialogue.view.kind is ViewKind.ROAD_MAP


async def spin_until(true: Callable[[], bool]) -> None:
    """Wait for what no listener is told of."""
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0)


def make(settings: Settings | None = None, catalogue: Catalogue | None = None, **more: Any) -> Kiosk:
    catalogue = catalogue or Catalogue({PROCEDURE.id: {"fr": PROCEDURE}})
    clock, speaker, journal = ScriptedClock(), MemorySpeaker(join=False), MemoryJournal()
    printer, maker = MemoryPrinter(), ScriptedMaker()
    dialogue = Dialogue(
        settings=settings or Settings(session=SessionSettings(goodbye_seconds=0)),
        clock=clock,
        make_speaker=lambda: speaker,
        desk=PrintDesk(printer, maker, Paper.A4),
        load=lambda: catalogue,
        open_journal=lambda: (journal, (e.KioskStarted("test"),)),
        new_receipt_code=lambda: "ABCD2345",
        **more,
    )
    changed = asyncio.Event()
    dialogue.subscribe(lambda view, comfort: changed.set())
    return Kiosk(dialogue, clock, speaker, journal, printer, maker, changed)


def listening_kiosk() -> tuple[Kiosk, MemoryListener]:
    listener = MemoryListener()
    pace = Pace(after_touch=0, after_voice=0, settle=0, rest=0)
    return make(make_listener=lambda: listener, pace=pace), listener
