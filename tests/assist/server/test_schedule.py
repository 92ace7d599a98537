# SPDX-License-Identifier: EUPL-1.2
"""How long each thing is kept: there until its term, gone after it, never early whatever the clock does.

And the register tells of every table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from nacl.signing import SigningKey
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

import assist.server.app  # noqa: F401 - every table of the site
from assist.desk.report.codes import Theme
from assist.desk.report.cra import Cra
from assist.journal.chain import genesis
from assist.server import register
from assist.server.acts import ActRow, StaffAct, note, verify_acts
from assist.server.appointments.tables import AppointmentRow
from assist.server.calls import Call
from assist.server.daily import RULES, would_do
from assist.server.database import Database, Table
from assist.server.follow_up.tables import FollowUpRow, PaperRow
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.tables import StoredEvent
from assist.server.mandates.tables import MandateRow, UseRow
from assist.server.proof.verification import verify_all_acts, verify_journal
from assist.server.reports import store as reports
from assist.server.reports.tables import CraCount, CraRow
from assist.server.review.tables import DaySum, TextRow, VisitRow
from assist.server.staff_member import Role, StaffMember
from tests.assist.server.chains import KEY, chained

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
DAY = timedelta(days=1)
AMINA = StaffMember("0190-amina", "Amina", frozenset({Role.MEDIATOR}))
JOURNAL = "j1"
STARTED: tuple[str, dict[str, object]] = ("session.started", {"language": "fr"})

HELD: dict[str, Callable[[Session], int]] = {
    "events": lambda t: _count(t, StoredEvent, StoredEvent.payload.is_not(None)),
    "visits": lambda t: _count(t, VisitRow),
    "calls": lambda t: _count(t, Call),
    "papers": lambda t: _count(t, PaperRow) + _count(t, FollowUpRow),
    "appointments": lambda t: _count(t, AppointmentRow),
    "reports": lambda t: _count(t, CraRow),
    "acts": lambda t: _count(t, ActRow, ActRow.member == AMINA.id, ActRow.act == StaffAct.CALL_TAKEN),
    "acts of mandates": lambda t: _count(t, ActRow, ActRow.member == AMINA.id, ActRow.act == StaffAct.MANDATE_USED),
    "mandates": lambda t: _count(t, MandateRow) + _count(t, UseRow),
}
TERMS = {
    "events": 183,
    "visits": 183,
    "calls": 183,
    "papers": 183,
    "appointments": 122,
    "reports": 365,
    "acts": 365,
    "acts of mandates": 6 * 365 + 2,
    "mandates": 2 * 1096,
}
"""Lived days. A day of grace is allowed to what is counted in whole days."""


def _count(transaction: Session, table: type[Table], *where: object) -> int:
    return transaction.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type]


@pytest.fixture
def site(lite_database: Database) -> Database:
    """One of each, of today."""
    links = chained(genesis(JOURNAL.encode(), KEY), STARTED, ("step.continued", {"step": "e1"}), at=NOON)
    told = links[1].id.decode()
    with lite_database.begin() as transaction:
        live(transaction, NOON - DAY)
        journal_of(transaction, JOURNAL, KEY, "borne-1", NOON)
        ingest(transaction, Source("borne-1", JOURNAL), links, NOON)
        text = TextRow(procedure="voter", content_hash="h", first_day=NOON.date())
        transaction.add(text)
        transaction.flush()
        transaction.add_all(
            [
                VisitRow(
                    session="s1", number=0, journal=JOURNAL, kiosk="borne-1", began_at=NOON, day=NOON.date(),
                    text=text.id, language="fr", origin="touch", ending="done", seconds=60, finished=True,
                    helped=False, difficulties=0,
                ),
                DaySum(day=NOON.date(), kiosk="", text=text.id, language="fr", origin="touch", sessions=1),
                Call(id=told, kiosk="borne-1", journal=JOURNAL, session="s1", called_at=NOON),
                PaperRow(name="a" * 64, session="s1", event=told),
                AppointmentRow(
                    code="K7RMX42A", begins_at=NOON, ends_at=NOON, place=1, subject="voter", language="fr",
                    state="booked", booked_on=1,
                ),
                MandateRow(
                    number="K7RMX42A", mediator=AMINA.id, mediator_name="Amina", given_to="Amina", given_site="ici",
                    duration="SHORT", given_at=NOON - DAY, ends_at=NOON, agreed_on="kiosk", template="t", sealed=b"x",
                    seal_key="k", moved_to="", renews="",
                ),
            ]
        )  # fmt: skip
        transaction.flush()
        transaction.add(FollowUpRow(id="f1", paper="a" * 64, mediator=AMINA.id, written_at=NOON, sealed="x"))
        transaction.add(UseRow(id="u1", mandate="K7RMX42A", domain="papiers", mediator=AMINA.id, used_at=NOON))
        reports.keep(transaction, Cra(date(2026, 12, 1), 20, themes=(Theme.EMAIL,)), AMINA.id, NOON)
        note(transaction, AMINA, StaffAct.CALL_TAKEN, "c1", NOON)
        note(transaction, AMINA, StaffAct.MANDATE_USED, "K7RMX42A", NOON)
        live(transaction, NOON)
    return lite_database


def live(transaction: Session, now: datetime) -> None:
    """What the server does in a day."""
    for _, erase in RULES:
        erase(transaction, now)


def held(transaction: Session) -> set[str]:
    return {name for name, count in HELD.items() if count(transaction)}


def test_each_thing_is_there_until_its_term_and_gone_after_it(site: Database) -> None:
    days = sorted({*range(28, 2200, 28), *(term + grace for term in TERMS.values() for grace in (-1, 2))})
    with site.begin() as transaction:
        for day in days:
            note(transaction, None, StaffAct.LOGGED_IN, "", NOON + day * DAY)
            live(transaction, NOON + day * DAY)
            there = held(transaction)
            assert {name for name, term in TERMS.items() if day < term} <= there, day
            assert {name for name, term in TERMS.items() if day >= term + 2} & there == set(), day
        assert _count(transaction, DaySum) == _count(transaction, StoredEvent) - 1 == 1, "sums and rows stay"
        assert _count(transaction, CraCount) > 0
        assert verify_acts(transaction).broken is None
    key = SigningKey(bytes(32)).verify_key
    assert verify_journal(site, JOURNAL, key, lambda rows: None).wrong == ""
    assert verify_all_acts(site, key, lambda rows: None).wrong == ""


@pytest.mark.parametrize("leaps", [(3653, -3653, 3653), (-3653, 7306)])
def test_a_clock_that_leaps_ten_years_takes_nothing_away(site: Database, leaps: tuple[int, ...]) -> None:
    now = NOON
    with site.begin() as transaction:
        for leap in leaps:
            now += leap * DAY
            live(transaction, now)
            live(transaction, now + DAY)
        assert held(transaction) == set(HELD)


def test_what_would_go_is_what_goes_and_nothing_is_touched(site: Database) -> None:
    with site.begin() as transaction:
        for day in range(28, 182, 28):
            live(transaction, NOON + day * DAY)
    now = NOON + 185 * DAY
    told = {kept.name: erased for kept, erased in would_do(site, now) if erased.count}
    with site.begin() as transaction:
        before = held(transaction)
        gone = {kept.name: erased for kept, erase in RULES if (erased := erase(transaction, now)).count}
        after = held(transaction)
    assert told == gone
    assert before - after == {"events", "visits", "calls", "papers"}
    assert {name: erased.count for name, erased in told.items()} == {
        "Journaux des bornes, au serveur": 2,
        "Passages et sommes de la revue": 1,
        "Appels à l'aide": 1,
        "Suivi par le numéro du papier": 2,
    }
    assert told["Appels à l'aide"].oldest == "2026-12-01T11:00:00.000+00:00"


def test_saying_what_would_go_lets_others_write_between_the_rules(
    lite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[None] = []
    begin = lite_database.begin
    monkeypatch.setattr(lite_database, "begin", lambda: (begun.append(None), begin())[1])
    assert [kept for kept, _ in would_do(lite_database, NOON)] == [kept for kept, _ in RULES]
    assert len(begun) == len(RULES) - 3, "four go together"


def test_the_register_tells_of_every_table_once() -> None:
    told = [table for kept in register.AT_SITE for table in kept.tables]
    assert sorted(told) == sorted(Table.metadata.tables), "declare it in the Kept of its room (assist.kept)"


def test_the_page_of_the_register_is_up_to_date() -> None:
    assert register.PAGE.read_text(encoding="utf-8") == register.page(), "run python -m assist.server.register"


def test_the_rows_of_a_session_are_found_by_its_session(lite_database: Database) -> None:
    """By their type, each session would read as many rows as there are sessions: a day's work would take hours."""
    its_beginning = exists().where(StoredEvent.session == VisitRow.session, StoredEvent.is_a("session.started"))
    asked = (
        select(VisitRow.session)
        .where(its_beginning)
        .compile(lite_database.engine, compile_kwargs={"literal_binds": True})
    )
    with lite_database.read() as transaction:
        plan = str(transaction.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
    assert "ix_event_session" in plan
    assert "ix_event_type" not in plan
