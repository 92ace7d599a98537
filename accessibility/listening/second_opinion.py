# SPDX-License-Identifier: EUPL-1.2
"""Which command a sentence is, by what the model made of its sound and not by what it wrote (ADR 0175, 0176).

Where Whisper writes "Ma sœur" for "moins fort", the words are lost and the sound is not. Small networks, taught by
``benchmarks/teaching``, look at what its encoder made of the sentence. Those that learnt the ways we knew, and those
that went on to learn what other authors would say, must agree (ADR 0186). Their numbers, in half precision, are in
``second_opinion.npz``, the ones after the others: nothing of it is a recording or a text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from accessibility.listening.commands import COMMANDS
from accessibility.listening.networks import Network, Numbers, as_numbers, networks, softmax

FILE = Path(__file__).with_name("second_opinion.npz")
LANGUAGE = "fr"
"""The only one that they were taught."""
HALVES = 2
"""Those that were taught first, then those that went on from them."""
_POOLED = 2
"""Frames of the encoder, 20 ms each, that are taken together."""
LONGEST = 125
"""Pooled frames that are looked at: five seconds."""
REACHES = (1, 2, 4)
"""How far to each side, in pooled frames, the layers look, one after the other."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The command that a sentence most likely is, and how likely it is, 0 to 1, by the half of the networks that is
    less sure of it; ``shares``: how likely each command is to all of them together."""

    command: str
    likely: float
    shares: Mapping[str, float]


def opinion(seen: Numbers) -> Opinion:
    """What a sentence is, from the encoder's frames of it (frames × 512, those of the speech alone)."""
    looked_at = pooled(seen)
    if not len(looked_at):
        return Opinion(COMMANDS[0], 0.0, dict.fromkeys(COMMANDS, 0.0))
    said = np.array([_shares(network, looked_at) for network in networks(FILE)])
    agreed = said.reshape(HALVES, -1, len(COMMANDS) + 1).mean(axis=1).min(axis=0)[: len(COMMANDS)]
    best = int(agreed.argmax())
    together = said.mean(axis=0)
    shares = {command: float(together[place]) for place, command in enumerate(COMMANDS)}
    return Opinion(COMMANDS[best], float(agreed[best]), shares)


def pooled(seen: Numbers) -> Numbers:
    """The frames that the networks look at: each the mean of two, five seconds at most."""
    even = seen[: len(seen) // _POOLED * _POOLED]
    return as_numbers(even.reshape(-1, _POOLED, seen.shape[1]).mean(axis=1)[:LONGEST])


def _shares(network: Network, frames: Numbers) -> Numbers:
    """How likely each command is, and, last, that it is none."""
    hidden = _bent(
        as_numbers((frames - network["mean"]) / network["spread"] @ network["entry"]) + network["entry_bias"]
    )
    for number, reach in enumerate(REACHES):
        wide = np.pad(hidden, ((reach, reach), (0, 0)))
        around = np.concatenate([wide[: len(hidden)], hidden, wide[2 * reach :]], axis=1)
        hidden = hidden + _bent(around @ network[f"layer{number}"] + network[f"layer{number}_bias"])
    looked_at = softmax(as_numbers(hidden @ network["attention"]), axis=0)
    gathered = np.concatenate([(looked_at.T @ hidden).ravel(), hidden.max(axis=0)])
    return softmax(as_numbers(gathered @ network["answer"] + network["answer_bias"]), axis=0)


_HALFWAY = math.sqrt(2 / math.pi)


def _bent(x: Numbers) -> Numbers:
    """The gaussian error linear unit, by its usual approximation."""
    return as_numbers(0.5 * x * (1 + np.tanh(_HALFWAY * (x + 0.044715 * x * x * x))))
