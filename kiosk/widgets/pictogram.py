# SPDX-License-Identifier: EUPL-1.2
"""Pictograms in a terminal: sharp (sixel) where it can, in half-blocks elsewhere.

Opening, resizing and encoding a picture takes milliseconds to tens of them: it is done in one thread beside, once
for each name, size and ground, and the screen is painted again when it is ready. Nothing heavy is imported before.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.control import Control
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.strip import Strip

from kiosk.layout import Size
from kiosk.screens.items import Picture
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette, plate_on
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.terminal import Drawing, cell_pixels

_KEPT = 256
_SIXEL_BAND = 6
"""Rows of pixels in one band: a picture of whole bands leaves no black rows below it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture, at one size, on one ground."""

    name: str
    size: Size
    plate: str
    cell: tuple[int, int] = (0, 0)
    """Pixels of a cell, for sixel; zero for half-blocks."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready to paint: its lines, and for sixel the data that goes over them."""

    lines: tuple[Strip, ...]
    sixel: str = ""

    def line(self, y: int, at: tuple[int, int]) -> Strip:
        """Line ``y``; ``at`` is where the picture's top left corner lies on the screen."""
        strip = self.lines[y]
        if not self.sixel or y < len(self.lines) - 1:
            return strip
        x, top = at
        after = Control.move_to(x + strip.cell_length, top + y).segment.text
        data = Control.move_to(x, top).segment.text + self.sixel + after
        # A segment marked as control has no width and is left as it is. The colour register changes, so the
        # style is set anew after it.
        over = Segment(data, None, [(ControlType.CURSOR_FORWARD, 0)])
        return Strip([*strip, over], strip.cell_length)


class Pictures:
    """Draws pictograms beside the screen and keeps those already drawn."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing: Drawing = drawing
        self._ready: OrderedDict[Wanted, Drawn | None] = OrderedDict()
        self._waiting: dict[Wanted, list[Callable[[], object]]] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """True while pictures are waited for."""
        return bool(self._waiting)

    def begin(self) -> None:
        """Draw what is waited for. Called once the first words are painted: until then they have the processor."""
        if self._thread is None and not self._closed:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictograms")
            for wanted in tuple(self._waiting):
                self._submit(wanted)

    def get(self, name: str, size: Size, plate: str, ready: Callable[[], object]) -> Drawn | None:
        """The picture, or None for now: ``ready`` is called on the loop once it is there."""
        cell = cell_pixels() if self.drawing == "sixel" else (0, 0)
        wanted = Wanted(name, size, plate, cell)
        if wanted in self._ready:
            self._ready.move_to_end(wanted)
            return self._ready[wanted]
        if wanted in self._waiting:
            self._waiting[wanted].append(ready)
        elif not self._closed:
            self._waiting[wanted] = [ready]
            self._submit(wanted)
        return None

    def _submit(self, wanted: Wanted) -> None:
        if self._thread is None:
            return
        loop = asyncio.get_running_loop()

        def tell(done: Future[Drawn | None]) -> None:
            with suppress(RuntimeError):  # The loop has ended meanwhile.
                loop.call_soon_threadsafe(self._done, wanted, done)

        self._thread.submit(draw, wanted).add_done_callback(tell)

    def _done(self, wanted: Wanted, done: Future[Drawn | None]) -> None:
        self._ready[wanted] = None if done.cancelled() else done.result()
        while len(self._ready) > _KEPT:
            self._ready.popitem(last=False)
        for ready in self._waiting.pop(wanted, []):
            ready()

    def close(self) -> None:
        """Draw nothing more."""
        self._closed = True
        self._waiting.clear()
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)


def draw(wanted: Wanted) -> Drawn | None:
    """Open, resize and encode a pictogram; None when there is no such file."""
    from PIL import Image

    from content import pictograms

    try:
        file: Path = pictograms.path(wanted.name, "png")
        with Image.open(file) as opened:
            drawing = opened.convert("RGBA")
    except (KeyError, OSError):
        return None
    width, height = wanted.size.width, wanted.size.height
    if wanted.cell == (0, 0):
        return Drawn(_half_blocks(_flat(drawing, width, height * 2, wanted.plate), width, height))
    from textual_image._sixel import image_to_sixels  # The package itself would query the terminal again.

    cell_width, cell_height = wanted.cell
    pixel_height = height * cell_height // _SIXEL_BAND * _SIXEL_BAND
    flat = _flat(drawing, width * cell_width, pixel_height, wanted.plate, square=True)
    ground = Strip([Segment(" " * width, Style(bgcolor=wanted.plate))], width)
    return Drawn((ground,) * height, image_to_sixels(flat))


def _flat(drawing, width: int, height: int, plate: str, *, square: bool = False):  # type: ignore[no-untyped-def]
    """The drawing on its ground, filling ``width`` by ``height`` pixels; ``square`` keeps its proportions."""
    from PIL import Image

    ground = Image.new("RGBA", (width, height), plate)
    side = min(width, height) if square else 0
    small = drawing.resize((side, side) if square else (width, height), Image.Resampling.LANCZOS)
    ground.alpha_composite(small, ((width - small.width) // 2, (height - small.height) // 2))
    return ground.convert("RGB")


def _half_blocks(image, width: int, height: int) -> tuple[Strip, ...]:  # type: ignore[no-untyped-def]
    pixels = image.load()

    def colour(x: int, y: int) -> str:
        red, green, blue = pixels[x, y]
        return f"#{red:02x}{green:02x}{blue:02x}"

    lines: list[Strip] = []
    for y in range(height):
        cells = [Segment("▀", Style(color=colour(x, 2 * y), bgcolor=colour(x, 2 * y + 1))) for x in range(width)]
        lines.append(Strip(cells, width).simplify())
    return tuple(lines)


class PictureView(Painted):
    """Paints one :class:`Picture` on its plate."""

    item: Picture | None = None

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures

    def show(self, item: Picture | None) -> None:
        self.item = item
        self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        drawn, plate = None, plate_on(palette, palette.paper)
        if self.item is not None:
            drawn = self._pictures.get(self.item.name, Size(width, height), plate, self.refresh)
        if drawn is None:
            return [filled(width, style(palette.plate_ink, plate))] * height
        return [drawn.line(y, (self.region.x, self.region.y)) for y in range(height)]
