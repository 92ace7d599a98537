# SPDX-License-Identifier: EUPL-1.2
"""From what is shown to where each line, bar and word stands. Pure.

A drawing is :data:`WIDTH` units wide and as high as it needs. Its letters are 18 units high: a page shows it at least
as wide as that in pixels, a paper in 170 mm (13.5 pt).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from printouts.charts.model import Bar, Chart, Columns, Range, Ranges, Rows
from printouts.charts.scale import (
    LINE,
    TEXT,
    count_words,
    counts_up_to,
    seconds_up_to,
    seconds_words,
    width_of,
    wrapped,
)

WIDTH = 640.0
_TALL = 240.0
"""Height of the field of standing bars."""
_THICK = 22.0
_GAP = 8.0
_BETWEEN = 16.0
_WIDEST_COLUMN = 56.0
_LEAST = 2.0
"""A bar that stands for somebody is never thinner: one person of a million is still seen."""
_EDGE = 1.0
"""Half of the stroke around a hollow bar stays within the drawing."""


class Look(StrEnum):
    """How a bar is filled. It never tells by colour alone."""

    FULL = "full"
    FEW = "few"
    """Hollow."""
    PART = "part"
    """Hatched."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar."""

    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale (``grid``), or the one on which bars stand."""

    x1: float
    y1: float
    x2: float
    y2: float
    grid: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """Words on one line; ``y`` is where its letters stand."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False


@dataclass(slots=True)
class Drawing:
    """Everything that is drawn, in units from the upper left."""

    reading: str
    """How to read it, in a sentence."""
    height: float = 0.0
    rects: list[Rect] = field(default_factory=list[Rect])
    lines: list[Line] = field(default_factory=list[Line])
    labels: list[Label] = field(default_factory=list[Label])


def drawn(chart: Chart) -> Drawing:
    """Where everything stands."""
    if isinstance(chart, Columns):
        return _columns(chart)
    return _rows(chart) if isinstance(chart, Rows) else _ranges(chart)


def in_parts(chart: Chart, marks: int) -> tuple[Chart, ...]:
    """The same chart in pieces of so many marks, for pages of paper; each says everything in its table."""
    if isinstance(chart, Columns) or len(chart.marks) <= marks:
        return (chart,)
    starts = range(0, len(chart.marks), marks)
    if isinstance(chart, Rows):
        return tuple(replace(chart, marks=chart.marks[start : start + marks]) for start in starts)
    return tuple(replace(chart, marks=chart.marks[start : start + marks]) for start in starts)


def _columns(chart: Columns) -> Drawing:
    ticks = counts_up_to(max((bar.value for bar in chart.marks), default=0))
    drawing = Drawing(f"Une barre debout pour chaque période. L'échelle va de 0 à {count_words(ticks[-1])}.")
    left = max(width_of(count_words(tick)) for tick in ticks) + _GAP
    top, foot = LINE, LINE + _TALL
    for tick in ticks:
        y = foot - _TALL * tick / ticks[-1]
        drawing.lines.append(Line(left, y, WIDTH, y, grid=tick > 0))
        drawing.labels.append(Label(left - _GAP, y + TEXT / 3, count_words(tick), "end"))
    slot = (WIDTH - left) / max(1, len(chart.marks))
    thick = min(_WIDEST_COLUMN, slot * 0.72)
    room = all(width_of(bar.said, strong=True) <= slot for bar in chart.marks)
    for number, bar in enumerate(chart.marks):
        centre = left + slot * (number + 0.5)
        tall = max(_LEAST, _TALL * bar.value / ticks[-1]) if bar.value > 0 else 0.0
        drawing.rects += _filled(centre - thick / 2, foot - tall, thick, tall, bar)
        if room:
            drawing.labels.append(Label(centre, max(top, foot - tall) - 6, bar.said, "middle", strong=True))
    drawing.labels += _under(chart.marks, left, slot, foot + LINE)
    drawing.height = foot + LINE + _GAP
    return drawing


def _under(marks: Sequence[Bar], left: float, slot: float, y: float) -> Iterable[Label]:
    """What stands under the bars: every one, or every second, third…, so that no word touches the next."""
    widest = max((width_of(bar.label) for bar in marks), default=0.0) + _GAP
    every = max(1, -int(-widest // slot))
    for number in range(0, len(marks), every):
        half = width_of(marks[number].label) / 2
        centre = left + slot * (number + 0.5)
        yield Label(min(max(centre, half), WIDTH - half), y, marks[number].label, "middle")


def _rows(chart: Rows) -> Drawing:
    drawing = Drawing("Une barre couchée pour chaque ligne : plus elle est longue, plus il y en a.")
    most = max((bar.value for bar in chart.marks), default=0) or 1
    field_ = WIDTH - max((width_of(bar.said, strong=True) for bar in chart.marks), default=0.0) - _GAP - 2 * _EDGE
    field_ = max(field_, WIDTH / 3)
    y = 0.0
    for bar in chart.marks:
        y = _named(drawing, bar.label, y)
        long = max(_LEAST, field_ * bar.value / most) if bar.value > 0 else 0.0
        drawing.rects += _filled(_EDGE, y, long, _THICK, bar)
        drawing.lines.append(Line(_EDGE, y - 2, _EDGE, y + _THICK + 2, grid=False))
        said = wrapped(bar.said, WIDTH - long - _GAP, lines=1)[0]
        drawing.labels.append(Label(long + _GAP + _EDGE, y + _THICK - 5, said, strong=True))
        y += _THICK + _BETWEEN
    drawing.height = max(y - _BETWEEN, 0) + 4
    return drawing


def _filled(x: float, y: float, width: float, height: float, bar: Bar) -> Iterable[Rect]:
    """A bar, with what of it is hatched: at its right, or at the top of a standing one."""
    if width <= 0 or height <= 0:
        return
    look = Look.FEW if bar.few else Look.FULL
    part = min(1.0, bar.part / bar.value)
    if part < 1:
        yield Rect(x, y, width * (1 - part), height, look)
    if part > 0:
        yield Rect(x + width * (1 - part), y, width * part, height, Look.PART)


def _ranges(chart: Ranges) -> Drawing:
    ticks = seconds_up_to(max((mark.high for mark in chart.marks), default=0))
    drawing = Drawing(
        "Un trait large pour la moitié des durées, celles du milieu ; un trait debout pour la durée du milieu. "
        f"L'échelle va de 0 à {seconds_words(ticks[-1])}."
    )
    at = _along(ticks)
    y = 0.0
    for mark in chart.marks:
        y = _named(drawing, mark.label, y)
        y = _named(drawing, mark.said, y, strong=True)
        drawing.lines += [Line(at(tick), y - 2, at(tick), y + _THICK + 2, grid=tick > 0) for tick in ticks]
        drawing.rects += _spread(mark, at, y)
        y += _THICK + _BETWEEN
    foot = max(y - _BETWEEN, 0) + LINE
    for tick in ticks:
        anchor = "start" if tick == 0 else "end" if tick == ticks[-1] else "middle"
        drawing.labels.append(Label(at(tick), foot, seconds_words(tick), anchor))
    drawing.height = foot + _GAP
    return drawing


def _along(ticks: Sequence[int]) -> Callable[[float], float]:
    return lambda seconds: _EDGE + (WIDTH - 2 * _EDGE - 4) * seconds / ticks[-1]


def _spread(mark: Range, at: Callable[[float], float], y: float) -> Iterable[Rect]:
    low, high = at(mark.low), at(mark.high)
    if high - low > _LEAST:
        yield Rect(low, y + 5, high - low, _THICK - 10, Look.FEW if mark.few else Look.PART)
    yield Rect(max(0.0, at(mark.middle) - 3), y, 6, _THICK, Look.FULL)


def _named(drawing: Drawing, text: str, y: float, *, strong: bool = False) -> float:
    """Words above a bar; gives where the bar may begin."""
    for line in wrapped(text, WIDTH):
        drawing.labels.append(Label(0, y + TEXT, line, strong=strong))
        y += LINE
    return y + (2 if strong else 0)
