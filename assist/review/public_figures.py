# SPDX-License-Identifier: EUPL-1.2
"""What a poster in the waiting room may say of a month that is over, without letting anybody be found. Pure.

What is told of procedures is made of the published records alone (:mod:`assist.review.open_data`): a poster beside the
public file tells nothing more of them. Of the people who came, a count is shown when both it and what it leaves reach
five. How many came has no fixed tie to how many procedures were begun (some begin none, some several): no count of the
file is found by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from assist.review.indicators import Sums
from assist.review.lab import Share
from assist.review.open_data import FACES, LEAST, Record
from assist.review.times import median


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Each None when too few, or nobody, is behind it."""

    people: int | None
    finished: Share | None
    """Of the procedures begun."""
    joined: int | None
    """People to whom somebody came."""
    wait_minutes: int | None
    """Half of those who called and saw somebody waited less, in whole minutes."""
    faces: tuple[int, int, int] | None
    """Happy, neutral, unhappy."""


def public_figures(sums: Sums, records: Iterable[Record], least: int = LEAST) -> PublicFigures:
    """The figures of a month from its sums and from what the public file says of it."""
    kept = list(records)
    people, joined = sums.counts.get("sessions", 0), sums.counts.get("joined", 0)
    seen = joined >= least and people - joined not in range(1, least)
    waited = median(sums.waits) if seen and sum(sums.waits.values()) >= least else None
    finished = [(record.shown["finished"], record.visits) for record in kept]
    shown = [(count, visits) for count, visits in finished if count is not None]
    faces = tuple(sum(record.shown[name] or 0 for record in kept) for name in FACES)
    return PublicFigures(
        people=people if people >= least else None,
        finished=Share(sum(count for count, _ in shown), sum(visits for _, visits in shown)) if shown else None,
        joined=joined if seen and people >= least else None,
        wait_minutes=None if waited is None else max(1, ceil(waited / 60)),
        faces=(faces[0], faces[1], faces[2]) if sum(faces) else None,
    )
