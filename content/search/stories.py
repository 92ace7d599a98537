# SPDX-License-Identifier: EUPL-1.2
"""A long story is read part by part: what is wanted often comes at its end, after much that says nothing of it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from content.search.weighing import NOTHING, together

LONG = 30
"""Words from which a sentence is a story."""
_PART = 8
"""Words that a part has at least: a clause may be too short to say anything."""
_END = 800
"""Signs of a story that are read at each end."""
_MOST_PARTS = 20
_CUT = re.compile(r"[.,;:!?…\n]+|\b(?:alors|donc|mais|voilà|bref|enfin)\b", re.IGNORECASE)
_AND = re.compile(r"[,;]\s*|\s+(?:et|puis|and)\s+(?:aussi\s+|puis\s+|also\s+)?", re.IGNORECASE)
_MOST_NEEDS = 3
_AGAIN = 0.25
"""How much counts what is said again in another part."""
_BY_THE_WAY = 3.0
"""A story speaks of many things by the way: one must be this much clearer than in a sentence alone."""


def parts_of(text: str) -> tuple[str, ...]:
    """The clauses of a story, in order; none when the text is short."""
    if len(text) > 2 * _END:
        text = f"{text[:_END]} . {text[-_END:]}"
    if len(text.split()) < LONG:
        return ()
    parts: list[str] = []
    part: list[str] = []
    for clause in _CUT.split(text):
        if len(part) >= _PART:
            parts.append(" ".join(part))
            part = []
        part += clause.split()
        while len(part) > 2 * _PART:  # Said without a breath: the next part begins before this one ends.
            parts.append(" ".join(part[: 2 * _PART]))
            part = part[3 * _PART // 2 :]
    if part:
        parts.append(" ".join(part))
    return tuple(parts[: _MOST_PARTS // 2] + parts[_MOST_PARTS // 2 :][-_MOST_PARTS // 2 :])


def needs_of(text: str) -> tuple[str, ...]:
    """What a sentence asks for, one thing after the other; none when it says one thing only."""
    needs = tuple(filter(None, _AND.split(text.strip())))
    return needs[:_MOST_NEEDS] if len(needs) > 1 else ()


def pooled(parts: Sequence[Mapping[str, float]], elsewhere: Collection[str], at_once: str) -> dict[str, float]:
    """What each thing weighs in a story, from what it weighs in each part.

    In each part a thing is weighed against other matters; ``at_once`` is enough once, however little it is said.
    """
    clear: dict[str, list[float]] = {thing: [] for thing in parts[0] if thing not in elsewhere}
    for weights in parts:
        other = together((NOTHING, *(weights[thing] for thing in elsewhere)))
        for thing, found in clear.items():
            found.append(weights[thing] - other)
    return {
        thing: NOTHING + _whole(found) - (0.0 if thing == at_once else _BY_THE_WAY) for thing, found in clear.items()
    } | dict.fromkeys(elsewhere, -math.inf)


def _whole(found: Sequence[float]) -> float:
    best = max(found)
    return best + _AGAIN * (sum(max(0.0, one) for one in found) - max(0.0, best))
