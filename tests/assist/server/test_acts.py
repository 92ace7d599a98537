# SPDX-License-Identifier: EUPL-1.2
"""What the staff did can be added to, and nothing else; whoever changes it is found out."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assist.journal.chain import Break
from assist.server.acts import ActRow, NotedAct, StaffAct, note, verify_acts
from assist.server.acts_list import PAGE, page
from assist.server.database import Database
from assist.server.staff_member import Role, StaffMember

AMINA = StaffMember("0190-amina", "Amina", frozenset({Role.MEDIATOR}))
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def noted(database: Database) -> Database:
    """Five acts."""
    for number in range(5):
        with database.begin() as transaction:
            note(transaction, AMINA, StaffAct.CALL_TAKEN, f"call-{number}", NOON + timedelta(minutes=number))
    return database


def test_acts_are_kept_in_order_whatever_the_clock_says(database: Database) -> None:
    with database.begin() as transaction:
        note(transaction, AMINA, StaffAct.LOGGED_IN, now=NOON)
        note(transaction, None, StaffAct.ACCOUNT_RESET, AMINA.id, now=NOON - timedelta(days=3650))
    with database.begin() as transaction:
        rows = transaction.scalars(select(ActRow).order_by(ActRow.seq)).all()
        assert [(row.seq, row.act, row.member, row.about) for row in rows] == [
            (1, "logged_in", AMINA.id, ""),
            (2, "account_reset", "", AMINA.id),
        ]
        checked = verify_acts(transaction)
    assert (checked.count, checked.broken, checked.first_bad) == (2, None, None)


def test_an_act_that_is_undone_was_never_noted(noted: Database) -> None:
    with pytest.raises(ValueError, match="identifier"), noted.begin() as transaction:  # noqa: PT012 - undone by it
        note(transaction, AMINA, StaffAct.LOGGED_OUT)
        note(transaction, AMINA, StaffAct.CALL_TAKEN, "a text")
    with noted.begin() as transaction:
        note(transaction, AMINA, StaffAct.LOGGED_OUT)
        checked = verify_acts(transaction)
    assert (checked.count, checked.broken) == (6, None)


def test_acts_noted_at_once_wait_for_each_other(database: Database) -> None:
    def work(number: int) -> None:
        with database.begin() as transaction:
            note(transaction, AMINA, StaffAct.KIOSK_ORDER, f"order-{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    with database.begin() as transaction:
        checked = verify_acts(transaction)
    assert (checked.count, checked.broken) == (40, None)


@pytest.mark.parametrize("about", ["Mme Martin", "06 12 34", "<b>", "x" * 121, "é", "a\n"])
def test_an_act_is_about_an_identifier_never_about_a_person(database: Database, about: str) -> None:
    with database.begin() as transaction, pytest.raises(ValueError, match="identifier"):
        note(transaction, AMINA, StaffAct.CALL_TAKEN, about)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE act SET act = 'logged_out' WHERE seq = 2",
        "UPDATE act SET member = 'other' WHERE seq = 2",
        "UPDATE act SET time = '2020-01-01T00:00:00.000+00:00' WHERE seq = 2",
        "UPDATE act SET seq = 9 WHERE seq = 5",
        "DELETE FROM act WHERE seq = 5",
        "DELETE FROM act",
        "INSERT INTO act SELECT 9, 'x', time, act, member, about, salt, commitment, prev, hash FROM act WHERE seq = 5",
    ],
)
def test_the_database_refuses_to_change_an_act(noted: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), noted.begin() as transaction:
        transaction.execute(text(statement))


def test_the_database_refuses_to_empty_the_table(noted: Database) -> None:
    if noted.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="append-only"), noted.begin() as transaction:
        transaction.execute(text("TRUNCATE act"))


def _change(statement: str) -> Callable[[Session], None]:
    return lambda transaction: transaction.execute(text(statement)) and None


@pytest.mark.parametrize(
    ("change", "broken", "first_bad"),
    [
        (_change("UPDATE act SET act = 'logged_out' WHERE seq = 2"), Break.ALTERED, 2),
        (_change("UPDATE act SET member = 'other' WHERE seq = 3"), Break.ALTERED, 3),
        (_change("UPDATE act SET about = 'other' WHERE seq = 1"), Break.ALTERED, 1),
        (_change("UPDATE act SET time = '2020-01-01T00:00:00.000+00:00' WHERE seq = 4"), Break.ALTERED, 4),
        (_change("DELETE FROM act WHERE seq = 2"), Break.MISSING, 2),
        (_change("DELETE FROM act WHERE seq <= 2"), Break.MISSING, 1),
        (_change("UPDATE act SET member = NULL, about = NULL, salt = NULL WHERE seq = 2"), Break.ERASED, 2),
    ],
)
def test_whoever_gets_past_the_database_is_found_out(
    noted: Database, change: Callable[[Session], None], broken: Break, first_bad: int
) -> None:
    with noted.begin() as transaction:
        _without_triggers(transaction)
        change(transaction)
    with noted.begin() as transaction:
        checked = verify_acts(transaction)
    assert (checked.broken, checked.first_bad) == (broken, first_bad)


def _without_triggers(transaction: Session) -> None:
    if transaction.get_bind().dialect.name == "postgresql":
        transaction.execute(text("ALTER TABLE act DISABLE TRIGGER USER"))
        return
    for name in ("act_in_order", "act_unchanged", "act_kept"):
        transaction.execute(text(f"DROP TRIGGER {name}"))


def test_every_act_is_said_in_french() -> None:
    assert len({act.label for act in StaffAct}) == len(StaffAct)
    assert all(act.label.strip() == act.label and "'" not in act.value for act in StaffAct)


def test_the_page_of_the_acts_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m assist.server.acts_list"


def test_who_reads_an_act_reads_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        act = NotedAct(
            1, "2026-07-01T22:30:00.000+00:00", "Ana", "kiosk_order", "a agi sur une borne", "0a1b/ask_consent"
        )
        assert act.when == "02/07/2026 00:30"
        assert act.subject == "0a1b/demander l’accord"
        assert NotedAct(2, "?", "", "x", "x", "").when == "?"
    finally:
        monkeypatch.undo()
        time.tzset()
