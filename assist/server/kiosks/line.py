# SPDX-License-Identifier: EUPL-1.2
"""One kiosk that is connected: what it sends is taken in the order in which it came."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi import WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from assist.journal.chain import Link
from assist.link.codec import NotKnown, NotUnderstood, encode, from_kiosk
from assist.link.messages import (
    Agreement,
    Countersigned,
    Done,
    FromKiosk,
    FromServer,
    Health,
    Hello,
    Kept,
    Now,
    Quarantined,
    Rows,
    Settled,
    Signed,
    SignedCheckpoint,
)
from assist.link.rows import MOST, checkpoint_of, link_of
from assist.server.database import NO_DATABASE, Database
from assist.server.hub import CALLS, Hub
from assist.server.kiosks.ingest import ingest
from assist.server.kiosks.projection import Source, note_modes
from assist.server.kiosks.tables import Journal
from assist.server.presence.states import told
from assist.server.proof.witness import signing_key, witness

LOG = logging.getLogger("assist.server.kiosks")

REFUSED = 1008
TROUBLE = 1011
ENDED = 4000
"""Ended by the server on purpose: the kiosk waits long before it comes back."""

_UNREAD = 8
"""Batches not taken yet; our own kiosks have one on its way at most."""
_UNSENT = 100


@dataclass(frozen=True, slots=True)
class Parts:
    """What a connection needs of the application."""

    database: Database
    hub: Hub
    clock: Callable[[], datetime]
    keys: Path
    agree: Callable[[str, Agreement], Settled]
    """What becomes of a mandate that a person gave at this kiosk; in a thread."""


@dataclass(frozen=True, slots=True)
class _Modes:
    """The person of this session uses the kiosk in another way."""

    session: str
    modes: tuple[str, ...]


_Work = Sequence[Link] | Signed | _Modes | Agreement | Health
"""What waits for the database."""


class _Over(Exception):
    """The connection ends, with this code and this French reason."""

    def __init__(self, code: int, why: str = "") -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class KioskLine:
    """A :class:`assist.server.hub.Line`. ``source`` is None for a kiosk that has no journal yet."""

    def __init__(self, socket: WebSocket, parts: Parts, hello: Hello, source: Source | None) -> None:
        self.kiosk = hello.kiosk
        self.run = hello.run
        self._socket, self._parts, self._source = socket, parts, source
        self._modes: dict[str, tuple[str, ...]] = {}
        self._loop = asyncio.get_running_loop()
        self._ending: asyncio.Future[_Over] = self._loop.create_future()
        self._outgoing: asyncio.Queue[FromServer] = asyncio.Queue(_UNSENT)
        self._incoming: asyncio.Queue[_Work] = asyncio.Queue(_UNREAD)

    def send(self, message: FromServer) -> None:
        """From any thread."""
        with suppress(RuntimeError):  # The loop is closed: the connection is gone.
            self._loop.call_soon_threadsafe(self._put, message)

    def close(self, why: str) -> None:
        """From any thread."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end, _Over(ENDED, why))

    def _put(self, message: FromServer) -> None:
        if self._outgoing.full():
            self._end(_Over(TROUBLE, "La borne ne lit plus ce que le serveur envoie."))
        else:
            self._outgoing.put_nowait(message)

    def _end(self, over: _Over) -> None:
        if not self._ending.done():
            self._ending.set_result(over)

    async def serve(self) -> None:
        """Take and send until the connection is over."""
        tasks = [asyncio.create_task(work()) for work in (self._read, self._write, self._take)]
        await asyncio.wait({*tasks, self._ending}, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        ends = [*await asyncio.gather(*tasks, return_exceptions=True)]
        if self._ending.done():
            ends.insert(0, self._ending.result())
        over = next((end for end in ends if isinstance(end, _Over)), _Over(TROUBLE))
        for end in ends:
            if isinstance(end, Exception) and not isinstance(end, (_Over, WebSocketDisconnect)):
                LOG.error("kiosk %s: connection ended by an error", self.kiosk, exc_info=end)
        with suppress(RuntimeError, WebSocketDisconnect):  # It may be closed already.
            await self._socket.close(over.code, over.why)

    async def _write(self) -> None:
        while True:
            await self._socket.send_text(encode(await self._outgoing.get()))

    async def _read(self) -> None:
        while True:
            received = await self._socket.receive()
            if received["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(received.get("code") or 1005)
            try:
                self._receive(from_kiosk(received.get("text") or ""))
            except NotKnown:
                LOG.info("kiosk %s: a message that this version does not know is left out", self.kiosk)
            except NotUnderstood as refused:
                LOG.warning("kiosk %s: %s", self.kiosk, refused)
                raise _Over(REFUSED, "Le serveur ne comprend pas ce que la borne envoie.") from None

    def _receive(self, message: FromKiosk) -> None:
        match message:
            case Rows(rows):
                if self._source is None or not 0 < len(rows) <= MOST:
                    raise NotUnderstood("rows without a journal, none, or too many")
                self._queue([link_of(row) for row in rows])
            case Signed(checkpoints):
                if self._source is None or not 0 < len(checkpoints) <= MOST:
                    raise NotUnderstood("checkpoints without a journal, none, or too many")
                for each in checkpoints:
                    checkpoint_of(each, self._source.journal, b"")
                self._queue(message)
            case Now(seen):
                self._parts.hub.show(self, seen)
                if seen is not None and self._modes.get(seen.session, ()) != seen.modes:
                    self._modes = {seen.session: seen.modes}
                    self._queue(_Modes(seen.session, seen.modes))
            case Done():
                self._parts.hub.answer(self, message)
            case Agreement() | Health():
                self._queue(message)
            case Hello():
                raise NotUnderstood("a second hello")

    def _queue(self, work: _Work) -> None:
        if self._incoming.full():
            raise NotUnderstood("more than can be taken")
        self._incoming.put_nowait(work)

    async def _take(self) -> None:
        """Database work, in a thread, apart from what is seen: a slow disk does not hold the live view."""
        while True:
            work = await self._incoming.get()
            try:
                reply = await run_in_threadpool(self._keep, work)
            except NO_DATABASE as error:
                LOG.error("kiosk %s: nothing can be kept: %s", self.kiosk, error)
                raise _Over(TROUBLE, "La base de données du serveur ne répond pas.") from None
            if reply is not None:
                self._put(reply)

    def _keep(self, work: _Work) -> Kept | Quarantined | Countersigned | Settled | None:
        if isinstance(work, Agreement):
            return self._parts.agree(self.kiosk, work)
        now = self._parts.clock()
        if isinstance(work, Signed):
            return self._witness(work.checkpoints, now)
        with self._parts.database.begin() as transaction:
            if isinstance(work, _Modes):
                changed, reply = note_modes(transaction, work.session, work.modes), None
            elif isinstance(work, Health):
                told(transaction, self.kiosk, work, now)
                changed, reply = False, None
            else:
                assert self._source is not None
                source = Source(self.kiosk, self._source.journal, self._source.ahead, self._modes)
                done = ingest(transaction, source, work, now)
                changed = done.calls_changed
                reply = Quarantined(done.kept, done.apart, done.through) if done.apart else Kept(done.through)
        if changed:
            self._parts.hub.tell(CALLS)
        return reply

    def _witness(self, signed: Sequence[SignedCheckpoint], now: datetime) -> Countersigned:
        assert self._source is not None
        key = signing_key(self._parts.keys)
        with self._parts.database.begin() as transaction:
            journal = transaction.get_one(Journal, self._source.journal)
            checkpoints = [checkpoint_of(each, journal.id, journal.public_key) for each in signed]
            if strangers := witness(transaction, checkpoints, key, now):
                LOG.warning("kiosk %s: %d checkpoints that its key did not sign", self.kiosk, strangers)
        return Countersigned(signed[-1].number)
