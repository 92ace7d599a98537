# SPDX-License-Identifier: EUPL-1.2
"""Who is in danger is told who to call, beside the procedure that helps; the words given as examples find something."""

from __future__ import annotations

import pytest

from content.search.beyond import Danger
from kiosk.finding import found
from kiosk.words import words_in
from kiosk.words.hearing import hearing_words_in
from tests.our_procedures import CATALOGUE


@pytest.mark.parametrize(
    ("said", "option", "number"),
    [
        ("je sais pas où dormir ce soir", "logement-social", "115"),
        ("mon mari me frappe", "porter-plainte", "39\u00a019"),
        ("je veux mourir", None, "31\u00a014"),
    ],
)
def test_who_to_call_takes_the_place_of_the_reason(said: str, option: str | None, number: str) -> None:
    shown = found(CATALOGUE, said, "fr")
    assert number in shown.reason.replace(" ", "\u00a0")
    assert (option is None) == shown.someone
    assert option in [None, *(one.id for one in shown.options)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_danger_has_its_words(language: str) -> None:
    assert set(hearing_words_in(language).urgent) == {danger.value for danger in Danger if danger}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_word_given_as_an_example_finds_something(language: str) -> None:
    examples = words_in(language).search_say.rstrip(".").split(":")[1].split(",")
    assert len(examples) == 3
    for word in examples:
        assert found(CATALOGUE, word.strip(), language).options, word
