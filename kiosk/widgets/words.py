# SPDX-License-Identifier: EUPL-1.2
"""Lines of words, already broken: painted as they are, left aligned."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.items import Words


class WordsView(Widget):
    """Paints one :class:`Words`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "words--title",
        "words--text",
        "words--strong",
        "words--quiet",
        "words--field",
    }
    item: Words | None = None

    def show(self, item: Words | None) -> None:
        self.item = item
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.item is None or y >= len(self.item.lines):
            return Strip.blank(width, self.rich_style)
        line = self.item.lines[y]
        style = self.get_component_rich_style(f"words--{line.role}")
        return Strip([Segment(line.text, style)]).adjust_cell_length(width, self.rich_style)
