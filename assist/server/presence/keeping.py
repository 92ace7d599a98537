# SPDX-License-Identifier: EUPL-1.2
"""Who is linked, written down as time goes by: at once when it changes, else once a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.server.presence.tables import SERVER, LinkRow
from assist.server.reports.tables import last_lived

PACE = timedelta(minutes=1)
"""Between two writings while nothing changes."""
_BREAK = timedelta(minutes=5)
"""A longer step of the clock, or one back, is no time that anybody was linked: the machine slept, or was set right."""


class Presence:
    """The rows under way. One thread at a time; a new one after each start of the server."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}
        self._written: datetime | None = None

    def due(self, connected: frozenset[str], now: datetime) -> bool:
        """Whether there is something to write."""
        return self._rows.keys() != connected | {SERVER} or self._broken(now) or now - self._since(now) >= PACE

    def write(self, transaction: Session, connected: frozenset[str], now: datetime) -> dict[str, str]:
        """Move on the rows under way, and begin those that are new; what is to be given to :meth:`written`."""
        names = connected | {SERVER}
        day = last_lived(transaction)
        going_on = {} if self._broken(now) else self._rows
        if going_on:
            rows = update(LinkRow).where(LinkRow.id.in_(going_on.values()))
            transaction.execute(rows.values(until_at=now, written_on=day).execution_options(synchronize_session=False))
        began = {name: str(uuid7()) for name in names - going_on.keys()}
        if began:
            moments = {"began_at": now, "until_at": now, "written_on": day}
            transaction.execute(insert(LinkRow), [{"id": id_, "kiosk": name, **moments} for name, id_ in began.items()])
        return {name: id_ for name, id_ in (going_on | began).items() if name in names}

    def written(self, rows: dict[str, str], now: datetime) -> None:
        """It is kept: remember it."""
        self._rows, self._written = rows, now

    def _broken(self, now: datetime) -> bool:
        return not timedelta(0) <= now - self._since(now) <= _BREAK

    def _since(self, now: datetime) -> datetime:
        return now if self._written is None else self._written
