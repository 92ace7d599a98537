# SPDX-License-Identifier: EUPL-1.2
"""What the server does when it starts, and once a day after that: mostly the end of retentions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from assist.server.acts_retention import retire_acts
from assist.server.appointments.retention import erase as erase_appointments
from assist.server.database import Database
from assist.server.follow_up.store import erase as erase_papers
from assist.server.kiosks.retention import erase as erase_payloads
from assist.server.mandates.clockwork import tend
from assist.server.presence.retention import erase_presence
from assist.server.reports.retention import retire
from assist.server.review.retention import erase_visits

DAY = 86_400.0
"""Seconds."""
TASKS: tuple[Callable[[Session, datetime], object], ...] = (
    retire,
    retire_acts,
    erase_payloads,
    erase_visits,
    erase_presence,
    erase_papers,
    erase_appointments,
    tend,
)
"""Each is safe to run again at any time, in a transaction of its own."""

_log = logging.getLogger(__name__)


def do(database: Database, now: datetime, last: Callable[[datetime], None] = lambda now: None) -> None:
    """Every task once, then ``last``. One that the database refuses waits for the next day, and holds back no other."""
    for task in TASKS:
        try:
            with database.begin() as transaction:
                task(transaction, now)
        except DBAPIError as refusal:
            _log.error("%s: %s", task.__qualname__, refusal)
    try:
        last(now)
    except DBAPIError as refusal:
        _log.error("the last task of the day: %s", refusal)


class EveryDay:
    """Does them in the background while it is open."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], last: Callable[[datetime], None] = lambda now: None
    ) -> None:
        self._database, self._clock, self._last = database, clock, last

    async def __aenter__(self) -> None:
        await self._once()
        self._later = asyncio.create_task(self._again())

    async def __aexit__(self, *ended: object) -> None:
        self._later.cancel()
        with suppress(asyncio.CancelledError):
            await self._later

    async def _once(self) -> None:
        await run_in_threadpool(do, self._database, self._clock(), self._last)

    async def _again(self) -> None:
        while True:
            await asyncio.sleep(DAY)
            await self._once()
