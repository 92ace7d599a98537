# SPDX-License-Identifier: EUPL-1.2
"""Something to press: its picture above its words, painted in the middle of its box."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from accessibility.comfort import Contrast
from kiosk.screens import items
from kiosk.screens.items import Button, Tone
from kiosk.themes.palettes import PALETTES
from kiosk.widgets.pictogram import Pictures


class TargetView(Widget, can_focus=True):
    """Paints one :class:`kiosk.screens.items.Target`, and tells when it is pressed."""

    class Pressed(Message):
        """A finger or a mouse pressed it."""

        def __init__(self, button: Button, by: events.Click) -> None:
            super().__init__()
            self.button = button
            self.by = by

    FOCUS_ON_CLICK = False
    item: items.Target | None = None

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures

    def show(self, item: items.Target | None) -> None:
        self.item = item
        if item is not None:
            self.set_class(item.button.action is None, "-rest")
            self.set_class(not item.bordered, "-flat")
            for tone in Tone:
                self.set_class(item.button.tone is tone, f"-{tone}")
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.item is not None:
            self.post_message(self.Pressed(self.item.button, event))

    @property
    def usable(self) -> bool:
        """True when pressing it does something."""
        return self.item is not None and self.item.button.action is not None

    # Painting

    def _style(self) -> Style:
        """Words on their ground; a choice of colours is painted in those colours."""
        theme = self.item.button.theme if self.item else ""
        if theme and not self.has_focus:
            palette = PALETTES[Contrast(theme)]
            return Style(color=palette.ink, bgcolor=palette.paper, bold=True)
        return self.rich_style

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        style = self._style()
        blank = Strip.blank(width, style)
        if self.item is None:
            return blank
        picture = self.item.picture
        rows = picture.height if picture else 0
        air = 1 if picture and height > rows + len(self.item.lines) else 0
        top = max(0, (height - rows - air - len(self.item.lines)) // 2)
        if picture and top <= y < top + rows:
            return self._picture_line(y - top, top, width, style)
        index = y - top - rows - air
        if not 0 <= index < len(self.item.lines):
            return blank
        return _centred(Segment(self.item.lines[index], style), width, style, mark=self._mark(index))

    def _mark(self, index: int) -> tuple[str, str]:
        """Where there is no room for a border, arrows show the focus beside the words."""
        flat = self.item is not None and not self.item.bordered
        return ("▶", "◀") if flat and self.has_focus and index == 0 else ("", "")

    def _picture_line(self, y: int, top: int, width: int, style: Style) -> Strip:
        item = self.item
        if item is None or item.picture is None:
            return Strip.blank(width, style)
        plate = self.app.theme_variables["kiosk-plate"]
        drawn = self._pictures.get(item.button.pictogram, item.picture, plate, self.refresh)
        left = (width - item.picture.width) // 2
        if drawn is None:
            return Strip.blank(width, style)
        region = self.content_region
        middle = drawn.line(y, (region.x + left, region.y + top))
        right = width - left - item.picture.width
        return Strip([Segment(" " * left, style), *middle, Segment(" " * right, style)], width)


def _centred(words: Segment, width: int, style: Style, mark: tuple[str, str]) -> Strip:
    free = width - words.cell_length
    left = free // 2
    before, after = " " * max(left, 0), " " * max(free - left, 0)
    if mark[0] and left >= 1 and free - left >= 1:
        before, after = mark[0] + before[1:], after[:-1] + mark[1]
    return Strip([Segment(before, style), words, Segment(after, style)], width)
