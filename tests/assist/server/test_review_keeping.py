# SPDX-License-Identifier: EUPL-1.2
"""Whatever way the rows come, each session is counted once, and the sums are those of the people who came."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from assist.journal.chain import Head, Link, genesis
from assist.review.times import median as median_of
from assist.review.times import time_class
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.tables import StoredEvent
from assist.server.review import reading
from assist.server.review.asked import Wanted
from assist.server.review.keeping import count
from assist.server.review.retention import erase_visits
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow
from tests.assist.server.chains import KEY, NOON, chained
from tests.assist.server.told_sessions import PEOPLE, Began, Person, Stay, sums_of

LATER = NOON + timedelta(days=1)
DAY = NOON.date()
_NAMES = [column.name for column in DaySum.__table__.columns if not column.primary_key]


def emptied(database: Database) -> None:
    with database.begin() as transaction:
        for table in (VisitRow, DaySum, StepSum, TimeSum, TextRow):
            transaction.execute(delete(table))


def came(database: Database, people: list[Person], *, by: int = 1000, at: datetime = LATER) -> str:
    """Send what these people did in pieces, each twice; the journal."""
    journal = str(uuid4())
    rows = chain(people, journal)
    for start in range(0, len(rows), by):
        for _ in range(2):
            with database.begin() as transaction:
                journal_of(transaction, journal, KEY, "borne-1", NOON)
                ingest(transaction, Source("borne-1", journal), rows[start : start + by], at)
    return journal


def chain(people: list[Person], journal: str, kiosk: str = "borne-1") -> list[Link]:
    """The rows that a kiosk would send of them."""
    head, rows = genesis(journal.encode(), KEY), list[Link]()
    for person in people:
        rows += person.rows(head, NOON, kiosk)
        head = Head(rows[-1].seq, rows[-1].hash)
    return rows


def day_sums(database: Database, kiosk: str = "") -> Counter[str]:
    """All the days together."""
    sums = [func.sum(DaySum.__table__.columns[name]) for name in _NAMES]
    with database.begin() as transaction:
        found = transaction.execute(select(*sums).where(DaySum.kiosk == kiosk)).one()
    return +Counter({name: int(value or 0) for name, value in zip(_NAMES, found, strict=True)})


def somebody(*stays: Stay, session: str = "s1", **other: object) -> Person:
    told = {"finished": True, **{name: other.pop(name) for name in ("finished", "face") if name in other}}
    begun = Began("rsa", "v1", stays, **told)  # pyright: ignore[reportArgumentType]
    return Person(session, "fr", "touch", begun, **{"ending": "done", **other})  # pyright: ignore[reportArgumentType]


def test_the_sums_are_those_of_the_people_who_came(database: Database) -> None:
    @settings(max_examples=40 if database.engine.name == "sqlite" else 10)
    @given(PEOPLE, st.integers(1, 30))
    def come(people: list[Person], by: int) -> None:
        emptied(database)
        came(database, people, by=by)
        assert day_sums(database) == day_sums(database, "borne-1") == sums_of(people)
        with database.begin() as transaction:
            reached = transaction.scalar(select(func.sum(StepSum.reached)).where(StepSum.kiosk == "")) or 0
            rows = transaction.scalar(select(func.count()).select_from(VisitRow)) or 0
        assert reached == sum(len(person.begun.stays) for person in people if person.begun)
        assert rows == len(people)

    come()


def test_a_step_keeps_what_happened_there_and_for_how_long(lite_database: Database) -> None:
    slow = [
        somebody(Stay("debut", seconds, repeated=1), Stay("pieces", 60, difficult=True), session=f"s{seconds}")
        for seconds in (10, 20, 40)
    ]
    came(lite_database, slow)
    with lite_database.begin() as transaction:
        found = select(StepSum).where(StepSum.kiosk == "", StepSum.step == "debut")
        step = transaction.scalars(found).one()
        times = select(TimeSum.time_class, TimeSum.times).where(TimeSum.kiosk == "", TimeSum.of == "step/debut")
        classes = {row.time_class: row.times for row in transaction.execute(times)}
    assert (step.reached, step.repeated, step.difficulty, step.abandoned) == (3, 3, 0, 0)
    middle = median_of(classes)
    assert middle is not None
    assert abs(middle - median((10, 20, 40))) <= 0.05 * 20


def test_what_was_held_before_is_counted_when_the_next_rows_come(lite_database: Database) -> None:
    journal = came(lite_database, [somebody(Stay("debut", 5))])
    emptied(lite_database)
    with lite_database.begin() as transaction:
        held = journal_of(transaction, journal, KEY, "borne-1", NOON)
        held.counted = 0
        assert count(transaction, held) == 1
        assert count(transaction, held) == 0
    assert day_sums(lite_database)["sessions"] == 1


def test_a_kiosk_that_is_ahead_is_counted_on_the_day_of_the_server(lite_database: Database) -> None:
    came(lite_database, [somebody(Stay("debut", 5))], at=NOON - timedelta(days=400))
    with lite_database.begin() as transaction:
        (visit,) = transaction.scalars(select(VisitRow)).all()
    assert visit.day == date(2025, 10, 26)


@pytest.mark.parametrize("mode", ["hologram", "lab"], ids=["which nobody can read", "of volunteers and authors"])
def test_a_session_is_kept_and_not_counted(lite_database: Database, mode: str) -> None:
    journal = str(uuid4())
    told: list[tuple[str, dict[str, object]]] = [
        ("session.started", {"session": "s1", "language": "fr", "mode": mode, "origin": "touch"}),
        ("session.ended", {"ending": "done", "duration": ""}),
    ]
    rows = chained(genesis(journal.encode(), KEY), *told)
    with lite_database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        assert ingest(transaction, Source("borne-1", journal), rows, LATER).kept == 2
    assert day_sums(lite_database) == Counter()


@pytest.mark.parametrize("language", ["f\x00r", "\ud800", 7, {"fr": 1}, "x" * 500])
def test_what_a_database_would_refuse_does_not_hold_up_a_kiosk(database: Database, language: object) -> None:
    journal = str(uuid4())
    told: list[tuple[str, dict[str, object]]] = [
        ("session.started", {"session": "s1", "language": language, "mode": "kiosk", "origin": "touch"}),
        ("session.ended", {"ending": "done", "duration": ""}),
    ]
    rows = chained(genesis(journal.encode(), KEY), *told)
    with database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        assert ingest(transaction, Source("borne-1", journal), rows, LATER).kept == 2
    assert day_sums(database) == Counter()


def test_a_session_that_ends_twice_is_one(lite_database: Database) -> None:
    journal = str(uuid4())
    rows = somebody(Stay("debut", 5)).rows(genesis(journal.encode(), KEY), NOON)
    head = Head(rows[-1].seq, rows[-1].hash)
    rows += chained(head, ("session.ended", {"ending": "interrupted", "duration": ""}), at=NOON + timedelta(hours=15))
    with lite_database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        assert ingest(transaction, Source("borne-1", journal), rows, LATER).kept == len(rows)
    assert day_sums(lite_database)["sessions"] == 1


def test_a_session_cut_by_a_power_failure_lasts_until_its_last_sign(lite_database: Database) -> None:
    journal = str(uuid4())
    start = {"session": "s1", "language": "fr", "mode": "kiosk", "origin": "touch"}
    picked = {"procedure": "rsa", "content_hash": "v1"}
    rows = chained(genesis(journal.encode(), KEY), ("session.started", start), ("procedure.picked", picked))
    for after, type_, data in (
        (0, "step.shown", {"step": "debut"}),
        (60, "step.repeated", {"step": "debut"}),
        (15 * 3600, "session.ended", {"ending": "interrupted", "duration": ""}),
    ):
        head = Head(rows[-1].seq, rows[-1].hash)
        rows += chained(head, (type_, data), at=NOON + timedelta(seconds=after))
    with lite_database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        ingest(transaction, Source("borne-1", journal), rows, LATER)
        visit = transaction.scalars(select(VisitRow)).one()
        spent = transaction.scalars(select(TimeSum.time_class).where(TimeSum.of == "step/debut")).first()
    assert visit.seconds == 60
    assert spent == time_class(60)


@pytest.mark.parametrize(
    ("began", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_is_that_of_the_clock_on_the_wall_even_when_it_is_changed(
    lite_database: Database, began: datetime, day: date
) -> None:
    journal = str(uuid4())
    late = somebody(Stay("debut", 300)).rows(genesis(journal.encode(), KEY), began)
    with lite_database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        # A kiosk that was alone for weeks: its own clock tells the day.
        ingest(transaction, Source("borne-1", journal), late, began + timedelta(days=40))
        assert transaction.scalars(select(VisitRow)).one().day == day
        only = Wanted(day, day)
        assert len(reading.listed(transaction, only)[0]) == reading.total(transaction, only) == 1
        for other in (day - timedelta(days=1), day + timedelta(days=1)):
            assert reading.listed(transaction, Wanted(other, other))[0] == []


def test_visits_go_with_the_content_of_their_rows_and_the_sums_stay(lite_database: Database) -> None:
    came(lite_database, [somebody(Stay("debut", 5))])
    later = LATER + timedelta(days=200)

    def visits() -> int:
        with lite_database.begin() as transaction:
            erase_visits(transaction, later)
            return transaction.scalar(select(func.count()).select_from(VisitRow)) or 0

    assert visits() == 1, "the clock alone erases nothing"
    with lite_database.begin() as transaction:
        transaction.execute(update(StoredEvent).values(payload=None, salt=None))
    assert visits() == 0
    assert day_sums(lite_database)["sessions"] == 1
