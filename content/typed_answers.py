# SPDX-License-Identifier: EUPL-1.2
"""Understands what was typed at an ``ask`` step: a number, a date or a short text.

What does not fit is a value, :class:`AnswerFault`, with a calm French sentence: never "réponse invalide", never
a reproach.
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
MAX_TYPED = 200
"""Longer than anything that is asked: refused before it is looked at."""
MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """Why an answer was not taken. ``code`` is stable; ``sentence`` is shown and spoken."""

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
_IN_WORDS = re.compile(r"(?:le )?([0-9]{1,2})(?:er)? ([a-z]+)\.? ([0-9]{4})")
_SHORT_YEAR = re.compile(r"(?:le )?[0-9]{1,2}(?:er)?[ ./-]+(?:[0-9]{1,2}|[a-z]+)[ ./-]+[0-9]{2}")


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
    elif (found := _IN_WORDS.fullmatch(text)) and (named := _month(found[2])):
        day, month, year = int(found[1]), named, int(found[3])
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
    fitting = [n for n, month in enumerate(MONTHS, 1) if len(name) > 2 and _folded(month).startswith(name)]
    return fitting[0] if len(fitting) == 1 else 0


def _folded(text: str) -> str:
    """Without accents nor capitals."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
