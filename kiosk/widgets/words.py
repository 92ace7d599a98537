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
from kiosk.themes.looks import marked_look, words_look
from kiosk.themes.palettes import Palette
from kiosk.view import SpokenPlace
from kiosk.widgets.marks import Mark, marked, marks_of
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.pictogram import Pictures, over


class WordsView(Painted):
    """Paints one :class:`Words`."""

    def __init__(self, pictures: Pictures, *, notice: bool = False) -> None:
        super().__init__()
        self._pictures = pictures
        self.item: Words | None = None
        self._notice = notice
        self._marks: tuple[Mark, ...] = ()

    def show(self, item: Words | None) -> None:
        self.item = item
        self._marks = ()
        self.refresh()

    def mark(self, place: SpokenPlace | None) -> None:
        """Mark the word that is heard now, if it stands here; nothing is laid out again."""
        marks = marks_of(self.item.lines, place) if self.item else ()
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        lines = self.item.lines if self.item else ()
        told = self._notice and bool(lines)
        ground = words_look(palette, Role.TEXT)
        painted: list[Strip] = []
        marks = {mark.line: mark for mark in self._marks}
        for y, line in enumerate(lines[:height]):
            look = words_look(palette, line.role, notice=told)
            words = marked(line.text, look, marked_look(palette, on_accent=told), marks.get(y))
            rest = width - cell_len(line.text)
            if told:
                words = [Segment(" ", look), *words, Segment(" ", look)]
                rest -= 2
            painted.append(Strip([*words, Segment(" " * rest, ground)], width) if rest >= 0 else Strip(words))
        painted += [filled(width, ground)] * (height - len(painted))
        for y in large_titles(lines[:height]):
            painted[y + 1] = self._over(painted[y + 1], lines[y].text, y, palette, marks.get(y))
        return painted

    def _over(self, strip: Strip, text: str, y: int, palette: Palette, mark: Mark | None) -> Strip:
        """The line with the large title over it and over the one before, once it is drawn."""
        size, draw = Size(self.region.width, 2), self._pictures.title
        sixel = draw(text, size, palette.accent, palette.paper, self.refresh)
        if mark is not None:  # Until it is drawn with its mark, it stays as it is.
            where = (mark.start, mark.end)
            sixel = draw(text, size, palette.accent, palette.paper, self.refresh, where) or sixel
        return over(strip, sixel, (self.region.x, self.region.y + y), 1) if sixel else strip


def large_titles(lines: Sequence[Line]) -> list[int]:
    """The first row of each large title: words, then an empty line of title."""
    pairs = itertools.pairwise(lines)
    return [
        y
        for y, (line, below) in enumerate(pairs)
        if line.role is Role.TITLE and line.text and below.role is Role.TITLE and not below.text
    ]
