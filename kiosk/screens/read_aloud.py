# SPDX-License-Identifier: EUPL-1.2
"""A page for the ear, when the screen turns to it by itself: the procedures of a theme, the next page, the voice.

What is typed is never among it. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.screens.items import Line, Page, Role, Target, Words
from kiosk.view import Said
from kiosk.words import words_in

BULLET = "•"


def heard(page: Page, language: str) -> tuple[Said, ...]:
    """The words of ``page`` in their order, then each answer after the number that is its key."""
    w = words_in(language)
    words = [said for item in page if isinstance(item, Words) for said in _joined(item.lines)]
    answers = [
        Said(w.answer_read.format(number=item.button.number, label=item.button.name), f"option:{item.button.id}")
        for item in page
        if isinstance(item, Target) and item.button.number
    ]
    return (*words, *answers)


def _joined(lines: tuple[Line, ...]) -> Iterator[Said]:
    """Lines put together again as they were before they were broken: a title, a paragraph, an item of a list."""
    before, role, about = "", Role.TEXT, ""
    for line in lines:
        text = line.text.strip()
        if line.about and line.about == about and not text:
            continue  # The second row of a large title.
        ended = not line.about and before.endswith((".", "?", "!"))
        new = not text or text.startswith(BULLET) or line.role is not role or line.about != about or ended
        if new and before:
            yield Said(before, about)
        if new:
            before = ""
        role, about = line.role, line.about
        if line.role is not Role.FIELD:
            before = f"{before} {text.removeprefix(BULLET).strip()}".strip()
    if before:
        yield Said(before, about)
