# SPDX-License-Identifier: EUPL-1.2
"""What the server looks at by itself about once a minute: who is linked (at once, when that changes), and alerts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from assist.server.alerts.watching import Alerts
from assist.server.database import Database
from assist.server.hub import CALLS, Hub
from assist.server.presence.keeping import PACE, Presence

_log = logging.getLogger(__name__)


async def look_around(database: Database, hub: Hub, clock: Callable[[], datetime], alerts: Alerts) -> None:
    """Go on until cancelled."""
    presence = Presence()
    alerts_due = 0.0
    with hub.watch(CALLS) as watch:
        while True:
            try:
                await run_in_threadpool(see, database, presence, hub.connected(), clock())
                if time.monotonic() >= alerts_due:
                    alerts_due = time.monotonic() + PACE.total_seconds()
                    await run_in_threadpool(alerts.look)
            except Exception:  # noqa: BLE001 - The edge of this task: whatever one turn met, the next one looks again.
                _log.exception("one look around failed")
            await watch.wait(PACE.total_seconds())


def see(database: Database, presence: Presence, connected: frozenset[str], now: datetime) -> None:
    """Write who is linked, when it is time. What the database refuses waits for the next minute."""
    if not presence.due(connected, now):
        return
    try:
        with database.begin() as transaction:
            rows = presence.write(transaction, connected, now)
    except SQLAlchemyError as refusal:
        _log.error("who is linked cannot be written: %s", refusal)
    else:
        presence.written(rows, now)
