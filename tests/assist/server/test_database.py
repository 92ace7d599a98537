# SPDX-License-Identifier: EUPL-1.2
"""The connections to the site's database end with it."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy import text

from assist.server.database import Database


def test_what_is_in_use_when_it_is_closed_ends_when_it_is_given_back(database: Database) -> None:
    with database.read() as transaction:
        held = transaction.connection().connection.driver_connection
        assert held is not None
        database.close()
        assert transaction.scalar(text("SELECT 1")) == 1
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError)):
        held.cursor().execute("SELECT 1")


def test_what_is_opened_after_it_was_closed_ends_when_it_is_given_back_each_time(database: Database) -> None:
    """As by a thread that is late when the server stops."""
    database.close()
    for _ in range(2):
        with database.read() as transaction:
            held = transaction.connection().connection.driver_connection
            assert held is not None
            assert transaction.scalar(text("SELECT 1")) == 1
        with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError)):
            held.cursor().execute("SELECT 1")
