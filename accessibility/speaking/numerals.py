# SPDX-License-Identifier: EUPL-1.2
"""French numbers, dates, hours, amounts and phone numbers, in words. Pure.

The rules apply in the order in which they stand: the most particular first.
"""

from __future__ import annotations

import re

from accessibility.speaking.days_or_parts import is_day
from accessibility.speaking.gender import COUNTED, counts_feminine
from accessibility.speaking.identifiers import long_references
from accessibility.speaking.number_words import (
    LONGEST_NUMBER,
    cardinal,
    dictated,
    digits_in_pairs,
    group_of_digits,
    integer,
    ordinal,
)
from accessibility.speaking.pronounce_traced import Rules, Traced

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_MONTHS_CUT = {"janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12}
UNITS = {
    "km/h": "kilomètres à l'heure",
    "km²": "kilomètres carrés",
    "m²": "mètres carrés",
    "m2": "mètres carrés",
    "cm²": "centimètres carrés",
    "m³": "mètres cubes",
    "m3": "mètres cubes",
    "km": "kilomètres",
    "cm": "centimètres",
    "mm": "millimètres",
    "m": "mètres",
    "ha": "hectares",
    "kg": "kilos",
    "mg": "milligrammes",
    "g": "grammes",
    "L": "litres",
    "l": "litres",
    "cl": "centilitres",
    "ml": "millilitres",
    "min": "minutes",
    "mn": "minutes",
    "s": "secondes",
    "h": "heures",
    "j": "jours",
    "t": "tonnes",
    "°C": "degrés",
    "°": "degrés",
    "Ko": "kilooctets",
    "Mo": "mégaoctets",
    "Go": "gigaoctets",
    "kWh": "kilowattheures",
    "k€": "mille euros",
    "M€": "millions d'euros",
    "cts": "centimes",
    "ct": "centimes",
}
_FRACTIONS = {
    "1/2": "un demi", "1/3": "un tiers", "2/3": "deux tiers", "1/4": "un quart", "3/4": "trois quarts",
    "½": "un demi", "⅓": "un tiers", "⅔": "deux tiers", "¼": "un quart", "¾": "trois quarts",
}  # fmt: skip
_SURELY_PAST = 40
"""Of a year in two digits: from here on it is not one to come, and people say it as it is written."""
_FEMININE_UNITS = frozenset({"heure", "minute", "seconde", "tonne"})

_NUMBER = r"(?:(?<!\d)(?<!\d )\d{1,3}(?:[ .]\d{3})+(?!\d)|(?<!\d)\d+)"
"""Digits, with or without a space between thousands; 1 85 05 78 006 084 is no thousands but groups."""


def amount(whole: str, cents: str) -> str:
    """Euros: ("25", "50") -> "vingt-cinq euros cinquante", ("0", "06") -> "six centimes"."""
    digits = re.sub(r"\D", "", whole)
    if len(digits) > LONGEST_NUMBER:
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


_SHAPES, _RULES = Rules(), Rules()
_shape, _rule = _SHAPES.rule, _RULES.rule
_REFERENCES = long_references(dictated, integer, "tiret", "plus")
_UNIT_NAMES = "|".join(sorted((re.escape(name) for name in UNITS), key=len, reverse=True))
_UNIT_END = r"(?![\w'²³])"
_EURO = r"\s?(?:€|euros?\b|EUR\b)"
_MONTH = rf"(?:(?i:{'|'.join(MONTHS)})\b|(?i:{'|'.join(_MONTHS_CUT)})\.)"
_HOUR = r"(?:[01]?\d|2[0-4])"


def numbers_in_words(traced: Traced) -> None:
    """No digit is left."""
    for rules in (_SHAPES, _REFERENCES, _RULES):
        rules.apply(traced)


@_shape(r"(?<![\d+])(?:\+|00 ?)(\d{2}) ?(?:\(0\) ?)?([1-9])((?:[ .-]?\d{2}){4})(?!\d)")
def _phone_abroad(found: re.Match[str]) -> str:
    country, first, rest = int(found[1]), int(found[2]), re.sub(r"[ .-]", "", found[3])
    return f"plus {cardinal(country)}, {cardinal(first)}, {digits_in_pairs(rest)}"


@_shape(r"(?<!\d)0(8\d\d)(\d\d)(\d\d)(\d\d)(?!\d)")
def _free_phone_at_a_stretch(found: re.Match[str]) -> str:
    """0806001234."""
    return ", ".join(["zéro " + group_of_digits(found[1]), *map(group_of_digits, found.groups()[1:])])


@_shape(r"(?<!\d)(?<!\d )0[ .]?(8\d\d)((?:[ .]\d{3}){2}|(?:[ .]\d\d){3})(?!\d)")
def _free_phone(found: re.Match[str]) -> str:
    """0 800 123 456, 0 806 00 12 34."""
    return ", ".join(["zéro " + group_of_digits(found[1]), *map(group_of_digits, re.findall(r"\d+", found[2]))])


@_shape(r"(?<!\d)(?<!\d )(?!\d\d([./-])\d\d\1(?:19|20)\d\d(?!\d))0[1-9](?:[ ./-]?\d{2}){4}(?!\d)")
def _phone(found: re.Match[str]) -> str:
    """06 12 34 56 78, 06/12/34/56/78; 01-02-2026 15h30 is a day and an hour."""
    return digits_in_pairs(re.sub(r"\D", "", found[0]))


@_shape(
    r"(?<!\d)(?<!\d )(116)(?: ?(006|111|117|123)|(?<=le 116) (000)|(?<=au 116) (000))"
    r"(?!\d|[,.]\d| \d| ?[€%]| euros?\b)"
)
def _european_line(found: re.Match[str]) -> str:
    """116 006: what helps in every country of Europe is no thousand."""
    return f"{cardinal(int(found[1]))}, {group_of_digits(found[2] or found[3] or found[4])}"


@_shape(r"(?<!\d)(?<!\d )(?:33700|(?<=le )33 700|(?<=au )33 700)(?!\d|[,.]\d| \d| ?[€%]| euros?\b| [A-ZÀ-Ý])")
def _unwanted_messages(found: re.Match[str]) -> str:
    """33700, where unwanted messages are reported; 33700 Mérignac is a town."""
    return f"{cardinal(33)} {cardinal(700)}"


@_shape(
    r"(?<![\d,.])(?<!\d )(3[0-9])(?: (\d\d)|(?!00)(\d\d))"
    rf"(?!\d|[,.]\d| \d|{_EURO}| ?%| ?(?:{_UNIT_NAMES}){_UNIT_END})"
)
def _short_phone(found: re.Match[str]) -> str:
    """3646, 39 49: the numbers of public services. 3000 and 3646 € are plain numbers."""
    return f"{cardinal(int(found[1]))} {group_of_digits(found[2] or found[3])}"


@_shape(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
def _year_first(found: re.Match[str]) -> str:
    words = date_in_words(int(found[3]), int(found[2]), int(found[1]))
    return words or digits_in_pairs("".join(found.groups()))


@_shape(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/]|\.\d)")
def _whole_date(found: re.Match[str]) -> str:
    words = date_in_words(int(found[1]), int(found[3]), int(found[4]))
    return words or " sur ".join(integer(group) for group in (found[1], found[3], found[4]))


@_shape(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])")
def _date_with_half_a_year(found: re.Match[str]) -> str:
    """10/12/26; 5/6/64 may be of any century."""
    day, month, year = map(int, found.groups())
    words = date_in_words(day, month, 2000 + year if year < _SURELY_PAST else year)
    return words or " sur ".join(integer(group) for group in found.groups())


@_shape(r"(?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])")
def _month_and_year(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found[1]) - 1]} {cardinal(int(found[2]))}"


@_shape(r"(?<![\d/])((?:19|20)\d\d)/((?:19|20)?\d\d)(?![\d/])")
def _school_year(found: re.Match[str]) -> str:
    return f"{cardinal(int(found[1]))}, {integer(found[2])}"


@_shape(r"(?<!\d)(?<!\d )(0[1-9]|[12]\d|3[01]) (0[1-9]|1[0-2]) ((?:19|20)\d\d)(?!\d| \d)")
def _date_as_it_is_typed(found: re.Match[str]) -> str:
    """05 03 1962: eight digits to be written; each group is heard apart."""
    return ", ".join(group_of_digits(group) for group in found.groups())


@_rule(r"(?<!\d)(\d+) ([½⅓⅔¼¾])")
def _and_a_part(found: re.Match[str]) -> str:
    return f"{integer(found[1])} et {_FRACTIONS[found[2]].removeprefix('un ' if found[2] == '½' else '')}"


@_rule(r"(?<=ans )1/2|(?<=heures )1/2|(?<=an )1/2|(?<=heure )1/2|(?<=mois )1/2")
def _and_a_half(found: re.Match[str]) -> str:
    return "et demi"


@_rule(r"[½⅓⅔¼¾]")
def _fraction(found: re.Match[str]) -> str:
    return _FRACTIONS[found[0]]


@_rule(r"(?i)(?<=page )(\d+) ?/ ?(\d+)|(?<=étape )(\d+) ?/ ?(\d+)|(?<=question )(\d+) ?/ ?(\d+)")
def _out_of(found: re.Match[str]) -> str:
    return " sur ".join(integer(group) for group in found.groups() if group)


@_rule(rf"(?<![\d/])1/2(?= {COUNTED})")
def _half(found: re.Match[str]) -> str:
    """1/2 journée."""
    return "une demi" if counts_feminine(found) else found[0]


@_rule(r"(?<![\d/])([1-9]\d?)/([2-9]|[1-9]\d{1,2})(?:èmes?|emes?|es?)(?![^\W_])")
def _named_part(found: re.Match[str]) -> str:
    """1/30e."""
    parts = int(found[1])
    return f"{cardinal(parts)} {ordinal(int(found[2]), 'es' if parts > 1 else 'e')}"


@_rule(r"(?<![\d/])(?<=les )(\d{1,2})/(\d{1,2})(?![\d/])")
def _parts(found: re.Match[str]) -> str:
    """Les 9/10."""
    number, whole = int(found[1]), int(found[2])
    return found[0] if found[0] in _FRACTIONS or not 1 < number < whole or is_day(found) else _named_part(found)


@_rule(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
def _day_or_part(found: re.Match[str]) -> str:
    words = date_in_words(int(found[1]), int(found[2]), None)
    if words and is_day(found):
        return words
    if found[0] in _FRACTIONS:
        return _FRACTIONS[found[0]]
    return " sur ".join(integer(group) for group in found.groups())


@_rule(r"(?<!\d)(?:24 ?h ?/ ?24|7 ?j ?/ ?7)(?!\d)")
def _always_open(found: re.Match[str]) -> str:
    return "vingt-quatre heures sur vingt-quatre" if "h" in found[0] else "sept jours sur sept"


@_rule(rf"(?<=[\dh]) ?/ ?(?={_HOUR} ?h)")
def _then(found: re.Match[str]) -> str:
    """9h-12h / 14h-17h."""
    return ", "


@_rule(
    rf"(?<![\d-])(?<!\d[.,])({_HOUR} ?[h:] ?(?:[0-5]\d)?|\d+(?:[ .]\d{{3}})*(?:,\d+)?(?: ?[€%])?)"
    r" ?[-–—] ?(?=(\d+)(?![\d-]))"
)
def _range(found: re.Match[str]) -> str:
    """10-12 ans, 9 h–12 h; what goes down is no range but a name: L. 111-1."""
    return f"{found[1]} {'tiret' if found[1].isdecimal() and int(found[1]) > int(found[2]) else 'à'} "


@_rule(r"(?<=\d) ?([mc]?m)? ?[x×] ?(?=\d+(?:,\d+)?( ?€)?)")
def _by(found: re.Match[str]) -> str:
    unit = f" {UNITS[found[1]]}" if found[1] else ""
    return f"{unit} {'fois' if found[2] else 'par'} "


@_rule(r"(?i)(?:(?<=\d)( ?[x×])|(?<=fois)) ?/ ?(?=[^\W\d])")
def _times_each(found: re.Match[str]) -> str:
    """2x/jour."""
    return " fois par " if found[1] else " par "


@_rule(rf"(?<!\d)(\d{{1,2}})(?:er|ER)? ({_MONTH})(?: (\d{{4}})(?!\d))?")
def _date(found: re.Match[str]) -> str:
    month = found[2].lower().rstrip(".")
    number = _MONTHS_CUT[month] if month in _MONTHS_CUT else MONTHS.index(month) + 1
    words = date_in_words(int(found[1]), number, int(found[3]) if found[3] else None)
    return words or f"{integer(found[1])} {MONTHS[number - 1]} {cardinal(int(found[3])) if found[3] else ''}".rstrip()


@_rule(rf"(?<![\d,.:])({_HOUR}) ?(?:[h:] ?([0-5]\d)(?: ?mi?n)?|h)\b(?!:)")
def _hour(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), int(found[2] or 0)
    words = _feminine(hours) + (" heure" if hours <= 1 else " heures")
    return f"{words} {cardinal(minutes)}" if minutes else words


@_rule(r"(?<![\w.])[-−](?=\d)")
def _minus(found: re.Match[str]) -> str:
    return "moins "


@_rule(rf"({_NUMBER})(?:[,.](\d{{1,2}}))?{_EURO}(?: ?/ ?([^\W\d]+[²³]?))?")
def _amount(found: re.Match[str]) -> str:
    words = amount(found[1], found[2] or "")
    each = found[3]
    if not each:
        return words
    unit = UNITS.get(each, each)
    return f"{words} par {unit if unit == each else _one_of(unit)}"


@_rule(rf"({_NUMBER})(?:,(\d+))? ?%")
def _percentage(found: re.Match[str]) -> str:
    """5,5 %; 20,00 % is twenty."""
    part = found[2] if (found[2] or "").strip("0") else None
    return f"{_with_part(found[1], part)} pour cent"


@_rule(rf"({_NUMBER})(?:,(\d+))? ?({_UNIT_NAMES}){_UNIT_END}")
def _unit(found: re.Match[str]) -> str:
    unit = UNITS[found[3]]
    if found[1] in {"0", "1"}:
        unit = _one_of(unit)
    if found[3] == "k€" and found[1] == "1" and not found[2]:
        return unit
    said = _with_part(found[1], found[2])
    return f"{said if found[2] or _one_of(unit) not in _FEMININE_UNITS else _made_feminine(said)} {unit}"


@_rule(r"(?<!\d)(\d{1,9})(ers?|[èe]res?|res?|[èe]mes?|es?|nde?s?|ERE?|ÈRE|[EÈ]ME)\b")
def _ordinal(found: re.Match[str]) -> str:
    """1er, 1ere, 2EME."""
    return ordinal(int(found[1]), found[2].lower())


@_rule(rf"({_NUMBER}),(\d+)|(?<![\d.])(\d{{1,3}})\.(\d{{1,2}})(?![\d.])")
def _decimal(found: re.Match[str]) -> str:
    return _with_part(found[1] or found[3], found[2] or found[4])


@_rule(rf"({_NUMBER})(?=(?: (?:ou|à) \d+)? {COUNTED})")
def _feminine_number(found: re.Match[str]) -> str:
    """21 filles, 1 ou 2 personnes."""
    return f" {_made_feminine(integer(found[1]))} " if counts_feminine(found) else found[0]


@_rule(_NUMBER)
def _number(found: re.Match[str]) -> str:
    return f" {integer(found[0])} "


@_rule(r"\b([Dd])e +(?=une?\b)")
def _elided(found: re.Match[str]) -> str:
    """De 1 an."""
    return f"{found[1]}'"


def _with_part(whole: str, part: str | None) -> str:
    return f"{integer(whole)} virgule {group_of_digits(part[:6])}" if part else integer(whole)


def _one_of(units: str) -> str:
    return " ".join(word if word.endswith("euros") else word.removesuffix("s") for word in units.split(" "))


def _feminine(number: int) -> str:
    return _made_feminine(cardinal(number))


def _made_feminine(words: str) -> str:
    return words + "e" if words == "un" or words.endswith((" un", "-un")) else words
