# SPDX-License-Identifier: EUPL-1.2
"""A deadline for a telephone's calendar: an iCalendar file (RFC 5545) and the QR code that carries it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import segno
from icalendar import Alarm, Calendar, Event

from printouts.model import DeadlineLine
from printouts.typography import clean

WARNING = timedelta(days=2, hours=15)
"""How long before the day begins the telephone rings: three days before, at nine in the morning."""
LONGEST_SUMMARY = 90
"""Characters: beyond, the QR code becomes too dense for an old telephone and 80 mm of paper."""


def reminder(deadline: DeadlineLine, code: str, number: int, printed_on: date, alarm_word: str = "Rappel") -> bytes:
    """The iCalendar file of one deadline: a whole-day event with an alarm, the same bytes for the same receipt.

    ``number`` is the place of the deadline on the receipt, from 1; with ``code`` it makes the identifier (UID), so
    that scanning a duplicate replaces the event instead of doubling it. ``alarm_word`` is in the language of the
    receipt.
    """
    summary = clean(deadline.text).rstrip(".")
    if len(summary) > LONGEST_SUMMARY:
        summary = summary[: LONGEST_SUMMARY - 1].rstrip() + "…"
    event: Any = Event()  # icalendar leaves its values untyped
    event.add("uid", f"{code}-{number}@pas-a-pas")
    event.add("dtstamp", datetime(printed_on.year, printed_on.month, printed_on.day, tzinfo=UTC))
    event.add("dtstart", deadline.due)
    event.add("summary", summary)
    alarm: Any = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", alarm_word)
    alarm.add("trigger", -WARNING)
    event.add_component(alarm)
    calendar: Any = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Pas a pas//FR")
    calendar.add_component(event)
    return cast(bytes, calendar.to_ical())


def qr_svg(data: bytes) -> bytes:
    """A QR code (error correction M) as an SVG picture, with its quiet zone of four modules."""
    out = io.BytesIO()
    # A fixed mask: trying the eight of them costs five times more, and readers take any (ISO/IEC 18004 §7.8).
    segno.make_qr(data, error="m", boost_error=False, mask=3).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue()
