# SPDX-License-Identifier: EUPL-1.2
"""The verification while it goes on, in a thread of its own: one at a time, and its last result."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event, Lock, Thread

from nacl.signing import VerifyKey
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from assist.server.acts import ActRow, StaffAct, note
from assist.server.database import Database
from assist.server.kiosks.tables import Journal
from assist.server.proof.verification import Found, verify_all_acts, verify_journal
from assist.server.staff_member import StaffMember

_log = logging.getLogger("assist.server.proof")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is, and what it found. ``ended`` is None while it goes on."""

    began: datetime
    total: int = 0
    done: int = 0
    found: tuple[Found, ...] = ()
    ended: datetime | None = None
    failed: bool = False
    """It did not go to its end, the database above all could not be read: nothing is known."""

    @property
    def intact(self) -> bool:
        """Whether every chain holds, to its end."""
        return self.ended is not None and not self.failed and not any(found.wrong for found in self.found)


class _Stopped(Exception):
    """The server ends."""


class Verifier:
    """Safe to use from any thread."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._lock, self._stop = Lock(), Event()
        self._thread: Thread | None = None
        self.progress: Progress | None = None
        """None until somebody has asked."""

    def start(self, key: VerifyKey, by: StaffMember) -> bool:
        """Begin; False when one goes on already."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return False
            self.progress = Progress(self._clock())
            self._thread = Thread(target=self._run, args=(key, by), name="verification", daemon=True)
            self._thread.start()
        return True

    def close(self) -> None:
        """End what goes on, and wait for it."""
        self._stop.set()
        self.wait()

    def wait(self) -> None:
        """Until it is over."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, key: VerifyKey, by: StaffMember) -> None:
        try:
            self._verify(key)
            assert self.progress is not None
            about = "intact" if self.progress.intact else "broken"
            with self._database.begin() as transaction:
                note(transaction, by, StaffAct.JOURNALS_VERIFIED, about, self._clock())
        except _Stopped:
            return
        except SQLAlchemyError as error:
            _log.error("the verification could not go on: %s", error)
            self._tell(ended=self._clock(), failed=True)
        except Exception:  # noqa: BLE001 - The edge of this thread: a page that waits for its end would wait for ever.
            _log.exception("the verification failed")
            self._tell(ended=self._clock(), failed=True)

    def _verify(self, key: VerifyKey) -> None:
        with self._database.read() as transaction:
            journals = transaction.execute(
                select(Journal.id, Journal.kept).order_by(Journal.kiosk, Journal.began_at)
            ).all()
            acts = transaction.scalar(select(func.count()).select_from(ActRow)) or 0
        self._tell(total=acts + sum(kept for _, kept in journals))
        found = [verify_all_acts(self._database, key, self._count)]
        for id_, _ in journals:
            found.append(verify_journal(self._database, id_, key, self._count))
            self._tell(found=tuple(found))
        self._tell(found=tuple(found), ended=self._clock())

    def _count(self, rows: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        assert self.progress is not None
        self._tell(done=self.progress.done + rows)

    def _tell(self, **changes: object) -> None:
        assert self.progress is not None
        self.progress = replace(self.progress, **changes)  # type: ignore[arg-type]
