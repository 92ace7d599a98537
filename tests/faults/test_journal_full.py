# SPDX-License-Identifier: EUPL-1.2
"""A disk that is full, read-only or locked: a value says so, no row is half written, and it resumes by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assist.journal.checkpoints import sidecar_path
from assist.journal.protocol import Appended, FaultKind, Journal, JournalFault
from assist.journal.store import SqliteJournal, open_journal
from assist.journal.verification import verify
from assist.session.events import HelpCalled
from tests.assist.sample_journal import NOON, SESSION, events, fill, make, noon, started

ROOT = os.geteuid() == 0


def until_fault(journal: Journal, batch: int = 7) -> tuple[int, JournalFault]:
    """Append until it fails: how many events were acknowledged, and the fault."""
    kept = 0
    for _ in range(20_000):
        answer = journal.append(events(batch), NOON, SESSION)
        if isinstance(answer, JournalFault):
            return kept, answer
        kept += answer.count
    raise AssertionError("the disk never filled")


def test_a_database_that_may_not_grow_is_full_then_resumes(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = open_journal(path, "borne-1", noon).journal
    assert isinstance(journal, SqliteJournal)
    journal.write(lambda writer: writer.driver.execute("PRAGMA max_page_count = 40"))
    kept, fault = until_fault(journal)
    assert fault.kind is FaultKind.FULL
    assert "plein" in fault.message
    verdict = verify(path)
    assert (verdict.intact, verdict.events) == (True, kept)
    journal.write(lambda writer: writer.driver.execute("PRAGMA max_page_count = 1000000"))
    assert journal.append(events(3), NOON, SESSION) == Appended(kept + 1, 3)
    journal.close()
    assert verify(path).intact


LIMITED = """
import resource, sys
from pathlib import Path
from assist.journal.store import open_journal
from assist.journal.verification import verify
from tests.assist.sample_journal import NOON, SESSION, events, noon
from tests.faults.test_journal_full import until_fault
path = Path(sys.argv[1])
journal = open_journal(path, "borne-1", noon).journal
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
kept, fault = until_fault(journal)
verdict = verify(path)
assert (verdict.intact, verdict.events) == (True, kept), verdict
more, fault = until_fault(journal)  # a fresh connection empties the log, and finds some room again
kept += more
assert (verify(path).intact, verify(path).events) == (True, kept)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
resumed = journal.append(events(3), NOON, SESSION)
journal.close()
print(fault.kind, kept, resumed.first, resumed.count)
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """RLIMIT_FSIZE gives an input/output error, in the middle of a write."""
    path = tmp_path / "journal.db"
    told = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    kind, kept, first, count = told.stdout.split()
    assert kind in {FaultKind.FULL, FaultKind.IO}
    assert int(kept) > 100
    assert (int(first), int(count)) == (int(kept) + 1, 3)
    verdict = verify(path)
    assert (verdict.intact, verdict.events) == (True, int(kept) + 3)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    disk = tmp_path / "disque"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if not ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def stuff(disk: Path, leave: int) -> Path:
    """Fill the disk but for ``leave`` bytes."""
    ballast = disk / "ballast"
    state = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, state.f_bavail * state.f_frsize - leave)))
    return ballast


def test_a_full_disk_is_said_and_the_journal_resumes_when_space_returns(small_disk: Path) -> None:
    path = small_disk / "journal.db"
    journal = open_journal(path, "borne-1", noon).journal
    fill(journal, 50)
    ballast = stuff(small_disk, 30_000)
    kept, fault = until_fault(journal)
    assert fault.kind is FaultKind.FULL
    verdict = verify(path)
    assert (verdict.intact, verdict.events) == (True, 50 + kept)
    ballast.unlink()
    assert journal.append(events(120), NOON, SESSION) == Appended(51 + kept, 120)
    journal.close()
    assert verify(path).intact
    last = sidecar_path(path).read_text().splitlines()[-1]
    assert '"kind":"close"' in last, "the checkpoints that found no room are mirrored later"


def test_a_disk_full_at_the_start(small_disk: Path) -> None:
    path = small_disk / "journal.db"
    make(path, 20)
    ballast = stuff(small_disk, 0)
    opened = open_journal(path, "borne-1", noon)
    assert opened.fault is not None
    assert opened.fault.kind in {FaultKind.FULL, FaultKind.IO}
    assert opened.set_aside == (), "a full disk is no damage"
    assert isinstance(opened.journal.append([HelpCalled("a")], NOON), JournalFault)
    assert opened.journal.boot == 0
    ballast.unlink()
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(21, 1)
    assert opened.journal.boot == 2
    opened.journal.close()
    assert verify(path).intact


def test_a_disk_full_at_the_very_first_start(small_disk: Path) -> None:
    ballast = stuff(small_disk, 0)
    opened = open_journal(small_disk / "var" / "journal.db", "borne-1", noon)
    assert opened.fault is not None
    assert opened.fault.kind is FaultKind.FULL
    ballast.unlink()
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(1, 1)
    opened.journal.close()


def test_a_disk_that_becomes_read_only(small_disk: Path) -> None:
    path = small_disk / "journal.db"
    make(path, 20)
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)
    opened = open_journal(path, "borne-1", noon)
    assert opened.fault is not None
    assert (opened.fault.kind, opened.set_aside) == (FaultKind.READ_ONLY, ())
    assert "écriture" in opened.fault.message
    assert verify(path).intact
    subprocess.run([*remount[:2], "remount,rw", str(small_disk)], check=True)
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(21, 1)
    opened.journal.close()


def test_the_journal_of_a_crash_can_be_judged_on_a_read_only_disk(small_disk: Path) -> None:
    """Evidence with a write-ahead log and no lock file, where none can be made."""
    live = small_disk / "vivant" / "journal.db"
    journal = open_journal(live, "borne-1", noon).journal
    fill(journal, 20)
    copy = small_disk / "copie"
    copy.mkdir()
    for suffix in ("", "-wal", ".checkpoints"):
        source = live.with_name(live.name + suffix)
        (copy / source.name).write_bytes(source.read_bytes())
    journal.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    verdict = verify(copy / "journal.db")
    assert (verdict.intact, verdict.events) == (True, 20)
    assert sorted(file.name for file in copy.iterdir()) == ["journal.db", "journal.db-wal", "journal.db.checkpoints"]


def test_a_write_lock_held_elsewhere_is_said(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = open_journal(path, "borne-1", noon).journal
    assert isinstance(journal, SqliteJournal)
    journal.append([started()], NOON, SESSION)
    journal.write(lambda writer: writer.driver.execute("PRAGMA busy_timeout = 50"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        fault = journal.append([HelpCalled("a")], NOON, SESSION)
        assert isinstance(fault, JournalFault)
        assert fault.kind is FaultKind.LOCKED
        assert verify(path).events == 1, "readers are not in the way"
    assert journal.append([HelpCalled("a")], NOON, SESSION) == Appended(2, 1)
    journal.close()


def test_a_database_broken_while_in_use_is_said_and_set_aside_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    make(path, 300)
    journal = open_journal(path, "borne-1", noon).journal
    assert isinstance(journal, SqliteJournal)
    journal.write(lambda writer: writer.drop())  # nothing of the file is in memory any more
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    fault = journal.append([HelpCalled("a")], NOON, SESSION)
    assert isinstance(fault, JournalFault)
    assert fault.kind is FaultKind.DAMAGED
    journal.close()
    opened = open_journal(path, "borne-1", noon)
    assert len(opened.set_aside) == 1
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(1, 1)
    opened.journal.close()
