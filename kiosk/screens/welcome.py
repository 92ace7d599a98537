# SPDX-License-Identifier: EUPL-1.2
"""The welcome: a greeting, the languages by their own name, "Commencer", and comfort shown by doing.

The same word at four sizes, the same word in four colours, a slow voice, a normal one, none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from accessibility.comfort import Comfort, Contrast, TextSize
from kiosk.layout import Box, Glass, longest_word, wrap
from kiosk.screens.items import (
    CHOSEN,
    Action,
    Button,
    Item,
    Line,
    OpenModes,
    Page,
    Role,
    SetComfort,
    Target,
    Tone,
    Words,
)
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Room
from kiosk.screens.scene import Scene
from kiosk.screens.step import prompt_of
from kiosk.words import Words as Texts
from kiosk.words.modes import mode_words_in

SLOW_RATE = 0.75
_SIZES = (
    (TextSize.NORMAL, "A"),
    (TextSize.LARGE, "A\u00a0+"),
    (TextSize.LARGER, "A\u00a0++"),
    (TextSize.LARGEST, "A\u00a0+++"),
)
_COLOURS = (Contrast.DAY, Contrast.NIGHT, Contrast.YELLOW, Contrast.CREAM)
_SIDE_BY_SIDE = 74
_GUTTER = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of comfort choices and its short name."""

    name: str
    buttons: tuple[Button, ...]


class WelcomeScene(Scene):
    """Words and "Commencer" at the left, comfort at the right; one below the other on a narrow screen."""

    def pages(self, room: Room) -> tuple[Page, ...]:
        rows = comfort_rows(self.stage.comfort, room.words)
        for build in (self._side_by_side, self._stacked):
            page = build(room, rows)
            if page is not None:
                return (page,)
        return self._two_pages(room, rows)

    @property
    def on_enter(self) -> Action | None:
        """Enter, or 1: "Commencer" at once."""
        from assist.session.commands import Begin

        return next((option.intent for option in self.stage.view.options if isinstance(option.intent, Begin)), None)

    def _starts(self) -> list[Button]:
        from assist.session.commands import SetLanguage

        view = self.stage.view
        comfort = Button("comfort", mode_words_in(view.language).comfort, OpenModes())
        starts = [
            _chip(o.id, o.label, o.intent, o.intent.language == view.language)
            if isinstance(o.intent, SetLanguage)
            else Button(o.id, o.label, o.intent, tone=Tone.MAIN)
            for o in view.options
        ]
        return [*starts, comfort]

    def _side_by_side(self, room: Room, rows: tuple[_Row, ...]) -> Page | None:
        area = room.area
        if area.width < _SIDE_BY_SIDE:
            return None
        left = area.width * 48 // 100
        right = Box(area.x + left + _GUTTER, area.y, area.width - left - _GUTTER, area.height)
        comfort = _comfort(rows, right, room.glass)
        if comfort is None:
            return None
        first, last = min(item.box.y for item in comfort), max(item.box.bottom for item in comfort)
        for mine in (Box(area.x, first, left, last - first), replace(area, width=left)):
            pages = lay_out(prompt_of(self.stage.view), self._starts(), self._with_all_starts(room, mine))
            if len(pages) == 1:
                return (*pages[0], *comfort)
        return None

    def _stacked(self, room: Room, rows: tuple[_Row, ...]) -> Page | None:
        area, glass = room.area, room.glass
        height = len(rows) * _chip_rows(glass) + (len(rows) - 1) * glass.gap.height
        comfort = _comfort(rows, Box(area.x, area.bottom - height, area.width, height), glass)
        rest = area.height - height - glass.gap.height
        if comfort is None or rest < 3:
            return None
        mine = self._with_all_starts(room, replace(area, height=rest))
        said = prompt_of(self.stage.view)
        for prompt in (said, replace(said, pictogram="")):
            pages = lay_out(prompt, self._starts(), mine)
            if len(pages) == 1:
                return (*pages[0], *comfort)
        return None

    def _with_all_starts(self, room: Room, area: Box) -> Room:
        """Room for all that begins, whatever the size of the letters: who needs large ones must find it at once."""
        cards = max(room.density.cards, len(self._starts()))
        return replace(room, area=area, density=replace(room.density, cards=cards))

    def _two_pages(self, room: Room, rows: tuple[_Row, ...]) -> tuple[Page, ...]:
        """A very small screen: first the greeting, then the comfort choices, all as plain targets."""
        flat = [button for row in rows for button in row.buttons]
        return lay_out(prompt_of(self.stage.view), [*self._starts(), *flat], room)


def _chip(name: str, label: str, action: Action, chosen: bool, theme: str = "", said: str = "") -> Button:
    """One of several choices, the one in force marked."""
    shown = f"{CHOSEN}\u00a0{label}" if chosen else label
    return Button(name, shown, action, tone=Tone.CHOSEN if chosen else Tone.CARD, theme=theme, said=said)


def comfort_rows(comfort: Comfort, words: Texts) -> tuple[_Row, ...]:
    """The choices, the one in force marked."""
    named = (words.day, words.night, words.yellow, words.cream)

    def chip(name: str, label: str, to: Comfort, chosen: bool, theme: str = "", said: str = "") -> Button:
        return _chip(name, label, SetComfort(to), chosen, theme, said)

    sizes = (
        chip(f"size-{s}", label, replace(comfort, text_size=s), s is comfort.text_size, said=said)
        for (s, label), said in zip(_SIZES, mode_words_in(words.language).sizes, strict=True)
    )
    colours = (
        chip(f"contrast-{c}", label, replace(comfort, contrast=c), c is comfort.contrast, c.value)
        for c, label in zip(_COLOURS, named, strict=True)
    )
    normal, slow, voice = Comfort().rate, SLOW_RATE, comfort.voice
    voices = (
        chip("voice-slow", words.voice_slow, replace(comfort, voice=True, rate=slow), voice and comfort.rate == slow),
        chip(
            "voice-normal",
            words.voice_normal,
            replace(comfort, voice=True, rate=normal),
            voice and comfort.rate == normal,
        ),
        chip("voice-none", words.voice_none, replace(comfort, voice=False), not voice),
    )
    return (
        _Row(words.letters, tuple(sizes)),
        _Row(words.colours, tuple(colours)),
        _Row(words.voice, voices),
    )


def _chip_rows(glass: Glass) -> int:
    return max(glass.target.height, 2 if glass.rows < 24 else 3)


def _comfort(rows: tuple[_Row, ...], area: Box, glass: Glass) -> list[Item] | None:
    """The rows of choices at the bottom of ``area``, each below its name when there is room."""
    gap, chip = glass.gap, _chip_rows(glass)
    named = len(rows) * (chip + 1) + (len(rows) - 1) * gap.height <= area.height
    step = chip + gap.height + (1 if named else 0)
    air = 1 if named and len(rows) * step + len(rows) - 1 <= area.height else 0
    step += air
    needed = len(rows) * step - gap.height - air
    if needed > area.height:
        return None
    top = area.bottom - needed - (area.height - needed) // 2
    items: list[Item] = []
    for i, row in enumerate(rows):
        y = top + i * step
        if named:
            items.append(Words(Box(area.x + 1, y, area.width - 1, 1), (Line(row.name, Role.QUIET),)))
            y += 1
        chips = _chips(row.buttons, Box(area.x, y, area.width, chip), glass)
        if chips is None:
            return None
        items.extend(chips)
    return items


def _chips(buttons: tuple[Button, ...], area: Box, glass: Glass) -> list[Target] | None:
    gap = glass.gap.width
    width = (area.width - gap * (len(buttons) - 1)) // len(buttons)
    bordered = area.height >= 3 and all(longest_word(b.text) + 2 <= width and len(b.text) + 2 <= width for b in buttons)
    inner = width - (2 if bordered else 0)
    lines = [wrap(b.text, inner) for b in buttons]
    if width < glass.target.width or any(len(label) > area.height - (2 if bordered else 0) for label in lines):
        return None
    if any(longest_word(b.text) > inner for b in buttons):
        return None
    return [
        Target(Box(area.x + i * (width + gap), area.y, width, area.height), button, label, None, bordered)
        for i, (button, label) in enumerate(zip(buttons, lines, strict=True))
    ]
