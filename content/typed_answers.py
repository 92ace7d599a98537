# SPDX-License-Identifier: EUPL-1.2
"""Understands what was typed at an ``ask`` step: a number, a date or a short text.

Figures are read day first, as France writes them; months may be named in French or in English. What does not fit is a
value, :class:`AnswerFault`, with a calm French sentence for the command line: never "réponse invalide", never a
reproach. The screens have their own words for it, in each language (:mod:`kiosk.words`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from content.model import AnswerFormat, Question
from content.text_rules import forbidden_characters

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MAX_TYPED = 200
"""Longer than anything that is asked: refused before it is looked at."""
MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """Why an answer was not taken. ``code`` is stable; ``sentence`` is French, for whoever walks at a command line."""

    code: str
    sentence: str


def parse_answer(question: Question, text: str, today: date) -> int | date | str | AnswerFault:
    """What was typed, as the value that goes into the answers, or why it is not taken.

    Args:
        question: what was asked, and within which bounds.
        text: what was typed.
        today: the day up to which a date may go when only the past is asked.
    """
    if len(text) > MAX_TYPED:
        return AnswerFault("too-long", "C'est un peu long. Gardez le plus important.")
    typed = " ".join(unicodedata.normalize("NFC", text).split())
    if any(True for _ in forbidden_characters(typed)):
        return AnswerFault("characters", "Un des signes ne passe pas. Tapez des lettres et des chiffres.")
    if not typed:
        return AnswerFault("empty", "Il n'y a rien encore. Tapez votre réponse.")
    if question.format is AnswerFormat.NUMBER:
        return _number(question, typed)
    if question.format is AnswerFormat.DATE:
        return _date(question, typed, today)
    if len(typed) > question.max_length:
        return AnswerFault("too-long", f"C'est un peu long. Gardez {question.max_length} signes au plus.")
    return typed


def _number(question: Question, typed: str) -> int | AnswerFault:
    bare = typed.casefold()
    for unit in (question.unit.casefold(), "euros", "euro", "€"):
        bare = bare.removesuffix(unit) if unit else bare
    bare = bare.replace(" ", "")
    if re.fullmatch(r"-?[0-9]+[.,][0-9]+", bare):
        return AnswerFault("decimal", "Tapez un nombre sans virgule. Par exemple : 12.")
    if not re.fullmatch(r"-?[0-9]+", bare):
        return AnswerFault("not-a-number", "Je n'ai pas compris ce nombre. Tapez seulement des chiffres.")
    if len(bare) > MAX_DIGITS:
        return AnswerFault("too-long", "Ce nombre est très long. Regardez-le encore.")
    value, low, high = int(bare), question.at_least, question.at_most
    if isinstance(low, int) and value < low:
        return AnswerFault("too-small", f"Ce nombre semble trop petit. Tapez {low} ou plus.")
    if isinstance(high, int) and value > high:
        return AnswerFault("too-large", f"Ce nombre semble trop grand. Tapez {high} ou moins.")
    return value


_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:er)?[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[ ./-]+([0-9]{1,2})[ ./-]+([0-9]{1,2})")
_KEYPAD = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_IN_WORDS = re.compile(
    r"(?:le |the )?(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)? (?:of )?(?P<month>[a-z]+)\.?,? (?P<year>[0-9]{4})"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})")
_SHORT_YEAR = re.compile(
    r"(?:le |the )?[0-9]{1,2}(?:er|st|nd|rd|th)?[ ./-]+(?:[0-9]{1,2}|(?:of )?[a-z]+)[ ./-]+[0-9]{2}"
)


def _date(question: Question, typed: str, today: date) -> date | AnswerFault:
    read = _read_date(typed)
    if isinstance(read, AnswerFault):
        return read
    low, high = question.at_least, question.at_most
    if question.past_only and read > today:
        return AnswerFault("future", "Cette date n'est pas encore passée. Regardez l'année.")
    if isinstance(low, date) and read < low:
        return AnswerFault("too-early", f"Cette date semble trop ancienne. Tapez une date après {low.year - 1}.")
    if isinstance(high, date) and read > high:
        return AnswerFault("too-late", f"Cette date semble trop loin. Tapez une date avant {high.year + 1}.")
    return read


def _read_date(typed: str) -> date | AnswerFault:
    text = _folded(typed)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := (_DAY_FIRST.fullmatch(text) or _KEYPAD.fullmatch(text)):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _IN_WORDS.fullmatch(text) or _MONTH_FIRST.fullmatch(text)) and (month := _month(found["month"])):
        day, year = int(found["day"]), int(found["year"])
    elif _SHORT_YEAR.fullmatch(text):
        return AnswerFault("short-year", "Tapez l'année avec quatre chiffres. Par exemple : 1990.")
    else:
        return AnswerFault("not-a-date", "Je n'ai pas compris la date. Tapez le jour, le mois, puis l'année.")
    try:
        return date(year, month, day)
    except ValueError:
        return AnswerFault("no-such-day", "Ce jour n'est pas dans le calendrier. Regardez la date encore une fois.")


def _month(name: str) -> int:
    """The number of a month from its name or at least its first three letters, 0 when none or several fit."""
    named = (pair for months in (MONTHS, ENGLISH_MONTHS) for pair in enumerate(months, 1))
    fitting = {number for number, month in named if len(name) > 2 and _folded(month).startswith(name)}
    return fitting.pop() if len(fitting) == 1 else 0


def _folded(text: str) -> str:
    """Without accents nor capitals."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
