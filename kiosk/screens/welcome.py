# SPDX-License-Identifier: EUPL-1.2
"""The welcome: a greeting, one large "Commencer", the languages by their own name, and comfort shown by doing.

Nothing but "Commencer" looks like the control to press; all the rest is small, and what is in force is marked.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.layout import Box, Glass, Size, longest_word, wrap
from kiosk.screens.comfort_choices import Choices, chip, chip_rows, chips_in, comfort_choices, least_rows, placed
from kiosk.screens.items import Action, Button, Page, Target, Tone
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Room
from kiosk.screens.scene import Scene
from kiosk.screens.step import prompt_of

_SIDE_BY_SIDE = 74
_GUTTER = 4
_WIDEST = 140
"""On a wider screen, all stays together in the middle."""
_LANGUAGE = 16
"""Cells of the chip of a language."""
_START_PICTURE = 4
"""Rows of the picture on "Commencer"."""
_START_ROWS = (_START_PICTURE + 4, 5, 3)
"""Rows of "Commencer", from the most generous: with its picture, tall, plain."""


class WelcomeScene(Scene):
    """Words and "Commencer" at the left, comfort at the right; one below the other on a narrow screen."""

    def pages(self, room: Room) -> tuple[Page, ...]:
        spare = max(0, room.area.width - _WIDEST)
        room = replace(room, area=replace(room.area, x=room.area.x + spare // 2, width=room.area.width - spare))
        choices = comfort_choices(self.stage.comfort, room.words)
        tight = replace(room, density=replace(room.density, air=0))
        for build, there in ((self._side_by_side, room), (self._stacked, room), (self._stacked, tight)):
            page = build(there, choices)
            if page is not None:
                return (page,)
        return self._two_pages(room, choices)

    @property
    def on_enter(self) -> Action | None:
        """Enter, or 1: "Commencer" at once."""
        return next((button.action for button in self._starts() if button.tone is Tone.MAIN), None)

    def _starts(self) -> list[Button]:
        """ "Commencer", then the languages."""
        from assist.session.commands import SetLanguage

        view = self.stage.view
        return [
            chip(o.id, o.label, o.intent, o.intent.language == view.language)
            if isinstance(o.intent, SetLanguage)
            else Button(o.id, o.label, o.intent, o.pictogram, tone=Tone.MAIN)
            for o in view.options
        ]

    # On one page

    def _side_by_side(self, room: Room, choices: tuple[Choices, ...]) -> Page | None:
        area = room.area
        if area.width < _SIDE_BY_SIDE:
            return None
        left = area.width * 48 // 100
        right = Box(area.x + left + _GUTTER, area.y, area.width - left - _GUTTER, area.height)
        comfort = placed(choices, right, room.glass, pictures=room.pictures)
        if comfort is None:
            return None
        first, last = min(item.box.y for item in comfort), max(item.box.bottom for item in comfort)
        for mine in (Box(area.x, first, left, last - first), replace(area, width=left)):
            begin = self._beginning(replace(room, area=mine), under=True)
            if begin is not None:
                return (*begin, *comfort)
        return None

    def _stacked(self, room: Room, choices: tuple[Choices, ...]) -> Page | None:
        area, glass = room.area, room.glass
        gap = glass.gap.height
        least = least_rows(choices, glass)
        for height in (*range(area.height // 2, least, -1), least):
            comfort = placed(
                choices, Box(area.x, area.bottom - height, area.width, height), glass, pictures=room.pictures
            )
            above = replace(room, area=replace(area, height=area.height - height - gap))
            if comfort is None or above.area.height < 3:
                continue
            for under in (True, False):
                if (begin := self._beginning(above, under=under)) is not None:
                    return (*begin, *comfort)
        return None

    def _beginning(self, room: Room, *, under: bool) -> Page | None:
        """The greeting, "Commencer", and the languages under or beside it: as large as the greeting lets them be."""
        area, glass = room.area, room.glass
        start, *languages = self._starts()
        said = prompt_of(self.stage.view)
        chips = chip_rows(glass)
        below = chips + glass.gap.height if languages and under else 0
        for prompt in (said, replace(said, pictogram="")):
            for rows in _START_ROWS if under else (chips,):
                height = max(glass.target.height, rows)
                words = replace(area, height=area.height - height - below - 1)
                if words.height < 1 or len(pages := lay_out(prompt, [], replace(room, area=words))) != 1:
                    continue
                zone = Box(area.x, area.bottom - height - below, area.width, height)
                targets = (_over if under else _beside)(start, tuple(languages), zone, room)
                if targets:
                    return (*pages[0], *targets)
        return None

    # On several

    def _two_pages(self, room: Room, choices: tuple[Choices, ...]) -> tuple[Page, ...]:
        """A very small screen: first the greeting, then the comfort choices, all as plain targets."""
        flat = [button for row in choices for button in row.buttons]
        starts = [replace(button, pictogram="") for button in self._starts()]
        return lay_out(prompt_of(self.stage.view), [*starts, *flat], room)


def _over(start: Button, languages: tuple[Button, ...], zone: Box, room: Room) -> Page:
    """ "Commencer" over all of ``zone``, the languages below it; nothing when a language has no room."""
    glass = room.glass
    row = Box(zone.x, zone.bottom + glass.gap.height, _small(languages, zone.width, glass), chip_rows(glass))
    chips = chips_in(languages, row, glass) if languages else ()
    return () if chips is None else (_start(start, zone, room), *chips)


def _beside(start: Button, languages: tuple[Button, ...], zone: Box, room: Room) -> Page:
    """ "Commencer" at the left, at least as wide as all the languages; nothing when there is no such room."""
    glass = room.glass
    width = min(_small(languages, zone.width, glass), zone.width // 2) if languages else 0
    left = zone.width - width - (glass.gap.width if languages else 0)
    if longest_word(start.label) + 2 > left or left < glass.target.width:
        return ()
    chips = chips_in(languages, Box(zone.right - width, zone.y, width, zone.height), glass) if languages else ()
    return () if chips is None else (_start(start, replace(zone, width=left), room), *chips)


def _small(languages: tuple[Button, ...], most: int, glass: Glass) -> int:
    """The width of all the languages side by side, each as small as a word and a finger let it be."""
    each = max(glass.target.width, _LANGUAGE, *(longest_word(button.text) + 4 for button in languages))
    return min(most, each * len(languages) + glass.gap.width * (len(languages) - 1))


def _start(button: Button, box: Box, room: Room) -> Target:
    """The main control, with its picture where it is tall enough."""
    pictured = room.pictures and button.pictogram and box.height >= _START_ROWS[0]
    picture = Size(round(_START_PICTURE * room.glass.square), _START_PICTURE) if pictured else None
    shown = button if pictured else replace(button, pictogram="")
    return Target(box, shown, wrap(button.text, box.width - 2), picture, box.height >= 3)
