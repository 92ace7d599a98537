# SPDX-License-Identifier: EUPL-1.2
"""Lying bars and durations in characters. What is said beside them says the same: nobody has to see them."""

from __future__ import annotations

from kiosk.review.view import clean
from printouts.charts.model import Bar, Range, Ranges, Rows
from printouts.typography import NBSP

FULL, HATCHED, FEW = "█", "▒", "░"
_LONGEST_LABEL = 28
_SHORTEST = 10


def bar(value: float, most: float, width: int, *, part: float = 0.0, few: bool = False) -> str:
    """A bar of ``width`` characters for ``most``, filled up with spaces; its end is hatched for ``part``."""
    length = max(1, round(width * value / most)) if value and most else 0
    hatched = max(1, round(length * part / value)) if part and length else 0
    return ((FEW if few else FULL) * (length - hatched) + HATCHED * hatched).ljust(width, NBSP)


def lines_of(chart: Rows | Ranges, width: int) -> list[str]:
    """The drawing in lines of at most ``width`` characters, where that is enough for its words."""
    labels = [clean(mark.label) for mark in chart.marks]
    room = min(_LONGEST_LABEL, max(map(len, labels), default=0))
    said = max((len(mark.said) for mark in chart.marks), default=0)
    space = max(_SHORTEST, width - room - said - 2)
    most = max((mark.value if isinstance(mark, Bar) else mark.high for mark in chart.marks), default=0.0)
    return [
        f"{_cut(label, room).ljust(room)} {_drawn(mark, most, space)} {mark.said}"
        for label, mark in zip(labels, chart.marks, strict=True)
    ]


def _drawn(mark: Bar | Range, most: float, space: int) -> str:
    if isinstance(mark, Bar):
        return bar(mark.value, most, space, part=mark.part, few=mark.few)
    low, middle, high = (
        round((space - 1) * value / most) if most else 0 for value in (mark.low, mark.middle, mark.high)
    )
    signs = (FEW if mark.few else FULL) * (high - low + 1)
    drawn = NBSP * low + signs + NBSP * (space - 1 - high)
    return f"{drawn[:middle]}│{drawn[middle + 1 :]}"


def _cut(label: str, room: int) -> str:
    return label if len(label) <= room else f"{label[: room - 1]}…"
