# SPDX-License-Identifier: EUPL-1.2
"""Targets shared out over pages: as many together as fit, fewer where that leaves each its picture. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.layout import Box, Cell, grid
from kiosk.screens.items import Button
from kiosk.screens.prompts import Room

Groups = list[list[Button]]
"""The targets of each page, in their order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What pages of targets look like: words above, and "Suite" below all of them but the last."""

    room: Room
    title: int
    """Rows of the title, above each page."""
    words: int
    """Rows of the words above the first page, where they leave it room; those of the title where there are none."""
    turn: int
    """Rows of "Suite"."""

    def zone(self, above: int, *, last: bool) -> Box:
        """Where the targets of a page go, below so many rows."""
        area = self.room.area
        top = area.y + (above + 1 if above else 0)
        return Box(area.x, top, area.width, area.bottom - top - (0 if last else self.turn + 1))

    def cells(self, group: Sequence[Button], above: int, *, last: bool) -> tuple[Cell, ...]:
        """The targets of one page below so many rows; nothing when they do not fit. No word is cut for a picture."""
        zone = self.zone(above, last=last)
        cells: tuple[Cell, ...] = ()
        for drawn in (True, False) if pictured(group, self.room) else (False,):
            cells = grid([b.text for b in group], zone, self.room.glass, pictured=drawn) if zone.height > 0 else ()
            if whole(cells):
                break
        return cells


def whole(cells: Sequence[Cell]) -> bool:
    """True for targets that are all there, their words uncut."""
    return bool(cells) and all(cell.whole_words for cell in cells)


def pictured(buttons: Sequence[Button], room: Room) -> bool:
    """True for targets that all have a picture, where pictures are drawn."""
    return room.pictures and bool(buttons) and all(button.pictogram for button in buttons)


def shared_out(buttons: Sequence[Button], sheet: Sheet) -> Groups:
    """As many together as fit; else fewer, filled alike, where more of them show their picture: on as many pages, or on
    one more."""
    full = _full(buttons, sheet)
    if len(full) < 2 or not pictured(buttons, sheet.room):
        return full
    fewer = (_groups(buttons, math.ceil(len(buttons) / pages)) for pages in (len(full), len(full) + 1))
    return max((full, *fewer), key=lambda groups: _drawn(groups, sheet))


def _groups(buttons: Sequence[Button], count: int) -> Groups:
    return [list(buttons[i : i + count]) for i in range(0, len(buttons), count)]


def _full(buttons: Sequence[Button], sheet: Sheet) -> Groups:
    """As many together as fit below the title, on each page."""
    for count in range(min(sheet.room.density.cards, len(buttons)), 1, -1):
        groups = _groups(buttons, count)
        only = len(groups) == 1
        if all(whole(sheet.cells(group, sheet.title, last=only)) for group in groups):
            return groups
    return _groups(buttons, 1)


def _drawn(groups: Groups, sheet: Sheet) -> int:
    """How many targets show their picture when they are shared out so; -1 when some page has no room for its own."""
    drawn = 0
    for number, group in enumerate(groups, 1):
        last = number == len(groups)
        below = sheet.cells(group, sheet.words, last=last) if number == 1 else ()
        cells = below if whole(below) else sheet.cells(group, sheet.title, last=last)
        if not whole(cells) and len(group) > 1:
            return -1
        drawn += sum(cell.picture is not None for cell in cells)
    return drawn
