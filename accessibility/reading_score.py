# SPDX-License-Identifier: EUPL-1.2
"""How easy a text is to read, as one figure: Kandel and Moles (1958) for French, Flesch (1948) for English.

Both are 0 for a text of law and 100 for a picture book. Syllables are counted where pyphen would cut a word, as
textstat does; sentences are given, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from accessibility.sentence_checks import Severity, words_of

if TYPE_CHECKING:
    Cutter = Any  # pyphen tells no types

WARN_BELOW = 80
REFUSE_BELOW = 65
"""The 12 texts of the first six procedures score from 89 to 98; a paragraph of an administration's own, 51."""
ENOUGH_WORDS = 100
"""Below this the figure jumps with each word: it is given, not judged."""


@dataclass(frozen=True, slots=True)
class _Formula:
    base: float
    per_word_in_a_sentence: float
    per_syllable_in_a_word: float
    cuts: str
    """Whose hyphenation counts the syllables."""


_FORMULAS: Mapping[str, _Formula] = MappingProxyType(
    {"fr": _Formula(207, 1.015, 73.6, "fr_FR"), "en": _Formula(206.835, 1.015, 84.6, "en_GB")}
)


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """The score of one text in one language."""

    score: float
    words: int
    sentences: int

    @property
    def severity(self) -> Severity | None:
        """What it says against publishing the text; None when it reads well, or is too short to tell."""
        if self.words < ENOUGH_WORDS or self.score >= WARN_BELOW:
            return None
        return Severity.REFUSE if self.score < REFUSE_BELOW else Severity.WARN


def reading_score(sentences: Iterable[str], language: str) -> ReadingScore | None:
    """The score of these sentences; None in a language without a formula, or without a word."""
    formula = _FORMULAS.get(language)
    if formula is None:
        return None
    cutter = _cutter(formula.cuts)
    counted = words = syllables = 0
    for sentence in sentences:
        found = [part for word in words_of(sentence) for part in word.replace("’", "'").split("'") if part]
        counted += bool(found)
        words += len(found)
        syllables += sum(len(cutter.positions(part)) + 1 for part in found)
    if not words:
        return None
    long = formula.per_word_in_a_sentence * words / counted
    heavy = formula.per_syllable_in_a_word * syllables / words
    return ReadingScore(round(formula.base - long - heavy, 1), words, counted)


@cache
def _cutter(language: str) -> Cutter:
    import pyphen

    return pyphen.Pyphen(lang=language)
