# SPDX-License-Identifier: EUPL-1.2
"""The journal on disk. :func:`open_journal` is the way in; it may take seconds: call it off the screen's loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from assist.journal.database import StorageError, fault_of
from assist.journal.opening import Begun, begin
from assist.journal.protocol import Appended, Clock, FaultKind, JournalFault, Opened
from assist.journal.serialise import time_text
from assist.journal.writer import Writer
from assist.session.events import Event

T = TypeVar("T")

_FOR_GOOD = frozenset({FaultKind.NEWER, FaultKind.DAMAGED, FaultKind.CLOSED})
"""Faults of an opening that no later append can mend."""


class SqliteJournal:
    """The :class:`assist.journal.protocol.Journal` protocol over an SQLite file. Safe to call from any thread."""

    def __init__(self, path: Path, kiosk: str, clock: Clock) -> None:
        self.path = path
        self._kiosk = kiosk
        self._clock = clock
        self._lock = Lock()
        self._writer: Writer | None = None
        self._refused: JournalFault | None = None

    @property
    def boot(self) -> int:
        return self._writer.boot if self._writer is not None else 0

    def open(self) -> Opened:
        """Open the files; see :func:`open_journal`."""
        with self._lock:
            begun = self._begin()
        if isinstance(begun, JournalFault):
            return Opened(self, fault=begun)
        return Opened(self, begun.set_aside, None, begun.interrupted, begun.events)

    def append(self, events: Sequence[Event], at: datetime, session: str = "") -> Appended | JournalFault:
        time = time_text(at)
        if not events:
            return Appended(0, 0)
        return self.write(lambda writer: writer.keep(events, time, session))

    def write(self, work: Callable[[Writer], T]) -> T | JournalFault:
        """Let ``work`` write, alone; what the disk raises becomes a fault, and nothing of it is kept."""
        with self._lock:
            if self._writer is None:
                begun = self._begin()
                if isinstance(begun, JournalFault):
                    return begun
                self._writer = begun.writer
            try:
                return work(self._writer)
            except StorageError as error:
                fault = fault_of(error)
                if fault.kind is FaultKind.IO:
                    self._writer.drop()
                return fault

    def close(self) -> None:
        with self._lock:
            if self._writer is not None:
                self._writer.close(time_text(self._clock()))
                self._writer = None
            self._refused = JournalFault(FaultKind.CLOSED)

    def _begin(self) -> Begun | JournalFault:
        """Open, or answer again what an earlier opening met for good."""
        if self._refused is not None:
            return self._refused
        begun = begin(self.path, self._kiosk, self._clock)
        if isinstance(begun, JournalFault):
            if begun.kind in _FOR_GOOD:
                self._refused = begun
        else:
            self._writer = begun.writer
        return begun


def open_journal(path: Path, kiosk: str, clock: Clock) -> Opened:
    """Open the journal at ``path``, checked, for the kiosk named ``kiosk``. Never raises for what the disk is.

    A damaged one is set aside and a fresh one opened (``Opened.set_aside``). Sessions cut by a crash are ended.
    When it cannot be written now (``Opened.fault``) the journal answers this fault to every append, and opens
    itself as soon as it can; one of a newer version is never touched.
    """
    return SqliteJournal(path, kiosk, clock).open()
