# SPDX-License-Identifier: EUPL-1.2
"""The level of finding does not fall: on the sentences by which it is tuned, clean and spoilt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.finding_noise import misheard, misspelt
from content.search import finder_of
from tests.content.said import heard, score, sentences, written_misheard
from tests.our_procedures import CATALOGUE

FINDER = finder_of(CATALOGUE)


@pytest.mark.parametrize(
    ("spoil", "first", "in_three", "refused", "mediator"),
    [(str, 0.95, 0.97, 0.97, 0.95), (misspelt, 0.89, 0.93, 0.94, 0.80), (misheard, 0.89, 0.93, 0.95, 0.88)],
)
def test_what_people_say_is_found(
    spoil: Callable[[str], str], first: float, in_three: float, refused: float, mediator: float
) -> None:
    found = score(FINDER, sentences("tuning", CATALOGUE), spoil)
    wrong = "\n".join(f"{sentence.wants}: {sentence.text} -> {came}" for sentence, came in found.wrong)
    assert found.first >= first, wrong
    assert found.in_three >= in_three, wrong
    assert found.refused >= refused, wrong
    assert found.mediator >= mediator, wrong


def test_what_another_hand_wrote_is_found() -> None:
    found = score(FINDER, sentences("second_tuning", CATALOGUE))
    assert min(found.first, found.in_three, found.refused) >= 0.96, found.wrong
    assert found.mediator >= 0.85, found.wrong


def test_words_cut_elsewhere_and_letters_said_are_found() -> None:
    found = score(FINDER, written_misheard("second_tuning"))
    assert found.first >= 0.92, found.wrong
    assert found.in_three >= 0.95, found.wrong


@pytest.mark.parametrize(
    ("name", "first", "in_three"), [("second_tuning_heard", 0.85, 0.89), ("tuning_heard", 0.72, 0.75)]
)
def test_what_the_ear_wrote_down_is_found(name: str, first: float, in_three: float) -> None:
    """Of a tenth of it, and of a fifth of what two accents of three say, nothing is left of what was said."""
    found = score(FINDER, heard(CATALOGUE, name))
    assert found.first >= first, found.wrong
    assert found.in_three >= in_three, found.wrong


@pytest.mark.parametrize(("tuned", "judged"), [("tuning", "held_out"), ("second_tuning", "second_held_out")])
def test_no_sentence_is_in_both_sets(tuned: str, judged: str) -> None:
    """Who tunes on the sentences that judge learns nothing from them. What everybody says stands in both."""
    tuning, held_out = ({s.text for s in sentences(name, CATALOGUE)} for name in (tuned, judged))
    assert len(tuning & held_out) <= 0.02 * len(held_out)
