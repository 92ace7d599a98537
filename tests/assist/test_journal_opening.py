# SPDX-License-Identifier: EUPL-1.2
"""Opening: damage is set aside and never deleted, cut sessions are ended, a live process is left alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assist.journal.boots import locks_folder
from assist.journal.checkpoints import key_path
from assist.journal.examination import Flaw
from assist.journal.migrations import SCHEMA_VERSION
from assist.journal.protocol import Appended, FaultKind, JournalFault
from assist.journal.store import open_journal
from assist.journal.verification import JournalDamaged, export, look, verify
from assist.session.events import Ending, HelpCalled, SessionEnded
from tests.assist.sample_journal import NOON, SESSION, fill, make, noon, started, unguarded, whole_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def crash(path: Path) -> Path:
    """A copy of a live journal's files, as a power cut leaves them: no process holds it any more."""
    folder = path.parent / "apres-la-coupure"
    shutil.copytree(path.parent, folder)
    return folder / path.name


def ended(path: Path) -> list[tuple[object, object, object]]:
    found = export(path)
    assert not isinstance(found, JournalFault)
    return [(row["session"], row["payload"], row["boot"]) for row in found if row["type"] == "session.ended"]


# What is found damaged


def overwrite(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def edit(path: Path) -> None:
    with unguarded(path) as connection:
        connection.execute("UPDATE event SET time = '2001-01-01' WHERE seq = 7")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (a)")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "header": lambda path: overwrite(path, 0, b"not a database at all"),
    "pages": lambda path: overwrite(path, 4096, b"\xff" * 8192),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "row": edit,
    "empty": lambda path: os.truncate(path, 0),
    "gone": lambda path: path.unlink(),
    "foreign": foreign,
    "key": lambda path: key_path(path).write_bytes(b"rust"),
    "no key": lambda path: key_path(path).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_journal_is_set_aside_whole_and_a_fresh_one_serves(
    path: Path, damage: Callable[[Path], object]
) -> None:
    make(path, 150)
    damage(path)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    opened = open_journal(path, "borne-1", noon)
    (aside,) = opened.set_aside
    assert opened.fault is None
    assert aside.reason
    assert aside.folder.name == "journal.db.mis-de-cote-20261121T120000Z"
    moved = {file.name: file.read_bytes() for file in aside.folder.iterdir()}
    for name, content in before.items():
        if name != "journal.db.key" or name in moved:
            assert moved[name] == content, "nothing is deleted or changed"
    assert opened.journal.append([HelpCalled("a")], NOON) == Appended(1, 1)
    opened.journal.close()
    assert verify(path).intact
    again = open_journal(path, "borne-1", noon)
    assert (again.set_aside, again.events) == ((), 1)
    again.journal.close()


def test_setting_aside_never_overwrites(path: Path) -> None:
    folders = set()
    for _ in range(3):
        make(path, 3)
        overwrite(path, 0, b"x" * 100)
        opened = open_journal(path, "borne-1", noon)
        folders |= {aside.folder for aside in opened.set_aside}
        opened.journal.close()
    assert len(folders) == 3
    assert all((folder / "journal.db").exists() for folder in folders)


def test_what_was_set_aside_can_still_be_judged(path: Path) -> None:
    make(path, 150)
    edit(path)
    opened = open_journal(path, "borne-1", noon)
    opened.journal.close()
    verdict = verify(opened.set_aside[0].folder / "journal.db")
    assert (verdict.flaw, verdict.first_bad) == (Flaw.ROW_ALTERED, 7)


def test_boots_count_on_after_a_journal_was_set_aside(path: Path) -> None:
    for _ in range(3):
        make(path, 1)
    overwrite(path, 0, b"x" * 100)
    opened = open_journal(path, "borne-1", noon)
    assert opened.journal.boot == 4
    opened.journal.close()


def test_a_journal_in_use_is_not_moved_from_under_its_user(path: Path) -> None:
    kiosk = open_journal(path, "borne-1", noon)
    fill(kiosk.journal, 20)
    edit(path)
    walk = open_journal(path, "marche", noon)
    assert walk.fault is not None
    assert walk.fault.kind is FaultKind.DAMAGED
    assert walk.set_aside == ()
    assert walk.journal.append([HelpCalled("a")], NOON) == walk.fault
    assert path.exists()
    kiosk.journal.close()
    walk.journal.close()


def test_a_newer_journal_is_left_untouched(path: Path) -> None:
    make(path, 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    opened = open_journal(path, "borne-1", noon)
    assert opened.fault is not None
    assert (opened.fault.kind, opened.set_aside) == (FaultKind.NEWER, ())
    assert isinstance(opened.journal.append([HelpCalled("a")], NOON), JournalFault)
    opened.journal.close()
    assert path.read_bytes() == before
    assert verify(path).flaw is Flaw.NEWER
    assert not verify(path).examined


def test_a_very_long_journal_is_checked_from_a_signed_checkpoint_on(path: Path) -> None:
    make(path, 450)
    assert look(path, at_most=100).flaw is None
    with unguarded(path) as connection:
        connection.execute("UPDATE event SET time = '2001' WHERE seq = 301")
    assert look(path, at_most=150).first_bad == 301
    assert look(path, at_most=50).flaw is None, "older than the last hundreds: for verify to find"
    assert verify(path).first_bad == 301
    with unguarded(path) as connection:
        connection.execute("DELETE FROM event WHERE seq > 420")
    assert (look(path, at_most=10).flaw, look(path, at_most=10).first_bad) == (Flaw.TRUNCATED, 421)


# Sessions that were cut


def test_a_session_cut_by_a_crash_is_ended_at_the_next_start(path: Path) -> None:
    journal = open_journal(path, "borne-1", noon).journal
    whole_session(journal, "entiere")
    journal.append([started("coupee"), HelpCalled("a")], NOON, "coupee")
    after = crash(path)
    opened = open_journal(after, "borne-1", noon)
    assert opened.interrupted == ("coupee",)
    opened.journal.close()
    journal.close()
    assert verify(after).intact
    assert ended(after) == [
        ("entiere", {"duration": "<2", "ending": "done"}, 1),
        ("coupee", {"duration": "", "ending": "interrupted"}, 2),
    ]
    again = open_journal(after, "borne-1", noon)
    assert again.interrupted == (), "only once"
    again.journal.close()


def test_a_live_session_of_another_process_is_left_alone(path: Path) -> None:
    kiosk = open_journal(path, "borne-1", noon).journal
    kiosk.append([started("vivante")], NOON, "vivante")
    walk = open_journal(path, "marche", noon)
    assert (walk.interrupted, walk.journal.boot) == ((), 2)
    walk.journal.close()
    assert isinstance(kiosk.append([SessionEnded(Ending.DONE, "2-5")], NOON, "vivante"), Appended)
    kiosk.close()
    assert [session for session, _, _ in ended(path)] == ["vivante"]
    assert list(locks_folder(path).glob("boot-*")) == []


def test_a_crash_long_ago_is_found_behind_a_boot_that_is_still_alive(path: Path) -> None:
    old = open_journal(path, "borne-1", noon).journal
    old.append([started("ancienne")], NOON, "ancienne")
    living = open_journal(path, "borne-2", noon).journal
    living.append([started("vivante")], NOON, "vivante")
    (locks_folder(path) / "boot-1").unlink()  # boot 1 dies
    third = open_journal(path, "borne-1", noon)
    assert third.interrupted == ("ancienne",)
    for journal in (old, living, third.journal):
        journal.close()


# Clocks


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_keeps_the_order(path: Path, years: int) -> None:
    now = [NOON]
    journal = open_journal(path, "borne-1", lambda: now[0]).journal
    fill(journal, 3, at=NOON)
    now[0] = NOON.replace(year=NOON.year + years)
    fill(journal, 3, at=now[0])
    journal.close()
    again = open_journal(path, "borne-1", noon)
    fill(again.journal, 3, at=NOON)
    again.journal.close()
    assert verify(path).intact
    found = export(path)
    assert not isinstance(found, JournalFault)
    order = [(row["boot"], row["seq"]) for row in found]
    assert order == sorted(order)


def test_the_hour_that_comes_twice_keeps_the_order(path: Path) -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    times = (datetime(2026, 10, 25, 2, 30, tzinfo=summer), datetime(2026, 10, 25, 2, 10, tzinfo=winter))
    journal = open_journal(path, "borne-1", noon).journal
    for time in times:
        journal.append([HelpCalled("a")], time, SESSION)
    journal.close()
    found = export(path)
    assert not isinstance(found, JournalFault)
    read = [datetime.fromisoformat(str(row["time"])) for row in found]
    assert read == sorted(read)
    assert all(time.utcoffset() == UTC.utcoffset(None) for time in read)


# What a file may be, for a calm reader


@pytest.mark.parametrize(
    ("what", "flaw"),
    [
        (lambda path: None, Flaw.MISSING_FILE),
        (lambda path: path.touch(), Flaw.EMPTY),
        (lambda path: path.mkdir(), Flaw.UNREADABLE),
        (lambda path: path.write_bytes(b"bonjour" * 3000), Flaw.CORRUPT_PAGES),
        (foreign, Flaw.NOT_A_JOURNAL),
    ],
)
def test_verify_answers_calmly(path: Path, what: Callable[[Path], object], flaw: Flaw) -> None:
    if what is foreign:
        path.touch()
    what(path)
    verdict = verify(path)
    assert (verdict.intact, verdict.events, verdict.first_bad, verdict.flaw) == (False, 0, None, flaw)
    assert verdict.reason
    if flaw is not Flaw.EMPTY:
        assert isinstance(export(path), JournalFault)


def test_verify_and_open_answer_calmly_when_locked(path: Path) -> None:
    make(path, 3)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        verdict = verify(path, busy=0.05)
        assert (verdict.intact, verdict.flaw, verdict.examined) == (False, Flaw.LOCKED, False)
        fault = export(path, busy=0.05)
        assert isinstance(fault, JournalFault)
        assert fault.kind is FaultKind.LOCKED


def test_an_export_stops_where_the_file_cannot_be_read(path: Path) -> None:
    make(path, 400)
    size = path.stat().st_size
    overwrite(path, size // 2, b"\xff" * 4096)
    found = export(path)
    if not isinstance(found, JournalFault):
        with pytest.raises(JournalDamaged) as caught:
            list(found)
        assert caught.value.after < 400
    assert not verify(path).intact
