# SPDX-License-Identifier: EUPL-1.2
"""Who did what is erased in time, never early, and the chain still holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from assist.journal.chain import Break
from assist.server.acts import ActRow, StaffAct, note, verify_acts
from assist.server.acts_retention import DAYS, MANDATE_DAYS, retire_acts
from assist.server.daily import RULES
from assist.server.database import Database
from assist.server.staff_member import Role, StaffMember

AMINA = StaffMember("0190-amina", "Amina", frozenset({Role.MEDIATOR}))
START = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)


def a_time(database: Database, days: int, start: datetime = START) -> datetime:
    """An act every ten days, one in five about a mandate; the moment after the last."""
    with database.begin() as transaction:
        for day in range(0, days, 10):
            act = StaffAct.MANDATE_USED if day % 50 == 0 else StaffAct.CALL_TAKEN
            note(transaction, AMINA, act, f"about-{day}", start + timedelta(days=day))
    return start + timedelta(days=days)


def held(database: Database) -> tuple[list[int], list[int]]:
    """The days of the acts that still say who and what: of mandates, of others."""
    with database.begin() as transaction:
        rows = transaction.scalars(select(ActRow).where(ActRow.member == AMINA.id).order_by(ActRow.seq)).all()
        days = [(row.act.startswith("mandate"), int((row.about or "").removeprefix("about-"))) for row in rows]
    return [day for of_mandate, day in days if of_mandate], [day for of_mandate, day in days if not of_mandate]


def test_what_is_over_is_erased_and_the_chain_holds(database: Database) -> None:
    now = a_time(database, 500)
    with database.begin() as transaction:
        assert retire_acts(transaction, now).count > 0
    mandates, others = held(database)
    assert min(others) == 140
    assert min(mandates) == 0
    with database.begin() as transaction:
        checked = verify_acts(transaction)
        assert (checked.broken, checked.count) == (None, 51)
        assert retire_acts(transaction, now).count == 0, "safe to run again"
    now = a_time(database, 20, now)
    with database.begin() as transaction:
        assert retire_acts(transaction, now).count > 0
        assert verify_acts(transaction).broken is None


def test_acts_of_mandates_are_kept_as_long_as_mandates(database: Database) -> None:
    now = a_time(database, MANDATE_DAYS + 60)
    with database.begin() as transaction:
        retire_acts(transaction, now)
        assert verify_acts(transaction).broken is None
    mandates, others = held(database)
    assert min(mandates) in range(60, 110)
    assert min(others) > MANDATE_DAYS - DAYS


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_erases_nothing(database: Database, years: int) -> None:
    now = a_time(database, 300)
    with database.begin() as transaction:
        assert retire_acts(transaction, now.replace(year=now.year + years)).count == 0
    assert len(held(database)[1]) == 24


@pytest.mark.parametrize("act", ["call_taken", "mandate_used"])
def test_an_erasure_that_nobody_noted_is_found_out(database: Database, act: str) -> None:
    now = a_time(database, 500)
    with database.begin() as transaction:
        retire_acts(transaction, now)
        last = transaction.scalar(select(ActRow.seq).where(ActRow.act == act).order_by(ActRow.seq.desc()).limit(1))
    with database.begin() as transaction:
        statement = text("UPDATE act SET member = NULL, about = NULL, salt = NULL WHERE seq = :seq")
        transaction.execute(statement, {"seq": last})
    with database.begin() as transaction:
        checked = verify_acts(transaction)
    assert (checked.broken, checked.first_bad) == (Break.ERASED, last)


def test_the_server_does_it_every_day() -> None:
    assert retire_acts in [erase for _, erase in RULES]
