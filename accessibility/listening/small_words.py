# SPDX-License-Identifier: EUPL-1.2
"""Words that carry no meaning of their own here (``ways/small_words.toml``), and words that turn a meaning. Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

Words = tuple[str, ...]

_DATA = Path(__file__).with_name("ways") / "small_words.toml"
_STOP = re.compile(r"[.,;:!?…]+")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")

_OPPOSED: dict[str, tuple[tuple[frozenset[str], ...], ...]] = {
    "fr": (
        (frozenset({"plus", "davantage"}), frozenset({"moins"}), frozenset({"trop"})),
        (frozenset({"avec"}), frozenset({"sans"})),
        (frozenset({"avant"}), frozenset({"après"})),
        (frozenset({"oui", "ouais"}), frozenset({"non", "nan"})),
    ),
    "en": (
        (frozenset({"more"}), frozenset({"less"}), frozenset({"too"})),
        (frozenset({"with"}), frozenset({"without"})),
        (frozenset({"up"}), frozenset({"down"})),
        (frozenset({"yes", "yeah", "yep"}), frozenset({"no", "nope"})),
    ),
}
"""Words that stand in the same place and mean the contrary."""


@dataclass(frozen=True, slots=True)
class _Small:
    """One language's small words."""

    before: frozenset[Words]
    after: frozenset[Words]
    hesitations: frozenset[str]
    negations: frozenset[str]
    unfinished: frozenset[str]
    longest: int


@lru_cache(maxsize=8)
def _small(language: str) -> _Small:
    lists: dict[str, list[str]] = tomllib.loads(_DATA.read_text(encoding="utf-8")).get(language, {})
    before = frozenset(words_of(written) for written in lists.get("before", ()))
    after = frozenset(words_of(written) for written in lists.get("after", ()))
    longest = max((len(words) for words in before | after), default=0)
    hesitations, negations, unfinished = (
        frozenset(lists.get(name, ())) for name in ("hesitations", "negations", "unfinished")
    )
    return _Small(before, after, hesitations, negations, unfinished, longest)


def words_of(text: str) -> Words:
    """The words of a transcript, in small letters; apostrophes and hyphens inside a word stay, other signs go."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'").replace("œ", "oe")))


def readings(words: Words, language: str) -> tuple[Words, ...]:
    """What may have been meant: the words as they are, then with fewer and fewer of the small words around them.

    A word said several times in a row counts once. At least one word is left.
    """
    small = _small(language)
    once = tuple(word for place, word in enumerate(words) if not place or words[place - 1] != word)
    found: dict[Words, None] = {words: None, once: None}
    for start in _peeled(once, small.before, small.longest, from_start=True):
        for whole in _peeled(start, small.after, small.longest, from_start=False):
            found[whole] = None
    return tuple(found)


def _peeled(words: Words, patterns: frozenset[Words], longest: int, *, from_start: bool) -> list[Words]:
    left = [words]
    while True:
        now = left[-1]
        for length in range(min(longest, len(now) - 1), 0, -1):
            edge = now[:length] if from_start else now[-length:]
            if edge in patterns:
                left.append(now[length:] if from_start else now[:-length])
                break
        else:
            return left


def clauses(text: str, language: str) -> tuple[Words, ...]:
    """What is said between two stops or commas, without what is mere politeness or hesitation."""
    small = _small(language)
    found = (words_of(part) for part in _STOP.split(text))
    return tuple(words for words in found if words and words not in small.before and words not in small.after)


def only_hesitation(words: Words, language: str) -> bool:
    """Whether nothing at all was said yet: "euh", "alors"."""
    return _small(language).hesitations.issuperset(words)


def unfinished(words: Words, language: str) -> bool:
    """Whether the last word asks for another: "plus petit que" is the beginning of something, no "plus petit"."""
    return bool(words) and words[-1] in _small(language).unfinished


def negative(words: Words, language: str) -> bool:
    """Whether the words deny something. "ne … plus" does; "plus" alone does not ("plus fort")."""
    negations = _small(language).negations
    return any(word in negations or (word.startswith("n'") and "n'" in negations) for word in words)


def opposed(one: Words, other: Words, language: str) -> bool:
    """Whether one says "plus" where the other says "moins": such a pair sounds alike and means the contrary."""
    for sides in _OPPOSED.get(language, ()):
        mine = {place for place, side in enumerate(sides) if not side.isdisjoint(one)}
        theirs = {place for place, side in enumerate(sides) if not side.isdisjoint(other)}
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    return False
