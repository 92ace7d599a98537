# SPDX-License-Identifier: EUPL-1.2
"""Spans of time, against minutes counted one by one; and when a site is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from assist.desk.appointments import Opening
from assist.review.availability import Attended, Span, attended, common, merged, open_at, open_on, seconds

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 11, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
MORNING = Opening(0, time(9), time(12), 30, 1)
AFTERNOON = Opening(0, time(14), time(17, 30), 30, 1)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


def minutes(spans: list[Span]) -> set[int]:
    return {n for n in range(61) if any(begins <= at(n) < ends for begins, ends in spans)}


@given(st.tuples(SPANS, SPANS, SPANS, SPANS))
def test_spans_are_minutes(drawn: tuple[list[tuple[int, int]], ...]) -> None:
    expected, linked, told, ready = ([(at(a), at(b)) for a, b in spans] for spans in drawn)
    one, two = minutes(expected), minutes(linked)
    assert minutes(merged(expected)) == one
    assert minutes(common(expected, linked)) == one & two
    assert seconds(expected) == 60 * len(one)
    counts = (one, one & two, one & two & minutes(told), one & two & minutes(told) & minutes(ready))
    assert attended(expected, linked, told, ready) == Attended(*(60 * len(each) for each in counts))


def test_a_site_is_open_at_its_hours_and_all_day_without_any() -> None:
    assert seconds(open_on(MONDAY, [MORNING, AFTERNOON], (), PARIS)) == (3 * 60 + 3 * 60 + 30) * 60
    assert open_on(MONDAY + timedelta(days=1), [MORNING], (), PARIS) == []
    assert open_on(MONDAY, [MORNING], {MONDAY}, PARIS) == open_on(MONDAY, [], {MONDAY}, PARIS) == []
    assert seconds(open_on(MONDAY, [], (), PARIS)) == 24 * 3600
    assert seconds(open_on(date(2027, 3, 28), [], (), PARIS)) == 23 * 3600


def test_hours_are_those_of_the_wall() -> None:
    nine = datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert open_at(nine, [MORNING], (), PARIS) == (nine, nine + timedelta(hours=3))
    assert open_at(nine - timedelta(seconds=1), [MORNING], (), PARIS) is None
    assert open_at(nine + timedelta(hours=3), [MORNING], (), PARIS) is None
