# SPDX-License-Identifier: EUPL-1.2
"""Sends what is on its way, in a thread of its own: a mail server that hangs holds up nobody, nor the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from assist.server.alerts.mailing import deliver
from assist.server.database import Database
from assist.server.site import Mail

_log = logging.getLogger(__name__)
_PACE = 60.0
_LAST_SECONDS = 1.0


class Postman:
    """Goes round once a minute, and when there is something new."""

    def __init__(self, database: Database, mail: Mail | None, clock: Callable[[], datetime]) -> None:
        self._database, self._mail, self._clock = database, mail, clock
        self._wanted, self._over = Event(), Event()
        self._thread = Thread(target=self._go_round, name="postman", daemon=True)

    def start(self) -> None:
        """Nothing happens on a site without ``[mail]``."""
        if self._mail is not None:
            self._thread.start()

    def hurry(self) -> None:
        """There is something to send."""
        self._wanted.set()

    def close(self) -> None:
        """A mail that is being sent may be sent again by the next start, under the same identifier."""
        self._over.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_SECONDS)

    def _go_round(self) -> None:
        assert self._mail is not None
        while not self._over.is_set():
            self._wanted.clear()
            try:
                deliver(self._database, self._mail, self._clock())
            except SQLAlchemyError as refusal:
                _log.error("mails cannot be read or written: %s", refusal)
            except Exception:  # noqa: BLE001 - The edge of this thread: whatever one round met, the next one tries again.
                _log.exception("one round of mails failed")
            self._wanted.wait(_PACE)
