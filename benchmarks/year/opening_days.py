# SPDX-License-Identifier: EUPL-1.2
"""When people come, to which kiosk and for what: opening hours, weekdays, holidays, seasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from assist.server.site import HERE

LAST_DAY = date(2026, 11, 28)
"""A Saturday."""
DAYS = 365
_CLOSED = {
    *((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    *((12, 24), (12, 31)),
}
_EASTER_AND_WHITSUN = {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}
_WEEK = (1.25, 1.1, 0.95, 1.0, 0.9, 0.35, 0.0)
_MONTHS = (1.1, 1.0, 1.05, 1.1, 1.1, 1.05, 0.75, 0.5, 1.2, 1.1, 1.05, 0.8)
_HOURS = {9: 0.8, 10: 1.3, 11: 1.2, 12: 0.3, 13: 0.5, 14: 1.2, 15: 1.2, 16: 0.9, 17: 0.3}
_SATURDAY = {9: 0.8, 10: 1.3, 11: 1.2}
_ASKED = {
    "carte-identite": 7.0, "passeport": 4.5, "france-travail": 6.0, "rsa": 5.0, "carte-grise": 4.0, "retraite": 4.0,
    "aide-logement": 5.0, "carte-vitale": 4.0, "declarer-revenus": 4.0, "prime-activite": 4.0, "titre-sejour": 3.5,
}  # fmt: skip
"""What is asked for more than the rest."""
_SEASONS: Mapping[str, Mapping[int, float]] = {
    "declarer-revenus": {4: 5.0, 5: 7.0, 6: 2.0},
    "payer-impots": {9: 5.0, 10: 3.0, 11: 2.0},
    "cheque-energie": {4: 4.0, 5: 3.0},
    "bourse-scolaire": {9: 7.0, 10: 4.0},
    "passeport": {3: 1.5, 4: 2.0, 5: 2.0, 6: 1.6},
    "voter": {2: 6.0, 3: 3.0},
    "arnaque": {12: 1.8, 1: 1.5},
}


@dataclass(frozen=True, slots=True)
class Open:
    """One day of one kiosk."""

    day: date
    kiosk: str
    people: int


def days(sessions: int, kiosks: Mapping[str, float], chance: Random) -> list[Open]:
    """The days of the year at each kiosk that is used: all of them have ``sessions`` people."""
    places: list[tuple[date, str]] = []
    weights: list[float] = []
    repaired = {kiosk: LAST_DAY - timedelta(days=chance.randint(20, 340)) for kiosk in kiosks}
    for back in range(DAYS - 1, -1, -1):
        day = LAST_DAY - timedelta(days=back)
        if (day.month, day.day) in _CLOSED or day in _EASTER_AND_WHITSUN:
            continue
        for kiosk, share in kiosks.items():
            broken = timedelta() <= repaired[kiosk] - day < timedelta(days=6)
            weight = 0.0 if broken else share * _WEEK[day.weekday()] * _MONTHS[day.month - 1]
            if weight:
                places.append((day, kiosk))
                weights.append(weight * chance.uniform(0.8, 1.25))
    whole, found, before = sum(weights), list[Open](), 0
    so_far = 0.0
    for (day, kiosk), weight in zip(places, weights, strict=True):
        so_far += weight
        through = round(sessions * so_far / whole)
        if through > before:
            found.append(Open(day, kiosk, through - before))
        before = through
    return found


def wanted(procedures: tuple[str, ...], month: int) -> list[float]:
    """How much each of them is asked for in a month."""
    return [_ASKED.get(name, 1.5) * _SEASONS.get(name, {}).get(month, 1.0) for name in procedures]


def moments(day: date, count: int, chance: Random) -> list[datetime]:
    """When ``count`` people begin, in order, while the doors are open; whole milliseconds."""
    hours = _SATURDAY if day.weekday() == 5 else _HOURS
    chosen = chance.choices(list(hours), list(hours.values()), k=count)
    opens = datetime.combine(day, time(), HERE)
    return sorted(opens + timedelta(hours=hour, milliseconds=chance.randrange(3_600_000)) for hour in chosen)


def kiosks(count: int, chance: Random) -> dict[str, float]:
    """Names of kiosks, and how much each is used."""
    return {f"borne-{n}": chance.uniform(0.5, 1.5) for n in range(1, count + 1)}
