# SPDX-License-Identifier: EUPL-1.2
"""Many phrases counted at once are counted as each of them is alone."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from content.search.folding import folded
from content.search.runs import holding_runs, line_of, runs_of
from content.search.sounds import sound_of, sounds_of, spelled
from tests.our_procedures import CATALOGUE

WORDS = tuple({word for one in CATALOGUE.titles("fr") for text in (one.title, *one.also) for word in folded(text)})
LINES = st.lists(st.text(st.sampled_from("_aeKZéش𝒶"), min_size=1, max_size=12), min_size=1, max_size=8)


def test_words_have_the_sounds_together_that_each_has_alone() -> None:
    words = (*WORDS, "16", "1600", "d", "fille", "ville", "croix", spelled("rsa"), spelled("css"))
    assert sounds_of(words) == {word: sound_of(word) for word in words}


@given(LINES)
def test_lines_hold_the_runs_together_that_each_has_alone(lines: Sequence[str]) -> None:
    rows, part, way = holding_runs(lines)
    names = {row: run for run, row in rows.items()}
    held = [(int(at), names[int(row)]) for at, row in zip(way, part, strict=True)]
    assert sorted(held) == sorted((at, run) for at, line in enumerate(lines) for run in set(runs_of(line)))


def test_a_sound_that_ends_a_word_and_begins_the_next_is_said_once() -> None:
    assert line_of(["aB", "Ba", ""]) == "_aBa_"
