# SPDX-License-Identifier: EUPL-1.2
"""How much each kind of evidence counts, as the tuning sentences say (``docs/decisions/0101``).

The weights are those of a conditional logit: the likelihood of a thing is the exponential of its weight, against that
of all others and of :data:`NOTHING`.
"""

from __future__ import annotations

from content.search.beyond import ELSEWHERE, SOMEONE
from content.search.index import Evidence

NOTHING = 2.92
"""What "none of them" weighs."""
_ENOUGH = 8.0
"""An amount of evidence beyond which more adds nothing."""


def weigh(thing: str, e: Evidence) -> float:
    """How likely it is that the sentence is about ``thing``."""
    weight = (
        1.67 * e.both
        + 1.09 * e.both * e.both
        + 1.91 * e.said
        + 1.14 * e.known
        + 2.6 * min(1.0, e.amount / _ENOUGH)
        + 1.53 * e.sounds
        + 0.87 * e.sounds * e.sounds
        + 1.91 * e.inside
    )
    if thing == SOMEONE:
        return weight + 0.23
    return weight - 0.9 if thing.startswith(ELSEWHERE) else weight
