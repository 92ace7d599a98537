# SPDX-License-Identifier: EUPL-1.2
"""What is typed at an ``ask`` step."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import text_rules
from content.model import AnswerFormat, Question
from content.typed_answers import ENGLISH_MONTHS, MONTHS, AnswerFault, parse_answer
from tests.sample_procedures import TODAY

DATE = Question(AnswerFormat.DATE, at_least=date(1900, 1, 1), past_only=True)
FUTURE = Question(AnswerFormat.DATE, at_most=date(2030, 12, 31))
NUMBER = Question(AnswerFormat.NUMBER, at_least=1, at_most=20_000, unit="personnes")
TEXT = Question(AnswerFormat.TEXT, max_length=10)

GOOD = [
    (DATE, "15/03/1990", date(1990, 3, 15)),
    (DATE, "15-3-1990", date(1990, 3, 15)),
    (DATE, "15 03 1990", date(1990, 3, 15)),
    (DATE, "15.03.1990", date(1990, 3, 15)),
    (DATE, "15 / 03 / 1990", date(1990, 3, 15)),
    (DATE, "15031990", date(1990, 3, 15)),
    (DATE, "1990-03-15", date(1990, 3, 15)),
    (DATE, " 15 mars 1990 ", date(1990, 3, 15)),
    (DATE, "le 1er Août 1990", date(1990, 8, 1)),
    (DATE, "1er aout 1990", date(1990, 8, 1)),
    (DATE, "3 févr. 1990", date(1990, 2, 3)),
    (DATE, "25 DÉCEMBRE 1950", date(1950, 12, 25)),
    (DATE, "15 March 1990", date(1990, 3, 15)),
    (DATE, "the 1st of August 1990", date(1990, 8, 1)),
    (DATE, "December 25, 1950", date(1950, 12, 25)),
    (DATE, "3 feb 1990", date(1990, 2, 3)),
    (DATE, "2 jul 1990", date(1990, 7, 2)),
    (DATE, "29/02/2024", date(2024, 2, 29)),
    (DATE, "21/11/2026", TODAY),
    (FUTURE, "31/12/2030", date(2030, 12, 31)),
    (NUMBER, "12", 12),
    (NUMBER, " 1 200 ", 1200),
    (NUMBER, "1\u00a0200", 1200),
    (NUMBER, "1\u202f200 €", 1200),
    (NUMBER, "850 euros", 850),
    (NUMBER, "4 personnes", 4),
    (NUMBER, "007", 7),
    (Question(AnswerFormat.NUMBER), "-5", -5),
    (TEXT, "  Anne   Li ", "Anne Li"),
    (TEXT, "Zoe\u0301", "Zoé"),
    (TEXT, "a" * 10, "a" * 10),
]
BAD = [
    (DATE, "", "empty"),
    (DATE, "   ", "empty"),
    (DATE, "hier", "not-a-date"),
    (DATE, "15 mar 1990 soir", "not-a-date"),
    (DATE, "15 ma 1990", "not-a-date"),
    (DATE, "15 jui 1990", "not-a-date"),
    (DATE, "15/03/90", "short-year"),
    (DATE, "15 mars 90", "short-year"),
    (DATE, "15 of march 90", "short-year"),
    (DATE, "03/15/1990", "no-such-day"),
    (DATE, "March 1990", "not-a-date"),
    (DATE, "30/02/1990", "no-such-day"),
    (DATE, "15/13/1990", "no-such-day"),
    (DATE, "00/00/0000", "no-such-day"),
    (DATE, "22/11/2026", "future"),
    (DATE, "01/01/1899", "too-early"),
    (FUTURE, "01/01/2031", "too-late"),
    (DATE, "1٥/03/1990", "not-a-date"),
    (NUMBER, "douze", "not-a-number"),
    (NUMBER, "12,5", "decimal"),
    (NUMBER, "12.50 €", "decimal"),
    (NUMBER, "0", "too-small"),
    (NUMBER, "20 001", "too-large"),
    (NUMBER, "9" * 30, "too-long"),
    (NUMBER, "٣", "not-a-number"),
    (NUMBER, "1e5", "not-a-number"),
    (TEXT, "a" * 11, "too-long"),
    (TEXT, "a" * 10_000_000, "too-long"),
    (TEXT, "a\x1b[0m", "characters"),
    (TEXT, "a\u202eb", "characters"),
    (TEXT, "\u200b", "characters"),
    (TEXT, "a\x00b", "characters"),
]


@pytest.mark.parametrize(("question", "typed", "expected"), GOOD)
def test_what_is_understood(question: Question, typed: str, expected: object) -> None:
    assert parse_answer(question, typed, TODAY) == expected


@pytest.mark.parametrize(("question", "typed", "code"), BAD, ids=lambda value: str(value)[:20].encode("unicode_escape"))
def test_what_is_not_taken_is_said_calmly(question: Question, typed: str, code: str) -> None:
    fault = parse_answer(question, typed, TODAY)
    assert isinstance(fault, AnswerFault)
    assert fault.code == code
    parts = fault.sentence.replace("\u00a0: ", " ").split(". ")
    assert 1 <= len(parts) <= 3
    for part in parts:
        assert text_rules.count_words(part) <= text_rules.SENTENCE_WORDS
    assert not any(
        word in fault.sentence.casefold() for word in ("invalide", "erreur", "faux", "incorrect", "interdit")
    )
    assert typed not in fault.sentence or len(typed) < 4


@given(st.text(max_size=250), st.sampled_from([DATE, FUTURE, NUMBER, TEXT, Question(AnswerFormat.NUMBER)]))
def test_anything_typed_gives_a_value_within_bounds_or_a_fault(typed: str, question: Question) -> None:
    value = parse_answer(question, typed, TODAY)
    if isinstance(value, AnswerFault):
        assert value.sentence.endswith(".")
    elif question.format is AnswerFormat.TEXT:
        assert isinstance(value, str)
        assert 0 < len(value) <= question.max_length
        assert parse_answer(question, value, TODAY) == value
        assert not list(text_rules.forbidden_characters(value))
    else:
        assert not isinstance(value, str)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d%m%Y", MONTHS, ENGLISH_MONTHS]),
)
def test_any_past_day_is_understood_in_every_way_of_writing_it(day: date, form: str | tuple[str, ...]) -> None:
    typed = day.strftime(form) if isinstance(form, str) else f"{day.day} {form[day.month - 1]} {day.year}"
    assert parse_answer(DATE, typed, TODAY) == day


@given(st.integers(1, 20_000))
def test_any_number_is_understood_with_or_without_spaces(number: int) -> None:
    for typed in (str(number), f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "\u202f") + " €"):
        assert parse_answer(NUMBER, typed, TODAY) == number
