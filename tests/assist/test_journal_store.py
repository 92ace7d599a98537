# SPDX-License-Identifier: EUPL-1.2
"""Appending: durable, numbered, private, refused to all but the journal, from threads and from processes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assist.journal.checkpoints import key_path, read_sidecar, sidecar_path
from assist.journal.database import connect, driver_of
from assist.journal.memory import MemoryJournal
from assist.journal.migrations import SCHEMA_VERSION, migrate, objects, objects_in
from assist.journal.protocol import Appended, FaultKind, Journal, JournalFault, Opened
from assist.journal.schema import METADATA
from assist.journal.store import open_journal
from assist.journal.verification import export, verify
from assist.session.events import AnswerGiven, ChoiceMade, HelpCalled, KioskStarted
from tests.assist.sample_journal import NOON, SESSION, events, fill, make, noon


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "journal.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    opened = open_journal(path, "borne-1", noon)
    yield opened
    opened.journal.close()


def rows(path: Path) -> list[dict[str, object]]:
    found = export(path)
    assert not isinstance(found, JournalFault)
    return list(found)


def test_importing_the_journal_is_cheap() -> None:
    code = "import sys, assist.journal; sys.exit('sqlalchemy' in sys.modules or 'cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_journal_is_sound_and_its_key_is_secret(path: Path, opened: Opened) -> None:
    assert (opened.fault, opened.set_aside, opened.interrupted, opened.events) == (None, (), (), 0)
    assert opened.journal.boot == 1
    assert key_path(path).stat().st_mode & 0o777 == 0o600
    assert verify(path).intact


def test_events_are_numbered_and_come_back(path: Path, opened: Opened) -> None:
    journal = opened.journal
    assert journal.append([KioskStarted("0.1.0")], NOON) == Appended(1, 1)
    assert journal.append([HelpCalled("a"), HelpCalled("b")], NOON + timedelta(seconds=1), SESSION) == Appended(2, 2)
    assert journal.append([], NOON, SESSION) == Appended(0, 0)
    first, second, third = rows(path)
    assert first["type"] == "kiosk.started"
    assert first["payload"] == {"version": "0.1.0"}
    assert (second["seq"], second["session"], second["payload"]) == (2, SESSION, {"step": "a"})
    assert (third["seq"], third["boot"], third["kiosk"]) == (3, 1, "borne-1")
    assert third["time"] == "2026-11-21T12:00:01.000+00:00"
    assert third["prev"] == second["hash"]
    assert len({row["id"] for row in (first, second, third)}) == 3
    assert str(first["id"])[14] == "7", "UUID version"
    assert "salt" not in first
    assert json.dumps(first)


def test_what_is_private_is_in_no_file(path: Path, opened: Opened) -> None:
    canary = "canari-48213"
    opened.journal.append([AnswerGiven("naissance", canary), ChoiceMade("sante", "", canary)], NOON, SESSION)
    opened.journal.append([AnswerGiven("enfants", 948213948213)], NOON, SESSION)
    for close in (False, True):
        if close:
            opened.journal.close()
        for file in path.parent.rglob("*"):
            if file.is_file():
                assert canary.encode() not in file.read_bytes()
                assert b"948213948213" not in file.read_bytes()


def test_a_naive_time_is_a_bug(opened: Opened) -> None:
    with pytest.raises(ValueError, match="aware"):
        opened.journal.append([HelpCalled("a")], datetime(2026, 1, 1))


def test_a_batch_is_whole_or_absent(path: Path, opened: Opened) -> None:
    with pytest.raises(TypeError):
        opened.journal.append([HelpCalled("a"), HelpCalled(object())], NOON)  # type: ignore[arg-type]
    assert rows(path) == []
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(1, 1)


def test_checkpoints_come_at_boot_every_hundred_and_at_close(path: Path, opened: Opened) -> None:
    fill(opened.journal, 99)
    opened.journal.append(events(3), NOON, SESSION)
    fill(opened.journal, 99)
    opened.journal.close()
    assert [(c.kind, c.seq) for c in read_sidecar(sidecar_path(path))] == [
        ("boot", 0),
        ("regular", 102),
        ("regular", 200),
        ("close", 201),
    ]
    assert verify(path).intact


def test_closing_twice_is_harmless_and_nothing_more_is_kept(opened: Opened) -> None:
    opened.journal.close()
    opened.journal.close()
    fault = opened.journal.append([HelpCalled("a")], NOON)
    assert isinstance(fault, JournalFault)
    assert fault.kind is FaultKind.CLOSED
    assert fault.message


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET payload = '{}' WHERE seq = 2",
        "UPDATE event SET payload = NULL, salt = NULL WHERE seq = 2",
        "UPDATE event SET seq = 9 WHERE seq = 2",
        "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event",
        "REPLACE INTO event SELECT * FROM event WHERE seq = 2",
        "INSERT INTO event SELECT 9, id, '', 1, '', '', '', '{}', x'', x'', x'', x'' FROM event",
        "UPDATE checkpoint SET seq = 0",
        "DELETE FROM checkpoint",
        "REPLACE INTO checkpoint SELECT * FROM checkpoint",
        "UPDATE journal SET id = ''",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal",
        "DELETE FROM boot",
    ],
)
def test_the_database_refuses_to_change_what_is_written(path: Path, sql: str) -> None:
    make(path, 3)
    before = rows(path)
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(sql)
        connection.commit()
    assert rows(path) == before
    assert verify(path).intact


def test_the_connection_is_set_for_safety(path: Path, opened: Opened) -> None:
    with closing(connect(path)) as connection:
        driver = driver_of(connection)
        told = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        told |= {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "secure_delete")}
        assert driver.execute("PRAGMA busy_timeout").fetchone()[0] == 5000
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_the_migrated_database_has_the_tables_of_the_schema() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        for table in METADATA.sorted_tables:
            told = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            assert [row[1] for row in told] == list(table.columns.keys())
            assert [bool(row[5]) for row in told] == [column.primary_key for column in table.columns]
        assert objects_in(connection) == objects(SCHEMA_VERSION)


def test_many_threads_keep_one_chain(path: Path, opened: Opened) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: opened.journal.append([HelpCalled(str(n))], NOON, SESSION), range(200)))
    assert sorted(a.first for a in kept if isinstance(a, Appended)) == list(range(1, 201))
    assert verify(path).events == 200
    assert verify(path).intact


APPENDER = """
import sys
from pathlib import Path
from assist.journal.protocol import Appended
from assist.journal.store import open_journal
from assist.session.events import HelpCalled
from tests.assist.sample_journal import NOON, noon
journal = open_journal(Path(sys.argv[1]), sys.argv[2], noon).journal
print("ready", flush=True)
sys.stdin.readline()
for n in range(150):
    assert isinstance(journal.append([HelpCalled(str(n))], NOON, sys.argv[2]), Appended)
journal.close()
"""


def test_two_processes_append_at_the_same_time(path: Path) -> None:
    def start(name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    with start("borne") as kiosk, start("marche") as walk:
        for process in (kiosk, walk):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in (kiosk, walk):
            process.communicate("go\n")
    assert (kiosk.returncode, walk.returncode) == (0, 0)
    assert verify(path).intact
    found = rows(path)
    assert [row["seq"] for row in found] == list(range(1, 301))
    assert {row["boot"] for row in found} == {1, 2}
    for name in ("borne", "marche"):
        mine = [row["payload"] for row in found if row["session"] == name]
        assert mine == [{"step": str(n)} for n in range(150)], "each one's own order is kept"


def test_a_reader_verifies_and_exports_a_live_journal(path: Path, opened: Opened) -> None:
    fill(opened.journal, 120)
    assert verify(path).intact
    assert len(rows(path)) == 120
    fill(opened.journal, 10)
    assert verify(path).events == 130


def _journals(path: Path) -> tuple[Journal, Journal]:
    return MemoryJournal(), open_journal(path, "borne-1", noon).journal


def test_the_journal_in_memory_behaves_like_the_one_on_disk(path: Path) -> None:
    answers = []
    for journal in _journals(path):
        told: list[object] = [journal.append(events(2), NOON, SESSION), journal.append([], NOON)]
        told.append(journal.append([HelpCalled("a")], NOON))
        with pytest.raises(ValueError, match="aware"):
            journal.append([], datetime(2026, 1, 1))
        with pytest.raises(TypeError):
            journal.append([HelpCalled(object())], NOON)  # type: ignore[arg-type]
        told.append(journal.boot)
        journal.close()
        told.append(journal.append([HelpCalled("a")], NOON))
        answers.append(told)
    assert answers[0] == answers[1]


def test_the_journal_in_memory_plays_a_fault() -> None:
    journal = MemoryJournal()
    journal.fault = JournalFault(FaultKind.FULL)
    assert journal.append([HelpCalled("a")], NOON) == JournalFault(FaultKind.FULL)
    journal.fault = None
    assert journal.append([HelpCalled("a")], NOON) == Appended(1, 1)
    assert journal.events == (HelpCalled("a"),)
