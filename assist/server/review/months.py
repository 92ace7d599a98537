# SPDX-License-Identifier: EUPL-1.2
"""Months that are over: what a poster or a monthly report is made of."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assist.review.tally import EVERY_KIOSK
from assist.server.review.asked import Wanted
from assist.server.review.tables import DaySum

MOST = 24
"""How many months are offered, the newest first."""
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month."""

    year: int
    number: int
    """From 1."""

    @property
    def id(self) -> str:
        """As in "2026-11"."""
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        """As in "novembre 2026"."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def wanted(self) -> Wanted:
        """All its days."""
        return Wanted(date(self.year, self.number, 1), date(self.year, self.number, self.length))

    @property
    def length(self) -> int:
        """In days."""
        return monthrange(self.year, self.number)[1]

    @property
    def before(self) -> Month:
        """The month before."""
        day = date(self.year, self.number, 1) - timedelta(days=1)
        return Month(day.year, day.month)


def months_over(transaction: Session, today: date) -> list[Month]:
    """Those that are over, since anybody first came; the newest first."""
    first = transaction.scalar(select(func.min(DaySum.day)))
    found: list[Month] = []
    month = Month(today.year, today.month).before
    while first is not None and (month.year, month.number) >= (first.year, first.month) and len(found) < MOST:
        found.append(month)
        month = month.before
    return found


def months_met(transaction: Session, today: date) -> list[Month]:
    """Those that are over and in which anybody came, the oldest first."""
    days = select(DaySum.day).where(DaySum.kiosk == EVERY_KIOSK, DaySum.day < today.replace(day=1)).distinct()
    return sorted({Month(day.year, day.month) for day in transaction.scalars(days)})


def month_named(text: str, today: date) -> Month | None:
    """The month written "2026-11", when it is over; None otherwise."""
    year, _, number = text.partition("-")
    if len(text) != 7 or not (year.isdecimal() and year.isascii() and number.isdecimal() and number.isascii()):
        return None
    month = Month(int(year), int(number))
    if not month.year >= 2020 or not 1 <= month.number <= 12:
        return None
    return month if month < Month(today.year, today.month) else None
