# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from printouts.model import DeadlineLine
from printouts.reminder import reminder

PRINTED = date(2026, 11, 21)


def test_a_whole_day_event_that_rings_three_days_before_at_nine() -> None:
    ics = reminder(DeadlineLine("Déposez votre demande.", date(2027, 1, 4)), "K7RMX42A", 2, PRINTED)
    calendar = Calendar.from_ical(ics)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 1, 4)
    assert b"DTSTART;VALUE=DATE:20270104" in ics
    assert str(event["summary"]) == "Déposez votre demande"
    assert str(event["uid"]) == "22f4a8c7-2@pas-a-pas"
    assert event.decoded("dtstamp") == datetime(2026, 11, 21, tzinfo=UTC)
    (alarm,) = event.walk("VALARM")
    rings = datetime(2027, 1, 4) + alarm.decoded("trigger")
    assert rings == datetime(2027, 1, 1, 9)
    assert timedelta(days=2) < -alarm.decoded("trigger") < timedelta(days=4)


def test_same_bytes_for_the_same_deadline() -> None:
    deadline = DeadlineLine("Déposez.", date(2027, 1, 4))
    assert reminder(deadline, "A", 1, PRINTED) == reminder(deadline, "A", 1, PRINTED)


def test_a_hostile_text_adds_no_line_to_the_calendar() -> None:
    ics = reminder(DeadlineLine("Fin\r\nATTACH:file:///etc/passwd\nEND:VEVENT; x, y", PRINTED), "A", 1, PRINTED)
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    assert "attach" not in event
    assert str(event["summary"]) == "Fin ATTACH:file:///etc/passwd END:VEVENT; x, y"


def test_a_long_text_is_shortened_for_the_code() -> None:
    (event,) = Calendar.from_ical(reminder(DeadlineLine("mot " * 100, PRINTED), "A", 1, PRINTED)).walk("VEVENT")
    assert len(str(event["summary"])) <= 90
