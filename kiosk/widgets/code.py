# SPDX-License-Identifier: EUPL-1.2
"""A QR code in half-blocks, black on white whatever the theme: a telephone reads no other."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.strip import Strip

from kiosk.screens.items import Code
from kiosk.screens.qr import modules
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette
from kiosk.widgets.painted import Painted, filled

_QUIET_ZONE = 2
_BLACK, _WHITE = "#000000", "#ffffff"


@lru_cache(maxsize=16)
def strips(url: str) -> tuple[Strip, ...]:
    """The code with its quiet zone, two rows of modules a line."""
    dark = modules(url)
    side = len(dark) + 2 * _QUIET_ZONE

    def at(x: int, y: int) -> str:
        x, y = x - _QUIET_ZONE, y - _QUIET_ZONE
        return _BLACK if 0 <= y < len(dark) and 0 <= x < len(dark) and dark[y][x] else _WHITE

    lines: list[Strip] = []
    for y in range(0, side, 2):
        cells = [Segment("▀", style(at(x, y), at(x, y + 1))) for x in range(side)]
        lines.append(Strip(cells, side).simplify())
    return tuple(lines)


class CodeView(Painted):
    """Paints one :class:`Code`."""

    item: Code | None = None

    def show(self, item: Code | None) -> None:
        self.item = item
        self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        lines = list(strips(self.item.url)[:height]) if self.item else []
        return lines + [filled(width, style(_BLACK, _WHITE))] * (height - len(lines))
