# SPDX-License-Identifier: EUPL-1.2
"""Whoever reads waits for nobody who writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.staff.sessions import IDLE
from assist.server.staff.tables import Account, Login
from assist.server.staff_member import Role
from tests.assist.server.doors import Door, add, client, log_in

PAGES = (
    "/",
    "/account",
    "/acts",
    "/reports",
    "/reports/new",
    "/api/reports",
    "/mandats",
    "/mandats/nouveau",
    "/rendez-vous",
    "/rendez-vous/nouveau",
    "/rendez-vous/horaires",
    "/alertes",
)


def test_pages_are_read_while_somebody_writes(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    with client(app) as browser:
        add(database, "rose", Role.MEDIATOR, Role.MANAGER)
        log_in(browser, "rose")
        browser.get("/mandats")  # The clock is looked at, and this is written.
        door.seconds += 31  # A sign of life is due: nobody waits to write it.
        with database.begin() as transaction:
            note(transaction, None, StaffAct.ACCOUNT_CHANGED, "held")
            assert {path: browser.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_sign_of_life_that_could_not_be_written_is_written_by_the_next_one(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    with client(app) as browser:
        add(database)
        log_in(browser)
        door.seconds += 31
        with database.begin() as transaction:
            note(transaction, None, StaffAct.ACCOUNT_CHANGED, "held")
            browser.get("/account")
        browser.get("/account")
        door.seconds += IDLE - 1
        assert browser.get("/account").status_code == 200
        with database.read() as transaction:
            assert transaction.scalars(select(Login.seen)).one() == door.seconds


def test_a_reader_sees_what_was_kept_before_it_began(database: Database) -> None:
    add(database)
    with database.begin() as writing:
        writing.execute(update(Account).values(name="Rose"))
        with database.read() as reading:
            assert reading.scalars(select(Account.name)).one() == "Amina"
    with database.read() as reading:
        assert reading.scalars(select(Account.name)).one() == "Rose"


def test_a_reader_writes_nothing_and_the_next_writer_does(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as transaction:
        note(transaction, None, StaffAct.LOGGED_IN, now=datetime.now(UTC))
    with database.begin() as transaction:
        note(transaction, None, StaffAct.LOGGED_IN, now=datetime.now(UTC))
