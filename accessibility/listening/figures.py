# SPDX-License-Identifier: EUPL-1.2
"""Figures as they are said: an engine that is told "18 ou plus" hears it less well than "dix-huit ou plus". Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from accessibility.listening.protocol import Vocabulary
from accessibility.speaking.pronounce import for_the_ear


@lru_cache(maxsize=16)
def in_full(vocabulary: Vocabulary) -> Vocabulary:
    """The same phrases, their ways of saying without figures."""
    language = vocabulary.language
    phrases = (
        replace(phrase, ways=tuple(in_words(way, language) for way in phrase.ways)) for phrase in vocabulary.phrases
    )
    return replace(vocabulary, phrases=tuple(phrases))


def in_words(text: str, language: str) -> str:
    """ "500 €" is "cinq cents euros". What holds no figure stays as it is written."""
    return for_the_ear(text, language) if any(sign.isdecimal() for sign in text) else text
