# SPDX-License-Identifier: EUPL-1.2
""" "Que voulez-vous faire ?": pictures of themes, then the procedures of one; or typing, with three suggestions."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from kiosk.layout import Box, grid, wrap
from kiosk.screens.ask import CURSOR
from kiosk.screens.items import (
    Button,
    Close,
    EraseOne,
    Item,
    Line,
    Local,
    OpenKeyboard,
    OpenTheme,
    Page,
    Role,
    SwitchKeyboard,
    TypeText,
    Words,
)
from kiosk.screens.keyboards import keyboards_of, letters, other
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room, target, title_lines
from kiosk.screens.scene import Scene, Stage, choices
from kiosk.view import Found, Option
from kiosk.words import Words as Texts
from kiosk.words.hearing import hearing_words_in

MOST_TYPED = 40
FEWEST_TYPED = 2
"""One letter is the beginning of too many words to be looked up."""
SHORTEST_BEGINNING = 3
"""Letters from which a word that is not found is told to be none: with fewer, it is still being written."""
SUGGESTIONS = 3


class ThemesScene(Scene):
    """Three small screens in one: themes, one theme, typing."""

    typing: ClassVar[bool] = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._theme = ""
        self._writing = False
        self._typed = ""
        self._found = Found()
        self._searched = ""
        self._aloud = False
        """The suggestions answer what was said, not what is typed."""
        self._keyboard = keyboards_of(stage.view.language)[0]

    # What is pressed and typed

    def do(self, action: Local) -> bool:
        if isinstance(action, OpenTheme):
            self._theme, self.page, self._aloud = action.theme, 0, False
        elif isinstance(action, OpenKeyboard):
            self._writing, self.page, self._aloud = True, 0, False
        elif isinstance(action, TypeText):
            self._type(self._typed + action.text)
        elif isinstance(action, EraseOne):
            self._type(self._typed[:-1])
        elif isinstance(action, SwitchKeyboard):
            self._keyboard = other(self._keyboard, self.stage.view.language)
        else:
            return super().do(action)
        return True

    def back(self) -> bool:
        if super().back():
            return True
        if self.inside:
            self._writing, self._aloud, self._theme, self._typed, self._found = False, False, "", "", Found()
            return True
        return False

    @property
    def inside(self) -> bool:
        """True when "Retour" leads back to the themes."""
        return super().inside or self._writing or self._aloud or bool(self._theme)

    @property
    def aside(self) -> bool:
        return (self._aloud or bool(self._theme)) and not self._writing  # What is written is nobody's to hear.

    @property
    def chosen(self) -> bool:
        """True once a theme is open or procedures are proposed: what is wanted is chosen there, not said anew."""
        return (self._aloud and bool(self._found.options)) or (bool(self._theme) and not self._writing)

    @property
    def count(self) -> int | None:
        """How many signs of the word are typed."""
        return len(self._typed) if self._writing else None

    @property
    def likeliest(self) -> str:
        proposed = self._proposed() if self._writing else []
        return proposed[0].id if proposed else ""

    def typed(self, key: str, character: str | None) -> bool:
        if key == "backspace" and self._typed:
            self._type(self._typed[:-1])
        elif (
            character
            and character.isprintable()
            and not character.isdigit()
            and not (key == "space" and not self._typed)
        ):
            self._writing, self._aloud = True, False
            self._type(self._typed + character)
        else:
            return False
        return True

    def _is_text(self, character: str) -> bool:
        """Digits choose among the cards; a word does not begin with a space."""
        return character.isprintable() and not character.isdigit() and (character != " " or bool(self._typed))

    def _type(self, text: str) -> None:
        self._typed = text[:MOST_TYPED]
        if len(self._typed.strip()) >= FEWEST_TYPED:
            self.stage.search(self._typed)
        else:
            self._found, self._searched = Found(), ""

    def suggest(self, found: Found) -> None:
        """Show what was asked for aloud. Nothing opens before it is chosen."""
        self._found, self._aloud, self._writing, self._theme, self._typed, self.page = found, True, False, "", "", 0

    def found(self, found: Found) -> None:
        self._searched = self._typed
        self._found = found if len(self._typed.strip()) >= FEWEST_TYPED else Found()

    # What is shown

    def pages(self, room: Room) -> tuple[Page, ...]:
        if self._writing:
            return (self._writing_page(room),)
        view = self.stage.view
        if self._aloud:
            return self._answer(room)
        if self._theme:
            named = next((theme.label for theme in view.themes if theme.id == self._theme), view.title)
            inside = tuple(option for option in view.options if option.theme == self._theme)
            return lay_out(Prompt(named), choices_always(inside), room)
        return lay_out(Prompt(view.title, view.sentences), self._cards(room.words), room)

    def _answer(self, room: Room) -> tuple[Page, ...]:
        """The procedures found, or somebody, or what the kiosk can do; then the ways on."""
        words, found = hearing_words_in(room.language), self._found
        other = Button("other", words.other, Close(), "back")
        someone = [Button(o.id, o.label, o.intent, o.pictogram) for o in self.stage.view.options if not o.theme]
        reason = (found.reason,) if found.reason else ()
        if found.options:
            cards = [*choices_always(found.options[:SUGGESTIONS]), other, *someone]
            return lay_out(Prompt(words.found, reason), _numbered(cards), room)
        if found.someone:
            return lay_out(Prompt(room.words.help, reason), _numbered([*someone, other]), room)
        return lay_out(Prompt(words.not_found, (words.what_i_do,)), self._cards(room.words), room)

    def _cards(self, words: Texts) -> list[Button]:
        view = self.stage.view
        cards = [Button(f"theme-{t.id}", t.label, OpenTheme(t.id), t.pictogram) for t in view.themes]
        shown = {theme.id for theme in view.themes}
        cards += [Button(o.id, o.label, o.intent, o.pictogram) for o in view.options if o.theme not in shown]
        cards.append(Button("write", words.write, OpenKeyboard(), "keyboard"))
        return _numbered(cards)

    def _writing_page(self, room: Room) -> Page:
        area, glass = room.area, room.glass
        key = glass.target.height
        rows = min(area.height - 2, 4 * (max(key, 3) if glass.rows >= 32 else key) + 3 * glass.gap.height)
        keys = letters(Box(area.x, area.bottom - rows, area.width, rows), glass, self._keyboard, room.words)
        top = min(k.box.y for k in keys)
        field = Line(f" {(self._typed[:1].upper() + self._typed[1:])[-(area.width - 4) :]}{CURSOR} ", Role.FIELD)
        head = title_lines(room.words.search, area.width, replace(room, large_titles=False))
        free = top - 1 - area.y
        said = self._said(area.width, room.words)
        lines = [line for line in (*head, field) if free > 1 or line is field]
        suggestions = self._proposed()
        if not suggestions:
            lines = [*lines, *said] if len(lines) + len(said) <= free else lines
        words = Words(Box(area.x, area.y, area.width, len(lines)), tuple(lines))
        items: list[Item] = [words]
        if suggestions:
            items += self._suggested(suggestions, Box(area.x, area.y + len(lines), area.width, free - len(lines)), room)
        return (*items, *keys)

    def _proposed(self) -> list[Button]:
        """What is shown above the keys: what was found; somebody, where that is asked for or nothing was found."""
        if self._found.options:
            return choices_always(self._found.options[:SUGGESTIONS])
        if self._found.someone:
            return choices_always(tuple(option for option in self.stage.view.options if not option.theme))
        return []

    def _said(self, width: int, words: Texts) -> list[Line]:
        begun = 0 < len(self._typed.rsplit(" ", 1)[-1]) < SHORTEST_BEGINNING
        nothing = len(self._typed.strip()) >= FEWEST_TYPED and self._searched == self._typed and not begun
        said = words.nothing_found if nothing else words.search_say
        return [Line(text) for text in wrap(said, width)]

    def _suggested(self, buttons: list[Button], zone: Box, room: Room) -> list[Item]:
        """As many of the three as fit at a finger's size, the likeliest first."""
        for count in range(len(buttons), 0, -1):
            cells = grid([b.text for b in buttons[:count]], zone, room.glass, pictured=False) if zone.height > 0 else ()
            if cells:
                return [target(b, c) for b, c in zip(buttons, cells, strict=False)]
        return []


def _numbered(cards: list[Button]) -> list[Button]:
    return [replace(card, number=n) if n <= 9 else card for n, card in enumerate(cards, 1)]


def choices_always(options: tuple[Option, ...]) -> list[Button]:
    """Numbered even when alone: opening a procedure is always a choice."""
    return [replace(button, number=n) for n, button in enumerate(choices(options), 1)]
