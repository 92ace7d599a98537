# SPDX-License-Identifier: EUPL-1.2
"""A second look at a sentence whose words leave a doubt: by what it means (``docs/decisions/0145``).

It is optional. Without it, while its vectors are being made, or when they do not come in time, words alone answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from content.search.beyond import ELSEWHERE, SOMEONE
from content.search.nearness import Near, Nearness
from content.search.vector_file import Rows
from content.search.vectors import SentenceVectors, Vectors
from content.search.weighing import NOTHING, likelihoods

SURE = 0.8
"""A procedure this likely by words needs no second look."""
_SOMEBODY = SOMEONE[0]
"""Begins the names of the ways to somebody."""
NUMBERS = (0.94, -0.1, 3.87, 3.97, 1.84, 0.87, 4.48, 0.0, 0.91, 4.98)
"""What each of :func:`columns` counts, then what "none of them" weighs: ``benchmarks.finding_second_look``."""
NUMBERS_HEARD = (0.85, -0.02, 2.55, 3.34, 0.37, -0.09, 2.54, -0.73, -0.02, 1.75)
"""The same of what a recogniser wrote: words that it took for others mean something else."""


CAREFUL = 0.5
"""What our procedures and somebody are given beyond the fit: a person who is refused wrongly has nothing to choose."""


def columns(near: Near, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Thing by thing: by words; by words, of other matters; by the nearest way; by all ways together; both again, of
    other matters; how far behind the nearest thing; whether it is somebody; whether it is another matter."""
    words = np.array([weights.get(thing, 0.0) for thing in near.things])
    some = np.array([thing.startswith(_SOMEBODY) for thing in near.things], float)
    other = np.array([thing.startswith(ELSEWHERE) for thing in near.things], float)
    nearest, together = near.nearest.astype(float), near.together.astype(float)
    behind = nearest - nearest.max()
    return np.stack(
        [words, words * other, nearest, together, nearest * other, together * other, behind, some, other], axis=1
    )


def _leaves_a_doubt(weights: Mapping[str, float]) -> bool:
    likely = likelihoods(weights).items()
    return max((part for thing, part in likely if not thing.startswith(ELSEWHERE)), default=1.0) < SURE


class ByMeaning:
    """The :data:`~content.search.finder.SecondLook` by the vectors of all ways."""

    def __init__(
        self,
        ways: Iterable[tuple[str, str, float]],
        rows: Rows,
        vectors: SentenceVectors,
        typed: Sequence[float] = NUMBERS,
        heard: Sequence[float] = NUMBERS_HEARD,
    ) -> None:
        """Raises KeyError when ``rows`` lack one of ``ways``."""
        self._nearness, self._vectors = Nearness(ways, rows), vectors
        self._typed, self._heard = np.array(typed), np.array(heard)

    def __call__(
        self, texts: Sequence[str], weights: Sequence[Mapping[str, float]], *, heard: bool
    ) -> Sequence[Mapping[str, float]]:
        """Thing → weight, on the scale of NOTHING, for each text. Vectors are waited for once; no text is kept."""
        doubtful = [at for at, weighed in enumerate(weights) if _leaves_a_doubt(weighed)]
        found = self._vectors.of([texts[at] for at in doubtful]) if doubtful else None
        if found is None:
            return weights
        again = list(weights)
        for at, vector in zip(doubtful, found, strict=True):
            again[at] = self._weighed(vector, weights[at], heard=heard)
        return again

    def _weighed(self, vector: Vectors, weights: Mapping[str, float], *, heard: bool) -> Mapping[str, float]:
        near = self._nearness.of(vector)
        *numbers, nothing = self._heard if heard else self._typed
        weighed = columns(near, weights) @ np.array(numbers) + (NOTHING - nothing)
        weighed += [0.0 if thing.startswith(ELSEWHERE) else CAREFUL for thing in near.things]
        found_again = zip(near.things, weighed.tolist(), strict=True)
        return {thing: weight for thing, weight in found_again if thing in weights}
