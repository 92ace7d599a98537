# SPDX-License-Identifier: EUPL-1.2
"""Where I am, how far, who is speaking: the band at the top."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from accessibility.comfort import VOLUMES, Comfort
from kiosk.layout import Size, wrap
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette, plate_on
from kiosk.view import StepView, ViewKind
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.pictogram import Pictures
from kiosk.words import Words, words_in

MOST_DOTS = 16


def progress(done: int, total: int, width: int, said: Words) -> str:
    """Dots when they fit ("● ● ○ ○"), else "3 sur 20"; nothing when there is nothing to say."""
    if total <= 0:
        return ""
    done = min(done, total)
    dots = " ".join("●" * done + "○" * (total - done))
    return (
        dots
        if total <= MOST_DOTS and len(dots) <= width
        else said.page_of.format(page=min(done + 1, total), count=total)
    )


def voice(comfort: Comfort, speaking: bool, said: Words | None) -> str:
    """Whether the voice is heard, and how loud; without ``said`` in signs alone."""
    if not comfort.voice:
        return said.muted if said else "♪ –"
    level = VOLUMES.index(comfort.volume) + 1 if comfort.volume in VOLUMES else 0
    bars = "▮" * level + "▯" * (len(VOLUMES) - level)
    return f"♪ {said.speaking}  {bars}" if speaking and said else f"♪ {bars}"


class Header(Painted):
    """The band at the top; in the accent colour while a mediator is called."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._shown: tuple[object, ...] = ()
        self._view: StepView | None = None
        self._comfort = Comfort()
        self._speaking = False

    def show(self, view: StepView, comfort: Comfort, speaking: bool) -> None:
        """Paint again when something of it has changed."""
        self._view, self._comfort, self._speaking = view, comfort, speaking
        shown = (
            view.kind,
            view.heading,
            view.heading_pictogram,
            view.done,
            view.total,
            view.language,
            comfort,
            speaking,
        )
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        view = self._view
        called = view is not None and view.kind is ViewKind.HELP
        ink, ground = (palette.accent_ink, palette.accent) if called else (palette.ink, palette.band)
        words, quiet = style(ink, ground, True), style(ink if called else palette.quiet, ground)
        if view is None:
            return [filled(width, words)] * height
        margin, wide = (2, True) if width >= 76 else (1, False)
        said = words_in(view.language)
        right = voice(self._comfort, self._speaking, said if wide else None)
        middle = progress(view.done, view.total, width // 3, said)
        picture = Size(5, 3) if height >= 3 and self._pictures.drawing == "sixel" else None
        left = margin + (picture.width + 1 if picture else 0)
        room = width - left - margin - cell_len(right) - cell_len(middle) - (4 if middle else 2)
        heading = _at_most(wrap(view.heading, room), height, room)
        first = (height - len(heading)) // 2
        lines: list[Strip] = []
        for y in range(height):
            text = heading[y - first] if 0 <= y - first < len(heading) else ""
            line = [*self._picture(y, picture, margin, palette, words, ground), Segment(text, words)]
            used = left + cell_len(text)
            if y == height // 2:
                most = width - margin - cell_len(right) - cell_len(middle) - 2
                at = min(max(used + 2, (width - cell_len(middle)) // 2), most)
                line += [Segment(" " * (at - used), words), Segment(middle, quiet)]
                used = at + cell_len(middle)
                line += [Segment(" " * (width - margin - cell_len(right) - used), words), Segment(right, words)]
                used = width - margin
            lines.append(Strip([*line, Segment(" " * (width - used), words)], width))
        return lines

    def _picture(
        self, y: int, picture: Size | None, margin: int, palette: Palette, words: Style, ground: str
    ) -> list[Segment]:
        before = Segment(" " * margin, words)
        if picture is None or self._view is None:
            return [before]
        drawn = self._pictures.get(self._view.heading_pictogram, picture, plate_on(palette, ground), self.refresh)
        if drawn is None:
            return [before, Segment(" " * (picture.width + 1), words)]
        return [before, *drawn.line(y, (self.region.x + margin, self.region.y)), Segment(" ", words)]


def _at_most(lines: tuple[str, ...], height: int, room: int) -> tuple[str, ...]:
    """A heading that is too long ends with "…": it stands in full on the screen where it was chosen."""
    if len(lines) <= height:
        return lines
    return (*lines[: height - 1], lines[height - 1][: max(room - 1, 1)] + "…")
