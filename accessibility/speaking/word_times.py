# SPDX-License-Identifier: EUPL-1.2
"""When each word of a sound begins: as it is kept beside the sound, and guessed where nobody measured it. Pure.

A *word* here is a word as it is spoken: what :func:`words_of` finds in what
:func:`~accessibility.speaking.pronounce.for_the_ear` gives. Times are kept as parts of the sound's length (0 to 1): a
sound that is stretched to another rate keeps its words as they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, cast

from accessibility.speaking.pronounce_traced import Run

PRECISION = 5
"""Decimals kept: 0.1 ms of a sentence of ten seconds."""
PAUSES = {",": 4, ";": 5, ":": 5, ".": 8, "!": 8, "?": 8}
"""How long a voice rests after a mark, in letters; only for a guess."""


def words_of(said: str) -> list[str]:
    """The words that are heard, in their order; a mark alone is none."""
    return [word for word in said.split() if any(sign.isalnum() for sign in word)]


def after_marks(said: str) -> list[bool]:
    """For each word, whether a mark of punctuation stands before it: where a voice may rest."""
    found: list[bool] = []
    rest = False
    for piece in said.split():
        if any(sign.isalnum() for sign in piece):
            found.append(rest)
            rest = False
        rest = rest or piece[-1] in PAUSES
    return found


def packed(starts: Sequence[float], seconds: float) -> bytes:
    """What to keep beside a sound of that length, given when each word of :func:`words_of` begins, in seconds."""
    if seconds <= 0:
        return b""
    return json.dumps([round(min(max(start / seconds, 0.0), 1.0), PRECISION) for start in starts]).encode()


def unpacked(words: bytes, said: str, seconds: float) -> tuple[float, ...]:
    """When each word of ``said`` begins, in seconds; guessed when ``words`` do not tell."""
    parts: Any = None
    try:
        parts = json.loads(words) if words else None
    except ValueError:
        parts = None
    if not isinstance(parts, list) or len(cast(list[Any], parts)) != len(words_of(said)):
        return guessed(said, seconds)
    return tuple(float(part) * seconds for part in cast(list[float], parts))


def guessed(said: str, seconds: float) -> tuple[float, ...]:
    """As if every letter, and every pause, were as long as another."""
    words = words_of(said)
    lengths = [len(word) + 1 + PAUSES.get(word[-1], 0) for word in words]
    whole = sum(lengths) or 1
    return tuple(seconds * before / whole for before in accumulate(lengths[:-1], initial=0)) if words else ()


def run_starts(runs: Sequence[Run], starts: Sequence[float]) -> list[tuple[float, Run]]:
    """When each run begins to be heard: its first word does. ``starts`` has one time a word of all the runs."""
    found: list[tuple[float, Run]] = []
    word = 0
    for run in runs:
        found.append((starts[word], run))
        word += len(words_of(run.said))
    return found
