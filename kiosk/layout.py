# SPDX-License-Identifier: EUPL-1.2
"""Where things go on the glass: cells, millimetres, grids of targets. Pure functions.

A finger needs 12.7 mm, and 2.5 mm between two targets (VVSG 2.0, 7.2-I). A cell is as large as the screen's size in
millimetres, divided by the columns and rows of the terminal: the same layout serves every size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rich.cells import cached_cell_len, cell_len

TARGET_MM = 12.7
GAP_MM = 2.5
SMALLEST = (60, 20)
"""Columns and rows below which nothing is promised."""
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Size:
    """In cells."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in cells."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def inside(self, other: Box) -> bool:
        """True when no cell of it is out of ``other``."""
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom


@dataclass(frozen=True)
class Glass:
    """The visible screen: its size in millimetres, and in how many cells the terminal divides it."""

    columns: int
    rows: int
    width_mm: float
    height_mm: float

    @property
    def cell_width_mm(self) -> float:
        return self.width_mm / self.columns

    @property
    def cell_height_mm(self) -> float:
        return self.height_mm / self.rows

    @property
    def square(self) -> float:
        """How many cells of width are as long as one cell of height."""
        return self.cell_height_mm / self.cell_width_mm

    @cached_property
    def target(self) -> Size:
        """The smallest target, in cells."""
        return Size(_cells(TARGET_MM, self.cell_width_mm), _cells(TARGET_MM, self.cell_height_mm))

    @cached_property
    def gap(self) -> Size:
        """The least distance between two targets, in cells."""
        return Size(_cells(GAP_MM, self.cell_width_mm), _cells(GAP_MM, self.cell_height_mm))

    @property
    def margin(self) -> int:
        """Empty columns at the left and at the right."""
        return 1 if self.columns < 76 else 2 if self.columns < 96 else 4

    @property
    def roomy(self) -> bool:
        """Enough rows for empty ones around things."""
        return self.rows >= 28

    def touchable(self, box: Box) -> bool:
        """True when a finger can hit it: 12.7 mm both ways."""
        return box.width >= self.target.width and box.height >= self.target.height

    def apart(self, one: Box, other: Box) -> bool:
        """True when at least 2.5 mm lie between the two, in one direction or the other."""
        across = max(other.x - one.right, one.x - other.right)
        down = max(other.y - one.bottom, one.y - other.bottom)
        return across >= self.gap.width or down >= self.gap.height


def _cells(millimetres: float, cell: float) -> int:
    return max(1, math.ceil(millimetres / cell - _EPSILON))


@lru_cache(maxsize=8192)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break at ordinary spaces, never at non-breaking ones; a word longer than a line is cut, never lost."""
    width = max(width, 1)
    lines: list[str] = []
    line = ""
    for word in text.replace("\n", " ").split(" "):
        if not word:
            continue
        candidate = f"{line} {word}" if line else word
        if cell_len(candidate) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width)
        lines.extend(full)
    if line:
        lines.append(line)
    return tuple(lines)


def forget_measures() -> None:
    """Empty what remembers the width of words: what was typed is among them, a letter more at each key."""
    wrap.cache_clear()
    cached_cell_len.cache_clear()


def _cut(word: str, width: int) -> list[str]:
    """An address is cut after a slash, a dot or a hyphen where it can be; any other word where the line ends."""
    pieces = [""]
    for character in word:
        if pieces[-1] and cell_len(pieces[-1] + character) > width:
            joint = max(map(pieces[-1].rfind, "/.-")) + 1
            kept, carried = (pieces[-1][:joint], pieces[-1][joint:]) if joint > width // 2 else (pieces[-1], "")
            pieces[-1] = kept
            pieces.append(carried)
        pieces[-1] += character
    return pieces


def longest_word(text: str) -> int:
    """Cells of the widest piece that :func:`wrap` would rather not cut."""
    return max((cell_len(word) for word in text.split(" ")), default=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One target of a grid: its box, the lines of its label, how many rows its picture has (0: none)."""

    box: Box
    lines: tuple[str, ...]
    picture: Size | None = None
    bordered: bool = True
    whole_words: bool = True


KNOWN_ROWS = 4
_AIRY_ROWS = 6
PICTURE_ROWS = (3, 12)
"""The least and most rows of a picture on a card."""


def grid(labels: Sequence[str], area: Box, glass: Glass, *, pictured: bool) -> tuple[Cell, ...]:
    """See :func:`_best_grid`, which remembers."""
    return _best_grid(tuple(labels), area, glass, pictured)


@lru_cache(maxsize=4096)
def _best_grid(labels: tuple[str, ...], area: Box, glass: Glass, pictured: bool) -> tuple[Cell, ...]:
    """Place targets at the bottom of ``area``, as large as their words and pictures can use.

    Returns:
        One cell a label, or nothing when they do not fit there at 12.7 mm with all their words.
    """
    best: tuple[tuple[float, ...], tuple[Cell, ...]] | None = None
    for columns in range(1, len(labels) + 1):
        for bordered in (True, False):
            found = _grid(labels, area, glass, columns, bordered, pictured)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else ()


def _grid(
    labels: Sequence[str], area: Box, glass: Glass, columns: int, bordered: bool, pictured: bool
) -> tuple[tuple[float, ...], tuple[Cell, ...]] | None:
    gap, target = glass.gap, glass.target
    gap_width = max(gap.width, 2 if glass.columns >= 96 else 1)
    rows = math.ceil(len(labels) / columns)
    widest = max(area.width // 3, 22) if pictured else max(area.width * 2 // 5, 30)
    width = min((area.width - gap_width * (columns - 1)) // columns, widest)
    height = (area.height - gap.height * (rows - 1)) // rows
    edge = 2 if bordered else 0
    inner = width - edge - 2
    if inner < 1 or width < target.width:
        return None
    lines = [wrap(label, inner) for label in labels]
    most = max(len(label) for label in lines)
    least = max(target.height, most + edge)
    if least > height:
        return None
    whole = all(longest_word(label) <= inner for label in labels)
    picture = _picture_rows(height - edge - most, inner, glass) if pictured else 0
    if picture:
        height = max(least, most + edge + picture + 1 if height > most + edge + picture else most + edge + picture)
    else:
        height = min(height, max(least, 5 if glass.roomy and rows < 3 else 3))
    size = Size(min(inner, round(picture * glass.square)), picture) if picture else None
    total_width = columns * width + (columns - 1) * gap_width
    total_height = rows * height + (rows - 1) * gap.height
    left, top = area.x + (area.width - total_width) // 2, area.bottom - total_height
    boxes = [
        Box(left + (i % columns) * (width + gap_width), top + (i // columns) * (height + gap.height), width, height)
        for i in range(len(labels))
    ]
    cells = tuple(Cell(box, label, size, bordered, whole) for box, label in zip(boxes, lines, strict=True))
    empty = columns * rows - len(labels)
    # Once the picture is large enough to be known: labels on one line, a border, then the largest picture.
    return (whole, min(picture, KNOWN_ROWS), -most, bordered, picture, -rows, -empty), cells


def _picture_rows(free: int, inner: int, glass: Glass) -> int:
    least, most = PICTURE_ROWS
    if glass.rows >= 44:
        most = 16
    rows = min(free - 1 if free > _AIRY_ROWS else free, int(inner / glass.square), most)
    return rows if rows >= least else 0


@lru_cache(maxsize=256)
def narrowest(text: str, lines: int) -> int:
    """The least width at which ``text`` takes at most ``lines`` lines without a word cut."""
    width = longest_word(text)
    while len(wrap(text, width)) > lines:
        width += 1
    return width


KEYBOARD_COLUMNS, KEYBOARD_ROWS = 10, 4
"""The on-screen keyboard: the most demanding of the screens."""


def fits(glass: Glass) -> tuple[str, ...]:
    """What this screen cannot keep, in French for the technician; nothing when all is well.

    The on-screen keyboard asks most of a screen; what it can keep, every other view can.
    """
    problems: list[str] = []
    columns, rows = SMALLEST
    if glass.columns < columns or glass.rows < rows:
        problems.append(
            f"L'écran montre {glass.columns} colonnes et {glass.rows} lignes : il en faut {columns} et {rows}. "
            "Choisissez des lettres plus petites."
        )
    target, gap = glass.target, glass.gap
    across = KEYBOARD_COLUMNS * target.width + (KEYBOARD_COLUMNS - 1) * gap.width + 2 * glass.margin
    tools = max(target.height, 2) + (2 if glass.roomy else 0)
    down = 1 + 2 + KEYBOARD_ROWS * target.height + (KEYBOARD_ROWS - 1) * gap.height + 1 + tools + 1
    if across > glass.columns:
        width = TARGET_MM * KEYBOARD_COLUMNS + GAP_MM * (KEYBOARD_COLUMNS - 1)
        problems.append(
            f"L'écran est trop étroit ({glass.width_mm:.0f} mm) pour dix touches de 12,7 mm de front : "
            f"il faut au moins {math.ceil(width * 1.1)} mm. Le clavier aura des touches plus petites."
        )
    if down > glass.rows:
        problems.append(
            f"L'écran n'est pas assez haut ({glass.height_mm:.0f} mm pour {glass.rows} lignes) pour des touches de "
            "12,7 mm. Le clavier aura des touches plus petites."
        )
    return tuple(problems)
