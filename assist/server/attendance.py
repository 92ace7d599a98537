# SPDX-License-Identifier: EUPL-1.2
"""What the server does by itself, as time passes: nobody waits at a kiosk without being told so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from uuid_utils import uuid7

from assist.link.messages import Act, Order
from assist.server import calls
from assist.server.database import Database
from assist.server.hub import CALLS, Hub
from assist.server.kiosks import devices

LOG = logging.getLogger("assist.server")

_PRESENCE = 5.0
"""Seconds between two looks at who is still at the desk."""
_SHORTEST = 0.2
_LONGEST = 30.0
"""Seconds between two looks at the database, when nothing happens."""
REVOKED = "La clé de cette borne a été retirée."


async def attend(database: Database, hub: Hub, clock: Callable[[], datetime]) -> None:
    """Go on until cancelled."""
    with hub.watch(CALLS) as watch:
        left = 0.0
        while True:
            if left <= 0:
                try:
                    left = await run_in_threadpool(look, database, hub, clock)
                except Exception:  # The edge of this task: whatever one look met, the next one looks again.
                    LOG.exception("one look at the calls failed")
                    left = _PRESENCE
            wait = max(0.0, min(left, _PRESENCE))
            left = 0.0 if await watch.wait(wait) else left - wait
            hub.review()


def look(database: Database, hub: Hub, clock: Callable[[], datetime]) -> float:
    """Give tickets to those to whom nobody came, and tell the kiosks; in how many seconds to look again, at most."""
    now, kiosks = clock(), hub.connected()
    try:
        with database.begin() as transaction:
            late = calls.unanswered(transaction, now, kiosks)
            due = calls.next_unanswered(transaction, kiosks)
            hub.expect(calls.wait_minutes(transaction, now))
            gone = devices.gone(transaction, kiosks)
    except SQLAlchemyError as error:
        LOG.error("the calls cannot be read: %s", error)
        return _LONGEST
    for call in late:
        hub.begin_order(call.kiosk, Order(str(uuid7()), call.session, Act.UNANSWERED, str(call.ticket)))
    if late:
        hub.tell(CALLS)
    for kiosk in gone:
        hub.cut(kiosk, REVOKED)
    return _LONGEST if due is None else min(max(_SHORTEST, (due - now).total_seconds()), _LONGEST)
