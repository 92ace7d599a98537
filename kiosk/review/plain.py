# SPDX-License-Identifier: EUPL-1.2
"""The review as lines of text: for a pipe, a printer, a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.review.view import Overview, Sheet, clean
from printouts.charts.model import Chart


def overview_lines(overview: Overview, place: str) -> Iterator[str]:
    """A period: each figure with its definition, the numbers of the drawings, the procedures, the kiosks."""
    yield place
    yield overview.question
    yield ""
    yield from sheet_lines(overview.figures, detail=True)
    for chart in overview.charts:
        yield ""
        yield from _chart_lines(chart)
    for sheet in (overview.procedures, overview.machines):
        yield ""
        yield from sheet_lines(sheet)


def sheet_lines(sheet: Sheet, *, detail: bool = False, identified: bool = False) -> Iterator[str]:
    """A line of text for each line of the table; each cell after its own name, so that no eye has to count columns."""
    yield f"# {sheet.title}"
    yield from sheet.said
    if not sheet.lines:
        yield sheet.empty
    for line in sheet.lines:
        first, *others = line.cells
        told = [f"{name} : {cell}" for name, cell in zip(sheet.columns[1:], others, strict=True) if cell]
        if identified and line.opens:
            told.append(f"Session : {clean(line.opens)}")
        yield f"{first}. {' ; '.join(told)}"
        if detail:
            yield from (f"    {sentence}" for sentence in line.detail)


def _chart_lines(chart: Chart) -> Iterator[str]:
    yield f"# {chart.title}"
    yield chart.sentence
    for first, *others in chart.table.lines:
        told = [f"{name} : {cell}" for name, cell in zip(chart.table.head[1:], others, strict=True)]
        yield f"{clean(first)}. {' ; '.join(told)}"
