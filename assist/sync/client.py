# SPDX-License-Identifier: EUPL-1.2
"""The link to the server of the site, over a WebSocket. Import it once the first screen is painted."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import ssl
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.uri import parse_uri

from assist.journal.database import StorageError
from assist.link.codec import NotUnderstood, encode, from_server
from assist.link.device_key import read_key
from assist.link.messages import (
    PROTOCOL,
    Agreement,
    Countersigned,
    Desk,
    Done,
    FromServer,
    Health,
    Hello,
    Kept,
    Now,
    Order,
    Quarantined,
    Rows,
    Seen,
    Settled,
    Signed,
    SignedCheckpoint,
    Welcome,
)
from assist.sync.outbox import Identity, Outbox
from assist.sync.protocol import DeskState, OnOrder, OnSettled, OnState

LOG = logging.getLogger("assist.sync")
_QUIET = logging.getLogger("assist.sync.websockets")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False  # What it says of a cut belongs to no terminal.

T = TypeVar("T")

_LARGEST = 4_000_000
"""Bytes of one message: each character takes four at most."""
_ON_PURPOSE = (1008, 4000)
"""The server ended the connection on purpose, and would do it again."""
_ORDERS_KNOWN = 200
_ANSWERS_KEPT = 50
_TRIES = 3
_HEALTH_AGAIN = 10
"""Looks at how the kiosk is, until it is told again though nothing has changed."""
_ELSEWHERE = 30.0
"""Seconds between two looks at the journal when nobody says that it grew: ``kiosk walk`` writes in it too."""


@dataclass(frozen=True, slots=True)
class Where:
    """The server, and the kiosk that reaches it.

    ``address`` is ``ws://`` or ``wss://``, host and port. ``trust`` is a certificate (PEM) to believe beside those of
    the system. The key is read again at each attempt: it may come later than the kiosk starts.
    """

    address: str
    key: Path
    journal: Path
    kiosk: str
    version: str
    languages: tuple[str, ...] = ()
    trust: Path | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between attempts, from the first to the longest wait; for an answer; between signs of life."""

    first: float = 0.5
    longest: float = 30.0
    answer: float = 30.0
    opening: float = 5.0
    ping: float = 5.0
    health: float = 60.0
    """Between two looks at how the kiosk is."""


class _Cut(Exception):
    """The connection is of no more use."""


def make_link(where: Where, pace: Pace | None = None, health: Callable[[], Health] | None = None) -> SiteLink:
    """The link to the server at ``where``. Nothing happens before its ``run``.

    ``health`` looks at how the kiosk is, in a thread; without it, the server is told nothing of that.
    """
    return SiteLink(where, pace or Pace(), health)


class SiteLink:
    """A :class:`assist.sync.protocol.DeskLink`."""

    def __init__(self, where: Where, pace: Pace, health: Callable[[], Health] | None = None) -> None:
        self.state = DeskState()
        self._where, self._pace, self._health = where, pace, health
        self._run = secrets.token_hex(8)
        self._outbox = Outbox(where.journal, where.kiosk)
        self._thread = ThreadPoolExecutor(1, "outbox")
        self._on_order: OnOrder = lambda order: None
        self._on_state: OnState = lambda state: None
        self._shown: Seen | None = None
        self._agreement: Agreement | None = None
        self._agreement_left = False
        self._on_settled: OnSettled = lambda settled: None
        self._answers: deque[Done] = deque(maxlen=_ANSWERS_KEPT)
        self._orders: OrderedDict[str, Done | None] = OrderedDict()
        self._replies: asyncio.Queue[int] = asyncio.Queue()
        self._live = asyncio.Event()
        self._written = asyncio.Event()
        self._hurry = asyncio.Event()

    # From the app

    def watch(self, on_order: OnOrder, on_state: OnState) -> None:
        self._on_order, self._on_state = on_order, on_state

    def show(self, seen: Seen | None) -> None:
        if seen is not None and self._shown is None:
            self._hurry.set()
        self._shown = seen
        self._live.set()

    def answer(self, done: Done) -> None:
        if done.order in self._orders:
            self._orders[done.order] = done
        self._answers.append(done)
        self._live.set()

    def agree(self, agreement: Agreement, on_settled: OnSettled) -> None:
        self._agreement, self._agreement_left, self._on_settled = agreement, False, on_settled
        self._hurry.set()
        self._live.set()

    def drop_agreement(self) -> bool:
        self._agreement = None
        return not self._agreement_left

    def written(self) -> None:
        self._written.set()

    # The connection

    async def run(self) -> None:
        try:
            failures = 0
            while True:
                self._hurry.clear()
                on_purpose = False
                try:
                    await self._connected()
                except ConnectionClosed as closed:
                    on_purpose = closed.rcvd is not None and closed.rcvd.code in _ON_PURPOSE
                    LOG.info("cut: %s", closed)
                except (OSError, WebSocketException, UnicodeError, NotUnderstood, _Cut, *StorageError) as error:
                    LOG.info("no link: %s", error)
                failures = 0 if self.state.reachable else failures + 1
                self._become(DeskState())
                await self._wait(failures, on_purpose)
        finally:
            self._become(DeskState())
            self._thread.submit(self._outbox.close)
            self._thread.shutdown(wait=False)

    async def _wait(self, failures: int, on_purpose: bool) -> None:
        """Until the next attempt; no longer than it takes somebody to call."""
        longest = self._pace.longest
        step = longest if on_purpose else min(longest, self._pace.first * 2 ** min(failures, 20))
        seconds = step * random.uniform(0.5, 1)  # noqa: S311 - so that kiosks do not all come back at once
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.sleep(min(seconds, self._pace.first))
                await self._hurry.wait()

    async def _connected(self) -> None:
        """One connection, from its beginning to its end; it ends with an exception."""
        key = await asyncio.to_thread(read_key, self._where.key)
        if not key:
            raise _Cut("no key yet")
        try:
            parse_uri(self._where.address)
        except ValueError as error:
            raise _Cut(f"no address: {error}") from None
        async with connect(
            self._where.address.rstrip("/") + "/kiosk",
            additional_headers={"Authorization": f"Bearer {key}"},
            ssl=await asyncio.to_thread(self._tls),
            proxy=None,
            compression=None,
            logger=_QUIET,
            max_size=_LARGEST,
            open_timeout=self._pace.opening,
            close_timeout=1,
            ping_interval=self._pace.ping,
            ping_timeout=self._pace.ping * 2,
        ) as socket:
            identity = await self._read(self._outbox.identity)
            welcome = await self._greet(socket, identity)
            sent = await self._read(self._outbox.start, welcome) if identity.journal else 0
            self._become(DeskState(reachable=True))
            self._replies = asyncio.Queue()
            witnessed = welcome.checkpoint >= 0 and identity.journal
            signed = await self._read(self._outbox.signed_start, welcome) if witnessed else None
            rows = self._send_rows(socket, identity, sent, signed)
            await _first_end(self._receive(socket), self._send_live(socket), self._send_health(socket), rows)

    def _tls(self) -> ssl.SSLContext | None:
        if not self._where.address.startswith("wss://"):
            return None
        context = ssl.create_default_context()
        if self._where.trust is not None:
            context.load_verify_locations(self._where.trust)
        return context

    async def _greet(self, socket: ClientConnection, identity: Identity) -> Welcome:
        where = self._where
        hello = Hello(
            PROTOCOL,
            where.version,
            where.kiosk,
            identity.journal,
            identity.public_key,
            where.languages,
            datetime.now(UTC).isoformat(timespec="milliseconds"),
            self._run,
            identity.proof,
        )
        await socket.send(encode(hello))
        async with asyncio.timeout(self._pace.answer):
            welcome = from_server(str(await socket.recv(decode=True)))
        if not isinstance(welcome, Welcome):
            raise _Cut("the server did not greet")
        return welcome

    # What goes on at the same time

    async def _send_live(self, socket: ClientConnection) -> None:
        """What is seen, and answers to orders: apart from the rows, which may wait for a disk."""
        known: Seen | None = None
        agreed: Agreement | None = None
        while True:
            self._live.clear()
            while self._answers:
                await socket.send(encode(self._answers.popleft()))
            if self._agreement is not None and self._agreement is not agreed:
                agreed, self._agreement_left = self._agreement, True  # A cut on the way may come after its arrival.
                await socket.send(encode(agreed))
            if self._shown != known:
                known = self._shown
                await socket.send(encode(Now(known)))
            else:
                await self._live.wait()

    async def _send_health(self, socket: ClientConnection) -> None:
        """How the kiosk is: at once, when it changes, and now and then, for its clock may have been set."""
        if self._health is None:
            await asyncio.Event().wait()
            return
        known: Health | None = None
        looks = 0
        while True:
            health = await asyncio.to_thread(self._health)
            if known is None or replace(health, time=known.time) != known or looks % _HEALTH_AGAIN == 0:
                known = health
                await socket.send(encode(health))
            looks += 1
            await asyncio.sleep(self._pace.health)

    async def _send_rows(
        self, socket: ClientConnection, identity: Identity, sent: int, signed: int | None = None
    ) -> None:
        """The rows after ``sent``, then those that come, a batch at a time; and the checkpoints after ``signed``."""
        stuck = 0
        while True:
            self._written.clear()
            rows = await self._rows(identity, sent)
            if not rows:
                if signed is not None:
                    signed = await self._send_signed(socket, signed, sent)
                with suppress(TimeoutError):
                    async with asyncio.timeout(_ELSEWHERE):
                        await self._written.wait()
                continue
            await socket.send(await self._read(encode, Rows(rows)))
            async with asyncio.timeout(self._pace.answer):
                sent = await self._replies.get()
            stuck = 0 if sent >= rows[0].seq else stuck + 1
            if stuck == _TRIES:
                raise _Cut("the server does not take what it asks for")

    async def _send_signed(self, socket: ClientConnection, signed: int, sent: int) -> int:
        """The checkpoints of rows that are there; the last one that the server has countersigned."""
        while checkpoints := await self._checkpoints(signed, sent):
            await socket.send(encode(Signed(checkpoints)))
            async with asyncio.timeout(self._pace.answer):
                signed = max(signed + 1, await self._replies.get())
        return signed

    async def _checkpoints(self, signed: int, sent: int) -> tuple[SignedCheckpoint, ...]:
        try:
            return await self._read(self._outbox.signed, signed, sent)
        except StorageError as error:
            LOG.info("the journal cannot be read: %s", error)
        return ()

    async def _rows(self, identity: Identity, sent: int) -> tuple[Any, ...]:
        try:
            if identity.journal:
                return await self._read(self._outbox.after, sent)
            if (await self._read(self._outbox.identity)).journal:
                raise _Cut("there is a journal now")
        except StorageError as error:
            LOG.info("the journal cannot be read: %s", error)
        return ()

    async def _receive(self, socket: ClientConnection) -> None:
        while True:
            text = str(await socket.recv(decode=True))
            try:
                self._take(from_server(text))
            except NotUnderstood as error:  # A newer server may say more: what we understand goes on.
                LOG.info("left out: %s", error)

    def _take(self, message: FromServer) -> None:
        match message:
            case Order():
                self._order(message)
            case Desk(people, wait_minutes):
                self._become(DeskState(True, people, wait_minutes))
            case Kept(done) | Countersigned(done):
                self._replies.put_nowait(done)
            case Quarantined():
                LOG.info("set apart: %s", message.why)
                self._replies.put_nowait(message.seq or message.kept)
            case Settled(number):
                if self._agreement is not None and self._agreement.number == number:
                    self._agreement = None
                    self._on_settled(message)
            case Welcome():
                pass

    def _order(self, order: Order) -> None:
        """Carry it out once, however often it comes."""
        if order.id in self._orders:
            if done := self._orders[order.id]:
                self.answer(done)
            return
        self._orders[order.id] = None
        if len(self._orders) > _ORDERS_KNOWN:
            self._orders.popitem(last=False)
        self._on_order(order)

    def _become(self, state: DeskState) -> None:
        if state != self.state:
            self.state = state
            self._on_state(state)

    async def _read(self, work: Callable[..., T], *given: object) -> T:
        """Do ``work`` in the thread that has the journal."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)


async def _first_end(*works: Coroutine[Any, Any, None]) -> None:
    """Do all of them until one ends; raise what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
