# SPDX-License-Identifier: EUPL-1.2
"""A period as a person types it. Pure: what it means depends on the day on which it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assist.server.review.asked import PERIODS
from assist.server.review.months import MONTHS, Month

_ALIASES = {
    "jour": "today", "ce jour": "today", "semaine": "week", "mois": "month", "an": "year", "année": "year",
    "1 an": "year", "7": "week", "30": "month", "365": "year",
} | {name.casefold(): id_ for id_, name in PERIODS.items()}  # fmt: skip
_COUNTED = re.compile(r"(\d{1,4}) ?(j|jours?|d|days?|s|sem|semaines?|w|weeks?|m|mois|months?|ans?|années?|y|years?)?")
_LENGTHS = {"j": 1, "d": 1, "s": 7, "w": 7, "m": 30, "a": 365, "y": 365}
"""Days of a unit, by its first letter; those of a month and of a year are those of the usual periods."""
_LONGEST = 3660
_WHOLE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_SLASHED = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")
_NAMED = re.compile(rf"(?:(\d{{1,2}})(?:er)? )?({'|'.join(MONTHS)}) (\d{{4}})")
_BETWEEN = re.compile(r" ?\.{2,} ?| ?… ?| ?: ?| au | à | to |(?<=\d{4}-\d{2}-\d{2})/")
_LAST_MONTH = {"mois dernier", "le mois dernier", "last month", "last-month"}
_THIS_MONTH = {"ce mois", "ce mois-ci", "this month"}


class NoSuchDay(Exception):
    """A date is written as one, and does not exist."""


def period(text: str, today: date) -> str | tuple[date, date] | None:
    """One of ``PERIODS``, or two days, both included; None when it is no period. Raises NoSuchDay."""
    word = " ".join(text.casefold().replace("’", "'").split())
    if (name := _ALIASES.get(word, word)) in PERIODS:
        return name
    if word in _LAST_MONTH:
        return _month(Month(today.year, today.month).before, today)
    if word in _THIS_MONTH:
        return _month(Month(today.year, today.month), today)
    if (counted := _COUNTED.fullmatch(word)) and not _is_year(word):
        days = int(counted[1]) * _LENGTHS[(counted[2] or "j")[0]]
        usual = _ALIASES.get(f"{days}")
        return usual or ((today - timedelta(days - 1), today) if 1 <= days <= _LONGEST else None)
    parts = _BETWEEN.split(word.removeprefix("du "))
    if len(parts) > 2 or not parts[0]:
        return None
    first = _days(parts[0], today)
    last = first if len(parts) == 1 else _days(parts[1], today) if parts[1] else (today, today)
    return None if first is None or last is None else (first[0], last[1])


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()


def _days(word: str, today: date) -> tuple[date, date] | None:
    """A year, a month or a day."""
    try:
        for year, month, day in _written(word):
            if day is not None:
                found = date(year, month or 0, day)
                return found, found
            if month is not None:
                return _month(Month(date(year, month, 1).year, month), today)
            return _so_far(date(year, 1, 1), date(year, 12, 31), today)
    except ValueError:
        raise NoSuchDay from None
    return None


def _written(word: str) -> Iterator[tuple[int, int | None, int | None]]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        year, month, day = word.split("-")
        yield int(year), int(month), int(day)
    if found := _WHOLE.fullmatch(word):
        yield int(found[1]), int(found[2]) if found[2] else None, None
    if found := _SLASHED.fullmatch(word):
        yield int(found[3]), int(found[2]), int(found[1]) if found[1] else None
    if found := _NAMED.fullmatch(word):
        yield int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]) if found[1] else None


def _month(month: Month, today: date) -> tuple[date, date]:
    return _so_far(date(month.year, month.number, 1), date(month.year, month.number, month.length), today)


def _so_far(first: date, last: date, today: date) -> tuple[date, date]:
    """A month or a year that is under way ends today: what is compared with the time before has the same length."""
    return first, today if first <= today <= last else last
