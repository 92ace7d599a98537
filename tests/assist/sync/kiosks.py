# SPDX-License-Identifier: EUPL-1.2
"""Kiosks with a real journal, and what the server holds of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import select

from assist.journal.protocol import Appended
from assist.journal.store import open_journal
from assist.link.device_key import key_file, write_key
from assist.link.messages import Done, Health, Order, Seen
from assist.server.app import make_app
from assist.server.calls import Call, open_calls
from assist.server.kiosks import devices
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from assist.server.mandates.keys import site_keys
from assist.server.proof.tables import KioskCheckpoint
from assist.server.proof.verification import verify_journal
from assist.server.site import Site
from assist.session.commands import Mode, Origin
from assist.session.events import Ending, Event, HelpCalled, LanguageChanged, SessionEnded, SessionStarted, StepShown
from assist.sync.client import Pace, SiteLink, Where, make_link
from assist.sync.protocol import DeskState
from tests.assist.server import doors

QUICK = Pace(first=0.01, longest=0.05, answer=10, opening=10, ping=20)
PATIENCE = 20.0


def now() -> datetime:
    return datetime.now(UTC)


def seen(session: str, key: str = "k1") -> Seen:
    return Seen(session, key, "step", "en", modes=("slow",), title="Votre carte est-elle perdue ?")


def session_events(session: str, *, helped: bool = True) -> tuple[Event, ...]:
    """A small visit, in English after a while."""
    started = SessionStarted(session, "fr", Mode.KIOSK, Origin.TOUCH, today=now().date(), monotonic=0.0)
    walked = (LanguageChanged("en", None), StepShown("accueil", "", ""), StepShown("besoin", "", ""))  # type: ignore[arg-type]
    return (started, *walked, HelpCalled("besoin")) if helped else (started, *walked)


def site_app(address: str, folder: Path, clock: Callable[[], datetime] = now) -> FastAPI:
    """The server of a site, its kiosks not known yet."""
    app = make_app(Site("Mairie", address, folder / "keys"), clock=clock, passwords=doors.QUICK)
    app.state.database.upgrade()
    return app


def pair(app: FastAPI, folder: Path, name: str = "borne-1") -> Path:
    """Give ``name`` a key; its file."""
    with app.state.database.begin() as transaction:
        key = devices.add(transaction, name, now())
    file = key_file(folder / "keys", name)
    write_key(file, key)
    return file


class Kiosk:
    """A kiosk without a screen: a journal, and its link."""

    def __init__(self, folder: Path, key: Path, name: str = "borne-1", journal: str = "journal.db") -> None:
        self.path = folder / journal
        self.name, self._key = name, key
        self.journal = open_journal(self.path, name, now).journal
        self.orders: list[Order] = []
        self.states: list[DeskState] = []
        self.health: Callable[[], Health] | None = None
        self.link: SiteLink | None = None

    def write(self, events: Sequence[Event], session: str = "") -> None:
        assert isinstance(self.journal.append(events, now(), session), Appended)
        if self.link is not None:
            self.link.written()

    def visit(self, session: str, *, helped: bool = True) -> None:
        self.write(session_events(session, helped=helped), session)

    def leave(self, session: str) -> None:
        self.write([SessionEnded(Ending.DONE, "<2")], session)

    def _order(self, order: Order) -> None:
        self.orders.append(order)
        assert self.link is not None
        self.link.answer(Done(order.id, order.act != "press", "Il faut son accord."))

    @asynccontextmanager
    async def linked(self, port: int, pace: Pace = QUICK, version: str = "1") -> AsyncIterator[SiteLink]:
        """Its link up, for as long as the block lasts."""
        where = Where(f"ws://127.0.0.1:{port}", self._key, self.path, self.name, version)
        self.link = make_link(where, pace, self.health)
        self.link.watch(self._order, self.states.append)
        running = asyncio.create_task(self.link.run())
        try:
            yield self.link
        finally:
            running.cancel()
            await asyncio.wait({running})
            self.link = None
            assert running.cancelled(), running.exception()


async def until(true: Callable[[], bool], what: str = "") -> None:
    """Wait for what is expected."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"still not so: {what or true}") from None


def kept(app: FastAPI) -> list[tuple[int, str]]:
    """Number and identifier of every row that the server holds of its journals, in order."""
    with app.state.database.begin() as transaction:
        found = select(StoredEvent.seq, StoredEvent.id).order_by(StoredEvent.journal, StoredEvent.seq)
        return [(row.seq, row.id) for row in transaction.execute(found)]


def apart(app: FastAPI) -> list[tuple[int, str]]:
    """The same of the rows set apart."""
    with app.state.database.begin() as transaction:
        found = select(SetApart.seq, SetApart.id).order_by(SetApart.seq, SetApart.number)
        return [(row.seq, row.id) for row in transaction.execute(found)]


def witnessed(app: FastAPI) -> list[int]:
    """The number of every checkpoint that the server has countersigned."""
    with app.state.database.read() as transaction:
        found = select(KioskCheckpoint.number).where(KioskCheckpoint.countersignature.is_not(None))
        return list(transaction.scalars(found.order_by(KioskCheckpoint.id)))


def intact(app: FastAPI) -> bool:
    """Whether every journal that the server holds is what its kiosk wrote and signed."""
    key = site_keys(app.state.site.keys).signing.verify_key
    with app.state.database.read() as transaction:
        journals = transaction.scalars(select(Journal.id)).all()
    return not any(verify_journal(app.state.database, id_, key, lambda rows: None).wrong for id_ in journals)


def doubled(app: FastAPI) -> int:
    """How often two kiosks were found to take turns under one name."""
    with app.state.database.begin() as transaction:
        return sum(device.doubled for device in devices.listed(transaction))


def waiting(app: FastAPI) -> list[Call]:
    """The calls that are not over."""
    with app.state.database.begin() as transaction:
        return list(open_calls(transaction, now()))


def written(*paths: Path) -> list[tuple[int, str]]:
    """Number and identifier of every row of these journals, in the order of the journals' identifiers."""
    from assist.sync.outbox import Outbox

    rows: list[tuple[str, int, str]] = []
    for path in paths:
        outbox = Outbox(path, "borne-1")
        journal, after = outbox.identity().journal, 0
        while found := outbox.after(after):
            rows += [(journal, row.seq, row.id) for row in found]
            after = found[-1].seq
        outbox.close()
    return [(seq, id_) for _, seq, id_ in sorted(rows)]
