# SPDX-License-Identifier: EUPL-1.2
"""Does a condition hold, given what was answered?

A question that was never answered, or answered by "Je ne sais pas", makes a condition on it false; so ``Not`` of such
a condition is true. Only ``AnswerIs`` can look for "Je ne sais pas" itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from content.model import (
    AllOf,
    AnswerIs,
    Answers,
    AnyOf,
    Condition,
    DaysSince,
    Lacks,
    Not,
    NumberIs,
    Possession,
    YearsSince,
)


def holds(condition: Condition | None, answers: Answers, today: date) -> bool:
    """True when the condition holds; no condition always holds.

    Args:
        condition: what to judge.
        answers: step id -> answer, see :data:`content.model.Answers`.
        today: the day up to which years are counted.
    """
    match condition:
        case None:
            return True
        case AnswerIs(step, values):
            answer = answers.get(step)
            return isinstance(answer, str) and answer in values
        case NumberIs(step, low, high):
            answer = answers.get(step)
            return isinstance(answer, int) and _within(answer, low, high)
        case YearsSince(step, low, high):
            answer = answers.get(step)
            return isinstance(answer, date) and _within(whole_years(answer, today), low, high)
        case DaysSince(step, low, high):
            answer = answers.get(step)
            return isinstance(answer, date) and _within((today - answer).days, low, high)
        case Lacks(step, document):
            answer = answers.get(step)
            return isinstance(answer, Mapping) and answer.get(document) is Possession.MISSING
        case AllOf(conditions):
            return all(holds(inner, answers, today) for inner in conditions)
        case AnyOf(conditions):
            return any(holds(inner, answers, today) for inner in conditions)
        case Not(inner):
            return not holds(inner, answers, today)
        case _:
            assert_never(condition)


def whole_years(since: date, today: date) -> int:
    """Full years from ``since`` to ``today``, negative when ``since`` is to come.

    Someone born on 29 February is one year older on 1 March of a common year.
    """
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)
