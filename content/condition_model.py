# SPDX-License-Identifier: EUPL-1.2
"""Conditions over what was answered: declarative, evaluated by :mod:`content.conditions`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """True when the answer at ``step`` is one of ``values`` (choice ids, ``done``, ``stuck``, ``unknown``)."""

    step: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberIs:
    """True when the number typed at ``step`` is within the bounds, both included."""

    step: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class YearsSince:
    """True when the whole years from the date typed at ``step`` to today are within the bounds, both included."""

    step: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class DaysSince:
    """True when the days from the date typed at ``step`` to today are within the bounds, both included.

    Today counts 0, and a day to come counts below 0: ``at_most=-1`` is "not yet", ``at_least=1`` is "already past".
    """

    step: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Lacks:
    """True when the person said that document ``document`` of checklist ``step`` is missing."""

    step: str
    document: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every condition is."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one condition is."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the condition is not."""

    condition: Condition


Condition = AnswerIs | NumberIs | YearsSince | DaysSince | Lacks | AllOf | AnyOf | Not
