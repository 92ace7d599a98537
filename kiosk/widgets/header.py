# SPDX-License-Identifier: EUPL-1.2
"""Where I am, how far, who is speaking: the band at the top."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from accessibility.comfort import VOLUMES, Comfort
from kiosk.layout import Size, wrap
from kiosk.view import StepView
from kiosk.widgets.pictogram import Pictures

MOST_DOTS = 12
SPEAKING = "Je parle"
MUTED = "Sans voix"


def progress(done: int, total: int, width: int) -> str:
    """Dots when they fit ("● ● ○ ○"), else "3 sur 20"; nothing when there is nothing to say."""
    if total <= 0:
        return ""
    done = min(done, total)
    dots = " ".join("●" * done + "○" * (total - done))
    return dots if total <= MOST_DOTS and len(dots) <= width else f"{min(done + 1, total)} sur {total}"


def voice(comfort: Comfort, speaking: bool, *, words: bool) -> str:
    """Whether the voice is heard, and how loud."""
    if not comfort.voice:
        return MUTED if words else "♪ –"
    level = VOLUMES.index(comfort.volume) + 1 if comfort.volume in VOLUMES else 0
    bars = "▮" * level + "▯" * (len(VOLUMES) - level)
    return f"♪ {SPEAKING}  {bars}" if speaking and words else f"♪ {bars}"


class Header(Widget):
    """The band at the top."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"header--heading", "header--quiet", "header--voice"}

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._view: StepView | None = None
        self._comfort = Comfort()
        self._speaking = False

    def show(self, view: StepView | None, comfort: Comfort, speaking: bool) -> None:
        before = (self._heading, self._comfort, self._speaking)
        self._view, self._comfort, self._speaking = view, comfort, speaking
        if before != (self._heading, comfort, speaking):
            self.refresh()

    @property
    def _heading(self) -> tuple[object, ...]:
        view = self._view
        return (view.heading, view.heading_pictogram, view.done, view.total) if view else ()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if self._view is None:
            return Strip.blank(width, self.rich_style)
        margin = 1 if width < 76 else 2
        words = width >= 76
        right = voice(self._comfort, self._speaking, words=words)
        middle = progress(self._view.done, self._view.total, width // 3)
        picture = Size(5, 3) if height >= 3 and self._pictures.drawing == "sixel" else None
        left = margin + (picture.width + 1 if picture else 0)
        room = width - left - cell_len(right) - cell_len(middle) - margin - (4 if middle else 2)
        lines = wrap(self._view.heading, room)
        if len(lines) > height:
            lines = (*lines[: height - 1], lines[height - 1][: max(room - 1, 1)] + "…")
        return self._line(y, height, left, lines, middle, right, margin, picture)

    def _line(
        self,
        y: int,
        height: int,
        left: int,
        lines: tuple[str, ...],
        middle: str,
        right: str,
        margin: int,
        picture: Size | None,
    ) -> Strip:
        width, ground = self.size.width, self.rich_style
        segments: list[Segment] = self._picture(y, picture, margin, ground)
        first = (height - len(lines)) // 2
        text = lines[y - first] if 0 <= y - first < len(lines) else ""
        segments.append(Segment(text, self.get_component_rich_style("header--heading")))
        if y == height // 2:
            used = left + cell_len(text)
            at = max(used + 2, (width - cell_len(middle)) // 2)
            at = min(at, width - margin - cell_len(right) - cell_len(middle) - 2)
            segments.append(Segment(" " * (at - used), ground))
            segments.append(Segment(middle, self.get_component_rich_style("header--quiet")))
            gap = width - margin - cell_len(right) - at - cell_len(middle)
            segments.append(Segment(" " * gap, ground))
            segments.append(Segment(right, self.get_component_rich_style("header--voice")))
        return Strip(segments).adjust_cell_length(width, ground)

    def _picture(self, y: int, picture: Size | None, margin: int, ground: Style) -> list[Segment]:
        if picture is None or self._view is None:
            return [Segment(" " * margin, ground)]
        plate = self.app.theme_variables["kiosk-plate"]
        drawn = self._pictures.get(self._view.heading_pictogram, picture, plate, self.refresh)
        if drawn is None or y >= len(drawn.lines):
            return [Segment(" " * (margin + picture.width + 1), ground)]
        line = drawn.line(y, (self.region.x + margin, self.region.y))
        return [Segment(" " * margin, ground), *line, Segment(" ", ground)]
