# SPDX-License-Identifier: EUPL-1.2
"""Comfort shown by doing: a letter at four sizes, a word in four colours, a slow voice, a normal one, none.

Rows of small targets, as tall and as far apart as their place lets them be. Pure functions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from accessibility.comfort import Comfort, Contrast, TextSize
from kiosk.layout import Box, Glass, longest_word, wrap
from kiosk.screens.items import CHOSEN, Action, Button, Item, Line, OpenModes, Role, SetComfort, Target, Tone, Words
from kiosk.words import Words as Texts
from kiosk.words.modes import mode_words_in

SLOW_RATE = 0.75
EXAMPLE = "A"
_SIZES = (
    (TextSize.NORMAL, "A", 0.4),
    (TextSize.LARGE, "A\u00a0+", 0.6),
    (TextSize.LARGER, "A\u00a0++", 0.8),
    (TextSize.LARGEST, "A\u00a0+++", 1.0),
)
"""A size, its label in signs, and the part of its box that the letter shown for it fills."""
_COLOURS = (Contrast.DAY, Contrast.NIGHT, Contrast.YELLOW, Contrast.CREAM)
_EXAMPLE_ROWS = 5
"""A border, and three rows for a letter that grows."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One row of choices and its short name; "" for none."""

    name: str
    buttons: tuple[Button, ...]
    grows: bool = False
    """Its targets show letters that grow: they are better taller."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows are set out, from the most generous to the tightest."""

    tall: bool
    """Room for letters that grow."""
    own: bool
    """ "Confort" has a row of its own; else it ends the last one."""
    named: bool
    airy: bool = False


_SHAPES = (
    _Shape(tall=True, own=True, named=True, airy=True),
    _Shape(tall=True, own=True, named=True),
    _Shape(tall=True, own=False, named=True),
    _Shape(tall=False, own=True, named=True),
    _Shape(tall=False, own=False, named=True),
    _Shape(tall=True, own=False, named=False),
    _Shape(tall=False, own=False, named=False),
)


def chip(name: str, label: str, action: Action, chosen: bool, theme: str = "", said: str = "") -> Button:
    """One of several choices, the one in force marked."""
    shown = f"{CHOSEN} {label}" if chosen else label  # The mark may stand above, where a border asks for its room.
    return Button(name, shown, action, tone=Tone.CHOSEN if chosen else Tone.CARD, theme=theme, said=said)


def comfort_choices(comfort: Comfort, words: Texts) -> tuple[Choices, ...]:
    """The rows of choices, the ones in force marked; "Confort", for all the others, is the last."""
    named = (words.day, words.night, words.yellow, words.cream)
    more = mode_words_in(words.language)

    def to(name: str, label: str, then: Comfort, chosen: bool, theme: str = "", said: str = "") -> Button:
        return chip(name, label, SetComfort(then), chosen, theme, said)

    sizes = (
        replace(
            to(f"size-{s}", label, replace(comfort, text_size=s), s is comfort.text_size, said=said),
            example=EXAMPLE,
            share=share,
        )
        for (s, label, share), said in zip(_SIZES, more.sizes, strict=True)
    )
    colours = (
        to(f"contrast-{c}", label, replace(comfort, contrast=c), c is comfort.contrast, c.value)
        for c, label in zip(_COLOURS, named, strict=True)
    )
    normal, slow, voice = Comfort().rate, SLOW_RATE, comfort.voice
    voices = (
        to("voice-slow", words.voice_slow, replace(comfort, voice=True, rate=slow), voice and comfort.rate == slow),
        to(
            "voice-normal",
            words.voice_normal,
            replace(comfort, voice=True, rate=normal),
            voice and comfort.rate == normal,
        ),
        to("voice-none", words.voice_none, replace(comfort, voice=False), not voice),
    )
    return (
        Choices(words.letters, tuple(sizes), grows=True),
        Choices(words.colours, tuple(colours)),
        Choices(words.voice, voices),
        Choices("", (Button("comfort", more.comfort, OpenModes()),)),
    )


def chip_rows(glass: Glass) -> int:
    """Rows of a small target."""
    return max(glass.target.height, 2 if glass.rows < 24 else 3)


def placed(choices: tuple[Choices, ...], area: Box, glass: Glass, *, pictures: bool) -> tuple[Item, ...] | None:
    """The rows in the middle of ``area``, each below its name when there is room; None when they do not fit.

    ``pictures``: the terminal draws some, and letters can be shown at four sizes.
    """
    for shape in _SHAPES:
        if not (shape.tall and not pictures) and (items := _placed(choices, area, glass, shape)) is not None:
            return items
    return None


def least_rows(choices: tuple[Choices, ...], glass: Glass) -> int:
    """Rows that the tightest setting takes."""
    return (len(choices) - 1) * (chip_rows(glass) + glass.gap.height) - glass.gap.height


def _placed(choices: tuple[Choices, ...], area: Box, glass: Glass, shape: _Shape) -> tuple[Item, ...] | None:
    rows = choices if shape.own else _joined(choices)
    gap = glass.gap.height + shape.airy
    heights = [max(chip_rows(glass), _EXAMPLE_ROWS) if row.grows and shape.tall else chip_rows(glass) for row in rows]
    named = [shape.named and bool(row.name) for row in rows]
    needed = sum(heights) + sum(named) + gap * (len(rows) - 1)
    if needed > area.height:
        return None
    y = area.y + (area.height - needed + 1) // 2
    items: list[Item] = []
    for row, height, with_name in zip(rows, heights, named, strict=True):
        if with_name:
            items.append(Words(Box(area.x + 1, y, area.width - 1, 1), (Line(row.name, Role.QUIET),)))
            y += 1
        chips = chips_in(row.buttons, Box(area.x, y, area.width, height), glass)
        if chips is None:
            return None
        items.extend(chips)
        y += height + gap
    return tuple(items)


def _joined(choices: tuple[Choices, ...]) -> tuple[Choices, ...]:
    """ "Confort" at the end of the last row."""
    *rows, last, more = choices
    return (*rows, replace(last, buttons=(*last.buttons, *more.buttons)))


def chips_in(buttons: tuple[Button, ...], area: Box, glass: Glass) -> tuple[Target, ...] | None:
    """Targets of one width side by side over all of ``area``; None when a finger or a word has no room."""
    gap = glass.gap.width
    width = (area.width - gap * (len(buttons) - 1)) // len(buttons)
    bordered = area.height >= 3 and all(
        longest_word(b.text) + 2 <= width and len(wrap(b.text, width - 2)) + 2 <= area.height for b in buttons
    )
    inner = width - (2 if bordered else 0)
    lines = [wrap(b.text, inner) for b in buttons]
    if width < glass.target.width or any(len(label) > area.height - (2 if bordered else 0) for label in lines):
        return None
    if any(longest_word(b.text) > inner for b in buttons):
        return None
    return tuple(
        Target(Box(area.x + i * (width + gap), area.y, width, area.height), button, label, None, bordered)
        for i, (button, label) in enumerate(zip(buttons, lines, strict=True))
    )
