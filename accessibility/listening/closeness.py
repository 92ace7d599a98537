# SPDX-License-Identifier: EUPL-1.2
"""How alike two strings of sounds are to the ear: a weighted edit distance, as a whole and word by word. Pure.

The weights follow the articulation of the sounds (place, manner, voice; height, backness, rounding, nasality): "p" is
nearer "b" than "s". They were set by hand from the phonetics of French and English, not fitted to recordings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

_VOWELS = {
    # height (0 open, 3 close), backness (0 front, 2 back), rounded, nasal
    "i": (3, 0, 0, 0),
    "y": (3, 0, 1, 0),
    "u": (3, 2, 1, 0),
    "ɪ": (2.7, 0.3, 0, 0),
    "ʊ": (2.7, 1.7, 1, 0),
    "e": (2, 0, 0, 0),
    "ø": (2, 0, 1, 0),
    "o": (2, 2, 1, 0),
    "ə": (1.5, 1, 0, 0),
    "ɜ": (1.4, 1, 0, 0),
    "ɐ": (0.5, 1, 0, 0),
    "ɛ": (1.5, 0, 0, 0),
    "œ": (1.5, 0.2, 1, 0),
    "ɔ": (1.5, 2, 1, 0),
    "ʌ": (1, 1.3, 0, 0),
    "æ": (0.5, 0, 0, 0),
    "a": (0, 0.8, 0, 0),
    "ɑ": (0, 1.2, 0, 0),
    "ɒ": (0, 2, 1, 0),
    "ɛ̃": (1, 0, 0, 1),
    "œ̃": (1, 0.2, 0.5, 1),
    "ɑ̃": (0.5, 1.6, 0.3, 1),
    "ɔ̃": (1.3, 2, 1, 1),
}
_CONSONANTS = {
    # place (0 lips … 6 glottis), manner (0 stop, 1 fricative, 2 nasal, 3 liquid, 4 glide), voiced
    "p": (0, 0, 0),
    "b": (0, 0, 1),
    "t": (2, 0, 0),
    "d": (2, 0, 1),
    "k": (4, 0, 0),
    "ɡ": (4, 0, 1),
    "f": (0.5, 1, 0),
    "v": (0.5, 1, 1),
    "θ": (1.5, 1, 0),
    "ð": (1.5, 1, 1),
    "s": (2, 1, 0),
    "z": (2, 1, 1),
    "ʃ": (2.7, 1, 0),
    "ʒ": (2.7, 1, 1),
    "h": (6, 1, 0),
    "m": (0, 2, 1),
    "n": (2, 2, 1),
    "ɲ": (3, 2, 1),
    "ŋ": (4, 2, 1),
    "l": (2, 3, 1),
    "ɹ": (2.5, 3, 1),
    "ʁ": (5, 3, 1),
    "j": (3, 4, 1),
    "ɥ": (3, 4, 1),
    "w": (3.5, 4, 1),
}
_MANNERS = {
    (0, 1): 0.45,
    (0, 2): 0.5,
    (0, 3): 0.6,
    (0, 4): 0.8,
    (1, 2): 0.6,
    (1, 3): 0.5,
    (1, 4): 0.6,
    (2, 3): 0.4,
    (2, 4): 0.6,
    (3, 4): 0.4,
}
_SAME_MOUTH = {
    frozenset(pair): cost
    for pair, cost in {("i", "j"): 0.3, ("u", "w"): 0.3, ("y", "ɥ"): 0.3, ("ʁ", "ɹ"): 0.1, ("ɥ", "w"): 0.2}.items()
}
_FAINT = {"ə": 0.3, "h": 0.4, "ʁ": 0.7, "l": 0.7, "j": 0.6, "t": 0.9, "d": 0.9, "z": 0.8, "n": 0.9}
"""What it costs to lose or add a sound that is easily not heard; any other costs 1."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How far two utterances are, 0 (the same to the ear) to 1: on the whole, and in the word that agrees least."""

    whole: float
    worst_word: float


def closeness(heard: Sequence[Sequence[str]], meant: Sequence[Sequence[str]]) -> Closeness:
    """Compare two utterances, each a list of words, each a list of sounds."""
    ours = [(sound, word) for word, sounds in enumerate(heard) for sound in sounds]
    theirs = [(sound, word) for word, sounds in enumerate(meant) for sound in sounds]
    if not ours or not theirs:
        return Closeness(float(bool(ours or theirs)), float(bool(ours or theirs)))
    table = _table([sound for sound, _ in ours], [sound for sound, _ in theirs])
    here, there = _shares(table, ours, theirs, len(heard), len(meant))
    words = [cost / max(2, len(sounds)) for cost, sounds in zip(there, meant, strict=True)]
    words += [cost / len(sounds) for cost, sounds in zip(here, heard, strict=True) if len(sounds) > 2]
    whole = min(1.0, table[-1][-1] / max(len(ours), len(theirs)))
    return Closeness(whole, min(1.0, max(words, default=whole)))


def _table(ours: Sequence[str], theirs: Sequence[str]) -> list[list[float]]:
    """Costs of turning each beginning of ``ours`` into each beginning of ``theirs``.

    Filled some thousand times for one long sentence: nothing is looked up twice in it.
    """
    absent = [missing(sound) for sound in theirs]
    above = [0.0, *accumulate(absent)]
    table = [above]
    for mine in ours:
        lost = missing(mine)
        left = above[0] + lost
        row = [left]
        costs = [instead(mine, sound) for sound in theirs]
        for corner, over, unheard, cost in zip(above, above[1:], absent, costs, strict=False):
            best = corner + cost
            if over + lost < best:
                best = over + lost
            if left + unheard < best:
                best = left + unheard
            left = best
            row.append(best)
        table.append(row)
        above = row
    return table


def _shares(
    table: list[list[float]],
    ours: list[tuple[str, int]],
    theirs: list[tuple[str, int]],
    heard_words: int,
    meant_words: int,
) -> tuple[list[float], list[float]]:
    """The cost borne by each word of either side, along the cheapest path."""
    here, there = [0.0] * heard_words, [0.0] * meant_words
    row, column = len(ours), len(theirs)
    while row or column:
        now = table[row][column]
        if row and column:
            cost = instead(ours[row - 1][0], theirs[column - 1][0])
            if abs(table[row - 1][column - 1] + cost - now) < 1e-9:
                row, column = row - 1, column - 1
                here[ours[row][1]] += cost
                there[theirs[column][1]] += cost
                continue
        if row and abs(table[row - 1][column] + missing(ours[row - 1][0]) - now) < 1e-9:
            row -= 1
            here[ours[row][1]] += missing(ours[row][0])
        else:
            column -= 1
            there[theirs[column][1]] += missing(theirs[column][0])
    return here, there


def missing(sound: str) -> float:
    """What it costs that ``sound`` is there on one side only."""
    return _FAINT.get(sound, 1.0)


@lru_cache(maxsize=4096)
def instead(one: str, other: str) -> float:
    """What it costs to hear ``one`` for ``other``, 0 to 1; symmetric."""
    if one == other:
        return 0.0
    near = _SAME_MOUTH.get(frozenset((one, other)))
    if near is not None:
        return near
    if one in _VOWELS and other in _VOWELS:
        a, b = _VOWELS[one], _VOWELS[other]
        cost = 0.27 * abs(a[0] - b[0]) + 0.2 * abs(a[1] - b[1]) + 0.25 * abs(a[2] - b[2]) + 0.4 * abs(a[3] - b[3])
        return min(0.9, max(0.1, cost))
    if one in _CONSONANTS and other in _CONSONANTS:
        c, d = _CONSONANTS[one], _CONSONANTS[other]
        first, second = sorted((c[1], d[1]))
        manner = _MANNERS.get((first, second), 0.0)
        return min(1.0, max(0.15, 0.17 * abs(c[0] - d[0]) + manner + 0.3 * abs(c[2] - d[2])))
    return 1.0
