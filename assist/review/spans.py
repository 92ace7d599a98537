# SPDX-License-Identifier: EUPL-1.2
"""Days put together so that a drawing of any length can be read: by days, weeks, months or years. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAYS, _WEEKS, _MONTHS = 45, 190, 1100
"""The longest period, in days, that is drawn by days, by weeks, by months."""


class Grain(StrEnum):
    """What a bar stands for."""

    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, both included, and how many came."""

    first: date
    last: date
    count: int
    whole: bool
    """Whether the period asked for has all its days."""


def grain_of(since: date, until: date) -> Grain:
    """What is put together in a period of this length."""
    days = (until - since).days + 1
    if days <= _DAYS:
        return Grain.DAY
    return Grain.WEEK if days <= _WEEKS else Grain.MONTH if days <= _MONTHS else Grain.YEAR


def spans(counts: Mapping[date, int], since: date, until: date) -> tuple[Grain, tuple[Span, ...]]:
    """Every span of a period, oldest first, the empty ones too. A long period begins and ends where anybody came."""
    known = [day for day, count in counts.items() if count and since <= day <= until]
    if grain_of(since, until) is Grain.YEAR:
        if not known:
            return Grain.YEAR, ()
        since, until = max(since, date(min(known).year, 1, 1)), min(until, date(max(known).year, 12, 31))
    grain = grain_of(since, until)
    found: list[Span] = []
    first = _begins(since, grain)
    while first <= until:
        after = _next(first, grain)
        last = after - timedelta(days=1)
        count = sum(counts[day] for day in known if first <= day <= last)
        whole = since <= first and last <= until
        found.append(Span(max(first, since), min(last, until), count, whole))
        first = after
    return grain, tuple(found)


def _begins(day: date, grain: Grain) -> date:
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    if grain is Grain.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if grain is Grain.YEAR else day


def _next(first: date, grain: Grain) -> date:
    if grain is Grain.DAY:
        return first + timedelta(days=1)
    if grain is Grain.WEEK:
        return first + timedelta(days=7)
    return _begins(first + timedelta(days=31 if grain is Grain.MONTH else 366), grain)
