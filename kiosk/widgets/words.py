# SPDX-License-Identifier: EUPL-1.2
"""Lines of words, already broken: painted as they are, left aligned."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from kiosk.screens.items import Role, Words
from kiosk.themes.looks import words_look
from kiosk.themes.palettes import Palette
from kiosk.widgets.painted import Painted, filled


class WordsView(Painted):
    """Paints one :class:`Words`."""

    def __init__(self, *, notice: bool = False) -> None:
        super().__init__()
        self.item: Words | None = None
        self._notice = notice

    def show(self, item: Words | None) -> None:
        self.item = item
        self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        lines = self.item.lines if self.item else ()
        told = self._notice and bool(lines)
        ground = words_look(palette, Role.TEXT)
        painted: list[Strip] = []
        for line in lines[:height]:
            words = Segment(line.text, words_look(palette, line.role, notice=told))
            rest = width - cell_len(line.text)
            if told:
                words = Segment(f" {line.text} ", words.style)
                rest -= 2
            painted.append(Strip([words, Segment(" " * rest, ground)], width) if rest >= 0 else Strip([words]))
        return painted + [filled(width, ground)] * (height - len(painted))
