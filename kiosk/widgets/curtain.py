# SPDX-License-Identifier: EUPL-1.2
"""The screen of who uses the voice alone: black, with one short line."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from kiosk.layout import wrap
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette
from kiosk.widgets.painted import Painted, filled

_BLACK, _GREY = "#000000", "#c3ccd6"


class Curtain(Painted):
    """Hides everything; a touch takes it away."""

    class Drawn(Message):
        """Somebody touched it."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = ""

    def show(self, sentence: str) -> None:
        """Show ``sentence`` alone."""
        if sentence != self._sentence:
            self._sentence = sentence
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Drawn())

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        lines = wrap(self._sentence, max(1, width - 4))
        first = max(0, (height - len(lines)) // 2)
        words, blank = style(_GREY, _BLACK), filled(width, style(_GREY, _BLACK))
        painted = [blank] * height
        for y, line in enumerate(lines[: height - first], first):
            painted[y] = _centred(line, width, words)
        return painted


def _centred(text: str, width: int, words: object) -> Strip:
    from rich.segment import Segment

    return Strip([Segment(text.center(width), words)], width)  # type: ignore[arg-type]
