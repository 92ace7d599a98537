# SPDX-License-Identifier: EUPL-1.2
"""What holds for each set of the kiosk's words that is added to the others: its own in each language, and short."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from content.text_rules import MAX_LABEL, SENTENCE_WORDS, count_words
from tests.kiosk.french import french_in
from tests.kiosk.test_words import holes, texts


def in_their_own_language(french: Any, words: Any, alike: Collection[str] = ()) -> None:
    """Every text is there, none in French, and each leaves the same holes; ``alike`` are written the same in both."""
    for each in fields(french):
        one, other = getattr(french, each.name), getattr(words, each.name)
        assert other, each.name
        assert one != other or each.name in alike, each.name
        shared = set(one) & set(other) if isinstance(one, tuple) and "_also" not in each.name else set[str]()
        assert not shared, each.name
    assert [found for where, text in texts(words) if "_also" not in where and (found := french_in(text))] == []
    there = dict(texts(words))
    for where, text in texts(french):
        if "_also." not in where:
            assert holes(there[where]) == holes(text), where


def short(words: Any, code: str, labels: Sequence[str]) -> None:
    """Sentences that are read at once, labels that fit their buttons."""
    for where, text in texts(words):
        assert max(count_words(part, code) for part in text.split(". ")) <= SENTENCE_WORDS, where
    assert all(len(getattr(words, name)) <= MAX_LABEL for name in labels)
