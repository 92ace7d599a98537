# SPDX-License-Identifier: EUPL-1.2
"""What a French word sounds like, roughly: one letter a sound.

"gé", "j'ai" and "jai" sound alike, "vital" and "vitale" too. It only has to give the same key to what people and
recognisers take for one another; the sounds that are confused most (é, è, ai, er) share a letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

BETWEEN_LETTERS = "-"
_NAMES = "a be ce de e effe ge ache i ji ka elle emme enne o pe qu erre esse te u ve doubleve ixe igrek zede de troi"
_LETTER_NAMES = dict(zip("abcdefghijklmnopqrstuvwxyz23", _NAMES.split(), strict=True))

_ELIDED = {"c": "C", "s": "C", "d": "d", "t": "t"}
"""What is left of a word before a vowel: "c'est", "d'accord"."""
_NUMBERS = "zero un deu troi quatre cinc cice sete uite neufe dice onze douze treize quatorze quinze seize"
_COUNTED = _NUMBERS.split()
"""A recogniser writes a number where letters sound like one: "esse esse" is "16"."""

# In order; what is in capitals or a digit is a sound already, and is not touched again.
_RULES: tuple[tuple[str, str], ...] = (
    (r"sch|sh|ch", "S"),
    (r"ph", "F"),
    (r"h", ""),
    (r"(?<=[aeiou])ill(?=[aeiou])|(?<=[aeou])il(?=s?$)|(?<=[aeou])ill", "Y"),
    (r"(?<=[^aeiouvm\n])ill(?=[aeiou])", "iY"),
    (r"gn", "NY"),
    (r"g(?=[eiy])(?:e(?=[aou]))?|j", "Z"),
    (r"gu(?=[eiy])|g", "G"),
    (r"sc(?=[eiy])|c(?=[eiy])|ss", "C"),
    (r"ti(?=on|el|eux)", "Ci"),
    (r"qu|q|ck|c|k", "K"),
    (r"(?<=[aeiou])x$", ""),
    (r"x", "KC"),
    (r"(?<=\w{2})(?:ent|ants|ents|ant)$", "2"),
    (r"eau|au", "o"),
    (r"oeu|eu|ue(?=Y)", "E"),
    (r"(?<=\w)(?:ers?|ez|ets?|ees?|aie?nt|aits?|ais|aies?)$", "E"),
    (r"[tdpsz]+$", ""),
    (r"oin(?![aeiouynm])", "W4"),
    (r"(?:ain|ein|aim|yn|ym|in|im|un|um)(?![aeiouynmh])", "4"),
    (r"(?:an|am|en|em)(?![aeiouynmh])", "2"),
    (r"(?:on|om)(?![aeiouynmh])", "3"),
    (r"oi|oy", "Wa"),
    (r"ou", "U"),
    (r"ai|ei|ay|ey", "E"),
    (r"(?<=\w\w)e$", ""),
    (r"e", "E"),
    (r"y", "i"),
    (r"[sz]", "C"),
    (r"(.)\1+", r"\1"),
)
_COMPILED = tuple((re.compile(pattern, re.MULTILINE), by) for pattern, by in _RULES)


def sound_of(word: str) -> str:
    """The sounds of one folded word (no accent, no capital), or of an acronym that is :func:`spelled`."""
    return sounds_of((word,))[word]


def sounds_of(words: Collection[str]) -> dict[str, str]:
    """Each word with its sounds. A rule is applied once to all of them, a line each."""
    parts = tuple({part for word in words for part in word.split(BETWEEN_LETTERS)})
    lines = "\n".join(map(_counted, parts))
    for pattern, by in _COMPILED:
        lines = pattern.sub(by, lines)
    sounds = dict(zip(parts, lines.split("\n"), strict=True)) | _ELIDED
    return {word: "".join(in_a_row(sounds[part] for part in word.split(BETWEEN_LETTERS))) for word in words}


def _counted(word: str) -> str:
    if word.isdecimal() and len(word) < 3 and int(word) < len(_COUNTED):
        return _COUNTED[int(word)]
    return word


def in_a_row(sounds: Iterable[str]) -> list[str]:
    """The sounds of words that are said without a stop: one that ends a word and begins the next is said once."""
    row: list[str] = []
    last = ""
    for sound in sounds:
        if sound and sound[0] == last:
            sound = sound[1:]
        row.append(sound)
        last = sound[-1:] or last
    return row


def spelled(word: str) -> str:
    """An acronym as its letters are said one after the other: "rsa" is "erre-esse-a"."""
    return BETWEEN_LETTERS.join(_LETTER_NAMES.get(letter, letter) for letter in word)
