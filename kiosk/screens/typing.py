# SPDX-License-Identifier: EUPL-1.2
"""What is typed: kept in memory, limited, shown in groups, read as a number, a date or a text. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.model import AnswerFormat, Question
from kiosk.words import Words

MOST_DIGITS = 14
DATE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, or in plain words why there is none yet."""

    value: str | int | date | None
    word: str = ""


def limit(question: Question) -> int:
    """The most characters that may be typed."""
    if question.format is AnswerFormat.DATE:
        return DATE_DIGITS
    if question.format is AnswerFormat.NUMBER:
        return min(question.max_length, MOST_DIGITS)
    return question.max_length


def accepts(question: Question, character: str) -> bool:
    """True when ``character`` may be part of the answer."""
    if question.format is AnswerFormat.TEXT:
        return len(character) == 1 and character.isprintable()
    return len(character) == 1 and character in "0123456789"


def grouped(question: Question, typed: str) -> str:
    """As one reads it: 06 12 34 56 78, 12 500, 12 / 03 / 1950; spaces inside a number never break."""
    if question.format is AnswerFormat.DATE:
        slots = typed + "_" * (DATE_DIGITS - len(typed))
        return f"{slots[:2]}\u00a0/\u00a0{slots[2:4]}\u00a0/\u00a0{slots[4:]}"
    if question.format is AnswerFormat.NUMBER:
        unit = f"\u00a0{question.unit}" if question.unit and typed else ""
        return _groups(typed) + unit
    return typed[:1].upper() + typed[1:]


def _groups(digits: str) -> str:
    if digits.startswith("0"):
        return "\u00a0".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    first = len(digits) % 3
    pieces = [digits[:first]] if first else []
    return "\u00a0".join([*pieces, *(digits[i : i + 3] for i in range(first, len(digits), 3))])


def understand(question: Question, typed: str, today: date, words: Words) -> Understood:
    """Read ``typed``. Nothing is blamed: the word says what to do."""
    if question.format is AnswerFormat.TEXT:
        text = " ".join(typed.split())
        return Understood(text[:1].upper() + text[1:]) if text else Understood(None, words.write_answer)
    if question.format is AnswerFormat.DATE:
        return _date(question, typed, today, words)
    if not typed:
        return Understood(None, words.write_number)
    return _within(question, int(typed), words)


def refusals(question: Question, words: Words) -> tuple[str, ...]:
    """All that :func:`understand` may say of a number or a date that is not among the answers to ``question``."""
    low, high = question.at_least, question.at_most
    numbers = [n for n in (low, high) if isinstance(n, int)]
    said = {_within(question, n + by, words).word for n in numbers for by in (-1, 1)}
    said |= {words.write_date_after.format(day=_short(low))} if isinstance(low, date) else set()
    said |= {words.write_date_before.format(day=_short(high))} if isinstance(high, date) else set()
    return tuple(sorted(said - {""}))


def _within(question: Question, value: int, words: Words) -> Understood:
    low, high = question.at_least, question.at_most
    low, high = (low if isinstance(low, int) else None), (high if isinstance(high, int) else None)
    if (low is None or value >= low) and (high is None or value <= high):
        return Understood(value)
    if low is not None and high is not None:
        return Understood(None, words.write_number_between.format(least=low, most=high))
    if low is not None:
        return Understood(None, words.write_number_at_least.format(least=low))
    return Understood(None, words.write_number_at_most.format(most=high))


def _date(question: Question, typed: str, today: date, words: Words) -> Understood:
    if len(typed) < DATE_DIGITS:
        return Understood(None, words.write_date)
    try:
        day = date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    except ValueError:
        return Understood(None, words.not_a_day)
    if question.past_only and day > today:
        return Understood(None, words.write_past_day)
    if isinstance(question.at_least, date) and day < question.at_least:
        return Understood(None, words.write_date_after.format(day=_short(question.at_least)))
    if isinstance(question.at_most, date) and day > question.at_most:
        return Understood(None, words.write_date_before.format(day=_short(question.at_most)))
    return Understood(day)


def _short(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
