# SPDX-License-Identifier: EUPL-1.2
"""A page for the ear, when the screen turns to it by itself: the procedures of a theme, the next page, the voice.

What is typed is never among it. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.screens.items import Line, Page, Role, Target, Words
from kiosk.view import Said
from kiosk.words import sentence, words_in

BULLET = "•"


def heard(page: Page, language: str) -> tuple[Said, ...]:
    """The words of ``page`` in their order, then each answer after the number that is its key."""
    w = words_in(language)
    words = [
        Said(sentence(said.text), said.about)
        for item in page
        if isinstance(item, Words)
        for said in _joined(item.lines)
    ]
    answers = [
        Said(w.answer_read.format(number=item.button.number, label=item.button.name), f"option:{item.button.id}")
        for item in page
        if isinstance(item, Target) and item.button.number
    ]
    return (*words, *answers)


def as_said(page: tuple[Said, ...], speech: tuple[Said, ...]) -> tuple[Said, ...]:
    """The words of a page in the very words of its view, where they stand in the same place: what was rehearsed.

    A part of what is private is private too.
    """
    known = {(said.about, _bare(said.text)): said for said in speech if said.about}
    private = {said.about for said in speech if said.about and said.private}
    return tuple(
        known.get((said.about, _bare(said.text)), replace(said, private=said.about in private)) for said in page
    )


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


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
