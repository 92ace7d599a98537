# SPDX-License-Identifier: EUPL-1.2
"""Makes the font of lines and blocks that the page draws frames with.

A terminal draws frames with the characters U+2500 to U+259F. Atkinson Hyperlegible Mono has none of them, and those
of another font neither fill its cells nor meet from one cell to the next. These are cut to its cell exactly. The
shapes follow from the characters' Unicode names. Run it again after a change of the letters' font::

    .venv/bin/python -m kiosk.page.blocks_font
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from typing import Literal

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FILE = Path(__file__).parent / "static" / "blocks.woff2"
FAMILY = "Pas a pas Blocs"

# The cell of Atkinson Hyperlegible Mono, in its units.
EM = 1000
WIDTH = 632
TOP = 984
BOTTOM = -316
SPILL = 60
"""Beyond the top and the bottom: a row of the screen is rounded up to whole pixels, and cut there."""

BLEED = 20
"""Beyond the left and the right: letters stand at fractions of a pixel, and two blurred edges would leave a seam."""

LIGHT = 70
HEAVY = 150
DOUBLE = 56
DOUBLE_OFFSET = 84
"""From the middle of the cell to the middle of each line of a double one."""

CENTRE = (WIDTH / 2, (TOP + BOTTOM) / 2)

MADE = 3_800_000_000
"""Seconds since 1904: a fixed day of 2024, so that the bytes depend on the shapes alone."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Point = tuple[float, float]
Arm = Literal["LEFT", "RIGHT", "UP", "DOWN"]
_ARMS: dict[str, tuple[Arm, ...]] = {
    "LEFT": ("LEFT",),
    "RIGHT": ("RIGHT",),
    "UP": ("UP",),
    "DOWN": ("DOWN",),
    "HORIZONTAL": ("LEFT", "RIGHT"),
    "VERTICAL": ("UP", "DOWN"),
}
_WEIGHTS = {"LIGHT": LIGHT, "SINGLE": LIGHT, "HEAVY": HEAVY, "DOUBLE": DOUBLE}
_DASHES = {"DOUBLE DASH": 2, "TRIPLE DASH": 3, "QUADRUPLE DASH": 4}


@dataclass(frozen=True, slots=True)
class Shape:
    """A glyph: polygons, filled, each clockwise."""

    polygons: tuple[tuple[Point, ...], ...]


def _box(box: Box) -> tuple[Point, ...]:
    left, bottom, right, top = box
    left, right = (left - BLEED if left <= 0 else left), (right + BLEED if right >= WIDTH else right)
    return ((left, bottom), (left, top), (right, top), (right, bottom))


def _boxes(*boxes: Box) -> Shape:
    return Shape(tuple(_box(box) for box in boxes))


# Lines


def line_shape(character: str) -> Shape:
    """One of U+2500..U+257F, from its name."""
    name = unicodedata.name(character).removeprefix("BOX DRAWINGS ")
    if "DIAGONAL" in name:
        return _diagonals(name)
    if " ARC " in name:
        return _arc(_arms(name.replace("ARC ", "")))
    for words, count in _DASHES.items():
        if words in name:
            return _dashes(_arms(name.replace(words + " ", "")), count)
    return _lines(_arms(name))


def _arms(name: str) -> dict[Arm, int]:
    """ "DOWN LIGHT AND RIGHT HEAVY" -> {DOWN: 70, RIGHT: 150}; a clause without a weight keeps the one before."""
    arms: dict[Arm, int] = {}
    weight = LIGHT
    for clause in name.split(" AND "):
        words = clause.split()
        weight = next((_WEIGHTS[word] for word in words if word in _WEIGHTS), weight)
        for word in words:
            for arm in _ARMS.get(word, ()):
                arms[arm] = weight
    return arms


def _lines(arms: dict[Arm, int]) -> Shape:
    boxes: list[Box] = []
    for arm, weight in arms.items():
        if weight == DOUBLE:
            boxes += [_double_line(arms, arm, side) for side in (-1, 1)]
        else:
            boxes.append(_turn(arm, -_hub(arms, arm), weight / 2, 0))
    return _boxes(*boxes)


def _hub(arms: dict[Arm, int], arm: Arm) -> float:
    """How far behind the centre an arm begins, to fill the corner it makes with those across it."""
    across = [weight for other, weight in arms.items() if other in _across(arm)]
    if not across:
        return 0
    return max(DOUBLE_OFFSET + DOUBLE / 2 if weight == DOUBLE else weight / 2 for weight in across)


def _double_line(arms: dict[Arm, int], arm: Arm, side: int) -> Box:
    """One of the two lines of a double arm. ``side`` is +1 for the line towards up or right."""
    down_or_left, up_or_right = _across(arm)
    near, far = (up_or_right, down_or_left) if side > 0 else (down_or_left, up_or_right)
    reach = DOUBLE_OFFSET + DOUBLE / 2
    if near in arms:  # turn into the near line of that arm
        start = reach - DOUBLE if arms[near] == DOUBLE else -LIGHT / 2
    elif _opposite(arm) in arms:
        start = 0.0
    elif far in arms:  # go round the corner
        start = -reach if arms[far] == DOUBLE else -LIGHT / 2
    else:
        start = 0.0
    return _turn(arm, start, DOUBLE / 2, side * DOUBLE_OFFSET)


def _across(arm: Arm) -> tuple[Arm, Arm]:
    return ("DOWN", "UP") if arm in ("LEFT", "RIGHT") else ("LEFT", "RIGHT")


def _opposite(arm: Arm) -> Arm:
    opposites: dict[Arm, Arm] = {"LEFT": "RIGHT", "RIGHT": "LEFT", "UP": "DOWN", "DOWN": "UP"}
    return opposites[arm]


def _turn(arm: Arm, start: float, half: float, offset: float) -> Box:
    """A line from ``start`` (along the arm, from the centre) to the edge, ``half`` thick on each side."""
    x, y = CENTRE
    if arm == "RIGHT":
        return (x + start, y + offset - half, WIDTH, y + offset + half)
    if arm == "LEFT":
        return (0, y + offset - half, x - start, y + offset + half)
    if arm == "UP":
        return (x + offset - half, y + start, x + offset + half, TOP + SPILL)
    return (x + offset - half, BOTTOM - SPILL, x + offset + half, y - start)


def _dashes(arms: dict[Arm, int], count: int) -> Shape:
    weight = max(arms.values())
    x, y = CENTRE
    if "LEFT" in arms:
        step = WIDTH / count
        return _boxes(
            *((i * step + step / 4, y - weight / 2, (i + 1) * step - step / 4, y + weight / 2) for i in range(count))
        )
    step = (TOP - BOTTOM) / count
    return _boxes(
        *(
            (x - weight / 2, BOTTOM + i * step + step / 4, x + weight / 2, BOTTOM + (i + 1) * step - step / 4)
            for i in range(count)
        )
    )


def _arc(arms: dict[Arm, int]) -> Shape:
    """A quarter of a ring, then straight to both edges."""
    x, y = CENTRE
    radius = WIDTH / 2
    across, along = (1 if "RIGHT" in arms else -1), (1 if "UP" in arms else -1)
    middle = (x + across * radius, y + along * radius)

    def ring(reach: float) -> list[Point]:
        angles = (i * pi / 2 / 16 for i in range(17))
        return [(middle[0] - across * reach * cos(a), middle[1] - along * reach * sin(a)) for a in angles]

    quarter = tuple(ring(radius + LIGHT / 2) + ring(radius - LIGHT / 2)[::-1])
    end = TOP + SPILL if along > 0 else BOTTOM - SPILL
    low, high = sorted((middle[1], end))
    return Shape((_clockwise(quarter), _box((x - LIGHT / 2, low, x + LIGHT / 2, high))))


def _diagonals(name: str) -> Shape:
    half = LIGHT * 0.6
    falling = ((0, TOP + half), (half, TOP), (WIDTH, BOTTOM + half), (WIDTH, BOTTOM - half), (WIDTH - half, BOTTOM))
    band = _clockwise((*falling, (0, TOP - half)))
    mirrored = _clockwise(tuple((WIDTH - px, py) for px, py in band))
    if "CROSS" in name:
        return Shape((band, mirrored))
    return Shape((band,) if "UPPER LEFT" in name else (mirrored,))


def _clockwise(polygon: tuple[Point, ...]) -> tuple[Point, ...]:
    area = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True))
    return polygon if area > 0 else polygon[::-1]


# Blocks


def _part(left: float, bottom: float, right: float, top: float) -> Box:
    """A part of the cell, in fractions; what touches the top or the bottom spills over it."""
    height = TOP - BOTTOM
    return (
        WIDTH * left,
        BOTTOM + height * bottom - (SPILL if bottom == 0 else 0),
        WIDTH * right,
        BOTTOM + height * top + (SPILL if top == 1 else 0),
    )


_QUADRANTS: dict[str, Box] = {
    "UPPER LEFT": (0, 0.5, 0.5, 1),
    "UPPER RIGHT": (0.5, 0.5, 1, 1),
    "LOWER LEFT": (0, 0, 0.5, 0.5),
    "LOWER RIGHT": (0.5, 0, 1, 0.5),
}
_EIGHTHS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT")
_FRACTIONS = {
    **{f"{word} EIGHTH": i / 8 for i, word in enumerate(_EIGHTHS, 1)},
    **{f"{word} EIGHTHS": i / 8 for i, word in enumerate(_EIGHTHS, 1)},
    "HALF": 1 / 2,
    "ONE QUARTER": 1 / 4,
    "THREE QUARTERS": 3 / 4,
}


def block_shape(character: str) -> Shape:
    """One of U+2580..U+259F, from its name."""
    name = unicodedata.name(character)
    if name == "FULL BLOCK":
        return _boxes(_part(0, 0, 1, 1))
    if name.startswith("QUADRANT "):
        return _boxes(*(_part(*_QUADRANTS[words]) for words in name.removeprefix("QUADRANT ").split(" AND ")))
    if name.endswith(" SHADE"):
        return _shade({"LIGHT": 1, "MEDIUM": 2, "DARK": 3}[name.split()[0]])
    side, rest = name.removesuffix(" BLOCK").split(" ", 1)
    share = _FRACTIONS[rest]
    return _boxes(
        {
            "UPPER": _part(0, 1 - share, 1, 1),
            "LOWER": _part(0, 0, 1, share),
            "LEFT": _part(0, 0, share, 1),
            "RIGHT": _part(1 - share, 0, 1, 1),
        }[side]
    )


def _shade(quarters: int) -> Shape:
    """Bars that cover a quarter, a half or three quarters of the cell."""
    bars = 8
    return _boxes(*(_part(0, i / bars, 1, (i + quarters / 4) / bars) for i in range(bars)))


def glyphs() -> dict[str, Shape]:
    """Character -> shape."""
    lines = {chr(code): line_shape(chr(code)) for code in range(0x2500, 0x2580)}
    return lines | {chr(code): block_shape(chr(code)) for code in range(0x2580, 0x25A0)}


def build(path: Path) -> None:
    """Write the font to ``path`` (WOFF2). The same shapes give the same bytes."""
    shapes = {f"u{ord(character):04X}": shape for character, shape in glyphs().items()}
    drawn = {".notdef": TTGlyphPen(None).glyph()}
    for name, shape in shapes.items():
        pen = TTGlyphPen(None)
        for polygon in shape.polygons:
            pen.moveTo((round(polygon[0][0]), round(polygon[0][1])))
            for x, y in polygon[1:]:
                pen.lineTo((round(x), round(y)))
            pen.closePath()
        drawn[name] = pen.glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(drawn))
    font.setupCharacterMap({int(name[1:], 16): name for name in shapes})
    font.setupGlyf(drawn)
    font.setupHorizontalMetrics({name: (WIDTH, getattr(glyph, "xMin", 0)) for name, glyph in drawn.items()})
    font.setupHorizontalHeader(ascent=TOP, descent=BOTTOM)
    font.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "licenseDescription": "EUPL-1.2"})
    font.setupOS2(sTypoAscender=TOP, sTypoDescender=BOTTOM, sTypoLineGap=0, usWinAscent=TOP, usWinDescent=-BOTTOM)
    font.setupPost(isFixedPitch=1)
    font.updateHead(created=MADE, modified=MADE)
    font.font.recalcTimestamp = False
    font.font.flavor = "woff2"
    font.save(path)


if __name__ == "__main__":
    build(FILE)
