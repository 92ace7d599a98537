# SPDX-License-Identifier: EUPL-1.2
"""Kiosks and printers in the review: how long they were there, kiosk by kiosk, and what their journals tell of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.review.availability import Attended, whole
from assist.review.lab import Share
from assist.server.kiosks.tables import StoredEvent
from assist.server.presence import reading
from assist.server.presence.tables import SERVER
from assist.server.review.asked import Wanted
from assist.server.review.words import NOTHING
from assist.server.site import HERE
from assist.server.spreadsheets import Sheet
from assist.session.events import KioskStarted, KioskStopped
from printouts.typography import NBSP

_STARTED, _STOPPED = KioskStarted.description.type, KioskStopped.description.type
_COLUMNS = ("jour", "borne", "minutes attendues", "minutes reliées", "minutes où l'imprimante est connue", "prête")
_HOURS = "Les bornes sont attendues pendant les horaires des rendez-vous."
_ALWAYS = "Aucun horaire n'est écrit à la page « Rendez-vous » : les bornes sont attendues jour et nuit."


class Shares(TypedDict):
    """What :class:`assist.review.indicators.Sums` has of it."""

    kiosks: Share | None
    printers: Share | None


@dataclass(frozen=True, slots=True)
class Machine:
    """One kiosk, in words. ``starts`` and ``abrupt`` are what its journal tells."""

    kiosk: str
    expected: str
    linked: str
    away: str
    ready: str
    starts: int
    abrupt: int


def shares(transaction: Session, wanted: Wanted) -> Shares:
    """How long kiosks and printers were there; nothing when the question is about people rather than machines."""
    if wanted.procedure or wanted.language or wanted.origin:
        return {"kiosks": None, "printers": None}
    found = _wanted(transaction, wanted)
    one = sum(found.values(), Attended())
    return {
        "kiosks": Share(one.linked // 60, one.expected // 60),
        "printers": Share(one.ready // 60, one.told // 60),
    }


def lines(transaction: Session, wanted: Wanted) -> list[Machine]:
    """Each kiosk that was expected in these days."""
    starts, abrupt = _starts(transaction, wanted.since, wanted.until)
    return [
        Machine(
            kiosk=kiosk,
            expected=hours_words(one.expected),
            linked=_share(one.linked, one.expected),
            away=hours_words(one.expected - one.linked),
            ready=_share(one.ready, one.told),
            starts=starts[kiosk],
            abrupt=abrupt[kiosk],
        )
        for kiosk, one in _wanted(transaction, wanted).items()
    ]


def sheet(transaction: Session, wanted: Wanted) -> Sheet:
    """A line a day and kiosk, in minutes."""
    days = sorted(reading.by_day(transaction, wanted.since, wanted.until).items())
    rows = (
        [f"{day}", kiosk, *(seconds // 60 for seconds in (one.expected, one.linked, one.told, one.ready))]
        for (day, kiosk), one in days
        if kiosk != SERVER and wanted.kiosk in ("", kiosk)
    )
    return Sheet("Bornes", _COLUMNS, rows)


def expected_words(transaction: Session) -> str:
    """When kiosks are expected."""
    return _HOURS if reading.hours_are_written(transaction) else _ALWAYS


def hours_words(seconds: int) -> str:
    """As in "12 min", "9 h 05"."""
    minutes = round(seconds / 60)
    return f"{minutes}{NBSP}min" if minutes < 60 else f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}"


def _share(seconds: int, of: int) -> str:
    """Cut, not rounded: "100 %" says that nothing was missed."""
    return f"{100 * seconds // of}{NBSP}%" if of else NOTHING


def _wanted(transaction: Session, wanted: Wanted) -> dict[str, Attended]:
    found = reading.by_kiosk(transaction, wanted.since, wanted.until)
    return {kiosk: one for kiosk, one in found.items() if wanted.kiosk in ("", kiosk)}


def _starts(transaction: Session, since: date, until: date) -> tuple[Counter[str], Counter[str]]:
    """Kiosk -> how often it started, and how often it had stopped without a word before; by what came in these days."""
    came = StoredEvent.came_at.between(whole(since, HERE)[0], whole(until, HERE)[1])
    rows = select(StoredEvent.kiosk, StoredEvent.journal, StoredEvent.type)
    rows = rows.where(StoredEvent.type.in_((_STARTED, _STOPPED)), came)
    starts, abrupt = Counter[str](), Counter[str]()
    before: dict[str, str] = {}
    for kiosk, journal, type_ in transaction.execute(rows.order_by(StoredEvent.journal, StoredEvent.seq)):
        if type_ == _STARTED:
            starts[kiosk] += 1
            abrupt[kiosk] += before.get(journal) == _STARTED
        before[journal] = type_
    return starts, abrupt
