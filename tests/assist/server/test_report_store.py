# SPDX-License-Identifier: EUPL-1.2
"""Reports in the database: as they were written, once a session, twelve months, then only counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from assist.desk.report.codes import AdministrativeTheme, CraType, Theme
from assist.desk.report.cra import KEPT_DAYS, Cra
from assist.server.daily import do
from assist.server.database import Database, Table
from assist.server.reports import store
from assist.server.reports.retention import KEPT, retire, tally
from assist.server.reports.store import Wanted
from assist.server.reports.tables import CraCount, CraRow, LivedDay
from tests.assist.desk.test_report_fields import REPORTS
from tests.assist.server.report_site import open_site

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Cra(date(2026, 12, 1), 20, themes=(Theme.EMAIL,))


def keep(database: Database, cra: Cra = PLAIN, *, session: str | None = None, now: datetime = NOON) -> str:
    with database.begin() as transaction:
        return store.keep(transaction, cra, "lea", now, session=session)[0].id


def left(database: Database) -> int:
    with database.begin() as transaction:
        return store.total(transaction, Wanted()).reports


def counts(database: Database) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    with database.begin() as transaction:
        rows = transaction.scalars(select(CraCount)).all()
        return {(row.month, row.field, row.code): (row.reports, row.people, row.minutes) for row in rows}


def live(database: Database, start: datetime, days: int) -> None:
    """The server runs ``days`` days more, from ``start`` on; what it does then is done on the last one only."""
    with database.begin() as transaction:
        last = transaction.scalars(select(func.coalesce(func.max(LivedDay.number), 0))).one()
        transaction.add_all(LivedDay(number=last + n + 1, at=start + n * DAY) for n in range(days))
    do(database, start + days * DAY)


def test_the_migration_makes_the_tables_that_are_declared(database: Database) -> None:
    found = inspect(database.engine)
    for table in (CraRow, CraCount, LivedDay):
        declared = Table.metadata.tables[table.__tablename__]
        columns = {column["name"]: column["nullable"] for column in found.get_columns(declared.name)}
        assert columns == {column.name: bool(column.nullable) for column in declared.columns}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPORTS, REPORTS)
def test_what_is_written_and_corrected_comes_back(database: Database, cra: Cra, other: Cra) -> None:
    name = keep(database, cra)
    with database.begin() as transaction:
        found = store.get(transaction, name)
        assert found is not None
        assert (found.cra, found.written_at, found.changed_at) == (cra, NOON, None)
        assert store.correct(transaction, name, other, NOON + DAY)
    with database.begin() as transaction:
        again = store.get(transaction, name)
        assert again is not None
        assert (again.cra, again.written_at, again.changed_at) == (other, NOON, NOON + DAY)
        assert store.remove(transaction, name)
        assert not store.remove(transaction, name)
        assert not store.correct(transaction, name, other, NOON)


def test_of_many_who_tell_one_session_one_is_kept(database: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(lambda n: keep(database, replace(PLAIN, minutes=n + 1), session="s"), range(16)))
    assert len(set(names)) == left(database) == 1


def test_a_name_that_is_not_ours_is_not_taken(database: Database) -> None:
    with database.begin() as transaction:
        for name in ("../../x", "x" * 400, "", "a\0b"):
            assert len(store.keep(transaction, PLAIN, "lea", NOON, name=name)[0].id) == 36
        given_name = store.new_id()
        assert store.keep(transaction, PLAIN, "lea", NOON, name=given_name)[0].id == given_name
        assert not store.keep(transaction, PLAIN, "karim", NOON, name=given_name)[1]


def test_near_reports_are_of_the_same_mediator_and_day(database: Database) -> None:
    alone, told = keep(database), keep(database, replace(PLAIN, minutes=25), session="s")
    keep(database, replace(PLAIN, minutes=45))
    with database.begin() as transaction:

        def near(mediator: str, session: str | None) -> list[str]:
            return [kept.id for kept in store.near(transaction, PLAIN, mediator, session)]

        assert near("lea", None) == sorted([alone, told])
        assert near("lea", "other") == [alone]
        assert near("karim", None) == []


def test_many_reports_are_read_a_few_at_a_time_and_others_write_meanwhile(database: Database) -> None:
    with database.begin() as transaction:
        for n in range(1103):
            day = date(2026, 11, 1 + n % 3)
            store.keep(transaction, replace(PLAIN, date=day, minutes=1 + n % 60), "lea", NOON)
    reading = store.every(database, Wanted())
    read = [next(reading) for _ in range(600)]
    later = keep(database)
    read += reading
    assert len({one.id for one in read}) == len(read) == 1104
    assert [one.cra.date for one in read] == sorted(one.cra.date for one in read)
    assert read[-1].id == later


# Twelve months


def test_after_twelve_months_a_report_is_only_counted(database: Database) -> None:
    workshop = replace(PLAIN, type=CraType.COLLECTIF, people=8, minutes=90)
    procedure = replace(
        PLAIN,
        themes=(Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,),
        administrative_themes=(AdministrativeTheme.JUSTICE,),
        procedures=("voter",),
        notes="Revient jeudi.",
        city="46042",
    )
    do(database, NOON)
    for cra in (PLAIN, workshop, procedure):
        keep(database, cra)
    live(database, NOON + DAY, KEPT_DAYS - 1)
    assert left(database) == 3
    live(database, NOON + KEPT_DAYS * DAY, 1)
    assert left(database) == 0
    found = counts(database)
    assert found["2026-12", "all", ""] == (3, 10, 130)
    assert found["2026-12", "themes", "email"] == (2, 9, 110)
    assert found["2026-12", "procedures", "voter"] == (1, 1, 20)
    assert found["2026-12", "duration", "60–120"] == (1, 8, 90)
    assert found["2026-12", "administrative_themes", "justice"] == (1, 1, 20)
    assert not [key for key in found if "Revient" in key[2] or "46042" in key[2]]
    live(database, NOON + (KEPT_DAYS + 2) * DAY, 2)
    assert counts(database) == found


def test_counts_of_a_month_grow(database: Database) -> None:
    for n in range(3):
        keep(database, now=NOON + n * DAY)
        do(database, NOON + n * DAY)
    live(database, NOON + 3 * DAY, KEPT_DAYS + 3)
    assert counts(database)["2026-12", "all", ""] == (3, 3, 60)


@pytest.mark.parametrize("jump", [3650 * DAY, -3650 * DAY, 400 * DAY])
def test_no_clock_makes_it_early(database: Database, jump: timedelta) -> None:
    live(database, NOON, 2)
    keep(database)
    do(database, NOON + 3 * DAY + jump)
    do(database, NOON + 4 * DAY + jump)
    live(database, NOON + 5 * DAY, 40)
    assert left(database) == 1
    assert counts(database) == {}


def test_a_server_that_starts_again_and_again_lives_no_longer(database: Database) -> None:
    keep(database)
    for n in range(50):
        do(database, NOON + n * timedelta(minutes=5))
    with database.begin() as transaction:
        assert transaction.scalars(select(func.count()).select_from(LivedDay)).one() == 1
    assert left(database) == 1


def test_many_are_retired_at_once(database: Database) -> None:
    do(database, NOON)
    with database.begin() as transaction:
        for n in range(503):
            store.keep(transaction, replace(PLAIN, minutes=1 + n % 60), "lea", NOON)
    live(database, NOON + DAY, KEPT_DAYS - 1)
    with database.begin() as transaction:
        assert retire(transaction, NOON + (KEPT_DAYS + 1) * DAY).count == 503
    assert counts(database)["2026-12", "all", ""][0] == 503


def test_what_counts_is_never_what_could_point_at_somebody() -> None:
    cra = replace(PLAIN, city="46042", notes="Revient jeudi.", procedures=("voter",))
    assert {field for field, _ in tally(cra)} == {
        "all", "duration", "type", "place", "themes", "age", "status", "follow_up", "procedures",
    }  # fmt: skip


@pytest.mark.parametrize(
    "fault", [OperationalError("tidy", {}, Exception("disk is full")), RuntimeError("disk is full")]
)
def test_a_task_that_fails_holds_back_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def refused(transaction: Session, now: datetime) -> None:
        raise fault

    monkeypatch.setattr("assist.server.daily.RULES", ((KEPT, refused), (KEPT, retire)))
    database = Database(f"sqlite:///{tmp_path / 'site.db'}")
    database.upgrade()
    do(database, NOON)
    with database.begin() as transaction:
        assert transaction.scalars(select(LivedDay.at)).one() == NOON
    database.close()
    assert "disk is full" in caplog.text


def test_the_server_does_it_when_it_starts(tmp_path: Path) -> None:
    with open_site(f"sqlite:///{tmp_path / 'site.db'}", tmp_path) as site, site.database.begin() as transaction:
        assert transaction.scalars(select(LivedDay.at)).one() == NOON
