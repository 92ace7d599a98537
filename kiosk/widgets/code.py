# SPDX-License-Identifier: EUPL-1.2
"""A QR code in half-blocks, black on white whatever the theme: a telephone reads no other."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.items import Code

_QUIET_ZONE = 2
_COLOURS = {True: "#000000", False: "#ffffff"}


@lru_cache(maxsize=64)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the QR code of ``url``, row by row, without quiet zone."""
    import segno

    code = segno.make(url, error="l", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


@lru_cache(maxsize=16)
def strips(url: str) -> tuple[Strip, ...]:
    """The code with its quiet zone, two rows of modules a line."""
    dark = modules(url)
    side = len(dark) + 2 * _QUIET_ZONE

    def at(x: int, y: int) -> bool:
        x, y = x - _QUIET_ZONE, y - _QUIET_ZONE
        return 0 <= y < len(dark) and 0 <= x < len(dark) and dark[y][x]

    lines: list[Strip] = []
    for y in range(0, side, 2):
        cells = [
            Segment("▀", Style(color=_COLOURS[at(x, y)], bgcolor=_COLOURS[y + 1 < side and at(x, y + 1)]))
            for x in range(side)
        ]
        lines.append(Strip(cells, side).simplify())
    return tuple(lines)


class CodeView(Widget):
    """Paints one :class:`Code`."""

    item: Code | None = None

    def show(self, item: Code | None) -> None:
        self.item = item
        self.refresh()

    def render_line(self, y: int) -> Strip:
        lines = strips(self.item.url) if self.item else ()
        return lines[y] if y < len(lines) else Strip.blank(self.size.width, self.rich_style)
