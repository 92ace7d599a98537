# SPDX-License-Identifier: EUPL-1.2
"""The port of the journal: what is appended, and what comes back. Faults are values; exceptions are bugs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assist.session.events import Event

Clock = Callable[[], datetime]
"""The wall clock, aware (UTC). Only for what the journal records of itself: boots, checkpoints."""


class FaultKind(StrEnum):
    """Why nothing could be written."""

    FULL = "full"
    READ_ONLY = "read_only"
    IO = "io"
    LOCKED = "locked"
    """Another program held the database for longer than the waiting time."""
    DAMAGED = "damaged"
    """Found broken while in use: the next start sets it aside."""
    NEWER = "newer"
    """Written by a later version of Pas à pas: left untouched."""
    CLOSED = "closed"


_MESSAGES = {
    FaultKind.FULL: "Le disque est plein. Libérez de la place : le journal reprendra seul.",
    FaultKind.READ_ONLY: "Le journal ne peut pas être écrit. Rendez son dossier accessible en écriture.",
    FaultKind.IO: "Le disque du journal répond mal. Vérifiez le disque.",
    FaultKind.LOCKED: "Un autre programme occupe le journal. Fermez-le.",
    FaultKind.DAMAGED: "Le journal est abîmé. Redémarrez la borne : il sera mis de côté.",
    FaultKind.NEWER: "Le journal vient d'une version plus récente de Pas à pas. Mettez la borne à jour.",
    FaultKind.CLOSED: "Le journal est fermé.",
}


@dataclass(frozen=True, slots=True)
class JournalFault:
    """Nothing of the call was kept: not one row, not half a row."""

    kind: FaultKind
    detail: str = ""
    """The system's own words, for a log."""

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in French, for the technician."""
        return _MESSAGES[self.kind]


@dataclass(frozen=True, slots=True)
class Appended:
    """``count`` events are durable, numbered from ``first`` on. ``Appended(0, 0)`` when there were none."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged journal was moved into the folder ``folder``; ``reason`` says why, in French."""

    folder: Path
    reason: str


class Journal(Protocol):
    """Where events go before the screen moves on. Safe to call from any thread; may wait for the disk."""

    @property
    def boot(self) -> int:
        """Which opening of this journal is writing, from 1 up; 0 as long as nothing could be written."""
        ...

    def append(self, events: Sequence[Event], at: datetime, session: str = "") -> Appended | JournalFault:
        """Keep the events, all or none, and return once they would survive a power cut.

        ``at`` is the aware wall time of the event, ``session`` the random identifier of the session ("" for
        what concerns the machine). Raises ValueError for a naive ``at``: a bug of the caller.
        After a fault the same call may be made again; it succeeds when the cause is gone.
        """
        ...

    def close(self) -> None:
        """Sign the last state and let go of the files. Appending afterwards gives a CLOSED fault."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """How the opening went. ``journal`` can always be used; with a ``fault`` it tries again at each append."""

    journal: Journal
    set_aside: tuple[SetAside, ...] = ()
    """What was found damaged; to be recorded as JournalSetAside and told to the technician."""
    fault: JournalFault | None = None
    interrupted: tuple[str, ...] = ()
    """Sessions cut by a crash or a power cut, now recorded as ended (INTERRUPTED)."""
    events: int = 0
    """Events found."""
