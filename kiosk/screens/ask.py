# SPDX-License-Identifier: EUPL-1.2
"""A number, a date or a short text: private, kept in this scene only, gone with it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from assist.session.commands import Answer
from content.model import AnswerFormat, Question
from kiosk.layout import Box, grid, longest_word, wrap
from kiosk.screens.items import (
    Action,
    Button,
    EraseOne,
    Item,
    Line,
    Local,
    Page,
    Role,
    Submit,
    SwitchKeyboard,
    Target,
    TypeText,
    Words,
)
from kiosk.screens.keyboards import keyboards_of, keypad, letters, other, submit_button
from kiosk.screens.paging import words_first
from kiosk.screens.prompts import Prompt, Room, target, title_lines
from kiosk.screens.scene import Scene, Stage, choices
from kiosk.screens.typing import Understood, accepts, grouped, limit, understand
from kiosk.words import words_in

CURSOR = "▁"
MANY = 2
"""Answers that were none, after which an example and a person are offered."""


class AskScene(Scene):
    """Words and what is typed at the left, keys at the right; a keyboard of letters takes the whole width."""

    typing: ClassVar[bool] = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._typed = ""
        self._word = ""
        self._refused = 0
        self._keyboard = keyboards_of(stage.view.language)[0]

    # What is typed

    @property
    def question(self) -> Question:
        return self.stage.view.question or Question(AnswerFormat.TEXT)

    @property
    def on_enter(self) -> Action:
        return Submit(self.question)

    @property
    def letters_are_text(self) -> bool:
        """False for numbers and dates: letters are then shortcuts of the tools."""
        return self.question.format is AnswerFormat.TEXT

    @property
    def told(self) -> tuple[str, ...]:
        """In plain words, what to write, and where help is when that did not help; never what was typed."""
        if not self._word:
            return ()
        words = words_in(self.language)
        example = (words.date_example,) if self.question.format is AnswerFormat.DATE else ()
        return (self._word, *example, words.ask_someone) if self._refused >= MANY else (self._word,)

    def do(self, action: Local) -> bool:
        if isinstance(action, TypeText):
            self._add(action.text)
        elif isinstance(action, EraseOne):
            self._typed, self._word = self._typed[:-1], ""
        elif isinstance(action, SwitchKeyboard):
            self._keyboard = other(self._keyboard, self.stage.view.language)
        elif isinstance(action, Submit):
            self._submit()
        else:
            return super().do(action)
        return True

    def typed(self, key: str, character: str | None) -> bool:
        if key == "backspace":
            self._typed, self._word = self._typed[:-1], ""
        elif character and accepts(self.question, character):
            self._add(character)
        else:
            return False
        return True

    def _add(self, text: str) -> None:
        self._word = ""
        for character in text:
            if accepts(self.question, character) and len(self._typed) < limit(self.question):
                self._typed += character

    def take(self, value: str) -> bool:
        """Write what was said in the place of what is typed: digits, an ISO date, a text. False where it cannot be
        the answer: :attr:`told` then says why."""
        if self.question.format is AnswerFormat.DATE:
            day = date.fromisoformat(value)
            value = f"{day.day:02}{day.month:02}{day.year:04}"
        self._typed = ""
        self._add(value)
        return self._read_typed().value is not None

    def drop(self) -> None:
        """Nothing is typed any more."""
        self._typed = self._word = ""

    @property
    def shown(self) -> str:
        """What is typed, as one reads it."""
        return grouped(self.question, self._typed)

    @property
    def count(self) -> int:
        """How many signs are typed."""
        return len(self._typed)

    def _understood(self) -> Understood:
        view = self.stage.view
        return understand(self.question, self._typed, view.today or date.today(), words_in(view.language))

    def _read_typed(self) -> Understood:
        """What is typed, understood; what is none counts, and :attr:`told` says why."""
        understood = self._understood()
        self._word = understood.word
        self._refused += understood.value is None
        return understood

    def _submit(self) -> None:
        understood = self._read_typed()
        if understood.value is not None:
            self.stage.act(Answer(understood.value))

    # What is shown

    def pages(self, room: Room) -> tuple[Page, ...]:
        return self._with_letters(room) if self.letters_are_text else self._with_keypad(room)

    def _shown(self) -> str:
        shown = grouped(self.question, self._typed)
        return shown if self.question.format is AnswerFormat.DATE else shown + CURSOR

    def _said(self, width: int, room: Room) -> list[Line]:
        view = self.stage.view
        lines = title_lines(view.title, width, room)
        said = [
            Line(text, about=f"sentence:{n}")
            for n, sentence in enumerate(view.sentences)
            for text in wrap(sentence, width)
        ]
        return [*lines, *([Line("")] if room.glass.rows >= 23 else []), *said]

    def _answer_lines(self, width: int) -> list[Line]:
        word = [Line(text, Role.STRONG) for told in self.told for text in wrap(told, width)]
        return [*(Line(text, Role.FIELD) for text in _field(self._shown(), width)), *word]

    def _with_keypad(self, room: Room) -> tuple[Page, ...]:
        area = room.area
        left = area.width * 48 // 100
        pad = Box(area.x + left + 3, area.y, area.width - left - 3, area.height)
        keys = keypad(pad, room.glass, Submit(self.question), room.words)
        said, answer = self._said(left, room), self._answer_lines(left)
        others = choices(self.stage.view.options)
        rows = len(said) + 1 + len(answer) + 1
        zone = Box(area.x, area.y + rows, left, area.height - rows)
        cells = grid([b.text for b in others], zone, room.glass, pictured=False) if others else ()
        if rows <= area.height and len(cells) == len(others) and all(c.whole_words for c in cells):
            words = Words(Box(area.x, area.y, left, rows - 1), (*said, Line(""), *answer))
            return ((words, *(target(b, c) for b, c in zip(others, cells, strict=True)), *keys),)
        return self._in_two(room, keys, answer, left, others)

    def _in_two(
        self, room: Room, keys: list[Target], answer: list[Line], left: int, others: list[Button]
    ) -> tuple[Page, ...]:
        """On a small screen: first the question, then the keys."""
        view, area = self.stage.view, room.area
        title = title_lines(view.title, left, room)
        top = [*title, Line(""), *answer] if len(title) + 1 + len(answer) <= area.height - 3 else answer
        zone = Box(area.x, area.y + len(top) + 1, left, area.height - len(top) - 1)
        cells = grid([b.text for b in others], zone, room.glass, pictured=False) if others and zone.height > 0 else ()
        words = Words(Box(area.x, area.y, left, len(top)), tuple(top))
        answers: tuple[Item, ...] = (words, *(target(b, c) for b, c in zip(others, cells, strict=False)), *keys)
        first = words_first(Prompt(view.title, view.sentences), room)
        return (*first, answers)

    def _with_letters(self, room: Room) -> tuple[Page, ...]:
        area = room.area
        last = [submit_button(Submit(self.question), room.words)]
        others = choices(self.stage.view.options)
        rows = _keyboard_rows(room)
        below = Box(area.x, area.bottom - rows, area.width, rows)
        keys = letters(below, room.glass, self._keyboard, room.words, [*others, *last])
        top = min(key.box.y for key in keys)
        said, answer = self._said(area.width, room), self._answer_lines(area.width)
        lines = [*said, *answer]
        if len(lines) + 1 <= top - area.y:
            free = top - area.y - 1 - len(lines)
            lines = [*said, *([Line("")] if free else []), *answer]
            return ((Words(Box(area.x, area.y, area.width, len(lines)), tuple(lines)), *keys),)
        view = self.stage.view
        first = words_first(Prompt(view.title, view.sentences), room)
        kept = title_lines(view.title, area.width, room)
        lines = [*kept, *answer] if len(kept) + len(answer) + 1 <= top - area.y else answer
        return (*first, (Words(Box(area.x, area.y, area.width, len(lines)), tuple(lines)), *keys))


def _field(shown: str, width: int) -> list[str]:
    inner = max(1, width - 2)
    pieces = wrap(shown, inner) if longest_word(shown) <= inner else wrap(shown.replace("\u00a0", " "), inner)
    return [f" {piece} " for piece in pieces] or ["  "]


def _keyboard_rows(room: Room) -> int:
    gap, key = room.glass.gap.height, room.glass.target.height
    return min(room.area.height - 2, 4 * max(key, 3 if room.glass.roomy else key) + 3 * gap)
