# SPDX-License-Identifier: EUPL-1.2
"""Appointments at the site: which slots the opening hours make, which of them are free, who may take or leave one.

A moment is aware. Opening hours are read on the wall clock of the site; a slot that a change of the hour would cut
short, lengthen or remove is not offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from assist.desk.mandates import Refusal

AHEAD = 30
"""Days, today included, for which an appointment may be taken."""
SHORTEST, LONGEST = 5, 240
"""Minutes of one appointment."""
MOST_PLACES = 20

_GONE = Refusal("Ce créneau vient d'être pris, ou n'existe plus. Choisissez-en un autre.")


@dataclass(frozen=True, slots=True)
class Opening:
    """One span of a weekday, cut into slots."""

    weekday: int
    """0 is Monday."""
    begins: time
    ends: time
    minutes: int
    """How long one appointment lasts."""
    places: int
    """How many people at once."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which people may come."""

    begins: datetime
    ends: datetime
    places: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One place of one slot, that somebody has."""

    begins: datetime
    ends: datetime
    place: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Free:
    """A slot, and how many places are left in it."""

    slot: Slot
    left: int


class State(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    MISSED = "missed"


def refused(new: Opening, others: Iterable[Opening]) -> Refusal | None:
    """Why ``new`` cannot stand beside ``others``; None when it can."""
    if new.weekday not in range(7):
        return Refusal("Choisissez un jour de la semaine.")
    if new.minutes not in range(SHORTEST, LONGEST + 1):
        return Refusal(f"Un rendez-vous dure de {SHORTEST} à {LONGEST} minutes.")
    if new.places not in range(1, MOST_PLACES + 1):
        return Refusal(f"On peut recevoir de 1 à {MOST_PLACES} personnes en même temps.")
    if not list(_walls(new)):
        return Refusal("L'heure de fin vient trop tôt : aucun rendez-vous ne tient entre les deux heures.")
    if any(o.weekday == new.weekday and o.begins < new.ends and new.begins < o.ends for o in others):
        return Refusal("Ces heures en recouvrent d'autres du même jour. Retirez d'abord les autres.")
    return None


def slots(openings: Iterable[Opening], closed: Collection[date], first: date, zone: tzinfo) -> list[Slot]:
    """Every slot of the :data:`AHEAD` days from ``first``, in order; none on the days of ``closed``."""
    made: list[Slot] = []
    each = list(openings)
    for day in (first + timedelta(days=n) for n in range(AHEAD)):
        if day not in closed:
            made += [slot for o in each if o.weekday == day.weekday() for slot in _slots_of(o, day, zone)]
    return sorted(made, key=lambda slot: slot.begins)


def free(offered: Iterable[Slot], taken: Collection[Taken], now: datetime) -> list[Free]:
    """Those of ``offered`` that are still to come and have a place left."""
    to_come = (slot for slot in offered if slot.begins > now)
    counted = (Free(slot, slot.places - len(_during(slot, taken))) for slot in to_come)
    return [each for each in counted if each.left > 0]


def book(wanted: datetime, offered: Iterable[Slot], taken: Collection[Taken], now: datetime) -> Taken | Refusal:
    """A place in the slot that begins at ``wanted``; or why there is none."""
    found = next((each.slot for each in free(offered, taken, now) if each.slot.begins == wanted), None)
    if found is None:
        return _GONE
    # Appointments taken before the hours changed may overlap from elsewhere: their places count, whatever their number.
    used = {other.place for other in _during(found, taken)}
    return Taken(found.begins, found.ends, next(n for n in range(1, len(used) + 2) if n not in used))


def cancel(state: State, begins: datetime, now: datetime) -> State | Refusal:
    """The person will not come: said before the hour, and the place is free again."""
    if state is not State.BOOKED:
        return Refusal("Ce rendez-vous est déjà annulé, ou noté « pas venu ».")
    return State.CANCELLED if now < begins else Refusal("L'heure est passée : touchez plutôt « Pas venu ».")


def miss(state: State, begins: datetime, now: datetime) -> State | Refusal:
    """The person did not come: said once the hour has come."""
    if state is not State.BOOKED:
        return Refusal("Ce rendez-vous est déjà annulé, ou noté « pas venu ».")
    return State.MISSED if now >= begins else Refusal("L'heure n'est pas encore venue : touchez plutôt « Annuler ».")


def _during(slot: Slot, taken: Iterable[Taken]) -> Sequence[Taken]:
    return [other for other in taken if other.begins < slot.ends and slot.begins < other.ends]


def _walls(opening: Opening) -> Iterable[tuple[time, time]]:
    """When each slot of a span begins and ends, on the wall clock."""
    day, length = date(2000, 1, 1), timedelta(minutes=opening.minutes)
    begins, last = datetime.combine(day, opening.begins), datetime.combine(day, opening.ends)
    while begins + length <= last:
        yield begins.time(), (begins + length).time()
        begins += length


def _slots_of(opening: Opening, day: date, zone: tzinfo) -> Iterable[Slot]:
    for first, last in _walls(opening):
        begins, ends = _moment(day, first, zone), _moment(day, last, zone)
        if begins is not None and ends is not None and ends - begins == timedelta(minutes=opening.minutes):
            yield Slot(begins, ends, opening.places)


def _moment(day: date, wall: time, zone: tzinfo) -> datetime | None:
    """The moment in UTC; None for an hour that the clocks jump over that day."""
    moment = datetime.combine(day, wall, zone).astimezone(UTC)
    return moment if moment.astimezone(zone).time() == wall else None
