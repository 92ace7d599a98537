# SPDX-License-Identifier: EUPL-1.2
"""The words of the help, in each language: all there, with the same holes, short."""

from __future__ import annotations

from dataclasses import fields

import pytest

from content.text_rules import MAX_LABEL, SENTENCE_WORDS, count_words
from kiosk.words import LANGUAGES
from kiosk.words.helping import FRENCH, HelpingWords, helping_words_in
from tests.kiosk.french import french_in
from tests.kiosk.test_words import holes, texts

OTHERS = [code for code in LANGUAGES if code != "fr"]
LABELS = ("end", "agree", "disagree", "go_on", "take_back", "show", "hide")


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_in_its_own_language(code: str) -> None:
    words = helping_words_in(code)
    for each in fields(HelpingWords):
        one, other = getattr(FRENCH, each.name), getattr(words, each.name)
        assert other, each.name
        assert (not set(one) & set(other)) if isinstance(one, tuple) else one != other, each.name
    assert [found for _, text in texts(words) if (found := french_in(text))] == []
    there = dict(texts(words))
    for where, text in texts(FRENCH):
        if "_also." not in where:
            assert holes(there[where]) == holes(text), where


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_they_are_short(code: str) -> None:
    for where, text in texts(helping_words_in(code)):
        assert max(count_words(part, code) for part in text.split(". ")) <= SENTENCE_WORDS, where
    assert all(len(getattr(helping_words_in(code), name)) <= MAX_LABEL for name in LABELS)
