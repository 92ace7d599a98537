# SPDX-License-Identifier: EUPL-1.2
"""The word that is heard now, on the lines that are painted: broken over two, after a bullet or a number. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from kiosk.screens.items import Button, Line
from kiosk.view import SpokenPlace

BULLET = "•"


@dataclass(frozen=True, slots=True)
class Mark:
    """Signs ``start`` to ``end`` of the line ``line``."""

    line: int
    start: int
    end: int


def marks_of(lines: Sequence[Line], place: SpokenPlace | None) -> tuple[Mark, ...]:
    """Where the word stands on ``lines``: nowhere when they do not say its sentence."""
    if place is None:
        return ()
    found = (_on(y, line.text, place) for y, line in enumerate(lines) if line.about == place.about)
    return tuple(mark for mark in found if mark)


def marks_on(button: Button, lines: Sequence[str], place: SpokenPlace | None) -> tuple[Mark, ...]:
    """Where the word stands on the label of ``button``; its number is marked while it is said."""
    if place is None or not is_about(button, place):
        return ()
    number = str(button.number) if button.number else ""
    if number and place.text[place.start : place.end].strip(" \u00a0:.") == number and lines[0].startswith(number):
        return (Mark(0, 0, len(number)),)
    found = (_on(y, text, place, number if y == 0 else "") for y, text in enumerate(lines))
    return tuple(mark for mark in found if mark)


def is_about(button: Button, place: SpokenPlace) -> bool:
    """True when the sentence reads ``button``."""
    if place.about.startswith("theme:"):
        return button.id == f"theme-{place.about.removeprefix('theme:')}"
    return place.about == f"option:{button.id}"


def _on(y: int, text: str, place: SpokenPlace, number: str = "") -> Mark | None:
    """The part of the word that is on this line of its sentence."""
    body = text.strip()
    for before in (BULLET, number):
        body = body.removeprefix(before).strip(" \u00a0") if before else body
    begins = place.text.find(body) if body else -1
    if begins < 0:
        begins = -body.find(place.text)  # The line may say another sentence too.
        if begins > 0:
            return None
    start, end = max(place.start, begins) - begins, min(place.end, begins + len(body)) - begins
    shift = text.index(body)
    return Mark(y, start + shift, end + shift) if start < end else None


def marked(text: str, plain: Style, bright: Style, mark: Mark | None) -> list[Segment]:
    """``text`` with its marked signs in ``bright``."""
    if mark is None:
        return [Segment(text, plain)]
    pieces = ((text[: mark.start], plain), (text[mark.start : mark.end], bright), (text[mark.end :], plain))
    return [Segment(piece, look) for piece, look in pieces if cell_len(piece)]
