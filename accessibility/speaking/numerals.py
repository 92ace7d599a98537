# SPDX-License-Identifier: EUPL-1.2
"""French numbers, dates, hours, amounts and phone numbers, in words. Pure; num2words does the arithmetic."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import cache
from typing import cast

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
UNITS = {
    "km": "kilomètres",
    "cm": "centimètres",
    "mm": "millimètres",
    "kg": "kilos",
    "min": "minutes",
    "mn": "minutes",
    "j": "jours",
    "Mo": "mégaoctets",
    "Go": "gigaoctets",
}
_FEMININE = (
    "adresse|année|attestation|autre|carte|case|copie|demande|démarche|déclaration|enveloppe|étape|facture|fois|heure|"
    "image|journée|lettre|mairie|minute|nuit|page|personne|photo|pièce|place|preuve|question|quittance|réponse|seconde|"
    "semaine|signature|visite"
)
_LONGEST_NUMBER = 9
"""Digits; beyond, nobody hears a number: it is read by pairs."""

_NUMBER = r"(?:(?<!\d)(?<!\d )\d{1,3}(?:[ .]\d{3})+(?!\d)|(?<!\d)\d+)"
"""Digits, with or without a space between thousands; 1 85 05 78 006 084 is no thousands but groups."""


@cache
def _num2words() -> Callable[..., str]:
    return cast(Callable[..., str], importlib.import_module("num2words").num2words)


def cardinal(number: int) -> str:
    """12 -> "douze"."""
    return _num2words()(number, lang="fr")


def digits_in_pairs(digits: str) -> str:
    """ "0612" -> "zéro six, douze". An odd number of digits begins with one alone."""
    start = len(digits) % 2
    groups = ([digits[0]] if start else []) + [digits[i : i + 2] for i in range(start, len(digits), 2)]
    return ", ".join(group_of_digits(group) for group in groups)


def group_of_digits(group: str) -> str:
    """A group as it is dictated: the zeros in front are said."""
    zeros = len(group) - len(group.lstrip("0"))
    rest = group[zeros:]
    return " ".join(["zéro"] * zeros + ([cardinal(int(rest))] if rest else []))


def integer(written: str) -> str:
    """Any run of digits, spaces between thousands allowed."""
    digits = re.sub(r"\D", "", written)
    if len(digits) > _LONGEST_NUMBER:
        return digits_in_pairs(digits)
    if digits.startswith("0") and len(digits) > 1:
        return group_of_digits(digits)
    return cardinal(int(digits))


def amount(whole: str, cents: str) -> str:
    """Euros: ("25", "50") -> "vingt-cinq euros cinquante", ("0", "06") -> "six centimes"."""
    digits = re.sub(r"\D", "", whole)
    if len(digits) > _LONGEST_NUMBER:
        return f"{digits_in_pairs(digits)} euros"
    euros, centimes = int(digits), int(cents.ljust(2, "0")[:2] or 0)
    if not euros and centimes:
        return f"{cardinal(centimes)} centime{'s' if centimes > 1 else ''}"
    of = "d'" if euros and euros % 1_000_000 == 0 else ""
    words = f"{cardinal(euros)} {of}euro{'s' if euros > 1 else ''}"
    return f"{words} {cardinal(centimes)}" if centimes else words


def date_in_words(day: int, month: int, year: int | None) -> str | None:
    """ "premier mars deux mille vingt-sept"; None for what is no date."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    words = f"{'premier' if day == 1 else cardinal(day)} {MONTHS[month - 1]}"
    return f"{words} {cardinal(year)}" if year is not None else words


Words = Callable[[re.Match[str]], str]
_rules: list[tuple[re.Pattern[str], Words]] = []
_UNIT_NAMES = "|".join(UNITS)
_EURO = r"\s?(?:€|euros?\b|EUR\b)"


def numbers_in_words(text: str) -> str:
    """No digit is left."""
    for pattern, words in _rules:
        text = pattern.sub(words, text)
    return text


def _rule(pattern: str) -> Callable[[Words], Words]:
    """The rules apply in the order in which they stand below: the most particular first."""

    def keep(words: Words) -> Words:
        _rules.append((re.compile(pattern), words))
        return words

    return keep


@_rule(r"(?<![\d+])\+(\d{2}) ?(?:\(0\) ?)?(\d)((?:[ .-]?\d{2}){4})(?!\d)")
def _phone_abroad(found: re.Match[str]) -> str:
    country, first, rest = int(found[1]), int(found[2]), re.sub(r"[ .-]", "", found[3])
    return f"plus {cardinal(country)}, {cardinal(first)}, {digits_in_pairs(rest)}"


@_rule(r"(?<!\d)(?<!\d )0[ .]?(8\d\d)[ .](\d{3})[ .](\d{3})(?!\d)")
def _phone_by_threes(found: re.Match[str]) -> str:
    return ", ".join(["zéro " + group_of_digits(found[1]), group_of_digits(found[2]), group_of_digits(found[3])])


@_rule(r"(?<!\d)(?<!\d )0[1-9](?:[ .-]?\d{2}){4}(?!\d)")
def _phone(found: re.Match[str]) -> str:
    return digits_in_pairs(re.sub(r"\D", "", found[0]))


@_rule(
    r"(?<![\d,.])(?<!\d )(3[0-9])(?!00)(\d\d)"
    rf"(?![\d,]|\.\d| \d{{3}}|{_EURO}| ?%| ?(?:{_UNIT_NAMES})\b)"
)
def _short_phone(found: re.Match[str]) -> str:
    """3646, 3949: the numbers of public services. 3000 and 3646 € are plain numbers."""
    return f"{cardinal(int(found[1]))} {group_of_digits(found[2])}"


@_rule(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
def _day_first(found: re.Match[str]) -> str:
    words = date_in_words(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    return words or " sur ".join(integer(group) for group in found.groups() if group)


@_rule(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
def _year_first(found: re.Match[str]) -> str:
    words = date_in_words(int(found[3]), int(found[2]), int(found[1]))
    return words or digits_in_pairs("".join(found.groups()))


@_rule(rf"(?<!\d)1(?:er)? (?=(?:{'|'.join(MONTHS)})\b)")
def _first_of_the_month(found: re.Match[str]) -> str:
    return "premier "


@_rule(r"(?<!\d)(?:24 ?h ?/ ?24|7 ?j ?/ ?7)(?!\d)")
def _always_open(found: re.Match[str]) -> str:
    return "vingt-quatre heures sur vingt-quatre" if "h" in found[0] else "sept jours sur sept"


@_rule(r"(?<![\d,.:])([01]?\d|2[0-4]) ?(?:[h:] ?([0-5]\d)|h)\b(?!:)")
def _hour(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), int(found[2] or 0)
    words = _feminine(hours) + (" heure" if hours <= 1 else " heures")
    return f"{words} {cardinal(minutes)}" if minutes else words


@_rule(rf"({_NUMBER})(?:[,.](\d{{1,2}}))?{_EURO}(?: ?/ ?([^\W\d]+))?")
def _amount(found: re.Match[str]) -> str:
    words = amount(found[1], found[2] or "")
    each = found[3]
    if not each:
        return words
    unit = UNITS.get(each, each)
    return f"{words} par {unit if unit == each else unit.removesuffix('s')}"


@_rule(rf"({_NUMBER}) ?({_UNIT_NAMES})\b")
def _unit(found: re.Match[str]) -> str:
    unit = UNITS[found[2]]
    return f"{found[1]} {unit.removesuffix('s') if found[1] in {'0', '1'} else unit}"


@_rule(r"(?<!\d)(\d{1,9})(ers?|ère|ères|re|res|èmes?|emes?|es?|nde?s?)\b")
def _ordinal(found: re.Match[str]) -> str:
    number, ending = int(found[1]), found[2]
    plural = "s" if ending.endswith("s") else ""
    if number == 1:
        return ("premier" if ending.startswith("er") else "première") + plural
    if ending.startswith("n"):
        return ("seconde" if "e" in ending else "second") + plural
    return _num2words()(number, lang="fr", to="ordinal") + plural


@_rule(rf"({_NUMBER}),(\d+)|(?<!\d)(\d{{1,3}})\.(\d{{1,2}})(?![\d.])")
def _decimal(found: re.Match[str]) -> str:
    whole, part = found[1] or found[3], found[2] or found[4]
    return f"{integer(whole)} virgule {group_of_digits(part[:6])}"


@_rule(rf"({_NUMBER}) ?[-–] ?(?=\d)")
def _range(found: re.Match[str]) -> str:
    return f"{integer(found[1])} à "


@_rule(rf"(?<!\d)(\d?1)(?= (?:{_FEMININE})s?\b)")
def _feminine_number(found: re.Match[str]) -> str:
    return _feminine(int(found[1]))


@_rule(_NUMBER)
def _number(found: re.Match[str]) -> str:
    return f" {integer(found[0])} "


def _feminine(number: int) -> str:
    words = cardinal(number)
    return words + "e" if words == "un" or words.endswith((" un", "-un")) else words
