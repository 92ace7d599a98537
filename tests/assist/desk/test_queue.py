# SPDX-License-Identifier: EUPL-1.2
"""Who is to be helped first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assist.desk.queue import LANGUAGE_SECONDS, SKILL_SECONDS, Helper, Waiting, ordered

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
NADIA = Helper("nadia", ("fr", "ar"), frozenset({"logement"}))


def call(name: str, seconds: float, language: str = "fr", theme: str = "", handed_to: str = "") -> Waiting:
    return Waiting(name, NOW - timedelta(seconds=seconds), language, theme, handed_to)


def names(*calls: Waiting, helper: Helper = NADIA) -> list[str]:
    return [each.call for each in ordered(calls, helper, NOW)]


def test_the_longest_wait_comes_first() -> None:
    assert names(call("b", 10), call("a", 40)) == ["a", "b"]


def test_a_language_that_is_spoken_gives_a_head_start_and_no_more() -> None:
    assert names(call("english", 100, "en"), call("arabic", 10, "ar")) == ["arabic", "english"]
    assert names(call("english", 11 + LANGUAGE_SECONDS, "en"), call("arabic", 10, "ar")) == ["english", "arabic"]


def test_a_theme_that_is_known_gives_a_smaller_one() -> None:
    assert names(call("taxes", 40, theme="argent_impots"), call("flat", 10, theme="logement")) == ["flat", "taxes"]
    assert names(call("taxes", 11 + SKILL_SECONDS), call("flat", 10, theme="logement")) == ["taxes", "flat"]


def test_what_is_handed_to_me_comes_first_and_what_is_handed_to_others_last() -> None:
    calls = (call("others", 900, handed_to="ali"), call("any", 300), call("mine", 5, handed_to="nadia"))
    assert names(*calls) == ["mine", "any", "others"]


@given(st.lists(st.tuples(st.integers(0, 9999), st.sampled_from(["fr", "en"]), st.sampled_from(["", "ali"]))))
def test_nobody_is_lost(those: list[tuple[int, str, str]]) -> None:
    calls = [call(str(n), seconds, language, "", to) for n, (seconds, language, to) in enumerate(those)]
    assert sorted(names(*calls)) == sorted(each.call for each in calls)
