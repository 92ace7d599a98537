# SPDX-License-Identifier: EUPL-1.2
"""Who was linked and how printers were: kept as it happens, summed day by day, erased after six months."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assist.desk.appointments import Opening
from assist.link.codec import encode, from_server
from assist.link.messages import PROTOCOL, Health, Hello, Rows, Welcome
from assist.link.rows import row_of
from assist.review.availability import Attended
from assist.server.appointments import store
from assist.server.daily import do
from assist.server.database import Database
from assist.server.kiosks import devices
from assist.server.minutely import see
from assist.server.presence import reading
from assist.server.presence.keeping import Presence
from assist.server.presence.retention import sum_days
from assist.server.presence.states import told
from assist.server.presence.tables import SERVER, LinkRow, PresenceDay, StateRow
from assist.server.review import availability
from assist.server.review.asked import Wanted
from tests.assist.server.chains import KEY, steps
from tests.assist.server.doors import Door
from tests.assist.server.serving import served
from tests.assist.server.test_kiosk_socket import dialled, key_of
from tests.assist.sync.kiosks import Kiosk, pair, site_app, until

DAY = date(2026, 11, 30)
NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""By the wall clock of the place."""
HOUR = timedelta(hours=1)
WELL = Health("ready", 20_000, "")


class Running:
    """A server that runs, and the kiosks that are linked to it."""

    def __init__(self, database: Database, now: datetime = NINE) -> None:
        self.database, self.now, self.presence = database, now, Presence()

    def run(self, duration: timedelta, *linked: str) -> None:
        """A minute counts as five: it is quicker."""
        until = self.now + duration
        while self.now < until:
            see(self.database, self.presence, frozenset(linked), self.now)
            self.now += timedelta(minutes=5)
        see(self.database, self.presence, frozenset(linked), self.now)

    def killed(self) -> None:
        self.presence = Presence()


def two_kiosks(database: Database) -> Running:
    with database.begin() as transaction:
        for name in ("borne-1", "borne-2"):
            devices.add(transaction, name, NINE - 2 * HOUR)
    return Running(database)


@pytest.fixture
def running(lite_database: Database) -> Running:
    return two_kiosks(lite_database)


def nine_to_noon(transaction: Session) -> None:
    assert isinstance(store.open_(transaction, Opening(0, time(9), time(12), 30, 1)), str)


def hours(transaction: Session, kiosk: str = "borne-1", day: date = DAY) -> Attended:
    return reading.by_kiosk(transaction, day, day).get(kiosk, Attended())


def test_a_kiosk_is_available_while_it_is_linked_in_the_hours_of_the_site(database: Database) -> None:
    running = two_kiosks(database)
    with running.database.begin() as transaction:
        nine_to_noon(transaction)
        told(transaction, "borne-1", WELL, NINE)
        told(transaction, "borne-1", Health("no_paper"), NINE + HOUR)
    running.run(2 * HOUR, "borne-1")
    running.run(2 * HOUR)  # An hour of it after noon.
    with running.database.read() as transaction:
        assert hours(transaction) == Attended(3 * 3600, 2 * 3600, 2 * 3600, 3600)
        assert hours(transaction, "borne-2") == Attended()  # It has never come.
        found = availability.shares(transaction, Wanted(DAY, DAY))
        assert [found["kiosks"].rate, found["printers"].rate] == [pytest.approx(2 / 3), 0.5]  # type: ignore[union-attr]
        assert availability.shares(transaction, Wanted(DAY, DAY, language="fr"))["kiosks"] is None
        (line,) = availability.lines(transaction, Wanted(DAY, DAY))
        assert (line.expected, line.linked, line.away) == ("3\u00a0h\u00a000", "66\u00a0%", "1\u00a0h\u00a000")


def test_without_hours_a_kiosk_is_expected_day_and_night(running: Running) -> None:
    running.run(HOUR, "borne-1")
    running.run(HOUR)
    with running.database.read() as transaction:
        assert hours(transaction) == Attended(2 * 3600, 3600, 0, 0)
        assert "jour et nuit" in availability.expected_words(transaction)


def test_a_server_that_is_killed_loses_a_minute_and_blames_nobody(running: Running) -> None:
    running.run(HOUR, "borne-1")
    running.killed()
    running.now += HOUR
    running.run(HOUR, "borne-1")
    with running.database.read() as transaction:
        assert hours(transaction) == Attended(2 * 3600, 2 * 3600, 0, 0)


def test_a_clock_that_leaps_makes_no_time(running: Running) -> None:
    running.run(HOUR, "borne-1")
    running.now += timedelta(days=400)
    running.run(HOUR, "borne-1")
    running.now -= timedelta(days=400)
    running.run(HOUR, "borne-1")
    with running.database.read() as transaction:
        far = reading.by_kiosk(transaction, DAY, DAY + timedelta(days=500))["borne-1"]
        assert far.linked == far.expected == 3 * 3600


def test_a_kiosk_whose_key_is_taken_back_is_not_expected_any_more(running: Running) -> None:
    running.run(HOUR, "borne-1")
    with running.database.begin() as transaction:
        devices.revoke(transaction, "borne-1", running.now)
    running.run(HOUR)
    with running.database.read() as transaction:
        assert hours(transaction) == Attended(3600, 3600, 0, 0)


def test_nothing_is_written_while_nothing_changes(running: Running) -> None:
    assert running.presence.due(frozenset(), NINE)
    running.run(timedelta(), "borne-1")
    assert not running.presence.due(frozenset({"borne-1"}), NINE + timedelta(seconds=59))
    assert running.presence.due(frozenset({"borne-1"}), NINE + timedelta(seconds=60))
    assert running.presence.due(frozenset(), NINE + timedelta(seconds=1))


def test_changes_are_kept_with_their_moment_and_nothing_else(running: Running) -> None:
    with running.database.begin() as transaction:
        for minutes, health in enumerate((WELL, WELL, Health("no_paper", 450, said="Remettez du papier."))):
            told(transaction, "borne-1", health, NINE + timedelta(minutes=minutes))
        told(transaction, "borne-1", Health("mends_itself", 550), NINE + HOUR)
        told(transaction, "borne-1", Health("ready", 600, "hier"), NINE + 2 * HOUR)
        ahead = Health("ready", 600, (NINE + 3 * HOUR).isoformat())
        told(transaction, "borne-1", ahead, NINE + 2 * HOUR)
        rows = transaction.scalars(select(StateRow).order_by(StateRow.since, StateRow.part)).all()
        found = [(row.part, row.state, row.since - NINE, row.until and row.until - NINE) for row in rows]
    two = timedelta(minutes=2)
    assert found == [
        ("disk", "well", timedelta(), two),
        ("printer", "ready", timedelta(), two),
        ("disk", "low", two, 2 * HOUR),
        ("printer", "no_paper", two, HOUR),
        ("printer", "unknown", HOUR, 2 * HOUR),
        ("clock", "wrong", 2 * HOUR, None),
        ("disk", "well", 2 * HOUR, None),
        ("printer", "ready", 2 * HOUR, None),
    ]


def test_days_are_summed_once_and_six_months_later_only_the_sums_are_left(running: Running) -> None:
    with running.database.begin() as transaction:
        told(transaction, "borne-1", WELL, NINE)
        told(transaction, "borne-1", Health("no_paper"), NINE + HOUR)
    running.run(2 * HOUR, "borne-1")
    running.run(HOUR)
    with running.database.read() as transaction:
        before = hours(transaction)
    do(running.database, running.now)
    for _ in range(7):  # Looked at every month: a longer leap of the clock erases nothing.
        running.killed()
        running.now += timedelta(days=28)
        running.run(timedelta())
        do(running.database, running.now)
    with running.database.begin() as transaction:
        sum_days(transaction, running.now)
        assert hours(transaction) == before == Attended(3 * 3600, 2 * 3600, 2 * 3600, 3600)
        kept = transaction.scalars(select(LinkRow.until_at)).all()
        assert sorted(running.now - at for at in kept) == [timedelta(days=28 * n) for n in range(7)]
        assert sorted(transaction.scalars(select(StateRow.state))) == ["no_paper", "well"]  # What still holds.
        days = transaction.scalars(select(PresenceDay).where(PresenceDay.kiosk == SERVER)).all()
        assert len(days) == len({row.day for row in days}) == 6, "the last one is not over since a lived day"


def test_a_clock_that_leaps_ahead_ends_no_day_in_its_middle(running: Running) -> None:
    running.run(HOUR, "borne-1")
    do(running.database, running.now)
    running.now += timedelta(days=3650)
    do(running.database, running.now)
    running.now -= timedelta(days=3650)
    running.run(HOUR, "borne-1")
    running.now += timedelta(days=2)
    do(running.database, running.now)
    with running.database.read() as transaction:
        assert hours(transaction).linked == 2 * 3600


def test_what_was_written_by_a_wrong_clock_is_erased_in_its_turn_and_not_before(running: Running) -> None:
    do(running.database, running.now)
    for years in (0, 10, -10):
        running.killed()
        running.now += timedelta(days=365 * years)
        running.run(HOUR, "borne-1")
        running.now -= timedelta(days=365 * years)
    left: list[int] = []
    for _ in range(9):
        do(running.database, running.now)
        with running.database.read() as transaction:
            left.append(len(transaction.scalars(select(LinkRow.id)).all()))
        running.now += timedelta(days=28)
    assert left == [6] * 8 + [0]


def test_a_part_has_one_state_and_none_once_its_kiosk_is_gone(database: Database) -> None:
    running = two_kiosks(database)
    with database.begin() as transaction:
        told(transaction, "borne-1", WELL, NINE)
        told(transaction, "borne-1", Health("no_paper"), NINE + HOUR)
    with pytest.raises(IntegrityError), database.begin() as transaction:
        transaction.add(StateRow(id="2", kiosk="borne-1", part="printer", state="ready", said="", since=NINE))
    with database.begin() as transaction:
        devices.revoke(transaction, "borne-1", NINE + HOUR)
    do(database, running.now + 2 * HOUR)
    with database.read() as transaction:
        assert transaction.scalars(select(StateRow).where(StateRow.until.is_(None))).all() == []


async def test_a_kiosk_tells_how_it_is(lite: Door, tmp_path: Path) -> None:
    app = site_app(lite.address, tmp_path)
    kiosk = Kiosk(tmp_path, pair(app, tmp_path))
    kiosk.health = lambda: Health("no_paper", 450, datetime.now(UTC).isoformat(), "Remettez\x00 du papier.")

    def states() -> list[tuple[str, str, str]]:
        with app.state.database.read() as transaction:
            return sorted((row.part, row.state, row.said) for row in transaction.scalars(select(StateRow)))

    def linked() -> set[str]:
        with app.state.database.read() as transaction:
            return set(transaction.scalars(select(LinkRow.kiosk)))

    with served(app) as port:
        async with kiosk.linked(port):
            told_all = [("clock", "well", ""), ("disk", "low", ""), ("printer", "no_paper", "Remettez du papier.")]
            await until(lambda: states() == told_all)
            await until(lambda: linked() == {"borne-1", SERVER})


def test_a_kiosk_that_tells_nothing_of_itself_is_heard_all_the_same(lite: Door, tmp_path: Path) -> None:
    """One of two versions before, whose clock is an hour late; and a message of two versions after."""
    app = site_app(lite.address, tmp_path)
    key = key_of(app, "borne-1")
    late = (datetime.now(UTC) - HOUR).isoformat()
    with served(app) as port, dialled(f"ws://127.0.0.1:{port}/kiosk", key) as socket:
        socket.send(encode(Hello(PROTOCOL - 2, "1", "borne-1", "j", KEY.hex(), time=late)))
        assert isinstance(from_server(str(socket.recv(10))), Welcome)
        socket.send('{"is":"health","printer":"mends_itself","humour":"good"}')
        socket.send('{"is":"mood","good":true}')
        socket.send(encode(Rows(tuple(row_of(link) for link in steps("j", 1)))))
        while '"kept"' not in str(socket.recv(10)):
            continue
        with app.state.database.read() as transaction:
            states = {row.part: (row.state, row.detail) for row in transaction.scalars(select(StateRow))}
    assert states["printer"] == ("unknown", None)
    assert states["clock"][0] == "wrong"
    assert -3610 < (states["clock"][1] or 0) < -3590
