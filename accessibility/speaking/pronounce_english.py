# SPDX-License-Identifier: EUPL-1.2
"""English read aloud at a French counter: French acronyms are spelled; numbers are :mod:`numerals_english`. Pure."""

from __future__ import annotations

import re

from accessibility.acronyms import ACRONYMS
from accessibility.speaking.identifiers import account_numbers
from accessibility.speaking.numerals_english import MONTHS, cardinal, dictated, numbers_in_words, ordinal
from accessibility.speaking.pronounce_language import COMMON_SYMBOLS, ONE_LETTER_KINGS, Language, in_order, roman
from accessibility.speaking.pronounce_traced import Rules

_WORDS = {"PIN": "pin", "IBAN": "eye-ban", "COVID": "covid", "NATO": "nato", "OK": "okay", "RDV": "appointment"}
"""Acronyms that English says as words."""
_VOWELS = frozenset("AEIOUY")
_CHAPTERS = "chapter|title|article|annex|volume|book|part|act|section"

_ABBREVIATIONS = Rules()
for _pattern, _said in (
    (r"\bMr\b\.?", "mister"),
    (r"\bMrs\b\.?", "missus"),
    (r"\bMs\b\.?", "miz"),
    (r"\bDr\b\.? (?=[A-Z])", "doctor "),
    (r"\bM\. ?(?=[A-ZÀ-Ý][a-zà-ÿ])", "mister "),
    (r"\bMme (?=[A-ZÀ-Ý])", "madame "),
    (r"(?i)\be\.g\.,?", "for example"),
    (r"(?i)\bi\.e\.,?", "that is"),
    (r"\betc\b\.*", "et cetera."),
    (r"(?i)\bn[°º] ?(?=\w|$)", "number "),
    (r"\bNo\.? ?(?=\d)|\bno\. ?(?=\d)", "number "),
    (r"\bSt\.? (?=[A-Z][a-z])", "saint "),
    (r"(?i)\bpp\. ?(?=\d)", "pages "),
    (r"(?<!\d )\b[Mm]ax\.", "maximum"),
    (r"(?<!\d )\b[Mm]in\. ?(?=\d)", "minimum "),
    (r"\bc/o ", "care of "),
    (r"(?<=\d) ?EUR\b", " €"),
    (r"\bEUR ?(?=\d)", "€"),
    (r"(?<=\d) ?MB\b", " megabytes"),
    (r"(?<=\d) ?KB\b", " kilobytes"),
    (r"(?<=\d) ?GB\b", " gigabytes"),
    (r" ?[-=]>", ", "),
    (r">= ?(?=\d)", "≥ "),
    (r"<= ?(?=\d)", "≤ "),
    (r"> ?(?=\d)", "more than "),
    (r"< ?(?=\d)", "less than "),
    (r"(?i)\btel\.", "telephone"),
    (r"(?i)\bp\. ?(?=\d)", "page "),
    (r"(?i)\bapprox\.", "approximately"),
    (r"(?i)\bvs\b\.?", "versus"),
    (r"(?i)\band/or\b", "and or"),
    (r"\((?:s|es|ren)\)", ""),
    (r"(?<![\dhm€%]) - | - (?![\d€£$])", ", "),
):  # fmt: skip
    _ABBREVIATIONS.say(_pattern, _said)


_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
_DAYS_CUT = "|".join(_DAYS)


@_ABBREVIATIONS.rule(rf"\b({_DAYS_CUT})\b\.?(?: ?([-–]) ?)?(?= ?\d|(?:{_DAYS_CUT})\b)|(?<=day to )({_DAYS_CUT})\b\.?")
def _day(found: re.Match[str]) -> str:
    """Mon-Fri."""
    return _DAYS[found[1] or found[3]] + (" to " if found[2] else "")


_MONTHS_CUT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
_MONTH_CUT = "|".join(sorted(_MONTHS_CUT, key=len, reverse=True))


@_ABBREVIATIONS.rule(rf"(?<=\d )({_MONTH_CUT})\b\.?|\b({_MONTH_CUT})\b\.?(?= \d)")
def _month(found: re.Match[str]) -> str:
    """12 Dec 2025, Jan. 5."""
    return _MONTHS_CUT[found[1] or found[2]]


@_ABBREVIATIONS.rule(r"\b(?:[A-Z]\.){2,}(?=$|\W)")
def _dotted(found: re.Match[str]) -> str:
    """R.S.A."""
    return _spelled(found[0].replace(".", ""))


def _spelled(letters: str) -> str:
    """The letter A alone would be heard as the article."""
    return " ".join("eh" if letter in "aA" else letter for letter in letters)


_ROMANS = Rules()


@_ROMANS.rule(r"(?<![^\W\d])([IVX]+)(?:st|nd|rd|th|e)(?![^\W\d])")
def _century(found: re.Match[str]) -> str:
    number = roman(found[1])
    return found[0] if number is None else ordinal(number)


@_ROMANS.rule(rf"(?i:\b(?:{_CHAPTERS})s?) ([IVX]{{2,}}|[VX])\b")
def _chapter(found: re.Match[str]) -> str:
    number = roman(found[1])
    return found[0] if number is None else found[0].removesuffix(found[1]) + cardinal(number)


@_ROMANS.rule(r"\b(?:War|Phase|Zone|Group|Type|Level|Category) ([IVX]{2,})\b")
def _war(found: re.Match[str]) -> str:
    number = roman(found[1])
    return found[0] if number is None else found[0].removesuffix(found[1]) + cardinal(number)


@_ROMANS.rule(rf"\b[A-ZÀ-Ý][a-zà-ÿ]+[ -]([IVX]{{2,}})\b(?!')|{ONE_LETTER_KINGS}")
def _king(found: re.Match[str]) -> str:
    written = found[1] or found[2]
    number = roman(written)
    return found[0] if number is None else f"{found[0].removesuffix(written)[:-1]} the {ordinal(number)}"


_CAPITALS = Rules()
_SMALL_WORDS = frozenset(
    ("ALL", "AN", "AND", "ARE", "AS", "AT", "BE", "BY", "CAN", "DO", "FOR", "GO", "HOW", "IF", "IN", "IS", "IT", "MY",
     "NEW", "NO", "NOT", "NOW", "OF", "OLD", "ON", "ONE", "OR", "OUR", "OUT", "SO", "THE", "TO", "TWO", "UP", "WE",
     "WHO", "WHY", "YES", "YOU")
)  # fmt: skip
"""Too short to be told from acronyms, where everything is in capitals."""


@_CAPITALS.rule(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]+s?\b")
def _capitals(found: re.Match[str]) -> str:
    word = found[0]
    if word in _WORDS:
        return _WORDS[word]
    if word in _SMALL_WORDS:
        return word.lower()
    name = word if word in ACRONYMS else word.removesuffix("s")
    several = "'s" if name != word else ""
    if name in ACRONYMS:
        return _spelled(name) + several
    if not word.isalpha():
        return f"eh {word[1:]}" if word[0] == "A" and word[1:].isdecimal() else word
    if len(name) <= 3 or not _VOWELS & set(name):
        return _spelled(name) + several
    return word.lower()  # a word that is shouted


_NAMES = {"francetravail": "france travail"}
"""Names of sites that have lost their spaces."""


def _label(name: str) -> str:
    return _spelled(name.lower()) if name.upper() in ACRONYMS else _NAMES.get(name.lower(), name.lower())


LANGUAGE = Language(
    stages=(
        account_numbers(dictated, "dash").apply,
        *in_order(_ABBREVIATIONS, _ROMANS, _CAPITALS, numbers_in_words),
    ),
    symbols={
        **COMMON_SYMBOLS,
        "‰": " per thousand ",
        "&": " and ", "@": " at ", "+": " plus ", "=": " equals ", "%": " percent ", "€": " euros ",
        "$": " dollars ", "£": " pounds ", "°": " degrees ", "§": " paragraph ", "#": " hash ", "*": " star ",
        "/": " or ", "×": " times ", "≥": " at least ", "±": " plus or minus ", "≈": " about ",
        "≤": " at most ", "²": " squared ", "³": " cubed ",
        "º": " ", "½": " one half ", "⅓": " one third ", "⅔": " two thirds ", "¼": " one quarter ",
        "¾": " three quarters ",
    },
    address_signs={
        ".": "dot", ":": "colon", "-": "dash", "_": "underscore", "/": "slash", "@": "at", "+": "plus",
    },
    label=_label,
)  # fmt: skip
"""English as it is spoken to anyone, with French names in it."""
