# SPDX-License-Identifier: EUPL-1.2
"""Which things a sentence leans towards, all its parts together: naive Bayes over the ways of each thing.

A way that resembles the sentence may do so by words that say nothing ("inscrire ma fille", where what counts is "à la
cantine"). Here each part (a word, a meaning, a run of sounds) counts by how much more often the ways of one thing hold
it than those of the others, and no single way needs to resemble the sentence. A word that the recogniser cut or
spoilt is only a few runs of sounds among many.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMOOTHING = 0.1
"""How often a part that a thing does not hold is held by it all the same (Lidstone's rule)."""

SHORTEST = 1e-9
Parts = Mapping[str, float]
"""Part → how often, or how surely, it is there."""
Numbers: TypeAlias = "NDArray[np.intp]"


class Holding(NamedTuple):
    """Which parts each of many ways holds: one number a part that a way holds, each part once a way."""

    rows: Mapping[str, int]
    """Part → its number."""
    part: Numbers
    way: Numbers


class Leaning:
    """Counted once from the parts of every way."""

    def __init__(self, ways: Sequence[tuple[str, float]], holding: Holding) -> None:
        """``ways``: thing, weight; by their numbers in ``holding``."""
        import numpy as np

        rows, part, way = holding
        self._things = sorted({thing for thing, _ in ways})
        column = {thing: number for number, thing in enumerate(self._things)}
        rarity = 1 + np.log((1 + len(ways)) / (1 + np.bincount(part, minlength=len(rows))))
        self._rows, self._rarity, self._rarest = rows, rarity, 1 + math.log(1 + len(ways))
        value = rarity[part]
        length = np.sqrt(np.bincount(way, value * value, minlength=len(ways)))
        weight = np.fromiter((weight for _, weight in ways), np.float64, len(ways)) / np.maximum(length, SHORTEST)
        thing = np.fromiter((column[thing] for thing, _ in ways), np.intp, len(ways))[way]
        value *= weight[way]
        held = np.bincount(part * len(column) + thing, value, minlength=len(rows) * len(column))
        some = np.flatnonzero(held)  # One of thirty.
        learnt = np.zeros(len(held), np.float32)
        learnt[some] = np.log1p(held[some] / SMOOTHING)
        self._held = learnt.reshape(len(rows), -1)
        base = -np.log(np.bincount(thing, value, minlength=len(column)) + SMOOTHING * len(rows))
        self._base = base - base.mean()

    def of(self, parts: Parts) -> dict[str, float]:
        """Thing → how much the sentence leans towards it: 0 for a thing like any other that holds none of it."""
        import numpy as np

        rows = self._rows
        known = [(rows[part], times) for part, times in parts.items() if part in rows]
        if not known:
            return dict.fromkeys(self._things, 0.0)
        at = np.array([row for row, _ in known])
        values = np.array([times for _, times in known]) * self._rarity[at]
        unknown = sum(times * times for part, times in parts.items() if part not in rows) * self._rarest**2
        values /= math.sqrt(float(values @ values) + unknown)
        leaning = self._base * values.sum() + values @ self._held[at]
        return dict(zip(self._things, leaning.tolist(), strict=True))


def holding(ways: Sequence[Collection[str]]) -> Holding:
    """What each way holds, of its parts by their names; no part twice."""
    import numpy as np

    named = list(chain.from_iterable(ways))
    rows = dict(zip(dict.fromkeys(named), count()))
    part = np.fromiter(map(rows.__getitem__, named), np.intp, len(named))
    return Holding(rows, part, np.repeat(np.arange(len(ways)), [len(parts) for parts in ways]))
