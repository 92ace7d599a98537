# SPDX-License-Identifier: EUPL-1.2
"""The conversation, its journal, the link and the server of the site, all real: from the call to the last row."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import select

from accessibility.speaking.memory import MemorySpeaker
from assist.journal.store import open_journal
from assist.link.messages import Act, Consent, Done, HelpStage, Order, Seen
from assist.server.kiosks.tables import StoredEvent
from assist.session import commands as c
from assist.sync.client import Where, make_link
from content.model import Catalogue
from kiosk.config import SessionSettings, Settings
from kiosk.dialogue import Dialogue
from kiosk.printing import PrintDesk
from printouts.model import Paper
from printouts.printer.memory import MemoryPrinter
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import QUICK, kept, now, pair, site_app, until, written
from tests.kiosk.scripted_kiosk import PROCEDURE, ScriptedClock, ScriptedMaker

NAME = "borne-1"


@asynccontextmanager
async def kiosk_at(port: int, journal: Path, key: Path) -> AsyncIterator[Dialogue]:
    """A kiosk linked to the server at ``port``."""
    dialogue = Dialogue(
        settings=Settings(session=SessionSettings(goodbye_seconds=0)),
        clock=ScriptedClock(),
        make_speaker=lambda: MemorySpeaker(join=False),
        desk=PrintDesk(MemoryPrinter(), ScriptedMaker(), Paper.A4),
        load=lambda: Catalogue({PROCEDURE.id: {"fr": PROCEDURE}}),
        open_journal=lambda: (open_journal(journal, NAME, now).journal, ()),
        new_receipt_code=lambda: "ABCD2345",
        make_link=lambda: make_link(Where(f"ws://127.0.0.1:{port}", key, journal, NAME, "1"), QUICK),
    )
    await dialogue.start()
    yield dialogue
    await dialogue.close()


class Desk:
    """Léa, at the server."""

    def __init__(self, app: FastAPI) -> None:
        self.hub = app.state.hub
        self._number = 0

    @property
    def seen(self) -> Seen | None:
        return self.hub.seen(NAME)

    async def order(self, act: Act, value: str = "") -> Done:
        self._number += 1
        seen = self.seen
        assert seen is not None
        order = Order(f"o{self._number}-{id(self)}", seen.session, act, value, seen.key)
        return await asyncio.wrap_future(self.hub.begin_order(NAME, order))

    async def sees(self, step: str, stage: HelpStage) -> Seen:
        await until(lambda: self.seen is not None and (self.seen.step, self.seen.help) == (step, stage), step)
        assert self.seen is not None
        return self.seen


async def test_a_help_from_the_call_to_the_last_row_and_the_server_is_restarted_in_the_middle(tmp_path: Path) -> None:
    database, journal = f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "journal.db"
    app = site_app(database, tmp_path)
    key = pair(app, tmp_path, NAME)
    with ExitStack() as first:
        port = first.enter_context(served(app))
        async with kiosk_at(port, journal, key) as dialogue:
            await until_said(dialogue, Desk(app))
            await asyncio.to_thread(first.close)
            await until(lambda: not dialogue.around.desk.reachable)
            assert dialogue.view.band == "Léa voit cet écran.", "a short cut ends nothing"
            again = site_app(database, tmp_path)
            with served(again, port):
                await until_answered(dialogue, Desk(again))
                await until(lambda: kept(again) == written(journal))
    with again.state.database.begin() as transaction:
        rows = [(row.seq, row.type, row.payload) for row in transaction.execute(select(StoredEvent)).scalars()]
    assert [kind for _, kind, _ in sorted(rows) if kind.startswith("help.")] == [
        "help.called", "help.joined", "help.said", "help.consent_asked", "help.consent_given", "help.acted",
        "help.ended",
    ]  # fmt: skip
    assert not any(word in repr(rows) for word in ("Léa", "L\\u00e9a", "Je suis"))


async def until_said(dialogue: Dialogue, desk: Desk) -> None:
    """The person calls; Léa comes, and writes."""
    desk.hub.present("lea")
    await until(lambda: dialogue.around.desk.people == 1)
    for intent in (c.Begin(""), c.Pick(PROCEDURE), c.Continue(), c.CallHelp()):
        await dialogue.send(intent, c.Origin.TOUCH)
    assert dialogue.view.title == "Quelqu’un vient"
    await desk.sees("besoin", HelpStage.CALLED)
    assert (await desk.order(Act.JOIN, "Léa")).done
    await desk.sees("besoin", HelpStage.JOINED)
    assert (await desk.order(Act.SAY, "Je suis là.")).done
    assert dialogue.view.title == "Léa\u00a0: Je suis là."


async def until_answered(dialogue: Dialogue, desk: Desk) -> None:
    """Léa is still there; she asks, answers in the person's place, and leaves."""
    await desk.sees("besoin", HelpStage.JOINED)
    assert (await desk.order(Act.ASK_CONSENT)).done
    await dialogue.send(c.GiveConsent(), c.Origin.TOUCH)
    await until(lambda: desk.seen is not None and desk.seen.consent is Consent.GIVEN)
    assert (await desk.order(Act.PRESS, "perdue")).done
    await desk.sees("perte", HelpStage.JOINED)
    assert (await desk.order(Act.LEAVE)).done
    await until(lambda: desk.seen is None)
