# SPDX-License-Identifier: EUPL-1.2
"""How much each kind of evidence counts, as the tuning sentences say (``docs/decisions/0100``).

The weights are those of a conditional logit: the likelihood of a thing is the exponential of its weight, against that
of all others and of :data:`NOTHING`.
"""

from __future__ import annotations

from content.search.beyond import ELSEWHERE, SOMEONE
from content.search.index import Evidence

NOTHING = 4.08
"""What "none of them" weighs."""
_ENOUGH = 8.0
"""An amount of evidence beyond which more adds nothing."""


def weigh(thing: str, e: Evidence) -> float:
    """How likely it is that the sentence is about ``thing``."""
    if thing == SOMEONE:  # Who says something else besides wants that first.
        return _weight(e, e.part, e.part_amount) + 3.08 - 3.0 * (1 - e.part)
    if thing.startswith(ELSEWHERE):
        return _weight(e, e.part, e.part_amount) + 1.05 - 2.0 * (1 - e.part)
    return _weight(e, e.known, e.amount)


def _weight(e: Evidence, known: float, amount: float) -> float:
    """The ways of another matter have little to do with each other: only what one of them explains counts there."""
    return (
        e.both * (1.75 + 1.23 * e.both + 0.87 * e.sounds)
        + 2.07 * e.said
        + known * (1.41 + 0.92 * known)
        + 2.83 * min(1.0, amount / _ENOUGH)
        + e.sounds * (2.09 + 1.08 * e.sounds)
        + 2.21 * e.inside
    )
