# SPDX-License-Identifier: EUPL-1.2
"""A second look at a sentence whose words leave a doubt: by what it means (``docs/decisions/0145``).

It is optional. Without it, while its vectors are being made, or when they do not come in time, words alone answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from content.search.beyond import DISTRESS, ELSEWHERE, SOMEONE
from content.search.nearness import Near, Nearness
from content.search.vector_file import Rows
from content.search.vectors import SentenceVectors
from content.search.weighing import NOTHING, likelihoods

SURE = 0.8
"""A procedure this likely by words needs no second look."""
NUMBERS = (0.89, -0.25, 3.76, 5.24, 2.83, 1.64, 4.21, -0.33, 0.12, 4.83)
"""What each of :func:`columns` counts, then what "none of them" weighs: ``benchmarks.finding_second_look``."""


def columns(near: Near, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Thing by thing: by words; by words, of other matters; by the nearest way; by all ways together; both again, of
    other matters; how far behind the nearest thing; whether it is somebody; whether it is another matter."""
    words = np.array([weights.get(thing, 0.0) for thing in near.things])
    some = np.array([thing in (SOMEONE, DISTRESS) for thing in near.things], float)
    other = np.array([thing.startswith(ELSEWHERE) for thing in near.things], float)
    nearest, together = near.nearest.astype(float), near.together.astype(float)
    behind = nearest - nearest.max()
    return np.stack(
        [words, words * other, nearest, together, nearest * other, together * other, behind, some, other], axis=1
    )


class ByMeaning:
    """The :data:`~content.search.finder.SecondLook` by the vectors of all ways."""

    def __init__(
        self,
        ways: Iterable[tuple[str, str, float]],
        rows: Rows,
        vectors: SentenceVectors,
        numbers: Sequence[float] = NUMBERS,
    ) -> None:
        """Raises KeyError when ``rows`` lack one of ``ways``."""
        self._nearness, self._vectors = Nearness(ways, rows), vectors
        self._numbers, self._nothing = np.array(numbers[:-1]), numbers[-1]

    def __call__(self, text: str, weights: Mapping[str, float]) -> Mapping[str, float]:
        """Thing → weight, on the scale of NOTHING. Nothing of the sentence is kept here."""
        likely = likelihoods(weights)
        if max((part for thing, part in likely.items() if not thing.startswith(ELSEWHERE)), default=1.0) >= SURE:
            return weights
        found = self._vectors.of((text,))
        if found is None:
            return weights
        near = self._nearness.of(found[0])
        weighed = columns(near, weights) @ self._numbers + (NOTHING - self._nothing)
        found_again = zip(near.things, weighed.tolist(), strict=True)
        return {thing: weight for thing, weight in found_again if thing in weights}
