# SPDX-License-Identifier: EUPL-1.2
"""What may be published: how many, by month and procedure, without letting anybody be found. Pure.

A count from 1 to 4 could be somebody that a neighbour knows. So:

- a month of a procedure begun fewer than five times is left out, whole;
- within one that is kept, a count is shown when it is zero, or when both it and what it leaves of the visits reach
  five; the faces are shown together or not at all, for they add up, with those who finished and gave none;
- nothing else is published: no total, no other way of cutting the same visits. A total that includes what was left out
  would give it back by subtraction; one that does not can be made by whoever reads the file;
- only months that are over; and what was told of a month once is told of it for ever, so that visits that arrive late
  are not found by subtracting two publications (:mod:`assist.server.review.publishing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

LEAST = 5
"""The smallest count that is shown, besides zero."""
SHARES = ("finished", "helped", "difficult")
FACES = ("happy", "neutral", "unhappy")
COLUMNS = ("month", "procedure", "visits", *SHARES, *FACES)


@dataclass(frozen=True, slots=True)
class Record:
    """A month of a procedure. None where a count is kept back."""

    month: str
    """As in "2026-11"."""
    procedure: str
    visits: int
    shown: Mapping[str, int | None]

    @property
    def cells(self) -> tuple[str | int | None, ...]:
        """In the order of :data:`COLUMNS`."""
        return (self.month, self.procedure, self.visits, *(self.shown[name] for name in (*SHARES, *FACES)))


def published(
    counts: Iterable[tuple[str, str, Mapping[str, int]]], today: date, least: int = LEAST
) -> Iterator[Record]:
    """The records of these months (as "2026-11"), procedures and counts that may be published ``today``."""
    for month, procedure, of in counts:
        visits = of.get("visits", 0)
        if month >= f"{today:%Y-%m}" or visits < least:
            continue
        shown: dict[str, int | None] = {name: _share(of.get(name, 0), visits, least) for name in SHARES}
        faces = {name: of.get(name, 0) for name in FACES}
        parts = [*faces.values(), visits - sum(faces.values())]
        if (finished := shown["finished"]) is not None:
            parts.append(abs(finished - sum(faces.values())))  # A face is given at the end, by who has finished.
        whole = all(part == 0 or part >= least for part in parts)
        shown |= faces if whole else dict.fromkeys(FACES)
        yield Record(month, procedure, visits, shown)


def _share(count: int, of: int, least: int) -> int | None:
    rest = of - count
    return count if (count == 0 or count >= least) and (rest == 0 or rest >= least) else None
