# SPDX-License-Identifier: EUPL-1.2
"""What is said on a view, and the room it is said in. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.layout import Box, Cell, Glass, Size, longest_word, wrap
from kiosk.screens.items import PLAIN, Button, Density, Line, Role, Target
from kiosk.screens.qr import modules
from kiosk.words import Words, words_in


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said on a view, and what is shown beside it."""

    title: str
    sentences: tuple[str, ...] = ()
    details: tuple[tuple[str, Role], ...] = ()
    pictogram: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a view is laid out, and how."""

    area: Box
    glass: Glass
    density: Density = PLAIN
    pictures: bool = True
    large_titles: bool = False
    """Titles take two rows: the terminal can draw letters larger than its own."""
    language: str = "fr"

    @property
    def words(self) -> Words:
        """The kiosk's own words, in the language of the view."""
        return words_in(self.language)


TITLE_WIDENING = 0.85
"""Cells that a letter of a large title takes, in widths of a square of one row."""


def title_lines(text: str, width: int, room: Room) -> list[Line]:
    """A title cut to ``width``. A large one takes two rows: its words stand on the first."""
    if not room.large_titles or not room.glass.roomy:
        return [Line(line, Role.TITLE, "title") for line in wrap(text, width)]
    letters = int(width / max(1.0, TITLE_WIDENING * room.glass.square))
    if longest_word(text) > letters:
        return [Line(line, Role.TITLE, "title") for line in wrap(text, width)]
    below = Line("", Role.TITLE, "title")
    return [line for words in wrap(text, letters) for line in (Line(words, Role.TITLE, "title"), below)]


def lines_of(prompt: Prompt, width: int, room: Room) -> list[Line]:
    """Title, sentences and details, cut to ``width``, with the air of the person's text size."""
    blocks: list[list[Line]] = []
    if prompt.title:
        blocks.append(title_lines(prompt.title, width, room))
    how = room.density
    role = Role.STRONG if how.bold else Role.TEXT
    sentences = [
        [Line(text, role, f"sentence:{n}") for text in wrap(sentence, width)]
        for n, sentence in enumerate(prompt.sentences)
    ]
    if how.air:
        blocks.extend(sentences)
    elif sentences:
        blocks.append([line for sentence in sentences for line in sentence])
    if prompt.details:
        blocks.append([Line(text, kind, "card") for detail, kind in prompt.details for text in wrap(detail, width)])
    lines: list[Line] = []
    for block in blocks:
        lines += [Line(""), *block] if lines else block
    return lines


def target(button: Button, cell: Cell) -> Target:
    """``button`` in ``cell``."""
    return Target(cell.box, button, cell.lines, cell.picture, cell.bordered)


def code_size(url: str) -> Size:
    """Cells of the QR code of ``url``, its quiet zone of two modules included: two modules a row."""
    side = len(modules(url)) + 4
    return Size(side, (side + 1) // 2)
