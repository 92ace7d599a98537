# SPDX-License-Identifier: EUPL-1.2
"""A call is taken by one mediator only, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from assist.server import calls
from assist.server.calls import Call, CallState
from assist.server.database import Database

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
LATE = NOW + calls.UNANSWERED_AFTER


def called(database: Database, id_: str = "c1", kiosk: str = "borne-1", at: datetime = NOW) -> str:
    with database.begin() as transaction:
        transaction.add(Call(id=id_, kiosk=kiosk, journal="j", session=f"s-{id_}", called_at=at))
    return id_


def of(database: Database, id_: str) -> Call:
    with database.begin() as transaction:
        call = calls.call_of(transaction, id_)
        assert call is not None
        return call


def done(database: Database, work: Callable[..., bool], *given: object) -> bool:
    with database.begin() as transaction:
        return work(transaction, *given)


def test_of_those_who_race_for_a_call_one_has_it(database: Database) -> None:
    ids = [called(database, f"c{n}") for n in range(8)]
    start = Barrier(4)

    def race(member: str) -> list[str]:
        won: list[str] = []
        for id_ in ids:
            start.wait()
            if done(database, calls.take, id_, member, NOW):
                won.append(id_)
        return won

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(race, ["nadia", "ali", "rose", "omar"]))
    assert sorted(id_ for won in taken for id_ in won) == sorted(ids)


def test_who_took_it_has_it_and_it_is_in_the_queue_until_it_is_over(database: Database) -> None:
    id_ = called(database)
    assert done(database, calls.take, id_, "nadia", NOW)
    call = of(database, id_)
    assert (call.state, call.taken_by, call.taken_at) == (CallState.TAKEN, "nadia", NOW)
    assert not done(database, calls.finish, id_, "ali", NOW)
    assert done(database, calls.finish, id_, "nadia", LATE)
    with database.begin() as transaction:
        assert calls.open_calls(transaction, LATE) == []


def test_a_call_is_handed_over_with_a_note_that_goes_with_it(database: Database) -> None:
    id_ = called(database)
    done(database, calls.take, id_, "nadia", NOW)
    assert not done(database, calls.hand_over, id_, "ali", "Pas à moi.")
    assert done(database, calls.hand_over, id_, "nadia", "  Elle cherche son numéro fiscal. ", "ali")
    call = of(database, id_)
    assert (call.state, call.taken_by, call.meant_for) == (CallState.WAITING, "", "ali")
    assert call.note == "Elle cherche son numéro fiscal."
    assert done(database, calls.take, id_, "ali", LATE)
    assert of(database, id_).taken_at == NOW, "she was not left waiting until the second came"
    done(database, calls.finish, id_, "ali", LATE)
    assert of(database, id_).note == ""


def test_who_cannot_reach_the_kiosk_gives_the_call_back(database: Database) -> None:
    id_ = called(database)
    done(database, calls.take, id_, "nadia", NOW)
    assert done(database, calls.give_back, id_, "nadia")
    assert done(database, calls.take, id_, "ali", NOW)


def test_nobody_came_in_time(database: Database) -> None:
    first, second = called(database, "c1"), called(database, "c2", at=NOW + timedelta(seconds=1))
    called(database, "c3", kiosk="borne-absente")
    with database.begin() as transaction:
        assert calls.next_unanswered(transaction, ["borne-1"]) == LATE
        assert calls.unanswered(transaction, LATE - timedelta(seconds=1), ["borne-1"]) == []
        given = calls.unanswered(transaction, LATE + timedelta(seconds=1), ["borne-1"])
        assert [(call.id, call.ticket, call.state) for call in given] == [
            (first, 1, CallState.CALLBACK),
            (second, 2, CallState.CALLBACK),
        ]
    with database.begin() as transaction:
        assert calls.unanswered(transaction, LATE + timedelta(minutes=9), ["borne-1"]) == []
        assert calls.next_unanswered(transaction, ["borne-1"]) is None


def test_tickets_begin_again_each_day_and_are_not_kept_for_another(database: Database) -> None:
    called(database, "c1")
    with database.begin() as transaction:
        calls.unanswered(transaction, LATE, ["borne-1"])
    tomorrow = LATE + timedelta(days=1)
    called(database, "c2", at=tomorrow - calls.UNANSWERED_AFTER)
    with database.begin() as transaction:
        assert [call.ticket for call in calls.unanswered(transaction, tomorrow, ["borne-1"])] == [1]
        assert [call.id for call in calls.open_calls(transaction, tomorrow)] == ["c2"]


def test_a_ticket_handed_over_stays_a_ticket(database: Database) -> None:
    id_ = called(database)
    with database.begin() as transaction:
        calls.unanswered(transaction, LATE, ["borne-1"])
    done(database, calls.take, id_, "nadia", LATE)
    done(database, calls.hand_over, id_, "nadia", "")
    assert of(database, id_).state == CallState.CALLBACK


def test_the_wait_is_told_once_enough_people_have_waited(database: Database) -> None:
    for n in range(5):
        with database.begin() as transaction:
            assert calls.wait_minutes(transaction, NOW) is None
        id_ = called(database, f"c{n}", at=NOW - timedelta(minutes=20))
        done(database, calls.take, id_, "nadia", NOW - timedelta(minutes=20 - n))
    with database.begin() as transaction:
        assert calls.wait_minutes(transaction, NOW) == 2
