# SPDX-License-Identifier: EUPL-1.2
"""Lines of words, already broken: painted as they are, left aligned."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from kiosk.layout import Size
from kiosk.screens.items import Line, Role, Words
from kiosk.themes.looks import words_look
from kiosk.themes.palettes import Palette
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.pictogram import Pictures, over


class WordsView(Painted):
    """Paints one :class:`Words`."""

    def __init__(self, pictures: Pictures, *, notice: bool = False) -> None:
        super().__init__()
        self._pictures = pictures
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
        painted += [filled(width, ground)] * (height - len(painted))
        for y in large_titles(lines[:height]):
            painted[y + 1] = self._over(painted[y + 1], lines[y].text, y, palette)
        return painted

    def _over(self, strip: Strip, text: str, y: int, palette: Palette) -> Strip:
        """The line with the large title over it and over the one before, once it is drawn."""
        size = Size(self.region.width, 2)
        sixel = self._pictures.title(text, size, palette.accent, palette.paper, self.refresh)
        return over(strip, sixel, (self.region.x, self.region.y + y), 1) if sixel else strip


def large_titles(lines: Sequence[Line]) -> list[int]:
    """The first row of each large title: words, then an empty line of title."""
    pairs = itertools.pairwise(lines)
    return [
        y
        for y, (line, below) in enumerate(pairs)
        if line.role is Role.TITLE and line.text and below == Line("", Role.TITLE)
    ]
