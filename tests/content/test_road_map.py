# SPDX-License-Identifier: EUPL-1.2
"""The road map: the right lines, the documents met, the dates."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.model import AnswerIs, DeadlineRule, Document, Possession, RoadMapLine, Section
from content.road_map import build, due_date
from tests.sample_procedures import MAIRIE, TODAY, sample_procedure

SAMPLE = sample_procedure()
TRAIL = ("accueil", "besoin", "perte", "naissance", "pieces", "mairie", "demande", "fin")


def test_a_lost_card() -> None:
    answers = {"besoin": "perdue", "pieces": {"photo": Possession.MISSING, "declaration": Possession.HAVE}}
    found = build(SAMPLE, TRAIL, answers, TODAY)
    assert [task.text for task in found.do] == ["Prenez un rendez-vous à la mairie."]
    assert [(d.name, d.possession) for d in found.bring] == [
        ("Une photo d'identité", Possession.MISSING),
        ("La déclaration de perte", Possession.HAVE),
    ]
    assert found.bring[0].where == ("Allez chez un photographe.",)
    assert [task.text for task in found.cost] == ["La carte coûte 25 euros."]
    assert [visit.place for visit in (*found.where, *found.contacts)] == [MAIRIE, MAIRIE]
    assert [(d.text, d.due) for d in found.deadlines] == [("Faites la photo avant cette date.", date(2026, 12, 6))]
    assert (found.procedure, found.title, found.source) == ("essai", SAMPLE.title, SAMPLE.sources[1])
    assert found.checked_on == date(2026, 10, 1)


def test_a_damaged_card() -> None:
    found = build(SAMPLE, TRAIL, {"besoin": "abimee", "enfants": 4}, TODAY)
    assert [(d.name, d.possession) for d in found.bring] == [
        ("Une photo d'identité", None),
        ("Votre ancienne carte", None),
    ]
    assert found.cost == ()
    assert [d.due for d in found.deadlines] == [date(2027, 5, 31)]


def test_documents_come_from_the_checklists_met_only() -> None:
    assert build(SAMPLE, ("accueil", "fin"), {}, TODAY).bring == ()
    twice = build(SAMPLE, (*TRAIL, *TRAIL), {}, TODAY)
    assert len(twice.bring) == 1


def test_a_document_of_two_checklists_comes_once_with_the_best_answer() -> None:
    again = replace(SAMPLE.steps["pieces"], id="encore")
    found = sample_procedure(steps={**SAMPLE.steps, "encore": again})
    answers = {"pieces": {"photo": Possession.MISSING}, "encore": {"photo": Possession.HAVE}}
    (document,) = build(found, ("pieces", "encore"), answers, TODAY).bring
    assert document.possession is Possession.HAVE
    (document,) = build(found, ("encore", "pieces"), answers, TODAY).bring
    assert document.possession is Possession.HAVE


def test_a_document_not_asked_for_does_not_come_even_if_it_was_ticked() -> None:
    never = Document("x", "Autre", "key", what=("C'est un papier.",), when=AnswerIs("besoin", ("rien",)))
    steps = {**SAMPLE.steps, "pieces": replace(SAMPLE.steps["pieces"], documents=(never,))}
    assert build(sample_procedure(steps=steps), TRAIL, {"pieces": {"x": Possession.HAVE}}, TODAY).bring == ()


DATES = [
    (DeadlineRule(after="today", days=15), {}, date(2026, 12, 6)),
    (DeadlineRule(after="today", months=3), {}, date(2027, 2, 21)),
    (DeadlineRule(after="d", months=1), {"d": date(2026, 12, 31)}, date(2027, 1, 31)),
    (DeadlineRule(after="d", months=1), {"d": date(2027, 1, 31)}, date(2027, 2, 28)),
    (DeadlineRule(after="d", months=1), {"d": date(2028, 1, 30)}, date(2028, 2, 29)),
    (DeadlineRule(after="d", months=12, days=1), {"d": date(2027, 2, 28)}, date(2028, 2, 29)),
    (DeadlineRule(after="d", days=5), {"d": date(2026, 1, 1)}, date(2026, 1, 6)),
    (DeadlineRule(after="d", days=5), {}, None),
    (DeadlineRule(after="d", days=5), {"d": "unknown"}, None),
    (DeadlineRule(after="d", months=5), {"d": date(9999, 12, 1)}, None),
    (DeadlineRule(after="d", days=50), {"d": date(9999, 12, 1)}, None),
    (DeadlineRule(on=date(2027, 5, 31)), {}, date(2027, 5, 31)),
    (DeadlineRule(on=TODAY), {}, TODAY),
    (DeadlineRule(on=TODAY - timedelta(days=1)), {}, None),
]


@pytest.mark.parametrize(("rule", "answers", "expected"), DATES)
def test_by_what_date(rule: DeadlineRule, answers: dict[str, date | str], expected: date | None) -> None:
    assert due_date(rule, answers, TODAY) == expected


LATE = "Le délai est passé : faites-le aujourd’hui."


@pytest.mark.parametrize(("born", "late"), [(date(2026, 11, 15), True), (date(2026, 11, 16), False)])
def test_a_deadline_that_is_past_is_no_date_but_something_to_do_today(born: date, late: bool) -> None:
    line = RoadMapLine(
        "cinq",
        Section.DEADLINE,
        "Avant cette date.",
        "key",
        deadline=DeadlineRule(after="naissance", days=5),
        late=LATE,
    )
    found = build(sample_procedure(road_map=(line,)), TRAIL, {"naissance": born}, TODAY)
    assert [task.text for task in found.when] == [LATE] * late
    assert [d.due for d in found.deadlines] == [TODAY] * (not late)


def test_documents_of_a_gesture_that_is_done_are_no_longer_to_be_brought() -> None:
    pieces = replace(SAMPLE.steps["pieces"], bring_unless=AnswerIs("demande", ("done",)))
    served = sample_procedure(steps={**SAMPLE.steps, "pieces": pieces})
    answers = {"besoin": "perdue", "pieces": {"photo": Possession.MISSING}}
    assert build(served, TRAIL, {**answers, "demande": "done"}, TODAY).bring == ()
    for other in ({}, {"demande": "stuck"}):
        assert build(served, TRAIL, {**answers, **other}, TODAY).bring == build(SAMPLE, TRAIL, answers, TODAY).bring


def test_deadlines_come_in_the_order_of_their_dates() -> None:
    answers = {"pieces": {"photo": Possession.MISSING}, "enfants": 3}
    found = build(SAMPLE, TRAIL, answers, TODAY)
    assert [d.due for d in found.deadlines] == [date(2026, 12, 6), date(2027, 5, 31)]


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 120))
def test_months_keep_the_day_or_take_the_last_one(start: date, months: int) -> None:
    due = due_date(DeadlineRule(after="d", months=months), {"d": start}, date(1999, 1, 1))
    assert due is not None
    assert (due.year - start.year) * 12 + due.month - start.month == months
    assert due.day == min(start.day, calendar.monthrange(due.year, due.month)[1])
