# SPDX-License-Identifier: EUPL-1.2
"""One event made durable in the journal, against a bare SQLite commit of an equal row. Goal: at most 1.5 times.

Both are WAL with synchronous FULL, in the same folder, and take turns, so that a slow moment of the disk
falls on both. Medians, in microseconds.
"""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from assist.journal.protocol import Appended
from assist.journal.store import open_journal
from assist.session.events import ChoiceMade

GOAL = 1.5
ROUNDS = 2000
_BARE_COLUMNS = "seq INTEGER PRIMARY KEY, id, kiosk, boot, session, time, type, payload, salt, commitment, prev, hash"


def _now() -> datetime:
    return datetime.now(UTC)


def _bare(path: Path) -> sqlite3.Connection:
    """A table of the same columns, with no key, trigger or check beyond the row number."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE event ({_BARE_COLUMNS})")
    return connection


def measure(rounds: int = ROUNDS, folder: Path | None = None) -> dict[str, float]:
    """``journal_us``, ``bare_us`` (medians, microseconds), ``ratio`` and its ``goal``. Writes in ``folder``."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        opened = open_journal(Path(name) / "journal.db", "borne-1", _now)
        bare = _bare(Path(name) / "bare.db")
        event = ChoiceMade("pourquoi", "perdue", "perdue")
        session = "3f9c1d62-7a0e-4c55-9a68-0b1f2e3d4c5b"
        appended = opened.journal.append([event], _now(), session)
        assert isinstance(appended, Appended)
        reader = sqlite3.connect(Path(name) / "journal.db")
        row = reader.execute("SELECT * FROM event").fetchone()[1:]
        reader.close()
        insert = f"INSERT INTO event VALUES (NULL{', ?' * len(row)})"  # noqa: S608 - only question marks
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            began = perf_counter()
            opened.journal.append([event], _now(), session)
            middle = perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(insert, row)
            bare.execute("COMMIT")
            ours.append(middle - began)
            theirs.append(perf_counter() - middle)
        opened.journal.close()
        bare.close()
    journal_us, bare_us = median(ours) * 1e6, median(theirs) * 1e6
    return {"journal_us": journal_us, "bare_us": bare_us, "ratio": journal_us / bare_us, "goal": GOAL}


if __name__ == "__main__":
    result = measure()
    print(  # noqa: T201
        f"event durable {result['journal_us']:.0f} µs, bare commit {result['bare_us']:.0f} µs,"
        f" ratio {result['ratio']:.2f} (goal {result['goal']})"
    )
