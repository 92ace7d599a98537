# SPDX-License-Identifier: EUPL-1.2
"""Pictograms in a terminal: sharp (sixel) where it can, in half-blocks elsewhere.

Opening, resizing and encoding a picture takes milliseconds to tens of them: it is done in one thread beside, once
for each name, size and ground, and the screen is painted again when it is ready. Nothing heavy is imported before.
"""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
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
_TITLE_FONT = "atkinson-hyperlegible-latin-700-normal.woff2"
_LETTERS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(map(chr, range(0xA1, 0x100))) | frozenset("ŒœŸ€’‘“”–—…")
"""What that font can write; any other title stays in the terminal's letters."""
_LETTERS_HEIGHT = 0.8
LETTER_ROWS = {"sixel": 2, "blocks": 3}
"""The least rows in which four sizes of a letter are told apart: blocks have two dots a row."""
_LEAST_DOTS = 4
"""A letter of fewer rows of dots is better written by the terminal."""
_FINE = 8
"""How many times larger a letter is written before it becomes dots."""
_SEEN, _GREY = 32, 24
"""Dots across in which colours are looked for, and how far apart the channels of a grey may be."""
_COLOURS = 64
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
    ink: str = ""
    """For words instead of a pictogram: their colour."""
    mark: tuple[int, int] | None = None
    share: float = 0.0
    """For letters alone in their box: the part of its height that a capital fills."""
    lines: tuple[str, str] | None = None
    """Ink and ground for a pictogram that has no colour of its own: no plate then."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready to paint: its lines, and for sixel the data that goes over them."""

    lines: tuple[Strip, ...]
    sixel: str = ""

    def line(self, y: int, at: tuple[int, int]) -> Strip:
        """Line ``y``; ``at`` is where the picture's top left corner lies on the screen."""
        if not self.sixel or y < len(self.lines) - 1:
            return self.lines[y]
        return over(self.lines[y], self.sixel, at, y)


def over(strip: Strip, sixel: str, at: tuple[int, int], rows_above: int) -> Strip:
    """``strip`` with a picture painted over it and over the ``rows_above`` lines before it, from ``at``.

    It goes with the last of its lines: what is painted before lies under it. A segment marked as control has no
    width, and is left as it is.
    """
    x, y = at
    back = Control.move_to(x + strip.cell_length, y + rows_above).segment.text
    data = Control.move_to(x, y).segment.text + sixel + back
    return Strip([*strip, Segment(data, None, [(ControlType.CURSOR_FORWARD, 0)])], strip.cell_length)


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

    def get(
        self,
        name: str,
        size: Size,
        plate: str,
        ready: Callable[[], object],
        lines: tuple[str, str] | None = None,
    ) -> Drawn | None:
        """The picture, or None for now: ``ready`` is called on the loop once it is there.

        ``lines``: ink and ground of what is only lines, in place of black ones on a plate.
        """
        cell = cell_pixels() if self.drawing == "sixel" else (0, 0)
        return self._get(Wanted(name, size, plate, cell, lines=lines), ready)

    def title(
        self,
        text: str,
        size: Size,
        ink: str,
        ground: str,
        ready: Callable[[], object],
        mark: tuple[int, int] | None = None,
    ) -> str:
        """Words in large letters, as sixel data; "" where the terminal cannot, or for now.

        ``mark``: the signs from one number to the other are in the colours changed about.
        """
        if self.drawing != "sixel":
            return ""
        drawn = self._get(Wanted(text, size, ground, cell_pixels(), ink, mark), ready)
        return drawn.sixel if drawn else ""

    def letters(
        self, text: str, size: Size, ink: str, ground: str, share: float, ready: Callable[[], object]
    ) -> Drawn | None:
        """Letters on the ground of their box, a capital filling ``share`` of its height; None where it has not enough
        rows to tell one size from another, where nothing is drawn, or for now."""
        if self.drawing == "text" or size.height < LETTER_ROWS[self.drawing] or size.width < size.height:
            return None
        if self.drawing == "blocks" and round(2 * size.height * share) < _LEAST_DOTS:
            return None
        cell = cell_pixels() if self.drawing == "sixel" else (0, 0)
        return self._get(Wanted(text, size, ground, cell, ink, share=share), ready)

    def _get(self, wanted: Wanted, ready: Callable[[], object]) -> Drawn | None:
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
    """Open, resize and encode a pictogram, or write words; None when there is no such file."""
    if wanted.ink:
        return _letters(wanted) if wanted.share else _written(wanted)
    from PIL import Image

    from content import pictograms

    try:
        file: Path = pictograms.path(wanted.name, "png")
        with Image.open(file) as opened:
            drawing = opened.convert("RGBA")
    except (KeyError, OSError):
        return None
    if wanted.lines is not None and _colourless(drawing):
        ink, ground = wanted.lines
        lines = Image.new("RGBA", drawing.size, ink)
        lines.putalpha(drawing.getchannel("A"))
        drawing, wanted = lines, replace(wanted, plate=ground)
    width, height = wanted.size.width, wanted.size.height
    if wanted.cell == (0, 0):
        return Drawn(_half_blocks(_flat(drawing, width, height * 2, wanted.plate), width, height))
    cell_width, cell_height = wanted.cell
    pixel_height = height * cell_height // _SIXEL_BAND * _SIXEL_BAND
    flat = _flat(drawing, width * cell_width, pixel_height, wanted.plate, square=True)
    ground = Strip([Segment(" " * width, Style(bgcolor=wanted.plate))], width)
    return Drawn((ground,) * height, _sixels(flat, wanted.plate))


def _colourless(drawing) -> bool:  # type: ignore[no-untyped-def]
    """True for black and grey lines alone."""
    seen = drawing.resize((_SEEN, _SEEN)).getcolors(_SEEN**2)
    return all(max(colour[:3]) - min(colour[:3]) < _GREY for _, colour in seen if colour[3] > 127)


def _written(wanted: Wanted) -> Drawn | None:
    """Words in the letters of the receipt, as large as their box lets them be."""
    from PIL import Image, ImageDraw

    text = wanted.name.replace("\u00a0", " ").replace("\u202f", " ")
    if not set(text) <= _LETTERS:
        return None
    width = wanted.size.width * wanted.cell[0]
    height = wanted.size.height * wanted.cell[1] // _SIXEL_BAND * _SIXEL_BAND
    if (font := _font(height * _LETTERS_HEIGHT)) is None:
        return None
    if (length := font.getlength(text)) > width:
        font = font.font_variant(size=int(font.size * width / length))
    used = min(width, math.ceil(font.getlength(text)) + 2)
    image = Image.new("RGB", (used, height), wanted.plate)
    pen = ImageDraw.Draw(image)
    pen.text((1, height / 2), text, font=font, fill=wanted.ink, anchor="lm")
    if wanted.mark is not None:
        start, end = wanted.mark
        left, right = (1 + font.getlength(text[:signs]) for signs in (start, end))
        pen.rectangle((left, 0, right, height), fill=wanted.ink)
        pen.text((left, height / 2), text[start:end], font=font, fill=wanted.plate, anchor="lm")
    return Drawn((), _sixels(image, wanted.plate))


def _font(size: float):  # type: ignore[no-untyped-def]
    """The letters of the receipt; None when their file is not there."""
    from PIL import ImageFont

    import printouts

    try:
        return ImageFont.truetype(Path(printouts.__file__).parent / "fonts" / _TITLE_FONT, int(size))
    except OSError:
        return None


def _letters(wanted: Wanted) -> Drawn | None:
    """Letters in the middle of their box, all sizes standing on one line."""
    from PIL import Image, ImageDraw

    columns, rows = wanted.size.width, wanted.size.height
    blocks = wanted.cell == (0, 0)
    if (font := _font(100)) is None:
        return None
    if blocks:  # A quarter of a cell is twice as high as wide.
        width, height = columns * 2 * _FINE, rows * 4 * _FINE
        tall, foot = round(2 * rows * wanted.share) * 2 * _FINE, height
    else:
        width, height = columns * wanted.cell[0], rows * wanted.cell[1] // _SIXEL_BAND * _SIXEL_BAND
        tall = round(height * _LETTERS_HEIGHT * wanted.share)
        foot = round(height * (1 + _LETTERS_HEIGHT) / 2)
    _, top, _, line = font.getbbox("A", anchor="ls")
    font = font.font_variant(size=max(1, 100 * tall // (line - top)))
    if (length := font.getlength(wanted.name)) > width:
        font = font.font_variant(size=max(1, int(font.size * width / length)))
    ink, ground = ("white", "black") if blocks else (wanted.ink, wanted.plate)
    image = Image.new("RGB", (width, height), ground)
    ImageDraw.Draw(image).text((width / 2, foot), wanted.name, font=font, fill=ink, anchor="ms")
    if blocks:
        dots = image.convert("L").resize((columns * 2, rows * 2), Image.Resampling.BOX)
        return Drawn(_quarters(dots, columns, rows, Style(color=wanted.ink, bgcolor=wanted.plate)))
    blank = Strip([Segment(" " * columns, Style(bgcolor=wanted.plate))], columns)
    return Drawn((blank,) * rows, _sixels(image, wanted.plate))


def _sixels(image, ground: str) -> str:  # type: ignore[no-untyped-def]
    """Sixel data whose ground has exactly the colour of what lies around the picture."""
    from textual_image._sixel import image_to_sixels  # The package itself would query the terminal again.

    few = image.quantize(_COLOURS)
    palette = few.getpalette()
    index = few.getpixel((0, 0))
    palette[3 * index : 3 * index + 3] = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
    few.putpalette(palette)
    return image_to_sixels(few)


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


_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""The blocks of four dots: 1, 2, 4, 8 for the upper left, upper right, lower left, lower right one."""


def _quarters(dots, width: int, height: int, look: Style) -> tuple[Strip, ...]:  # type: ignore[no-untyped-def]
    """One ink on one ground, four dots a cell."""
    inked = dots.point(lambda light: light > 127).load()

    def block(x: int, y: int) -> str:
        return _QUARTERS[sum(1 << n for n in range(4) if inked[2 * x + n % 2, 2 * y + n // 2])]

    return tuple(Strip([Segment("".join(block(x, y) for x in range(width)), look)], width) for y in range(height))


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
