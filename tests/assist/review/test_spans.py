# SPDX-License-Identifier: EUPL-1.2
"""Days put together: nobody is lost or counted twice, whatever the period."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.review.spans import Grain, spans

DAY = timedelta(days=1)
_DAYS = st.dates(date(2020, 1, 1), date(2200, 12, 31))


@given(st.dictionaries(_DAYS, st.integers(0, 10**6), max_size=20), _DAYS, _DAYS)
def test_everybody_of_the_period_is_in_one_span(counts: dict[date, int], one: date, other: date) -> None:
    since, until = min(one, other), max(one, other)
    _, found = spans(counts, since, until)
    assert sum(span.count for span in found) == sum(n for day, n in counts.items() if since <= day <= until)
    assert all(span.last + DAY == after.first for span, after in pairwise(found))
    assert all(since <= span.first <= span.last <= until for span in found)
    assert all(span.whole for span in found[1:-1])
    assert len(found) <= 190


@pytest.mark.parametrize(
    ("since", "until", "grain", "count"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), Grain.DAY, 1),
        (date(2026, 11, 1), date(2026, 11, 30), Grain.DAY, 30),
        (date(2026, 9, 1), date(2026, 11, 30), Grain.WEEK, 14),
        (date(2025, 11, 30), date(2026, 11, 29), Grain.MONTH, 13),
        (date(2020, 1, 1), date(2200, 12, 31), Grain.DAY, 1),
    ],
)
def test_a_period_has_bars_that_can_be_read(since: date, until: date, grain: Grain, count: int) -> None:
    counted = {date(2026, 11, 30): 4} if since.year != 2020 else {date(2026, 11, 30): 4, date(2026, 12, 1): 2}
    found, bars = spans(counted, since, until)
    if since.year == 2020:
        assert (found, len(bars)) == (Grain.MONTH, 12), "a century is drawn where anybody came"
    else:
        assert (found, len(bars)) == (grain, count)


def test_a_week_that_is_cut_says_so() -> None:
    _, found = spans({}, date(2026, 9, 2), date(2026, 11, 29))
    assert not found[0].whole
    assert found[0].first == date(2026, 9, 2)
    assert found[-1].whole
