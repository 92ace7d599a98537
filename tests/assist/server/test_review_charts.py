# SPDX-License-Identifier: EUPL-1.2
"""Which drawings are made, and what they say: nothing of nothing, and small numbers as such."""

from __future__ import annotations

from datetime import date, timedelta

from assist.review.indicators import Sums
from assist.review.times import time_class
from assist.server.review import charts
from assist.server.review.asked import Wanted
from printouts.charts.drawing import drawn

DAY = date(2026, 11, 30)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_nothing_is_drawn_of_nothing() -> None:
    assert charts.charts(Wanted(DAY, DAY), Sums(), {}, {}, {}) == ()
    assert charts.attendance(Wanted(DAY, DAY), {DAY: 9}) is None, "one number is no drawing"


def test_a_year_is_drawn_by_months_and_says_which_are_not_whole() -> None:
    days = {DAY - timedelta(days=number): 10**6 for number in range(365)}
    year = charts.attendance(Wanted(DAY - timedelta(days=364), DAY), days)
    assert year is not None
    assert len(year.marks) == 12
    assert year.title == "Personnes venues, par mois"
    assert sum(bar.value for bar in year.marks) == 365 * 10**6
    assert drawn(year).height < 400
    cut = charts.attendance(Wanted(DAY - timedelta(days=200), DAY), days)
    assert cut is not None
    assert "n'est pas entière" in cut.sentence
    assert cut.table.lines[0][0].endswith("(pas entière)")


def test_the_faces_of_few_are_hollow() -> None:
    few = charts.faces(Sums(counts={"happy": 1, "unhappy": 2}))
    assert few is not None
    assert few.sentence == "1 content sur 3 avis donnés. Moins de 20 cas : n'en tirez rien seul."
    assert [(bar.value, bar.few) for bar in few.marks] == [(1, True), (0, True), (2, True)]
    many = charts.faces(Sums(counts={"happy": 30, "neutral": 10}))
    assert many is not None
    assert not many.marks[0].few
    assert plain(many.marks[0].said) == "30 (75 %)"


def test_durations_have_their_quarters_and_the_table_has_all() -> None:
    spread = {time_class(seconds): 10 for seconds in (60, 120, 240, 480)}
    found = charts.durations({f"p{number}": spread for number in range(10)} | {"rare": {time_class(60): 1}}, {})
    assert found is not None
    assert len(found.marks) == charts.MOST_PROCEDURES
    assert len(found.table.lines) == 11
    assert "le tableau les a toutes" in found.sentence
    first = found.marks[0]
    assert first.low < first.middle < first.high
    assert found.table.lines[-1][:2] == ("rare", "1 (peu de cas)")


def test_every_wait_is_in_one_bar() -> None:
    waits = {time_class(seconds): 5 for seconds in (1, 59, 90, 200, 500, 1000, 5000, 90_000)}
    found = charts.waits(Sums(waits=waits))
    assert found is not None
    assert sum(bar.value for bar in found.marks) == sum(waits.values())
    assert [bar.label for bar in found.marks][-1] == "Plus de 20 minutes"
    assert found.marks[-1].value == 10
