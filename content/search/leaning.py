# SPDX-License-Identifier: EUPL-1.2
"""Which things a sentence leans towards, all its parts together: naive Bayes over the ways of each thing.

A way that resembles the sentence may do so by words that say nothing ("inscrire ma fille", where what counts is "à la
cantine"). Here each part (a word, a meaning, a run of sounds) counts by how much more often the ways of one thing hold
it than those of the others, and no single way needs to resemble the sentence. A word that the recogniser cut or
spoilt is only a few runs of sounds among many.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

SMOOTHING = 0.1
"""How often a part that a thing does not hold is held by it all the same (Lidstone's rule)."""

Parts = Mapping[str, float]
"""Part → how often, or how surely, it is there."""


class Leaning:
    """Counted once from the parts of every way."""

    def __init__(self, ways: Sequence[tuple[str, float, Parts]]) -> None:
        """``ways``: thing, weight, parts."""
        found = Counter(part for _, _, parts in ways for part in parts)
        self._rarity = {part: 1 + math.log((1 + len(ways)) / (1 + n)) for part, n in found.items()}
        self._rarest = 1 + math.log(1 + len(ways))
        held: dict[str, dict[str, float]] = {part: {} for part in found}
        total: dict[str, float] = defaultdict(float)
        for thing, weight, parts in ways:
            for part, value in self._scaled(parts).items():
                things = held[part]
                things[thing] = things.get(thing, 0.0) + weight * value
                total[thing] += weight * value
        self._held = held
        unseen = SMOOTHING * len(found)
        base = {thing: -math.log(amount + unseen) for thing, amount in total.items()}
        middle = sum(base.values()) / max(1, len(base))
        self._base = {thing: one - middle for thing, one in base.items()}

    def _scaled(self, parts: Parts) -> dict[str, float]:
        """The parts by their rarity; the whole is one long."""
        scaled = {part: times * self._rarity.get(part, self._rarest) for part, times in parts.items()}
        length = math.sqrt(sum(value * value for value in scaled.values())) or 1.0
        return {part: value / length for part, value in scaled.items()}

    def of(self, parts: Parts) -> dict[str, float]:
        """Thing → how much the sentence leans towards it: 0 for a thing like any other that holds none of it."""
        scaled = self._scaled(parts)
        known = sum(value for part, value in scaled.items() if part in self._held)
        leaning = {thing: base * known for thing, base in self._base.items()}
        for part, value in scaled.items():
            for thing, amount in self._held.get(part, {}).items():
                leaning[thing] += value * math.log(1 + amount / SMOOTHING)
        return leaning
