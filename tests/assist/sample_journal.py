# SPDX-License-Identifier: EUPL-1.2
"""Small journals on disk, and a tamperer who holds the file but not the key, for the tests of the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assist.journal.protocol import Appended, Journal
from assist.journal.store import open_journal
from assist.session.commands import Mode, Origin
from assist.session.events import ChoiceMade, Ending, Event, HelpCalled, SessionEnded, SessionStarted, StepContinued

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SESSION = "5f0c3a77e2b94c1d"


def noon() -> datetime:
    """A clock that stands still."""
    return NOON


def started(session: str = SESSION) -> SessionStarted:
    """The beginning of a session."""
    return SessionStarted(session, "fr", Mode.KIOSK, Origin.TOUCH, today=NOON.date(), monotonic=0.0)


def events(count: int) -> tuple[Event, ...]:
    """``count`` events of several types."""
    kinds: Sequence[Event] = (
        StepContinued("accueil"),
        ChoiceMade("besoin", "perdue", "perdue"),
        ChoiceMade("sante", "", "tres-prive"),
        HelpCalled("pieces"),
    )
    return tuple(kinds[n % len(kinds)] for n in range(count))


def fill(journal: Journal, count: int, at: datetime = NOON, session: str = SESSION) -> None:
    """Append ``count`` events one by one, a minute apart."""
    for n, event in enumerate(events(count)):
        assert isinstance(journal.append([event], at + timedelta(minutes=n), session), Appended)


def make(path: Path, count: int) -> Path:
    """A closed journal of ``count`` events at ``path``."""
    journal = open_journal(path, "borne-1", noon).journal
    fill(journal, count)
    journal.close()
    return path


def whole_session(journal: Journal, session: str) -> None:
    """A session with its end."""
    journal.append([started(session), SessionEnded(Ending.DONE, "<2")], NOON, session)


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """The database without its triggers; they are put back, as a careful forger would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # No power fails here.
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()
