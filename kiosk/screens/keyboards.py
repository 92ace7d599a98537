# SPDX-License-Identifier: EUPL-1.2
"""The keypad of a telephone, and a keyboard of letters, alphabetical, AZERTY or QWERTY. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kiosk.layout import Box, Glass, wrap
from kiosk.screens.items import Action, Button, EraseOne, SwitchKeyboard, Target, Tone, TypeText
from kiosk.words import Words


class Keyboard(StrEnum):
    """How the letters are ordered."""

    ALPHABET = "alphabet"
    AZERTY = "azerty"
    QWERTY = "qwerty"


_LETTERS = {
    Keyboard.ALPHABET: ("abcdefghij", "klmnopqrst", "uvwxyzéèàç"),
    Keyboard.AZERTY: ("azertyuiop", "qsdfghjklm", "wxcvbnéèàç"),
    Keyboard.QWERTY: ("qwertyuiop", "asdfghjklç", "zxcvbnméèà"),
}
"""Names of people and places in France have their accents in every language."""
_NAMES = {Keyboard.ALPHABET: "A B C", Keyboard.AZERTY: "AZERTY", Keyboard.QWERTY: "QWERTY"}
_OFFERED = {"en": (Keyboard.ALPHABET, Keyboard.QWERTY)}


def keyboards_of(language: str) -> tuple[Keyboard, Keyboard]:
    """The two orders offered in ``language``, the one that comes first: visitors have no keyboard in common."""
    return _OFFERED.get(language, (Keyboard.AZERTY, Keyboard.ALPHABET))


def other(order: Keyboard, language: str) -> Keyboard:
    """The order that is not ``order``."""
    first, second = keyboards_of(language)
    return second if order is first else first


def keypad(area: Box, glass: Glass, submit: Action, words: Words) -> list[Target]:
    """Twelve keys, three by four, as large as ``area`` allows: a telephone's, with "Corriger" and "Valider"."""
    rows = [
        [_key(digit) for digit in "123"],
        [_key(digit) for digit in "456"],
        [_key(digit) for digit in "789"],
        [Button("correct", words.correct, EraseOne(), tone=Tone.KEY), _key("0"), submit_button(submit, words)],
    ]
    return _rows(rows, area, glass, widest=18, highest=5)


def submit_button(submit: Action, words: Words) -> Button:
    """The key that gives the answer."""
    return Button("submit", words.submit, submit, tone=Tone.MAIN)


def letters(area: Box, glass: Glass, order: Keyboard, words: Words, last: Sequence[Button] = ()) -> list[Target]:
    """Three rows of ten letters, then the space, "Corriger", the other order, and ``last``."""
    rows = [[_key(letter, letter.upper()) for letter in row] for row in _LETTERS[order]]
    rows[-1:] = [rows[-1]]
    controls = [
        Button("switch-keyboard", _NAMES[other(order, words.language)], SwitchKeyboard(), tone=Tone.KEY),
        _key("'", "’"),
        _key("-", "-"),
        Button("space", words.space, TypeText(" "), tone=Tone.KEY),
        Button("correct", words.correct, EraseOne(), tone=Tone.KEY),
        *last,
    ]
    return _rows([*rows, controls], area, glass, widest=10, highest=4)


def _key(text: str, label: str = "") -> Button:
    return Button(f"key-{text}", label or text, TypeText(text), tone=Tone.KEY)


def _rows(rows: Sequence[Sequence[Button]], area: Box, glass: Glass, *, widest: int, highest: int) -> list[Target]:
    """Rows of keys over the same width; a row with words shares it by the length of its words."""
    gap = glass.gap
    most = max(len(row) for row in rows)
    key = max(1, min((area.width - gap.width * (most - 1)) // most, widest))
    height = max(1, min((area.height - gap.height * (len(rows) - 1)) // len(rows), highest))
    height -= height >= 4 and height % 2 == 0  # A label stands in the middle of an odd number of rows.
    whole = key * most + gap.width * (most - 1)
    left = area.x + (area.width - whole) // 2
    top = area.bottom - height * len(rows) - gap.height * (len(rows) - 1)
    targets: list[Target] = []
    for r, row in enumerate(rows):
        widths = [key] * len(row) if len(row) == most else _shared(row, whole - gap.width * (len(row) - 1), glass)
        x, y = left, top + r * (height + gap.height)
        for button, width in zip(row, widths, strict=True):
            bordered = height >= 3 and width >= 5
            lines = wrap(button.label, max(1, width - (2 if bordered else 0)))
            if len(lines) > height - (2 if bordered else 0):
                bordered, lines = False, wrap(button.label, width)
            targets.append(Target(Box(x, y, width, height), button, lines, None, bordered))
            x += width + gap.width
    return targets


def _shared(row: Sequence[Button], width: int, glass: Glass) -> list[int]:
    needs = [max(glass.target.width, len(button.label) + 2) for button in row]
    spare = width - sum(needs)
    if spare < 0:  # Even so every key keeps a finger's width; labels wrap.
        needs = [glass.target.width] * len(row)
        spare = width - sum(needs)
    if spare < 0:
        return [max(1, width // len(row))] * len(row)
    whole = sum(len(button.label) for button in row)
    shares = [spare * len(button.label) // whole for button in row]
    shares[-1] += spare - sum(shares)
    return [need + share for need, share in zip(needs, shares, strict=True)]
