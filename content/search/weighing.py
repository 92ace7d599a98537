# SPDX-License-Identifier: EUPL-1.2
"""How much each kind of evidence counts, as the tuning sentences say (``docs/decisions/0100``).

The weights are those of a conditional logit: the likelihood of a thing is the exponential of its weight, against that
of all others and of :data:`NOTHING`.
"""

from __future__ import annotations

from content.search.beyond import DISTRESS, ELSEWHERE, SOMEONE
from content.search.index import Evidence

NOTHING = 4.5
"""What "none of them" weighs."""
_ENOUGH = 8.0
"""An amount of evidence beyond which more adds nothing."""


def weigh(thing: str, e: Evidence) -> float:
    """How likely it is that the sentence is about ``thing``.

    The ways of another matter have little to do with each other: one of them must explain the sentence alone.
    """
    if thing in (SOMEONE, DISTRESS):  # Who says something else besides wants that first.
        return _weight(e, e.said, e.part, e.part_amount, e.inside) + 3.02 - 3.0 * (1 - e.part)
    if thing.startswith(ELSEWHERE):
        return _weight(e, e.said * e.part, e.part, e.part_amount, e.inside * e.part) + 1.69 - 2.0 * (1 - e.part)
    return _weight(e, e.said, e.known, e.amount, e.inside)


def _weight(e: Evidence, said: float, known: float, amount: float, inside: float) -> float:
    return (
        e.both * (1.88 + 1.35 * e.both + 0.82 * e.sounds)
        + 2.49 * said
        + known * (1.26 + 0.67 * known)
        + 2.83 * min(1.0, amount / _ENOUGH)
        + e.sounds * (2.13 + 1.13 * e.sounds)
        + 2.59 * inside
    )
