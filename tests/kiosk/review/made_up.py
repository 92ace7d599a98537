# SPDX-License-Identifier: EUPL-1.2
"""A site with a few days of made-up visits, and its settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from assist.journal.chain import Head, genesis
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from tests.assist.server.chains import KEY
from tests.assist.server.told_sessions import Began, Person, Stay

NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)
EVIL = "\x1b]0;moi\x07[b]mairie"
"""A kiosk's name that would command a terminal, and a markup."""


def person(number: int, *, procedure: str = "rsa", lost: bool = False) -> Person:
    """Somebody who called at the first step, and said that the second one is difficult when lost there."""
    stays = (Stay("depuis-quand", 40, repeated=1), Stay("couple", 20, difficult=lost))
    begun = Began(procedure, "v1", stays, finished=not lost, face="" if lost else "happy")
    return Person(f"{number:032x}", "fr", "touch", begun, "abandoned" if lost else "done", waited=90, joined=True)


def come(address: str, people: int, kiosk: str = "accueil", *, first: int = 0, now: datetime = NOW) -> None:
    """Send ``people`` to a database: one an hour, backwards from ``now``; every fourth is lost."""
    database = Database(address)
    journal = str(uuid4())
    head, rows = genesis(journal.encode(), KEY), []
    for number in range(people):
        began = now - timedelta(hours=people - number)
        rows += person(first + number, lost=number % 4 == 3).rows(head, began, kiosk)
        head = Head(rows[-1].seq, rows[-1].hash)
    with database.begin() as transaction:
        journal_of(transaction, journal, KEY, kiosk, now)
        ingest(transaction, Source(kiosk, journal), rows, now)
    database.close()
