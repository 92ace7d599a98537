# SPDX-License-Identifier: EUPL-1.2
"""What a session adds to the sums of its day. Pure; the sums say nothing of anybody, and outlive the sessions.

Each sum is kept twice: for its kiosk, and for all of them together (``kiosk`` is then "").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assist.review.attendance import Attendance
from assist.review.times import time_class
from assist.review.visits import Visit

EVERY_KIOSK = ""
VISIT, WAIT = "visit", "wait"
"""What is timed, besides the steps: a visit that was finished, and who waited for somebody."""


class Where(NamedTuple):
    """What a sum is a sum of. ``procedure`` and ``content_hash`` are "" for sessions in which nothing was chosen."""

    day: date
    kiosk: str
    procedure: str
    content_hash: str
    language: str
    origin: str


@dataclass(slots=True)
class Tally:
    """Sums on their way to the database: each name counts visits, but for ``sessions`` and the endings."""

    days: dict[Where, Counter[str]] = field(default_factory=dict[Where, Counter[str]])
    steps: dict[tuple[Where, str], Counter[str]] = field(default_factory=dict[tuple[Where, str], Counter[str]])
    times: Counter[tuple[Where, str, int]] = field(default_factory=Counter[tuple[Where, str, int]])

    def add(self, person: Attendance, day: date) -> None:
        """Add a session that took place on ``day``, as the place counts its days."""
        for kiosk in (person.kiosk, EVERY_KIOSK):
            for number, visit in enumerate(person.visits or (None,)):
                where = Where(
                    day,
                    kiosk,
                    visit.procedure if visit else "",
                    visit.content_hash if visit else "",
                    person.language,
                    person.origin.value,
                )
                self.days.setdefault(where, Counter()).update(_of_day(person, visit, number))
                if number == 0 and person.waited is not None:
                    self.times[where, WAIT, time_class(person.waited)] += 1
                if visit is not None:
                    self._add_steps(where, visit)

    def _add_steps(self, where: Where, visit: Visit) -> None:
        if visit.finished:
            self.times[where, VISIT, time_class(visit.seconds)] += 1
        for step in visit.steps.values():
            self.times[where, timed(step.step), time_class(step.seconds)] += 1
            sums = self.steps.setdefault((where, step.step), Counter())
            sums["reached"] += 1
            sums.update(
                name for name in ("repeated", "explained", "helped", "difficulty", "abandoned") if getattr(step, name)
            )


def timed(step: str) -> str:
    """The name under which the time spent at a step is kept."""
    return f"step/{step}"


def tally(people: Iterable[tuple[Attendance, date]]) -> Tally:
    """The sums of these sessions."""
    sums = Tally()
    for person, day in people:
        sums.add(person, day)
    return sums


def _of_day(person: Attendance, visit: Visit | None, number: int) -> Iterator[str]:
    """What a session counts once is counted with the first procedure that was begun in it."""
    if number == 0:
        yield "sessions"
        yield person.ending.value
        if person.called:
            yield "called"
        if person.waited is not None:
            yield "joined"
    if visit is not None:
        yield "visits"
        if visit.finished:
            yield "finished"
        if visit.helped:
            yield "helped"
        if visit.difficulties:
            yield "difficult"
        if visit.face is not None:
            yield visit.face.value
