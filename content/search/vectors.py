# SPDX-License-Identifier: EUPL-1.2
"""Vectors of sentences: those of two sentences that mean alike are near, whatever their words.

The port that the second look needs (:mod:`content.search.second_look`), and how a vector travels and is called.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from content.search.folding import LONGEST

Vectors: TypeAlias = NDArray[np.float32]
"""One row a sentence; each row is one long."""


class SentenceVectors(Protocol):
    """What makes vectors of sentences."""

    @property
    def model(self) -> str:
        """Its name and version: vectors of two models are never compared."""
        ...

    def of(self, sentences: Sequence[str]) -> Vectors | None:
        """The vectors of ``sentences``; None when they cannot be had, or not in time."""
        ...


def readable(sentence: str) -> str:
    """The sentence as an engine may be given it: of a bounded length, without signs that mean nothing."""
    clean = "".join(char if char.isprintable() else " " for char in sentence[:LONGEST])
    return clean.encode("utf-8", "ignore").decode().strip() or "."


def key_of(sentence: str) -> str:
    """What a sentence is called in the file of vectors."""
    return hashlib.sha256(readable(sentence).encode()).hexdigest()[:32]


def packed(vectors: Vectors) -> list[str]:
    """As text, for a process to say."""
    return [base64.b64encode(row.tobytes()).decode() for row in np.asarray(vectors, "<f4")]


def unpacked(texts: Sequence[str]) -> Vectors:
    """Raises ValueError for what no :func:`packed` said."""
    return np.stack([np.frombuffer(base64.b64decode(text, validate=True), "<f4") for text in texts])
