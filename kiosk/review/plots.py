# SPDX-License-Identifier: EUPL-1.2
"""The drawings of the review in a terminal, each with the sentence and the numbers that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual_plot import AxisFormatter, HiResMode, PlotWidget

from accessibility.comfort import Contrast
from kiosk.review.drawn import lines_of
from kiosk.review.sentences import Sentences
from kiosk.review.view import clean
from kiosk.themes.palettes import PALETTES
from printouts.charts.model import Bar, Chart, Columns, Ranges, Rows


class _Labels(AxisFormatter):
    """Under the bars, as many of their names as there is room for."""

    def __init__(self, marks: Sequence[Bar]) -> None:
        self._names = [mark.label for mark in marks]

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        return [float(place) for place in range(0, len(self._names), ceil(len(self._names) / max_ticks))]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        return [self._names[round(tick)] for tick in ticks]


class _Counts(AxisFormatter):
    """Whole numbers: nobody is half a person."""

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        step = next(s for n in range(18) for s in (10**n, 2 * 10**n, 5 * 10**n) if max_ / s <= min(max_ticks, 5))
        return [float(count) for count in range(0, int(max_) + 1, step)]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        return [f"{round(tick)}" for tick in ticks]


class Standing(PlotWidget, can_focus=False, inherit_bindings=False):
    """Standing bars, over time."""

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False)
        self._chart: Columns | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self.margin_top, self.margin_bottom, self.margin_left = 0, 2, 6

    def show(self, chart: Columns) -> None:
        """Draw this one."""
        self._chart = chart
        self.repaint()

    def repaint(self) -> None:
        """Draw it in the colours of now."""
        if self._chart is None:
            return
        marks = self._chart.marks
        self.clear()
        self.set_x_formatter(_Labels(marks))
        self.set_y_formatter(_Counts())
        self.bar(
            list(range(len(marks))),
            [mark.value for mark in marks],
            width=0.7,
            bar_style=PALETTES[Contrast(self.app.theme)].accent,
            hires_mode=HiResMode.QUADRANT,
        )
        self.set_xlimits(-0.6, len(marks) - 0.4)
        self.set_ylimits(0, max(mark.value for mark in marks))


class Lying(Widget):
    """Lying bars, or durations."""

    def __init__(self, chart: Rows | Ranges) -> None:
        super().__init__()
        self._chart = chart
        self.styles.height = len(chart.marks)

    def render(self) -> Text:
        return Text("\n".join(lines_of(self._chart, self.size.width)), no_wrap=True)


class Drawing(Vertical):
    """One drawing: its title, what it shows, itself; the numbers under standing bars."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart

    def compose(self) -> ComposeResult:
        chart = self._chart
        yield Sentences(chart.title, classes="title")
        yield Sentences(chart.sentence)
        if isinstance(chart, Columns):
            yield Standing()
            yield Sentences(" · ".join(f"{clean(mark.label)} : {mark.said}" for mark in chart.marks))
        else:
            yield Lying(chart)

    def on_mount(self) -> None:
        if isinstance(self._chart, Columns):
            self.query_one(Standing).show(self._chart)
