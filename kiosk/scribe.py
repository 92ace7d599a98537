# SPDX-License-Identifier: EUPL-1.2
"""Keeps events in the journal, in order, from one thread: a disk that is slow, full or hangs never holds the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from assist.journal.protocol import Appended, Journal, JournalFault
from assist.session.events import Event

PATIENCE = 0.15
"""Seconds that the screen waits for the disk: it may never stand still for 0.2 s."""


class Scribe:
    """``failing`` tells, on the loop, whether the last thing could be kept in time; ``written``, that it is kept."""

    def __init__(self, failing: Callable[[bool], None], written: Callable[[], None]) -> None:
        self._failing = failing
        self._written = written
        self._journal: Journal | None = None
        self._thread = ThreadPoolExecutor(1, "scribe")

    async def open(self, open_journal: Callable[[], tuple[Journal, Sequence[Event]]]) -> Sequence[Event]:
        """Open the journal; what was found there."""
        self._journal, found = await asyncio.get_running_loop().run_in_executor(self._thread, open_journal)
        return found

    async def keep(self, events: Sequence[Event], at: datetime, session: str) -> None:
        """Keep ``events``; when the journal cannot, or is slow, the person goes on and is told so."""
        if not events or self._journal is None:
            return
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._thread, self._journal.append, events, at, session)
        done, _ = await asyncio.wait({writing}, timeout=PATIENCE)
        if done:
            self._ended(writing)
        else:
            self._failing(True)
            writing.add_done_callback(self._ended)

    def _ended(self, writing: asyncio.Future[Appended | JournalFault]) -> None:
        failed = isinstance(writing.result(), JournalFault)
        self._failing(failed)
        if not failed:
            self._written()

    async def close(self, last: Sequence[Event], at: datetime) -> None:
        """Keep the last events and close the journal."""
        if self._journal is not None:
            await self.keep(last, at, "")
            await asyncio.get_running_loop().run_in_executor(self._thread, self._journal.close)
        self._thread.shutdown(wait=False)
