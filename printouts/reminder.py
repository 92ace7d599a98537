# SPDX-License-Identifier: EUPL-1.2
"""A deadline or an appointment for a telephone's calendar: an iCalendar file (RFC 5545), and its QR code."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import segno
from icalendar import Alarm, Calendar, Event

from printouts.appointment import AppointmentPaper
from printouts.model import DeadlineLine
from printouts.typography import clean

WARNING = timedelta(days=2, hours=15)
"""How long before the day begins the telephone rings: three days before, at nine in the morning."""
DAY_BEFORE = timedelta(days=1)
"""How long before an appointment the telephone rings."""
LONGEST_SUMMARY = 90
"""Characters: beyond, the QR code becomes too dense for an old telephone and 80 mm of paper."""


def reminder(deadline: DeadlineLine, code: str, number: int, printed_on: date, alarm_word: str = "Rappel") -> bytes:
    """The iCalendar file of one deadline: a whole-day event with an alarm, the same bytes for the same receipt.

    ``number`` is the place of the deadline on the receipt, from 1; with ``code`` it makes the identifier (UID), so
    that scanning a duplicate replaces the event instead of doubling it. It does not tell the code, which opens the
    visit: calendars go far. ``alarm_word`` is in the language of the receipt.
    """
    event: Any = Event()  # icalendar leaves its values untyped
    event.add("uid", f"{sha256(code.encode()).hexdigest()[:8]}-{number}@pas-a-pas")
    event.add("dtstamp", _midnight(printed_on))
    event.add("dtstart", deadline.due)
    event.add("summary", _short(clean(deadline.text).rstrip(".")))
    _ring(event, WARNING, alarm_word)
    return _calendar(event)


def appointment_event(paper: AppointmentPaper) -> bytes:
    """The iCalendar file of an appointment, in UTC: no table of time zones makes its QR code dense.

    What it is about stays on the paper: others may look at a telephone.
    """
    event: Any = Event()
    event.add("uid", f"{paper.code}@pas-a-pas")
    event.add("dtstamp", _midnight(paper.printed_on))
    event.add("dtstart", paper.begins.astimezone(UTC))
    event.add("dtend", paper.ends.astimezone(UTC))
    event.add("summary", _short(f"Rendez-vous, {paper.site}"))
    if paper.site_details:
        event.add("location", _short(paper.site_details[0]))
    if paper.cancelled:
        event.add("sequence", 1)
        event.add("status", "CANCELLED")
    else:
        _ring(event, DAY_BEFORE, "Rappel")
    return _calendar(event)


def _short(text: str) -> str:
    text = clean(text)
    return text if len(text) <= LONGEST_SUMMARY else text[: LONGEST_SUMMARY - 1].rstrip() + "…"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _ring(event: Any, before: timedelta, word: str) -> None:
    alarm: Any = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", word)
    alarm.add("trigger", -before)
    event.add_component(alarm)


def _calendar(event: Any) -> bytes:
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
