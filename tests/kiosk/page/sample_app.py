# SPDX-License-Identifier: EUPL-1.2
"""A small full-screen program to stand behind the page: cards to tap, a field, a picture, four text sizes."""

from __future__ import annotations

import os
import sys
from typing import ClassVar

from PIL import Image, ImageDraw
from textual.app import App, ComposeResult
from textual.containers import Grid, Horizontal
from textual.events import Resize
from textual.widgets import Button, Input, Label
from textual_image import _terminal
from textual_image.widget import Image as AutoPicture
from textual_image.widget import SixelImage


def picture() -> Image.Image:
    """A red disc in a green frame on nothing."""
    drawn = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pencil = ImageDraw.Draw(drawn)
    pencil.rectangle((0, 0, 239, 239), outline=(0, 110, 60, 255), width=8)
    pencil.ellipse((40, 40, 199, 199), fill=(190, 20, 40, 255))
    return drawn


class SampleApp(App[None]):
    """Counts taps; shows what it was told by the terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: #fff7e0; color: #111111; }
    Grid { grid-size: 3; grid-gutter: 1 2; height: 1fr; }
    Horizontal { height: 3; }
    Grid .card { border-left: outer #004488; border-top: tall #004488; height: 100%; }
    SixelImage, AutoImage { width: auto; height: 8; background: #fff7e0; }
    Button { width: 1fr; }
    Label { height: 1; }
    """
    Button.active_effect_duration = 0  # else a button takes no second press for a while
    SIZES: ClassVar = ("Petit", "Grand", "Plus grand", "Immense")

    def __init__(self) -> None:
        super().__init__()
        self.taps = 0
        self.typed = 0

    def compose(self) -> ComposeResult:
        kind = "sixel" if issubclass(AutoPicture, SixelImage) else "autre"
        yield Label(f"Ma borne est là — images : {kind}", id="title")
        yield Label("", id="size")
        yield Label("touches : 0", id="taps")
        yield Label("tapé : 0", id="typed")
        yield Label(f"secret : {os.environ.get('SAMPLE_SECRET', 'aucun')}", id="secret")
        yield Label("", id="focus")
        with Grid():
            for _ in range(3):
                with Horizontal(classes="card"):
                    yield AutoPicture(picture())
        with Horizontal():
            yield Button("Toucher ici", id="tap")
            yield Button("Finir", id="finish")
            yield Button("Tomber", id="crash")
        with Horizontal():
            for number, name in enumerate(self.SIZES):
                yield Button(name, id=f"size{number}")
        yield Input(placeholder="Écrivez", max_length=60, id="field")

    def on_resize(self, event: Resize) -> None:
        if hasattr(_terminal.get_cell_size, "_result"):
            del _terminal.get_cell_size._result  # the letters changed: so did the cells
        cell = _terminal.get_cell_size()
        self.query_one("#size", Label).update(
            f"taille : {event.size.width}x{event.size.height} case : {cell.width}x{cell.height}"
        )

    def on_descendant_focus(self) -> None:
        self.query_one("#focus", Label).update(f"ici : {self.focused.id if self.focused else ''}")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed = len(event.value)
        self.query_one("#typed", Label).update(f"tapé : {self.typed} ({event.value[:20]})")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        name = event.button.id or ""
        if name == "tap":
            self.taps += 1
            self.query_one("#taps", Label).update(f"touches : {self.taps}")
        elif name == "finish":
            self.exit()
        elif name == "crash":
            os._exit(3)
        elif name.startswith("size"):
            assert self._driver is not None
            self._driver.write(f"\x1b]7771;size={name[4:]}\x07")
            self._driver.flush()


if __name__ == "__main__":
    SampleApp().run()
    sys.exit(0)
