# SPDX-License-Identifier: EUPL-1.2
"""How near a sentence is to every thing, by the vectors of the ways of asking for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from content.search.vector_file import Rows
from content.search.vectors import Vectors, key_of

_UNRELATED, _SPREAD = 0.8, 4.0
"""Cosines of this model lie between 0.8 and 1: they are spread from there."""
_SHARPNESS = 20.0
"""How much the nearest of the ways of a thing counts more than its others."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near each of ``things`` is: by its nearest way, and by all its ways together."""

    things: tuple[str, ...]
    nearest: Vectors
    together: Vectors


class Nearness:
    """The vectors of all ways, thing by thing."""

    def __init__(self, ways: Iterable[tuple[str, str, float]], rows: Rows) -> None:
        """Raises KeyError when ``rows`` lack one of ``ways``: nothing would be as near as it is."""
        ordered = sorted((thing, key_of(text)) for thing, text, _ in ways)
        names = [thing for thing, _ in ordered]
        self._things = tuple(dict.fromkeys(names))
        self._starts = np.searchsorted(np.array(names), np.array(self._things))
        self._matrix = np.array([rows[key] for _, key in ordered], np.float32)

    def of(self, vector: Vectors) -> Near:
        """How near the sentence of ``vector`` is to each thing."""
        likeness = (self._matrix @ vector - _UNRELATED) * _SPREAD
        nearest = np.maximum.reduceat(likeness, self._starts)
        summed = np.add.reduceat(np.exp(_SHARPNESS * (likeness - 1)), self._starts)
        return Near(self._things, nearest, np.asarray(1 + np.log(summed) / _SHARPNESS, np.float32))
