# SPDX-License-Identifier: EUPL-1.2
"""The level of finding does not fall: on the sentences by which it is tuned, clean and spoilt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.finding_noise import misheard, misspelt
from content.search import finder_of
from tests.content.said import score, sentences
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


def test_no_sentence_is_in_both_sets() -> None:
    """Who tunes on the sentences that judge learns nothing from them. What everybody says stands in both."""
    tuning, held_out = ({s.text for s in sentences(name, CATALOGUE)} for name in ("tuning", "held_out"))
    assert len(tuning & held_out) <= 0.02 * len(held_out)
