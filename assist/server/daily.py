# SPDX-License-Identifier: EUPL-1.2
"""What the server does when it starts, and once a day after that: mostly the end of retentions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from assist.kept import Erased, Kept
from assist.server import acts_retention, calls_retention
from assist.server.alerts import retention as alerts
from assist.server.appointments import retention as appointments
from assist.server.database import Database, Standing
from assist.server.follow_up import store as follow_up
from assist.server.kiosks import retention as kiosks
from assist.server.mandates import retention as mandates
from assist.server.mandates.clockwork import erase_over
from assist.server.presence import retention as presence
from assist.server.reports import retention as reports
from assist.server.review import retention as review

DAY = 86_400.0
"""Seconds."""
RULES: tuple[tuple[Kept, Callable[[Session, datetime], Erased]], ...] = (
    (reports.KEPT, reports.retire),
    (acts_retention.KEPT, acts_retention.retire_acts),
    (kiosks.KEPT, kiosks.erase),
    (review.KEPT, review.erase_visits),
    (calls_retention.KEPT, calls_retention.erase_calls),
    (presence.KEPT, presence.erase_presence),
    (alerts.KEPT, alerts.erase_alerts),
    (follow_up.KEPT, follow_up.erase),
    (appointments.KEPT, appointments.erase),
    (mandates.REGISTER, erase_over),
)
"""What is kept, and what ends it: safe to run again at any time. The content of rows goes before what goes with it."""
_FOLLOW_ROWS = (kiosks.KEPT, review.KEPT, calls_retention.KEPT, follow_up.KEPT)
_OF_ROWS = tuple(rule for rule in RULES if rule[0] in _FOLLOW_ROWS)
"""The content of rows, and what goes with it: what these would erase is only known when they follow each other."""

_log = logging.getLogger(__name__)


class CannotSay(Exception):
    """The database refuses."""


def of_this_version(database: Database) -> bool:
    """Whether the rules know its tables. Raises CannotSay."""
    try:
        return database.standing() is Standing.THIS
    except DBAPIError as error:
        raise CannotSay from error


def do(
    database: Database, now: datetime, last: Callable[[datetime], None] = lambda now: None
) -> list[tuple[Kept, Erased]]:
    """Every rule once, each in a transaction of its own, then ``last``; what each has erased.

    One that fails waits for the next day, and holds back no other: neither the start nor the next days.
    """
    done: list[tuple[Kept, Erased]] = []
    for kept, erase in RULES:
        try:
            with database.begin() as transaction:
                erased = erase(transaction, now)
            done.append((kept, erased))
        except DBAPIError as refusal:
            _log.error("%s: %s", erase.__qualname__, refusal)
        except Exception:  # noqa: BLE001 - The edge of a rule: whatever it met, the others do their work.
            _log.exception("%s failed", erase.__qualname__)
    try:
        last(now)
    except Exception:  # noqa: BLE001 - The edge of this task, likewise.
        _log.exception("the last task of the day failed")
    return done


def would_do(database: Database, now: datetime) -> list[tuple[Kept, Erased]]:
    """What every rule would erase now: some do their work, it is undone, then the next ones, so that others can write.

    Raises CannotSay.
    """
    told: dict[str, Erased] = {}
    try:
        for rules in (_OF_ROWS, *((rule,) for rule in RULES if rule not in _OF_ROWS)):
            with database.begin() as transaction:
                told |= {kept.name: erase(transaction, now) for kept, erase in rules}
                transaction.rollback()
    except DBAPIError as error:
        raise CannotSay from error
    return [(kept, told[kept.name]) for kept, _ in RULES]


class EveryDay:
    """Does them in the background while it is open."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        last: Callable[[datetime], None] = lambda now: None,
        erased_but: Callable[[Collection[str]], None] = lambda names: None,
    ) -> None:
        """``erased_but`` learns each time which rules have failed, by the names of what they should have erased."""
        self._database, self._clock, self._last, self._erased_but = database, clock, last, erased_but

    async def __aenter__(self) -> None:
        await self._once()
        self._later = asyncio.create_task(self._again())

    async def __aexit__(self, *ended: object) -> None:
        self._later.cancel()
        with suppress(asyncio.CancelledError):
            await self._later

    async def _once(self) -> None:
        done = await run_in_threadpool(do, self._database, self._clock(), self._last)
        self._erased_but({kept.name for kept, _ in RULES} - {kept.name for kept, _ in done})

    async def _again(self) -> None:
        while True:
            await asyncio.sleep(DAY)
            await self._once()
