# SPDX-License-Identifier: EUPL-1.2
"""Medians read from classes are within 5 % of those read from the durations themselves."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from assist.review.times import median, quantile, seconds_of, time_class

DURATIONS = st.lists(st.floats(1, 100_000), min_size=1, max_size=60)


@given(DURATIONS, st.sampled_from((0.1, 0.25, 0.5, 0.9, 1.0)))
def test_a_share_of_the_durations_is_found_within_a_twentieth(durations: list[float], share: float) -> None:
    found = quantile(Counter(map(time_class, durations)), share)
    ordered = sorted(durations)
    exact = next(value for at, value in enumerate(ordered, 1) if at >= share * len(ordered))
    assert found is not None
    assert abs(found - exact) <= 0.05 * exact


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_longer_duration_is_never_in_a_lower_class(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert time_class(low) <= time_class(high)


def test_nothing_is_said_of_nobody() -> None:
    assert median({}) is None
    assert time_class(0) == time_class(0.9) == 0
    assert seconds_of(0) < 1
