# SPDX-License-Identifier: EUPL-1.2
"""Payloads go at the end of their retention, never early whatever the clock does, and the chain still holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.journal.memory import MemoryJournal
from assist.journal.protocol import FaultKind, JournalFault
from assist.journal.retention import LONGEST_GAP, Pruned, days_of, lived, prune, times_of
from assist.journal.store import SqliteJournal, open_journal
from assist.journal.verification import export, verify
from assist.session.events import TECHNICAL_JOURNAL_DAYS, Ending, HelpCalled, SessionEnded
from tests.assist.sample_journal import NOON, SESSION, noon, started

DAY = timedelta(days=1)
KEEP = timedelta(days=TECHNICAL_JOURNAL_DAYS)


@pytest.fixture
def journal(tmp_path: Path) -> SqliteJournal:
    opened = open_journal(tmp_path / "journal.db", "borne-1", noon).journal
    assert isinstance(opened, SqliteJournal)
    return opened


def serve(journal: SqliteJournal, first: datetime, days: int, every: int = 7) -> datetime:
    """One event every ``every`` days; the time of the last one."""
    last = first
    for n in range(0, days + 1, every):
        last = first + timedelta(days=n)
        journal.append([HelpCalled("a")], last, SESSION)
    return last


def payloads(journal: SqliteJournal) -> list[bool]:
    found = export(journal.path)
    assert not isinstance(found, JournalFault)
    return [row["payload"] is not None for row in found]


def test_what_is_six_months_old_goes_and_the_chain_holds(journal: SqliteJournal) -> None:
    journal.append([HelpCalled("quelquechose")], NOON, SESSION)
    last = serve(journal, NOON + DAY, 203)
    assert prune(journal, last) == Pruned(4)
    kept = payloads(journal)
    assert kept == [False] * 4 + [True] * (len(kept) - 4)
    assert verify(journal.path).intact
    assert prune(journal, last) == Pruned(0), "once"
    files = [file for file in journal.path.parent.glob("journal.db*") if file.is_file()]
    assert not any(b"quelquechose" in file.read_bytes() for file in files), "not in the log, not in free pages"
    assert prune(journal, last + 30 * DAY) == Pruned(5)
    journal.close()
    assert verify(journal.path).intact
    again = open_journal(journal.path, "borne-1", noon)
    assert (again.set_aside, again.interrupted) == ((), ())
    again.journal.close()


def test_not_a_moment_early(journal: SqliteJournal) -> None:
    journal.append([HelpCalled("a")], NOON, SESSION)
    serve(journal, NOON, 182)
    assert prune(journal, NOON + KEEP - timedelta(milliseconds=1)) == Pruned(0)
    assert prune(journal, NOON + KEEP) == Pruned(2)
    journal.close()


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_erases_nothing(journal: SqliteJournal, years: int) -> None:
    wrong = timedelta(days=3653 * years // 10)
    serve(journal, NOON, 60)
    count = len(payloads(journal))
    assert prune(journal, NOON + wrong) == Pruned(0), "only the clock that prunes is wrong"
    serve(journal, NOON + 61 * DAY + wrong, 30)
    assert prune(journal, NOON + 92 * DAY + wrong) == Pruned(0), "events under the wrong clock"
    serve(journal, NOON + 93 * DAY, 7)
    assert prune(journal, NOON + 101 * DAY) == Pruned(0), "put right"
    assert sum(payloads(journal)) > count
    last = serve(journal, NOON + 102 * DAY, 182)
    pruned = prune(journal, last)
    assert isinstance(pruned, Pruned)
    assert pruned.erased > 0, "time lived under a wrong clock counts all the same"
    journal.close()
    assert verify(journal.path).intact


@given(st.lists(st.tuples(st.integers(0, 20 * 24), st.sampled_from([-3653, 0, 0, 0, 3653])), max_size=60))
def test_lived_time_never_runs_ahead_of_real_time_however_the_clock_jumps(steps: list[tuple[int, int]]) -> None:
    real = [timedelta(hours=total) for total in accumulate(hours for hours, _ in steps)]
    shown = [NOON + at + timedelta(days=off) for at, (_, off) in zip(real, steps, strict=True)]
    assert all(counted <= at - real[0] for counted, at in zip(lived(shown), real, strict=True))


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), max_size=30))
def test_lived_time_never_decreases(times: list[datetime]) -> None:
    counted = lived(times)
    assert counted == sorted(counted)
    assert all(later - earlier <= LONGEST_GAP for earlier, later in pairwise(counted))


def test_a_small_correction_of_the_clock_is_paid_back() -> None:
    ahead = [NOON, NOON + 3 * DAY, NOON + timedelta(hours=1), NOON + 2 * DAY, NOON + 4 * DAY]
    assert lived(ahead) == [0 * DAY, 3 * DAY, 3 * DAY, 3 * DAY, 4 * DAY]


def test_the_type_and_the_session_stay_so_that_a_cut_session_is_not_ended_twice(journal: SqliteJournal) -> None:
    journal.append([started(), SessionEnded(Ending.DONE, "<2")], NOON, SESSION)
    last = serve(journal, NOON, 200)
    assert prune(journal, last) != Pruned(0)
    journal.close()
    opened = open_journal(journal.path, "borne-1", noon)
    assert opened.interrupted == ()
    opened.journal.close()


def test_the_way_through_opens_for_nothing_else(journal: SqliteJournal) -> None:
    last = serve(journal, NOON, 210)
    prune(journal, last)
    journal.close()
    first_kept = payloads(journal).index(True) + 1
    with closing(sqlite3.connect(journal.path)) as connection:
        for sql in (
            f"UPDATE event SET payload = NULL, salt = NULL WHERE seq = {first_kept}",  # noqa: S608
            "UPDATE event SET time = '2001' WHERE seq = 1",
            "UPDATE event SET payload = '{}', salt = x'00' WHERE seq = 1",
            "DELETE FROM event WHERE seq = 1",
            "UPDATE retention SET scope = '{}'",
            "DELETE FROM retention",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(sql)


def test_an_unknown_type_and_a_time_that_cannot_be_read_do_not_stop_it() -> None:
    times = ["2026-01-01T00:00:00.000+00:00", "hier", "99999", "2026-01-02T00:00:00.000+00:00"]
    assert lived(times_of(times, NOON)) == [0 * DAY, 0 * DAY, 0 * DAY, DAY]
    assert list(times_of(["hier"], NOON)) == [NOON]
    assert days_of("later.version") == TECHNICAL_JOURNAL_DAYS


def test_nothing_to_prune_in_memory_and_a_fault_is_a_value(journal: SqliteJournal) -> None:
    assert prune(MemoryJournal(), NOON) == Pruned(0)
    journal.close()
    assert prune(journal, NOON) == JournalFault(FaultKind.CLOSED)
