# SPDX-License-Identifier: EUPL-1.2
"""Widgets that paint their own lines, and keep them until something changes.

The terminal toolkit would work out borders, styles and filters for every line again at each step; that took longer
than all the rest between a tap and the next step. Here a step paints only what is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.themes.palettes import Palette

if TYPE_CHECKING:
    from typing import Self

    from kiosk.app import KioskApp


class Painted(Widget):
    """A widget whose lines are made by :meth:`paint`."""

    app: KioskApp
    _lines: list[Strip] | None = None
    _made_for: tuple[object, ...] = ()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        """``height`` lines of ``width`` cells."""
        raise NotImplementedError

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self._lines = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        region = self.region
        palette = self.app.palette
        made_for = (region, self.has_focus, palette)
        if self._lines is None or made_for != self._made_for:
            self._made_for = made_for
            self._lines = self.paint(region.width, region.height, palette)
        if crop.size == region.size:
            return self._lines
        lines = self._lines[crop.y : crop.bottom]
        return [line.crop(crop.x, crop.right) for line in lines]

    def render(self) -> Any:
        return ""


def filled(width: int, style: Style) -> Strip:
    """A line of nothing."""
    return Strip([Segment(" " * width, style)], width)
