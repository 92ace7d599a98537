# SPDX-License-Identifier: EUPL-1.2
"""How much each kind of evidence counts, as the tuning sentences say (``docs/decisions/0101``).

The weights are those of a conditional logit: the likelihood of a thing is the exponential of its weight, against that
of all others and of :data:`NOTHING`.
"""

from __future__ import annotations

from content.search.beyond import ELSEWHERE, SOMEONE
from content.search.index import Evidence

NOTHING = 3.79
"""What "none of them" weighs."""
_ENOUGH = 8.0
"""An amount of evidence beyond which more adds nothing."""


def weigh(thing: str, e: Evidence) -> float:
    """How likely it is that the sentence is about ``thing``."""
    weight = (
        e.both * (1.65 + 1.24 * e.both + 0.75 * e.sounds)
        + 2.19 * e.said
        + e.known * (1.07 + 0.53 * e.known)
        + 2.67 * min(1.0, e.amount / _ENOUGH)
        + e.sounds * (1.65 + 0.9 * e.sounds)
        + 1.99 * e.inside
    )
    if thing == SOMEONE:  # Who says something else besides wants that first.
        return weight + 2.59 - 3.0 * (1 - e.known)
    if thing.startswith(ELSEWHERE):
        return weight + 0.73 - 2.0 * (1 - e.known)
    return weight
