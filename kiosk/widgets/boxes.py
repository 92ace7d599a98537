# SPDX-License-Identifier: EUPL-1.2
"""Widgets stand where the pure layout put them: no other placing is done by the terminal toolkit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement

from kiosk.layout import Box

if TYPE_CHECKING:
    from textual.widget import Widget


class Boxes(Layout):
    """Each child in its box, in cells of the screen."""

    name: ClassVar[str] = "boxes"

    def __init__(self) -> None:
        self.boxes: dict[Widget, Box] = {}

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        parent.pre_layout(self)
        return [
            WidgetPlacement(
                Region(box.x, box.y, box.width, box.height), NULL_OFFSET, NULL_SPACING, child, 0, False, False, False
            )
            for child in children
            if (box := self.boxes.get(child)) is not None
        ]
