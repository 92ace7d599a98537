# SPDX-License-Identifier: EUPL-1.2
"""How much each kind of evidence counts, as the tuning sentences say (``docs/decisions/0127``).

The weights are those of a conditional logit: the likelihood of a thing is the exponential of its weight, against that
of all others and of :data:`NOTHING`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from content.search.beyond import DISTRESS, ELSEWHERE, PUZZLED, SOMEONE
from content.search.index import Evidence

NOTHING = 1.75
"""What "none of them" weighs."""
_ENOUGH = 8.0
"""An amount of evidence beyond which more adds nothing."""
_SOMEONE, _ELSEWHERE = 0.89, 0.63
"""What these weigh more than a procedure of the same evidence."""


def weigh(thing: str, e: Evidence) -> float:
    """How likely it is that the sentence is about ``thing``.

    The ways of another matter have little to do with each other: one of them must explain the sentence alone.
    """
    if thing in (SOMEONE, PUZZLED, DISTRESS):
        return _weight(e, e.said, e.part, e.part_amount) + _SOMEONE
    if thing.startswith(ELSEWHERE):
        return _weight(e, e.said * e.part, e.part, e.part_amount) + _ELSEWHERE
    return _weight(e, e.said, e.known, e.amount)


def _weight(e: Evidence, said: float, known: float, amount: float) -> float:
    return (
        e.both * (0.90 + 0.65 * e.both)
        + 1.57 * said
        + 0.23 * known
        + 1.27 * min(1.0, amount / _ENOUGH)
        + 0.97 * e.words_lean
        + 0.90 * e.sounds_lean
    )


def together(weights: Iterable[float]) -> float:
    """What several things weigh together: a sentence that is a little of many other matters is none of ours."""
    return math.log(sum(map(math.exp, weights)) or math.ulp(0.0))


def mixed(several: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Thing → weight, of a sentence that may be one of several, each as likely as the others."""
    if len(several) == 1:
        return dict(several[0])
    likely = [likelihoods(weights) for weights in several]
    nothing = math.log(max(sum(1 - sum(one.values()) for one in likely), math.ulp(0.0)))
    summed = {thing: sum(one[thing] for one in likely) for thing in likely[0]}
    return {thing: NOTHING + math.log(max(part, math.ulp(0.0))) - nothing for thing, part in summed.items()}


def likelihoods(weights: Mapping[str, float]) -> dict[str, float]:
    """Thing → how likely it is to be what is meant, 0 to 1."""
    whole = together((*weights.values(), NOTHING))
    return {thing: math.exp(weight - whole) for thing, weight in weights.items()}
