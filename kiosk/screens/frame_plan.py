# SPDX-License-Identifier: EUPL-1.2
"""The frame that never moves: header, body, notice, tools. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.layout import Box, Cell, Glass, narrowest, wrap


@dataclass(frozen=True, slots=True)
class FramePlan:
    """The parts that never move."""

    glass: Glass
    header: Box
    body: Box
    notice: Box
    """The line above the tools where a passing word appears."""
    bar: Box
    """All of the tools' band."""
    tools: tuple[Cell, ...]
    """The tools in their order, then the comfort buttons."""


def frame(glass: Glass, tools: Sequence[tuple[str, str]], comfort: Sequence[str], notice: str = "") -> FramePlan:
    """Lay out header, body and tools.

    Args:
        glass: The screen.
        tools: Symbol and label of each tool, in their order.
        comfort: The short labels of the comfort buttons.
        notice: The passing word; it takes as many rows as it needs, from the body.
    """
    header = Box(0, 0, glass.columns, 3 if glass.roomy else 1)
    cells = _toolbar(glass, tools, comfort)
    top = min(cell.box.y for cell in cells)
    pad = 1 if glass.roomy else 0
    bar = Box(0, top - pad, glass.columns, glass.rows - top + pad)
    width = glass.columns - 2 * glass.margin
    told = wrap(notice, width - 2)
    if pad and len(told) <= 1:  # In the band's own upper row: the body does not move for it.
        line, last = Box(glass.margin, bar.y, width, 1), bar.y - 1
    else:
        rows = max(1, len(told))
        line = Box(glass.margin, bar.y - rows, width, rows)
        last = line.y - (1 if told and glass.rows >= 23 else 0)
    first = header.bottom + 1
    body = Box(glass.margin, first, width, last - first)
    return FramePlan(glass, header, body, line, bar, cells)


def _toolbar(glass: Glass, tools: Sequence[tuple[str, str]], comfort: Sequence[str]) -> tuple[Cell, ...]:
    with_symbols = [f"{symbol}\u00a0{label}" for symbol, label in tools]
    words_only = [label for _, label in tools]
    for labels, pad in ((with_symbols, 1), (words_only, 1), (words_only, 0)):
        for lines in (1, 2, 3):
            if cells := _tool_row(glass, [*labels, *comfort], lines, pad, len(tools)):
                return cells
    # Two rows of tools: a very narrow screen still shows every word.
    upper = _tool_row(glass, words_only, 2, 0, len(tools)) or _equal_row(glass, words_only)
    lower = _equal_row(glass, comfort)
    rise = lower[0].box.height + glass.gap.height
    raised = tuple(Cell(Box(c.box.x, c.box.y - rise, c.box.width, c.box.height), c.lines, None, False) for c in upper)
    return raised + lower


def _tool_row(glass: Glass, labels: Sequence[str], lines: int, pad: int, tools: int) -> tuple[Cell, ...]:
    """One row of targets at the very bottom, wide enough that each label takes at most ``lines`` lines."""
    gap, target = glass.gap.width, glass.target
    side = min(1, glass.margin - 1)
    widths = [max(target.width, narrowest(label, lines) + 2 * pad) for label in labels]
    spare = glass.columns - 2 * side - sum(widths) - gap * (len(labels) - 1)
    if spare < 0:
        return ()
    growing = tools or len(labels)
    for i in range(growing):
        widths[i] += spare // growing + (i < spare % growing)
    height = max(target.height, lines)
    if glass.roomy and (height - lines) % 2:
        height += 1
    bottom = glass.rows - (1 if glass.roomy and glass.rows >= 30 else 0)
    x, cells = side, list[Cell]()
    for label, width in zip(labels, widths, strict=True):
        cells.append(Cell(Box(x, bottom - height, width, height), wrap(label, width - 2 * pad), None, False))
        x += width + gap
    return tuple(cells)


def _equal_row(glass: Glass, labels: Sequence[str]) -> tuple[Cell, ...]:
    gap = glass.gap.width
    width = max(1, (glass.columns - gap * (len(labels) - 1)) // len(labels))
    lines = [wrap(label, width) for label in labels]
    height = max(glass.target.height, max(len(label) for label in lines))
    top = glass.rows - height
    return tuple(Cell(Box(i * (width + gap), top, width, height), label, None, False) for i, label in enumerate(lines))
