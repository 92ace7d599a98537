# SPDX-License-Identifier: EUPL-1.2
"""Rows come twice, out of order, cut, from two histories: each is kept once, and no kiosk waits for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assist.journal.chain import Link, genesis
from assist.server.calls import UNANSWERED_AFTER, Call, CallState, hand_over, open_calls, take, unanswered
from assist.server.database import Database
from assist.server.kiosks.ingest import Ingested, held, ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.retention import erase
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from tests.assist.server.chains import KEY, NOON, after, chained, steps
from tests.assist.server.doors import Door

LATER = NOON + timedelta(seconds=30)


def sent(
    database: Database, journal: str, links: Sequence[Link], ahead: timedelta = timedelta(), at: datetime = LATER
) -> Ingested:
    with database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", NOON)
        return ingest(transaction, Source("borne-1", journal, ahead), links, at)


def kept(database: Database, journal: str) -> list[bytes]:
    with database.begin() as transaction:
        rows = select(StoredEvent.hash).where(StoredEvent.journal == journal).order_by(StoredEvent.seq)
        return list(transaction.scalars(rows))


def apart(database: Database, journal: str) -> list[tuple[int, str]]:
    with database.begin() as transaction:
        rows = select(SetApart.seq, SetApart.why).where(SetApart.journal == journal).order_by(SetApart.seq)
        return [(seq, why) for seq, why in transaction.execute(rows)]


def hashes(links: Sequence[Link]) -> list[bytes]:
    return [link.hash for link in links]


def calls(database: Database) -> list[Call]:
    with database.begin() as transaction:
        return list(open_calls(transaction, LATER))


def test_whatever_the_network_does_each_row_is_kept_once(database: Database) -> None:
    pieces = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=12)

    @settings(max_examples=60 if database.engine.name == "sqlite" else 15)
    @given(pieces)
    def deliver(those: list[tuple[int, int]]) -> None:
        journal = str(uuid4())
        links = steps(journal, 12)
        for start, length in those:  # late, twice, too early, in pieces
            batch = links[start : start + length]
            if batch:
                got = sent(database, journal, batch)
                assert not got.apart
                assert hashes(links[: got.kept]) == kept(database, journal)
        at = 0
        while at < len(links):  # then the kiosk does as it is told
            at = sent(database, journal, links[at : at + 5]).through
        assert kept(database, journal) == hashes(links)

    deliver()


def test_a_row_too_early_is_asked_for_again(database: Database) -> None:
    links = steps("j", 6)
    assert sent(database, "j", links[:2]) == Ingested(2, 2)
    assert sent(database, "j", links[4:]) == Ingested(2, 2)
    assert sent(database, "j", [links[2], links[4]]) == Ingested(2, 2)
    assert sent(database, "j", links[1:]) == Ingested(6, 6)


def test_another_history_is_set_apart_whole_and_once(database: Database) -> None:
    links = steps("j", 6)
    other = after(links[:3], *[("step.continued", {"step": f"x{n}"}) for n in range(4)])
    sent(database, "j", links)
    for _ in range(2):
        got = sent(database, "j", [*links[:3], *other[:2]])
        assert (got.kept, got.through) == (6, 5)
        assert "deux histoires" in got.apart
        assert sent(database, "j", other[2:]).through == 7
    assert [seq for seq, _ in apart(database, "j")] == [4, 5, 6, 7]
    assert kept(database, "j") == hashes(links)
    with database.begin() as transaction:
        journal = transaction.get_one(Journal, "j")
        assert [(end.seq, end.hash) for end in held(transaction, journal)] == [
            (6, links[-1].hash.hex()),
            (7, other[-1].hash.hex()),
        ]


def test_a_damaged_row_and_what_follows_is_set_apart(database: Database) -> None:
    links = steps("j", 4)
    links[2] = links[2]._replace(payload=b'{"step": "autre"}')
    got = sent(database, "j", links)
    assert (got.kept, got.through) == (2, 4)
    assert "abîmée" in got.apart
    assert [seq for seq, _ in apart(database, "j")] == [3, 4]
    assert sent(database, "j", after(links, ("step.continued", {}))).through == 5


def test_an_erased_payload_and_a_type_of_a_newer_version_are_kept_as_they_are(database: Database) -> None:
    links = steps("j", 2)
    links[0] = links[0]._replace(payload=None, salt=None)
    links += after(links, ("future.thing", {"a": [1, {"b": None}]}))
    assert sent(database, "j", links) == Ingested(3, 3)
    with database.begin() as transaction:
        rows = transaction.execute(select(StoredEvent.type, StoredEvent.payload).order_by(StoredEvent.seq)).all()
    assert [tuple(row) for row in rows[::2]] == [("step.continued", None), ("future.thing", '{"a": [1, {"b": null}]}')]


STARTED = ("session.started", {"session": "s1", "language": "fr"})
ENGLISH = ("session.language_changed", {"language": "en"})
PICKED = ("procedure.picked", {"procedure": "carte-identite"})
CALLED = ("help.called", {"step": "besoin"})
JOINED = ("help.joined", {"step": "besoin"})
LEFT = ("help.ended", {"step": "besoin", "by": "mediator"})
ENDED = ("help.ended", {"step": "besoin", "by": "touch"})
OVER = ("session.ended", {"ending": "done", "duration": "<2"})


def test_a_call_tells_what_a_mediator_needs_to_choose(database: Database) -> None:
    links = steps("j", 1)
    links += after(links, STARTED, ENGLISH, PICKED, CALLED)
    assert sent(database, "j", links).calls_changed
    assert not sent(database, "j", links).calls_changed
    (call,) = calls(database)
    assert (call.kiosk, call.session, call.procedure, call.step, call.language, call.called_at, call.state) == (
        "borne-1", "s1", "carte-identite", "besoin", "en", NOON, CallState.WAITING
    )  # fmt: skip
    sent(database, "j", after(links, OVER))
    assert calls(database) == []


def test_a_kiosk_whose_clock_is_ten_years_ahead_did_not_call_tomorrow(database: Database) -> None:
    decade = timedelta(days=3650)
    links = chained(genesis(b"j", KEY), STARTED, CALLED, at=NOON + decade)
    sent(database, "j", links, ahead=-decade)
    assert [call.called_at for call in calls(database)] == [NOON]


def test_help_that_ends_ends_the_call_unless_it_was_handed_over(database: Database) -> None:
    links = steps("j", 1)
    links += after(links, STARTED, CALLED)
    sent(database, "j", links)
    (call,) = calls(database)
    with database.begin() as transaction:
        assert take(transaction, call.id, "nadia", LATER)
    links += after(links, JOINED)
    sent(database, "j", links)
    with database.begin() as transaction:
        assert hand_over(transaction, call.id, "nadia", "", "ali")
    links += after(links, LEFT)
    sent(database, "j", links)
    assert [each.state for each in calls(database)] == [CallState.WAITING]
    with database.begin() as transaction:
        assert take(transaction, call.id, "ali", LATER)
    links += after(links, JOINED, LEFT)
    sent(database, "j", links)
    assert calls(database) == []


@pytest.mark.parametrize("end", [ENDED, OVER, ("help.cancelled", {"step": "besoin"})])
def test_the_person_alone_ends_it_whoever_has_the_call(lite: Door, end: tuple[str, dict[str, object]]) -> None:
    database = Database(lite.address)
    links = steps("j", 1)
    links += after(links, STARTED, CALLED)
    sent(database, "j", links)
    with database.begin() as transaction:
        assert take(transaction, open_calls(transaction, LATER)[0].id, "nadia", LATER)
    sent(database, "j", after(links, end))
    assert calls(database) == []
    database.close()


def test_a_ticket_outlives_the_session_and_not_a_second_call(database: Database) -> None:
    links = steps("j", 1)
    links += after(links, STARTED, CALLED)
    sent(database, "j", links)
    with database.begin() as transaction:
        assert len(unanswered(transaction, NOON + UNANSWERED_AFTER, ["borne-1"])) == 1
    again = after(links, CALLED)
    sent(database, "j", again)
    assert [(each.state, each.ticket) for each in calls(database)] == [(CallState.WAITING, None)]
    with database.begin() as transaction:
        (call,) = unanswered(transaction, NOON + UNANSWERED_AFTER, ["borne-1"])
        assert call.ticket == 2
    sent(database, "j", after(again, OVER))
    assert [each.ticket for each in calls(database)] == [2]


def test_a_call_in_a_history_set_apart_is_heard_all_the_same(database: Database) -> None:
    links = steps("j", 4)
    sent(database, "j", links)
    got = sent(database, "j", after(links[:2], STARTED, ENGLISH, PICKED, CALLED))
    assert got.apart
    assert [(each.language, each.procedure) for each in calls(database)] == [("en", "carte-identite")]


def test_payloads_are_erased_after_six_months_that_were_lived(database: Database) -> None:
    links = steps("j", 300)
    for week in range(30):
        sent(database, "j", links[week * 10 : week * 10 + 10], at=NOON + timedelta(weeks=week))
    now = NOON + timedelta(weeks=30)

    def left(at: datetime) -> int:
        with database.begin() as transaction:
            erase(transaction, at)
            rows = transaction.scalars(select(StoredEvent.seq).where(StoredEvent.payload.is_not(None)))
            return min(rows, default=0)

    assert left(NOON + timedelta(days=3650)) == 31, "a clock that jumps ten years has not lived them"
    assert left(now) == 41
    assert kept(database, "j") == hashes(links), "the chain holds without them"
    more = after(links, ("step.continued", {}))
    assert sent(database, "j", more).kept == 301
