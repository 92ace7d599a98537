# SPDX-License-Identifier: EUPL-1.2
"""A forger with the database file, but not the key: whatever is changed is found, and the first bad row named."""

from __future__ import annotations

import atexit
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.journal.chain import Head, Link, bind, commitment_of
from assist.journal.checkpoints import read_sidecar, sidecar_path
from assist.journal.examination import Flaw
from assist.journal.verification import Verdict, verify
from tests.assist.sample_journal import make, unguarded

SIZES = (1, 4, 99, 100, 101, 230)
COLUMNS = ("id", "kiosk", "boot", "session", "time", "type", "payload", "salt", "commitment", "prev", "hash")
SHIFT = 1_000_000

journals = st.sampled_from(SIZES)


@cache
def _template(size: int) -> Path:
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return make(Path(folder.name) / "journal.db", size)


def tampered(size: int, tamper: Callable[[sqlite3.Connection], None], *, guards_back: bool = True) -> Verdict:
    """The verdict on a copy of a journal of ``size`` events, after ``tamper``."""
    with tempfile.TemporaryDirectory() as folder:
        path = copy_of(size, Path(folder))
        if guards_back:
            with unguarded(path) as connection:
                tamper(connection)
        else:
            with closing(sqlite3.connect(path)) as connection:
                tamper(connection)
                connection.commit()
        return verify(path)


def copy_of(size: int, folder: Path) -> Path:
    path = folder / "journal.db"
    shutil.copy(_template(size), path)
    shutil.copy(sidecar_path(_template(size)), sidecar_path(path))
    return path


def rows(connection: sqlite3.Connection) -> list[Link]:
    found = connection.execute("SELECT * FROM event ORDER BY seq").fetchall()
    return [Link(*(value.encode() if isinstance(value, str) else value for value in row)) for row in found]


def put(connection: sqlite3.Connection, link: Link, seq: int) -> None:
    """Write ``link`` over the row ``seq``."""
    settings_ = ", ".join(f"{name} = ?" for name in Link._fields)
    connection.execute(f"UPDATE event SET {settings_} WHERE seq = ?", (*_values(link), seq))  # noqa: S608


def shift(connection: sqlite3.Connection, first: int, by: int) -> None:
    """Renumber the rows from ``first`` on."""
    connection.execute("UPDATE event SET seq = seq + ? WHERE seq >= ?", (SHIFT, first))
    connection.execute("UPDATE event SET seq = seq + ? WHERE seq >= ?", (by - SHIFT, SHIFT))


def test_an_untouched_copy_is_intact() -> None:
    for size in SIZES:
        verdict = tampered(size, lambda connection: None)
        assert (verdict.intact, verdict.events, verdict.first_bad, verdict.reason) == (True, size, None, "")


@given(journals, st.sampled_from(COLUMNS), st.data())
def test_any_edited_value_names_its_row(size: int, column: str, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))

    def edit(connection: sqlite3.Connection) -> None:
        old = connection.execute(f"SELECT {column} FROM event WHERE seq = ?", (seq,)).fetchone()[0]  # noqa: S608
        kind = {int: st.integers(2, 99), str: st.text(st.characters(codec="utf-8")), bytes: st.binary()}[type(old)]
        new = data.draw(kind.filter(lambda value: value != old))
        connection.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", (new, seq))  # noqa: S608

    verdict = tampered(size, edit)
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.ROW_ALTERED, seq)
    assert str(seq) in verdict.reason


@given(journals, st.data())
def test_a_text_that_is_no_text_any_more_names_its_row(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))
    verdict = tampered(
        size, lambda c: c.execute("UPDATE event SET type = CAST(x'ff00fe' AS TEXT) WHERE seq = ?", (seq,)) and None
    )
    assert (verdict.intact, verdict.first_bad) == (False, seq)


@given(journals, st.data())
def test_a_renumbered_row_is_found(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))
    new = data.draw(st.one_of(st.integers(-50, 0), st.integers(size + 1, size + 50)))
    verdict = tampered(size, lambda c: c.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, seq)) and None)
    assert (verdict.intact, verdict.first_bad) == (False, min(seq, new))


@given(journals, st.data())
def test_a_payload_erased_without_a_record_names_its_row(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))
    verdict = tampered(
        size, lambda c: c.execute("UPDATE event SET payload = NULL, salt = NULL WHERE seq = ?", (seq,)) and None
    )
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.PAYLOAD_ERASED, seq)


@given(journals, st.data())
def test_a_row_hashed_anew_names_its_row(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))

    def forge(connection: sqlite3.Connection) -> None:
        link = rows(connection)[seq - 1]
        assert link.salt is not None
        changed = link._replace(payload=b'{"step":"faux"}', commitment=commitment_of(link.salt, b'{"step":"faux"}'))
        put(connection, bind(Head(seq - 1, link.prev), changed), seq)

    verdict = tampered(size, forge)
    assert (verdict.intact, verdict.flaw) == (False, Flaw.ROW_ALTERED)
    # The last row looks the same as the end of a longer forgery: then the first row no signature vouches for is named.
    assert verdict.first_bad == (seq if seq < size else (size - 1) // 100 * 100 + 1)


@given(journals, st.data())
def test_a_chain_forged_to_its_end_is_found(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))

    def forge(connection: sqlite3.Connection) -> None:
        links = rows(connection)
        head = Head(seq - 1, links[seq - 1].prev)
        for link in links[seq - 1 :]:
            forged = bind(head, link._replace(time=b"2001-01-01T00:00:00.000+00:00"))
            put(connection, forged, forged.seq)
            head = Head(forged.seq, forged.hash)

    verdict = tampered(size, forge)
    vouched_before = (seq - 1) // 100 * 100
    assert not verdict.intact
    assert verdict.first_bad is not None
    assert vouched_before < verdict.first_bad <= seq


@given(journals, st.data())
def test_a_deleted_row_is_named(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))
    verdict = tampered(size, lambda c: c.execute("DELETE FROM event WHERE seq = ?", (seq,)) and None)
    expected = Flaw.TRUNCATED if seq == size else Flaw.ROW_MISSING
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, expected, seq)


@given(st.sampled_from(SIZES[1:]), st.data())
def test_a_deleted_row_is_named_even_when_the_gap_is_closed(size: int, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size - 1))

    def delete(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM event WHERE seq = ?", (seq,))
        shift(connection, seq + 1, -1)

    verdict = tampered(size, delete)
    assert (verdict.intact, verdict.first_bad) == (False, seq)


@given(st.sampled_from(SIZES[1:]), st.data())
def test_swapped_rows_are_found(size: int, data: st.DataObject) -> None:
    one, other = data.draw(st.lists(st.integers(1, size), min_size=2, max_size=2, unique=True))

    def swap(connection: sqlite3.Connection) -> None:
        links = rows(connection)
        put(connection, links[other - 1]._replace(seq=one), one)
        put(connection, links[one - 1]._replace(seq=other), other)

    verdict = tampered(size, swap)
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.ROW_ALTERED, min(one, other))


@given(journals, st.booleans(), st.data())
def test_an_inserted_row_is_found(size: int, chained: bool, data: st.DataObject) -> None:
    seq = data.draw(st.integers(1, size))

    def insert(connection: sqlite3.Connection) -> None:
        link = rows(connection)[seq - 1]
        shift(connection, seq, 1)
        forged = bind(Head(seq - 1, link.prev), link) if chained else link._replace(seq=seq)
        if not chained:
            forged = forged._replace(session=b"another")
        marks = ", ".join("?" * len(link))
        connection.execute(f"INSERT INTO event VALUES ({marks})", _values(forged))  # noqa: S608

    verdict = tampered(size, insert)
    assert not verdict.intact
    # A twin of the row that was there is sound by itself: the first row that is not is the one pushed down.
    assert verdict.first_bad == (seq + 1 if chained else seq)


def _values(link: Link) -> list[object]:
    texts = {"id", "kiosk", "session", "time", "type", "payload"}
    return [v.decode() if n in texts and isinstance(v, bytes) else v for n, v in zip(Link._fields, link, strict=True)]


@given(journals, st.booleans(), st.data())
def test_a_cut_end_is_found(size: int, checkpoints_too: bool, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, size - 1))

    def cut(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM event WHERE seq > ?", (kept,))
        if checkpoints_too:
            connection.execute("DELETE FROM checkpoint WHERE seq > ?", (kept,))

    verdict = tampered(size, cut)
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.TRUNCATED, kept + 1)


@given(journals, st.sampled_from(("number", "seq", "hash", "boot", "time", "kind", "signature")), st.data())
def test_an_altered_checkpoint_is_found(size: int, column: str, data: st.DataObject) -> None:
    def edit(connection: sqlite3.Connection) -> None:
        numbers = [row[0] for row in connection.execute("SELECT number FROM checkpoint ORDER BY number")]
        number = data.draw(st.sampled_from(numbers))
        old = connection.execute(f"SELECT {column} FROM checkpoint WHERE number = ?", (number,)).fetchone()[0]  # noqa: S608
        new = old + SHIFT if isinstance(old, int) else old[:-1]
        connection.execute(f"UPDATE checkpoint SET {column} = ? WHERE number = ?", (new, number))  # noqa: S608

    verdict = tampered(size, edit)
    assert (verdict.intact, verdict.flaw) == (False, Flaw.CHECKPOINT_ALTERED)


@given(journals, st.data())
def test_a_deleted_checkpoint_is_found_by_the_sidecar(size: int, data: st.DataObject) -> None:
    def delete(connection: sqlite3.Connection) -> None:
        numbers = [row[0] for row in connection.execute("SELECT number FROM checkpoint ORDER BY number")]
        connection.execute("DELETE FROM checkpoint WHERE number = ?", (data.draw(st.sampled_from(numbers)),))

    assert tampered(size, delete).flaw is Flaw.CHECKPOINT_ALTERED


@given(journals, st.sampled_from(("seq", "hash", "boot", "time", "kind", "signature")), st.data())
@settings(max_examples=30)
def test_an_altered_sidecar_is_found(size: int, field: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copy_of(size, Path(folder))
        lines = sidecar_path(path).read_text().splitlines()
        at = data.draw(st.integers(0, len(lines) - 1))
        line = json.loads(lines[at])
        line[field] = line[field] + 1 if isinstance(line[field], int) else "00" + line[field][2:] + "00"
        lines[at] = json.dumps(line)
        sidecar_path(path).write_text("\n".join(lines) + "\n")
        assert verify(path).flaw is Flaw.CHECKPOINT_ALTERED


def test_a_torn_or_missing_sidecar_line_is_tolerated(tmp_path: Path) -> None:
    path = copy_of(230, tmp_path)
    whole = sidecar_path(path).read_bytes()
    for cut in (1, 40, len(whole) // 2, len(whole)):
        sidecar_path(path).write_bytes(whole[:-cut])
        assert verify(path).intact
    sidecar_path(path).write_bytes(whole + b"\0" * 300)
    assert verify(path).intact
    assert len(read_sidecar(sidecar_path(path))) == len(whole.splitlines())
    sidecar_path(path).write_text("[" * 100_000 + '\n{"journal": "\\ud800"}\n{}\n3\n')
    assert verify(path).intact


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET id = 'another'",
        "UPDATE journal SET public_key = zeroblob(32)",
        "DELETE FROM journal",
    ],
)
def test_another_identity_is_found(sql: str) -> None:
    verdict = tampered(101, lambda connection: connection.execute(sql) and None)
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.IDENTITY, 1)


@pytest.mark.parametrize("sql", ["DROP TRIGGER event_kept", "DROP TRIGGER event_unchanged", "DROP TABLE boot"])
def test_missing_protections_are_found(sql: str) -> None:
    def drop(connection: sqlite3.Connection) -> None:
        connection.execute(sql)

    assert tampered(4, drop, guards_back=False).flaw is Flaw.SCHEMA_ALTERED


def test_a_forged_retention_record_is_found() -> None:
    def forge(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO retention VALUES (1, '2026-11-21', '{\"help.called\": 4}', zeroblob(64))")
        connection.execute("UPDATE event SET payload = NULL, salt = NULL WHERE type = 'help.called' AND seq <= 4")

    verdict = tampered(230, forge)
    assert (verdict.intact, verdict.flaw, verdict.first_bad) == (False, Flaw.PAYLOAD_ERASED, 4)
    alone = tampered(230, lambda c: c.execute("INSERT INTO retention VALUES (1, '', '{}', zeroblob(64))") and None)
    assert (alone.intact, alone.flaw) == (False, Flaw.RETENTION_ALTERED)


@given(st.dictionaries(st.integers(100, 24_000), st.integers(0, 255), min_size=1, max_size=20))
def test_a_file_with_damaged_bytes_is_given_a_verdict(damage: dict[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copy_of(4, Path(folder))
        content = bytearray(path.read_bytes())
        for at, byte in damage.items():
            content[at] = byte
        path.write_bytes(content)
        assert verify(path).events >= 0


def test_a_schema_that_is_no_text_any_more_is_damaged(tmp_path: Path) -> None:
    """The words of the driver's own error cannot be read then."""
    path = copy_of(4, tmp_path)
    content = path.read_bytes()
    for damaged in (content.replace(b"CREATE TABLE ", b"\xacREATE TABLE "), content.replace(b"STRICT", b"STR\xacCT")):
        path.write_bytes(damaged)
        assert verify(path).flaw is Flaw.CORRUPT_PAGES
