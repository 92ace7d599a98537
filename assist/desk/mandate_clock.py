# SPDX-License-Identifier: EUPL-1.2
"""What time it is for a mandate, when the server's clock may jump. Pure.

Three rules. Time never goes back: the moment that counts is the highest ever seen. A clock that went back is not
believed: until somebody mends it, no mandate is used, since one that is over could look as if it were not. A clock that
leapt ahead is believed, since nobody can tell it from a server that was off; but the leap is written, so that a
technician sees what ended the mandates. How long papers are kept is counted in time that was lived
(ADR 0023): a leap erases nothing early.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

BACK = timedelta(hours=1)
"""How far behind the highest moment seen the clock may be and not be in doubt: the network puts so much right."""
AHEAD = timedelta(days=7)
"""A longer step is written as a leap: longer than a server of a site is usually off."""
LIVED = timedelta(days=31)
"""A longer step counts for nothing in the time that was lived, as in the kiosk's journal."""


class LeapKind(StrEnum):
    """What the clock did."""

    AHEAD = "ahead"
    BACK = "back"
    ACCEPTED = "accepted"
    """A technician said that the clock is right: from now on it is believed again."""


@dataclass(frozen=True, slots=True)
class Leap:
    """A step of the clock that somebody should know about."""

    kind: LeapKind
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class ClockMark:
    """What is remembered of the clock."""

    highest: datetime
    """The highest moment ever seen: what counts as now."""
    last: datetime
    """What the clock said last."""
    lived: timedelta = timedelta()
    """The sum of the steps forward that are no leap."""
    debt: timedelta = timedelta()
    """What the next steps forward pay first, after one back."""


def read(mark: ClockMark | None, clock: datetime) -> tuple[ClockMark, Leap | None]:
    """What is remembered once the clock says ``clock``, and the leap it made."""
    if mark is None:
        return ClockMark(highest=clock, last=clock), None
    step = clock - mark.last
    leap = None
    if step > AHEAD:
        leap = Leap(LeapKind.AHEAD, mark.last, clock)
    elif step < -BACK:
        leap = Leap(LeapKind.BACK, mark.last, clock)
    lived, debt = _lived(mark, step)
    return ClockMark(max(mark.highest, clock), clock, lived, debt), leap


def in_doubt(mark: ClockMark) -> bool:
    """Whether the clock is behind what was already seen: no mandate may be given, renewed or used."""
    return mark.highest - mark.last > BACK


def accept(mark: ClockMark) -> tuple[ClockMark, Leap]:
    """The clock is right, says a technician. What ended stays ended."""
    return replace(mark, highest=mark.last), Leap(LeapKind.ACCEPTED, mark.highest, mark.last)


DOUBT = (
    "L'horloge du serveur a reculé. Aucun mandat ne peut servir pour le moment. "
    "Demandez au technicien de vérifier l'heure."
)


def _lived(mark: ClockMark, step: timedelta) -> tuple[timedelta, timedelta]:
    if step < timedelta():
        return mark.lived, min(LIVED, mark.debt - step)
    if step > LIVED:
        return mark.lived, mark.debt
    paid = min(step, mark.debt)
    return mark.lived + step - paid, mark.debt - paid
