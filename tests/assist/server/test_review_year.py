# SPDX-License-Identifier: EUPL-1.2
"""The made-up year that the review is measured with is the same each time, and its sums are those of its own rows."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from assist.journal.chain import Head, check, genesis
from assist.server.database import Database, Table
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.tables import Journal, StoredEvent
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow
from assist.session.events import EVENT_TYPES
from benchmarks.year.loading import KEY, links_of, load
from benchmarks.year.opening_days import LAST_DAY
from benchmarks.year.sessions import Year, make_year
from content.model import Catalogue
from tests.assist.made_databases import database_in
from tests.assist.server.report_site import NOON
from tests.our_procedures import CATALOGUE

FEW = Catalogue({name: CATALOGUE.procedures[name] for name in ("rsa", "voter", "carte-identite")})


@pytest.fixture(scope="module")
def year() -> Year:
    return make_year(60, 2, catalogue=FEW, ways=6)


def told(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Every row of the review, with texts and journals by what they are and not by their numbers."""
    with database.read() as transaction:
        texts = {row.id: (row.procedure, row.content_hash) for row in transaction.scalars(select(TextRow))}
        tables: tuple[type[Table], ...] = (VisitRow, DaySum, StepSum, TimeSum)
        found: dict[str, set[tuple[object, ...]]] = {}
        for table in tables:
            names = [column.name for column in table.__table__.columns if column.name not in ("text", "journal")]
            rows = transaction.scalars(select(table)).all()
            found[table.__tablename__] = {(texts[row.text], *(getattr(row, name) for name in names)) for row in rows}
        return found


def test_the_same_seed_makes_the_same_year(year: Year) -> None:
    again = make_year(60, 2, catalogue=FEW, ways=6)
    assert list(again.sessions()) == list(year.sessions())
    assert again.walks == year.walks
    assert make_year(60, 2, seed=1, catalogue=FEW, ways=6).walks != year.walks
    came = [session for _, some in year.sessions() for session in some]
    assert len(came) == 60
    assert all(one.type in EVENT_TYPES for walk in year.walks for one in walk.told)
    assert max(session.began.date() for session in came) <= LAST_DAY


def test_rows_loaded_at_once_are_those_that_counting_makes(lite_database: Database, tmp_path: Path, year: Year) -> None:
    address = database_in(tmp_path / "bulk")
    bulk = Database(address)
    loaded = load(year, bulk, address, raw=True)
    chance = Random(3)  # noqa: S311 - a made-up year
    for kiosk in year.kiosks:
        head, rows = genesis(kiosk.encode(), KEY), []
        for session in chain.from_iterable(some for _, some in year.sessions()):
            if session.kiosk == kiosk:
                rows += [link for link, _ in links_of(year, session, chance, head)]
                head = Head(rows[-1].seq, rows[-1].hash)
        assert check(rows, genesis(kiosk.encode(), KEY), {}).broken is None
        with lite_database.begin() as transaction:
            journal_of(transaction, kiosk, KEY, kiosk, NOON)
            assert ingest(transaction, Source(kiosk, kiosk), rows, NOON).kept == len(rows)
    assert loaded.sessions == 60
    assert told(lite_database) == told(bulk)
    with bulk.read() as transaction:
        kept = sum(journal.kept for journal in transaction.scalars(select(Journal)))
        assert loaded.events == kept == len(transaction.scalars(select(StoredEvent.seq)).all())
    bulk.close()
