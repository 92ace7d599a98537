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
