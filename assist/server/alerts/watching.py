# SPDX-License-Identifier: EUPL-1.2
"""The look that the server takes each minute: what holds, what is new, what is to be told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assist.server.alerts import keeping, mailing
from assist.server.alerts.observing import Slow, look_slowly, observe
from assist.server.alerts.postman import Postman
from assist.server.alerts.tables import AlertRow
from assist.server.database import Database
from assist.server.desk.catalogue import catalogue_of
from assist.server.hub import Hub
from assist.server.site import Site

_log = logging.getLogger(__name__)


class Alerts:
    """The alerts of a site. :meth:`look` is called by one thread at a time."""

    def __init__(self, site: Site, database: Database, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._site, self._database, self._hub, self._clock = site, database, hub, clock
        self._slow: Slow | None = None
        self.postman = Postman(database, site.mail, clock)
        self.new = 0
        """How many hold that nobody has seen."""
        self._not_erased: Collection[str] | None = None

    def erased_but(self, names: Collection[str]) -> None:
        """The rules of the day have run: what is kept under these names could not be erased."""
        self._not_erased = names

    def look(self) -> None:
        """Begin and end what is due, and make a mail of it. What the database refuses waits for the next look."""
        now, connected = self._clock(), self._hub.connected()
        try:
            with self._database.read() as transaction:
                if self._slow is None or not self._slow.holds(now):
                    self._slow = look_slowly(transaction, self._site, now)
                observed = observe(transaction, self._site, connected, self._slow, self._not_erased, now)
                changes = keeping.changed(transaction, observed)
            if changes is not None:
                with self._database.begin() as transaction:
                    keeping.keep(transaction, observed)
            self._tell(now)
            with self._database.read() as transaction:
                self.count(transaction)
        except SQLAlchemyError as refusal:
            _log.error("alerts cannot be looked at: %s", refusal)

    def count(self, transaction: Session) -> None:
        """How many are new has changed."""
        new = select(func.count()).where(AlertRow.ended_at.is_(None), AlertRow.seen_at.is_(None))
        self.new = transaction.scalars(new).one()

    def _tell(self, now: datetime) -> None:
        mail = self._site.mail
        if mail is None:
            return
        with self._database.read() as transaction:
            if not mailing.is_due(transaction, mail, now):
                return
        with self._database.begin() as transaction:
            mailing.gather(transaction, self._site.name, catalogue_of(self._site), now)
        self.postman.hurry()
