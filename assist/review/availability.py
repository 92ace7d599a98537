# SPDX-License-Identifier: EUPL-1.2
"""How long kiosks and printers were there while the site was open. Pure.

A span is a beginning and an end, aware. Nothing is expected while the server itself did not run: nobody looked then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from assist.desk.appointments import Opening

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Attended:
    """Seconds of one kiosk, in some days."""

    expected: int = 0
    """The site was open, and the server ran."""
    linked: int = 0
    """Of these, the kiosk was linked to the server."""
    told: int = 0
    """Of these, it told how its printer was."""
    ready: int = 0
    """Of these, the printer could print."""

    def __add__(self, other: Attended) -> Attended:
        return Attended(
            self.expected + other.expected,
            self.linked + other.linked,
            self.told + other.told,
            self.ready + other.ready,
        )


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time, in order, without overlaps; spans without a length are left out."""
    found: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((begins, ends))
    return found


def common(first: Iterable[Span], second: Iterable[Span]) -> list[Span]:
    """The time that is in both."""
    others = merged(second)
    both = ((max(a, c), min(b, d)) for a, b in merged(first) for c, d in others if c < b and a < d)
    return merged(both)


def seconds(spans: Iterable[Span]) -> int:
    """How long they last, together, in whole seconds."""
    return int(sum(((ends - begins).total_seconds() for begins, ends in merged(spans)), 0.0))


def open_on(day: date, openings: Collection[Opening], closed: Collection[date], zone: tzinfo) -> list[Span]:
    """When the site is open on ``day``: all of it when no hours were written, never on the days of ``closed``."""
    if day in closed:
        return []
    if not openings:
        return [whole(day, zone)]
    hours = (opening for opening in openings if opening.weekday == day.weekday())
    return merged((_moment(day, o.begins, zone), _moment(day, o.ends, zone)) for o in hours)


def open_at(moment: datetime, openings: Collection[Opening], closed: Collection[date], zone: tzinfo) -> Span | None:
    """The span of opening in which ``moment`` is; None while the site is closed."""
    day = moment.astimezone(zone).date()
    return next((span for span in open_on(day, openings, closed, zone) if span[0] <= moment < span[1]), None)


def whole(day: date, zone: tzinfo) -> Span:
    """A day from midnight to midnight: 23 to 25 hours, as the clocks go."""
    return _moment(day, time(), zone), _moment(day + timedelta(days=1), time(), zone)


def attended(expected: Sequence[Span], linked: Iterable[Span], told: Iterable[Span], ready: Iterable[Span]) -> Attended:
    """What a kiosk was there for. ``told``: its printer was known to be well or not; ``ready``: it was well."""
    there = common(expected, linked)
    heard = common(there, told)
    return Attended(seconds(expected), seconds(there), seconds(heard), seconds(common(heard, ready)))


def _moment(day: date, wall: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, wall, zone).astimezone(UTC)
