# SPDX-License-Identifier: EUPL-1.2
"""Who is to be helped first, and what may be said of the wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.desk.queue import FEWEST_WAITS, KNOWN_AHEAD, SPOKEN_AHEAD, Helper, Waiting, estimate, in_order

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
NADIA = Helper("nadia", ("fr", "ar"), frozenset({"logement"}))


def call(id_: str, waited: timedelta, language: str = "fr", theme: str = "", meant_for: str = "") -> Waiting:
    return Waiting(id_, NOW - waited, language, theme, meant_for)


def names(*calls: Waiting) -> list[str]:
    return [each.id for each in in_order(calls, NADIA)]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_who_has_waited_longest_comes_first() -> None:
    assert names(call("late", minutes(1)), call("early", minutes(4))) == ["early", "late"]


@pytest.mark.parametrize(
    ("better", "head_start"),
    [
        (call("better", minutes(1), "ar", "impots"), SPOKEN_AHEAD),
        (call("better", minutes(1), "en", "logement"), KNOWN_AHEAD),
        (call("better", minutes(1), "fr", "logement"), SPOKEN_AHEAD + KNOWN_AHEAD),
    ],
)
def test_what_this_mediator_knows_is_a_head_start_and_no_more(better: Waiting, head_start: timedelta) -> None:
    just_under = call("other", minutes(1) + head_start - timedelta(seconds=1), "en", "impots")
    just_over = call("other", minutes(1) + head_start + timedelta(seconds=1), "en", "impots")
    assert names(better, just_under) == ["better", "other"]
    assert names(better, just_over) == ["other", "better"]


def test_a_call_handed_to_her_comes_first_and_those_of_a_colleague_last() -> None:
    calls = (
        call("his", minutes(60), meant_for="ali"),
        call("any", minutes(9)),
        call("hers", minutes(0), meant_for="nadia"),
    )
    assert names(*calls) == ["hers", "any", "his"]


@given(st.lists(st.tuples(st.integers(0, 9999), st.sampled_from(["fr", "en"]), st.sampled_from(["", "ali"]))))
def test_nobody_is_lost(those: list[tuple[int, str, str]]) -> None:
    calls = [call(str(n), timedelta(seconds=s), language, "", to) for n, (s, language, to) in enumerate(those)]
    assert sorted(names(*calls)) == sorted(each.id for each in calls)


def test_the_estimate_is_the_median_rounded_up() -> None:
    assert estimate([minutes(n) for n in (1, 2, 4.2, 50, 90)]) == 5


def test_nobody_waits_no_time_at_all() -> None:
    assert estimate([timedelta()] * FEWEST_WAITS) == 1


def test_too_few_waits_tell_nothing() -> None:
    assert estimate([minutes(3)] * (FEWEST_WAITS - 1)) is None
