# SPDX-License-Identifier: EUPL-1.2
"""Which things a sentence leans towards, all its parts together: naive Bayes over the ways of each thing.

A way that resembles the sentence may do so by words that say nothing ("inscrire ma fille", where what counts is "à la
cantine"). Here each part (a word, a meaning, a run of sounds) counts by how much more often the ways of one thing hold
it than those of the others, and no single way needs to resemble the sentence. A word that the recogniser cut or
spoilt is only a few runs of sounds among many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, count

SMOOTHING = 0.1
"""How often a part that a thing does not hold is held by it all the same (Lidstone's rule)."""

SHORTEST = 1e-9
Parts = Mapping[str, float]
"""Part → how often, or how surely, it is there."""


class Leaning:
    """Counted once from the parts of every way."""

    def __init__(self, ways: Sequence[tuple[str, float, Parts]]) -> None:
        """``ways``: thing, weight, parts."""
        import numpy as np

        self._things = sorted({thing for thing, _, _ in ways})
        column = {thing: number for number, thing in enumerate(self._things)}
        lengths = np.fromiter((len(parts) for _, _, parts in ways), np.intp, len(ways))
        named = list(chain.from_iterable(parts for _, _, parts in ways))
        times = np.fromiter(chain.from_iterable(parts.values() for _, _, parts in ways), np.float64, len(named))
        rows = dict(zip(dict.fromkeys(named), count()))
        part = np.fromiter(map(rows.__getitem__, named), np.intp, len(named))
        way = np.repeat(np.arange(len(ways)), lengths)
        rarity = 1 + np.log((1 + len(ways)) / (1 + np.bincount(part, minlength=len(rows))))
        self._rows, self._rarity, self._rarest = rows, rarity, 1 + math.log(1 + len(ways))
        value = times * rarity[part]
        length = np.sqrt(np.bincount(way, value * value, minlength=len(ways)))
        weight = np.fromiter((weight for _, weight, _ in ways), np.float64, len(ways)) / np.maximum(length, SHORTEST)
        thing = np.fromiter((column[thing] for thing, _, _ in ways), np.intp, len(ways))
        cell = part * len(column) + thing[way]
        held = np.bincount(cell, value * weight[way], minlength=len(rows) * len(column))
        some = np.flatnonzero(held)  # One of thirty.
        learnt = np.zeros(len(held), np.float32)
        learnt[some] = np.log1p(held[some] / SMOOTHING)
        self._held = learnt.reshape(len(rows), -1)
        base = -np.log(held.reshape(len(rows), -1).sum(axis=0) + SMOOTHING * len(rows))
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
