# SPDX-License-Identifier: EUPL-1.2
"""The words of a mandate at the kiosk, in each language: all there, with the same holes, short and plain."""

from __future__ import annotations

from dataclasses import fields

import pytest

from accessibility.plain_language import Severity, review
from content.text_rules import MAX_LABEL, SENTENCE_WORDS, count_words
from kiosk.words import LANGUAGES
from kiosk.words.signing import FRENCH, SigningWords, signing_words_in
from tests.kiosk.french import french_in
from tests.kiosk.test_words import holes, texts

OTHERS = [code for code in LANGUAGES if code != "fr"]
LABELS = ("stop", "stop_short", "right", "again", "accept", "refuse", "give", "keep", "leave")


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_in_its_own_language(code: str) -> None:
    words = signing_words_in(code)
    for each in fields(SigningWords):
        one, other = getattr(FRENCH, each.name), getattr(words, each.name)
        assert other, each.name
        assert one != other or each.name == "keep", each.name
    assert [found for where, text in texts(words) if "_also" not in where and (found := french_in(text))] == []
    there = dict(texts(words))
    for where, text in texts(FRENCH):
        if "_also." not in where:
            assert holes(there[where]) == holes(text), where


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_they_are_short(code: str) -> None:
    for where, text in texts(signing_words_in(code)):
        assert max(count_words(part, code) for part in text.split(". ")) <= SENTENCE_WORDS, where
    assert all(len(getattr(signing_words_in(code), name)) <= MAX_LABEL for name in LABELS)


def test_they_are_plain() -> None:
    said = [
        text.replace("\u00a0", " ").format(name="Ana", value="") for where, text in texts(FRENCH) if "also" not in where
    ]
    assert [(f.code, f.sentence) for f in review(said) if f.severity is Severity.REFUSE] == []
