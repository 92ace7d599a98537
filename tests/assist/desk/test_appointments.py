# SPDX-License-Identifier: EUPL-1.2
"""Slots from opening hours, whatever the clocks of the country do; and no place sold twice, whatever people ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.desk import appointments
from assist.desk.appointments import AHEAD, Opening, State, Taken
from assist.desk.mandates import Refusal

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 30)
MORNING = Opening(0, time(9), time(12), 30, 1)
BEFORE = datetime(2026, 11, 30, 6, tzinfo=UTC)

times = st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None))
spans = st.builds(Opening, st.integers(-1, 7), times, times, st.integers(0, 300), st.integers(0, 25))
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def week(asked: list[Opening]) -> list[Opening]:
    """Those that a manager could set, one after the other."""
    kept: list[Opening] = []
    for opening in asked:
        if appointments.refused(opening, kept) is None:
            kept.append(opening)
    return kept


def test_the_slots_of_a_monday() -> None:
    slots = appointments.slots([MORNING], (), MONDAY, PARIS)
    first_day = [slot for slot in slots if slot.begins.astimezone(PARIS).date() == MONDAY]
    assert [f"{slot.begins.astimezone(PARIS):%H:%M}" for slot in first_day] == [
        "09:00", "09:30", "10:00", "10:30", "11:00", "11:30",
    ]  # fmt: skip
    assert len(slots) == 5 * 6, "five Mondays in thirty days"
    assert appointments.slots([MORNING], [MONDAY], MONDAY, PARIS) == slots[6:]


def test_summer_and_winter_open_at_the_same_hour() -> None:
    """30 March 2026 is the first Monday of summer time."""
    slots = appointments.slots([MORNING], (), date(2026, 3, 23), PARIS)
    nines = [slot.begins for slot in slots if slot.begins.astimezone(PARIS).time() == time(9)]
    assert [moment.hour for moment in nines[:2]] == [8, 7]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_the_nights_when_the_clocks_change(day: date, hours: int) -> None:
    """No slot begins or ends at an hour that does not exist, and none lasts an hour more or less."""
    sunday = Opening(6, time(0), time(23, 59), 45, 1)
    slots = [s for s in appointments.slots([sunday], (), day, PARIS) if s.begins.astimezone(PARIS).date() == day]
    assert {slot.ends - slot.begins for slot in slots} == {timedelta(minutes=45)}
    walls = [slot.begins.astimezone(PARIS).time() for slot in slots]
    assert (time(2, 15) in walls) is False
    assert slots[-1].ends - slots[0].begins == timedelta(hours=hours) - timedelta(minutes=45)


@given(st.lists(spans, max_size=6), st.lists(days, max_size=3), days)
def test_slots_never_overlap_and_keep_to_their_hours(asked: list[Opening], closed: list[date], first: date) -> None:
    openings = week(asked)
    slots = appointments.slots(openings, closed, first, PARIS)
    assert all(one.ends <= other.begins for one, other in pairwise(slots))
    for slot in slots:
        begins, ends = slot.begins.astimezone(PARIS), slot.ends.astimezone(PARIS)
        assert first <= begins.date() < first + timedelta(days=AHEAD)
        assert begins.date() not in closed
        assert any(
            o.weekday == begins.weekday()
            and o.begins <= begins.time()
            and ends.time() <= o.ends
            and slot.ends - slot.begins == timedelta(minutes=o.minutes)
            and slot.places == o.places
            for o in openings
        )


@given(
    st.lists(st.lists(spans.map(lambda o: Opening(o.weekday % 7, o.begins, o.ends, max(o.minutes, 30), o.places % 3)),
                      min_size=1, max_size=4), min_size=1, max_size=3),
    st.data(),
)  # fmt: skip
def test_no_place_is_sold_twice(weeks: list[list[Opening]], data: st.DataObject) -> None:
    """Also when the hours change while appointments are taken: a booking counts all that goes on during its slot."""
    taken: list[Taken] = []
    for asked in weeks:
        offered = appointments.slots(week(asked), (), MONDAY, PARIS)
        for _ in range(6):
            if taken and data.draw(st.integers(0, 3)) == 0:
                taken.remove(data.draw(st.sampled_from(taken)))
            free = appointments.free(offered, taken, BEFORE)
            wanted = data.draw(st.sampled_from([s.begins for s in offered][:8] or [BEFORE]))
            new = appointments.book(wanted, offered, taken, BEFORE)
            assert isinstance(new, Taken) == any(each.slot.begins == wanted for each in free)
            if isinstance(new, Taken):
                slot = next(s for s in offered if s.begins == wanted)
                during = [t for t in taken if t.begins < slot.ends and slot.begins < t.ends]
                assert len(during) < slot.places
                taken.append(new)
    places = [(one.begins, one.place) for one in taken]
    assert len(places) == len(set(places))


def test_what_is_past_is_not_free() -> None:
    slots = appointments.slots([MORNING], (), MONDAY, PARIS)
    ten = datetime(2026, 11, 30, 10, tzinfo=PARIS)
    assert appointments.free(slots, [], ten)[0].slot.begins == ten + timedelta(minutes=30)
    assert isinstance(appointments.book(ten, slots, [], ten), Refusal)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"weekday": 7}, "jour de la semaine"),
        ({"minutes": 4}, "de 5 à 240"),
        ({"minutes": 241}, "de 5 à 240"),
        ({"places": 0}, "de 1 à 20"),
        ({"places": 21}, "de 1 à 20"),
        ({"ends": time(9, 29)}, "trop tôt"),
        ({"ends": time(8)}, "trop tôt"),
        ({"begins": time(11, 30), "ends": time(18)}, "recouvrent"),
    ],
)
def test_hours_that_cannot_be(changes: dict[str, object], why: str) -> None:
    given = {"weekday": 0, "begins": time(9), "ends": time(12), "minutes": 30, "places": 1} | changes
    refusal = appointments.refused(Opening(**given), [MORNING] if "begins" in changes else [])  # type: ignore[arg-type]
    assert refusal is not None
    assert why in refusal.why


@given(st.sampled_from(State), st.integers(-60, 60))
def test_cancelled_before_missed_after_and_once(state: State, minutes: int) -> None:
    begins, now = BEFORE, BEFORE + timedelta(minutes=minutes)
    cancelled, missed = appointments.cancel(state, begins, now), appointments.miss(state, begins, now)
    if state is not State.BOOKED:
        assert isinstance(cancelled, Refusal)
        assert isinstance(missed, Refusal)
    elif now < begins:
        assert cancelled is State.CANCELLED
        assert isinstance(missed, Refusal)
    else:
        assert missed is State.MISSED
        assert isinstance(cancelled, Refusal)
