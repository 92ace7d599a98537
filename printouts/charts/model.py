# SPDX-License-Identifier: EUPL-1.2
"""What a drawing shows, as plain data in words that are ready to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers, to be read one by one. The first cell of a line names it."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, and its value in words."""

    label: str
    value: float
    said: str
    part: float = 0.0
    """How much of the value, at its end, is drawn hatched."""
    few: bool = False
    """It rests on too few to conclude anything: the bar is hollow."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where half of the durations lie, in seconds, and the one in the middle."""

    label: str
    low: float
    middle: float
    high: float
    said: str
    few: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing bars, one after another in time."""

    title: str
    sentence: str
    """What it shows, for who sees it and who does not."""
    marks: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Rows:
    """Lying bars, one under another."""

    title: str
    sentence: str
    marks: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Ranges:
    """Durations of several things, one under another, on one scale of time."""

    title: str
    sentence: str
    marks: tuple[Range, ...]
    table: Table


Chart = Columns | Rows | Ranges
