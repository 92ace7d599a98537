# SPDX-License-Identifier: EUPL-1.2
"""A journal that lives in memory, for screens without a disk and for their tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from assist.journal.protocol import Appended, FaultKind, JournalFault
from assist.journal.serialise import payload_of, time_text
from assist.session.events import Event


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as the journal would write it, and the event itself."""

    seq: int
    session: str
    time: str
    type: str
    payload: bytes
    event: Event


class MemoryJournal:
    """The :class:`assist.journal.protocol.Journal` protocol over a list."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.fault: JournalFault | None = None
        """While set, nothing is kept and appending answers it: a full disk, played."""
        self._lock = Lock()

    @property
    def boot(self) -> int:
        return 1

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, oldest first."""
        return tuple(kept.event for kept in self.kept)

    def append(self, events: Sequence[Event], at: datetime, session: str = "") -> Appended | JournalFault:
        time = time_text(at)
        drafts = [(type(event).description.type, payload_of(event), event) for event in events]
        with self._lock:
            if self.fault is not None:
                return self.fault
            if not drafts:
                return Appended(0, 0)
            first = len(self.kept) + 1
            for seq, (type_, payload, event) in enumerate(drafts, first):
                self.kept.append(Kept(seq, session, time, type_, payload, event))
        return Appended(first, len(drafts))

    def close(self) -> None:
        self.fault = JournalFault(FaultKind.CLOSED)
