# SPDX-License-Identifier: EUPL-1.2
"""What is typed: limits, groups, and what is understood."""

from __future__ import annotations

from datetime import date

import pytest

from content.model import AnswerFormat, Question
from kiosk.screens.typing import accepts, grouped, limit, understand
from kiosk.words import words_in

W = words_in("fr")
TODAY = date(2026, 11, 21)
DATE = Question(AnswerFormat.DATE, past_only=True)
NUMBER = Question(AnswerFormat.NUMBER, at_least=0, at_most=20, unit="enfants")
TEXT = Question(AnswerFormat.TEXT, max_length=12)


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        (NUMBER, "0612345678", "06\u00a012\u00a034\u00a056\u00a078\u00a0enfants"),
        (Question(AnswerFormat.NUMBER), "12500", "12\u00a0500"),
        (Question(AnswerFormat.NUMBER), "500", "500"),
        (NUMBER, "", ""),
        (DATE, "1203", "12\u00a0/\u00a003\u00a0/\u00a0____"),
        (TEXT, "jean-paul", "Jean-paul"),
    ],
)
def test_groups(question: Question, typed: str, shown: str) -> None:
    assert grouped(question, typed) == shown


@pytest.mark.clause("WCAG 3.3.3")
@pytest.mark.parametrize(
    ("question", "typed", "value", "word"),
    [
        (DATE, "12031950", date(1950, 3, 12), ""),
        (DATE, "31022001", None, W.not_a_day),
        (DATE, "1203", None, "Écrivez huit chiffres\u00a0: le jour, le mois, l’année."),
        (DATE, "12032030", None, "Écrivez un jour déjà passé."),
        (DATE, "00000000", None, W.not_a_day),
        (NUMBER, "3", 3, ""),
        (NUMBER, "99", None, "Écrivez un nombre de 0 à 20."),
        (NUMBER, "", None, "Écrivez un nombre."),
        (Question(AnswerFormat.NUMBER, at_least=5), "2", None, "Écrivez 5 ou plus."),
        (Question(AnswerFormat.NUMBER, at_most=5), "9", None, "Écrivez 5 ou moins."),
        (TEXT, "  jean   paul ", "Jean paul", ""),
        (TEXT, "   ", None, "Écrivez votre réponse."),
        (Question(AnswerFormat.DATE, at_least=date(2020, 1, 1)), "01011990", None,
         "Écrivez une date après le 01/01/2020."),
        (Question(AnswerFormat.DATE, at_most=date(2020, 1, 1)), "01012021", None,
         "Écrivez une date avant le 01/01/2020."),
    ],
)  # fmt: skip
def test_understanding(question: Question, typed: str, value: object, word: str) -> None:
    understood = understand(question, typed, TODAY, W)
    assert understood.value == value
    assert understood.word == word


def test_only_what_belongs_is_accepted() -> None:
    assert accepts(NUMBER, "4")
    assert not accepts(NUMBER, "a")
    assert not accepts(NUMBER, "²")
    assert not accepts(DATE, "/")
    assert accepts(TEXT, "é")
    assert not accepts(TEXT, "\x1b")
    assert not accepts(TEXT, "\u202e")


def test_limits() -> None:
    assert limit(DATE) == 8
    assert limit(TEXT) == 12
    assert limit(Question(AnswerFormat.NUMBER, max_length=400)) == 14
