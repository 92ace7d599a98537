# SPDX-License-Identifier: EUPL-1.2
"""The paper of an appointment read back: when, where, its number, and a code that a telephone understands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from printouts.appointment import AppointmentPaper
from printouts.model import Paper
from printouts.render import render
from tests.printouts import reading

PARIS = ZoneInfo("Europe/Paris")
APPOINTMENT = AppointmentPaper(
    code="K7RMX42A",
    site="France Services de Souillac",
    site_details=("12 avenue Gambetta, 46200 Souillac", "05 65 00 00 00"),
    begins=datetime(2026, 11, 30, 9, 30, tzinfo=PARIS),
    ends=datetime(2026, 11, 30, 10, 0, tzinfo=PARIS),
    subject="Carte d’identité",
    printed_on=date(2026, 11, 28),
)
BOTH = pytest.mark.parametrize("size", Paper)


def flat(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", reading.text(pdf))


@BOTH
def test_everything_is_written_on_one_page(size: Paper) -> None:
    pdf = render(APPOINTMENT, size)
    assert len(reading.reader(pdf).pages) == 1
    text = flat(pdf)
    for words in ("Votre rendez-vous", "lundi 30 novembre 2026, à 9 h 30", "Jusqu’à 10 h.", "Carte d’identité",
                  "France Services de Souillac", "12 avenue Gambetta", "K7RM X42A", "Imprimé le samedi"):  # fmt: skip
        assert words in text, words
    assert min(reading.sizes(pdf)) >= 14


@BOTH
def test_a_telephone_reads_the_code(size: Paper) -> None:
    (code,) = reading.codes(render(APPOINTMENT, size))
    (event,) = Calendar.from_ical(code).walk("VEVENT")
    assert event.decoded("dtstart") == APPOINTMENT.begins
    assert str(event["location"]) == "12 avenue Gambetta, 46200 Souillac"


def test_a_cancelled_one_says_so() -> None:
    assert "ANNULÉ" in flat(render(replace(APPOINTMENT, cancelled=True)))


def test_hostile_words_stay_words() -> None:
    pdf = render(replace(APPOINTMENT, subject="<b>x</b>\u202e<script>", site="<i>"))
    assert "<b>x</b><script>" in flat(pdf)


def test_the_same_paper_has_the_same_bytes() -> None:
    assert render(APPOINTMENT) == render(APPOINTMENT)
