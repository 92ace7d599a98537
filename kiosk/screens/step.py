# SPDX-License-Identifier: EUPL-1.2
"""A step of a procedure: something said, a choice, a document, a place, a gesture. Also what comes over it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.screens.items import Button, Page, Role, Tone
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.screens.scene import Scene, choices
from kiosk.view import Card, StepView, ViewKind
from kiosk.words import words_in

_PICTURED_BY_CARDS = frozenset({ViewKind.CHOOSE, ViewKind.RATE})
"""Kinds whose answers are the pictures: none stands beside the words."""


class StepScene(Scene):
    """Words, a picture beside them, and the answers below."""

    def pages(self, room: Room) -> tuple[Page, ...]:
        view = self.stage.view
        return lay_out(prompt_of(view), self.buttons(view), room)

    def buttons(self, view: StepView) -> list[Button]:
        """The answers; a lone one is the main control, and needs no picture."""
        buttons = choices(view.options)
        if len(buttons) == 1:
            return [replace(buttons[0], pictogram="", tone=Tone.MAIN)]
        return buttons


def prompt_of(view: StepView) -> Prompt:
    """The words of a view, with those of its card."""
    beside = "" if view.kind in _PICTURED_BY_CARDS else _picture(view)
    details = card_lines(view.card, (view.title, *view.sentences[:1]), view.language) if view.card else ()
    if view.credit:
        details = (*details, (view.credit, Role.QUIET))
    return Prompt(view.title, view.sentences, details, beside, view.card.url if view.card else "")


def _picture(view: StepView) -> str:
    of_the_card = view.kind in (ViewKind.PLACE, ViewKind.CHECKLIST) and view.card is not None
    return (view.card.pictogram if view.card and of_the_card else "") or view.pictogram


def card_lines(card: Card, said: tuple[str, ...], language: str) -> tuple[tuple[str, Role], ...]:
    """What a card tells, in letters; its name is not said twice."""
    lines: list[tuple[str, Role]] = []
    if card.name and card.name not in said:
        lines.append((card.name, Role.STRONG))
    if card.phone:
        phone = words_in(language).phone.format(phone=card.phone.replace(" ", "\u00a0"))
        lines.append((phone, Role.STRONG))
    lines.extend((line, Role.TEXT) for line in card.lines)
    if card.url:
        lines.append((card.url, Role.QUIET))
    return tuple(lines)
