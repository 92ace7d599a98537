# SPDX-License-Identifier: EUPL-1.2
"""English numbers, dates, hours, amounts and phone numbers, in words. Pure; num2words does the arithmetic.

Dates, phones and amounts are French ones, told in English: 03/04/2026 is the third of April, 12,50 € is twelve euros
fifty. The rules apply in the order in which they stand: the most particular first.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import cache
from typing import cast

from accessibility.speaking.identifiers import counts, long_references
from accessibility.speaking.pronounce_traced import Rules, Traced

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNITS = {
    "km/h": "kilometres an hour",
    "km²": "square kilometres",
    "m²": "square metres",
    "m2": "square metres",
    "cm²": "square centimetres",
    "m³": "cubic metres",
    "km": "kilometres",
    "cm": "centimetres",
    "mm": "millimetres",
    "m": "metres",
    "kg": "kilos",
    "t": "tonnes",
    "mg": "milligrams",
    "g": "grams",
    "L": "litres",
    "l": "litres",
    "ml": "millilitres",
    "min": "minutes",
    "h": "hours",
    "s": "seconds",
    "°C": "degrees",
    "°": "degrees",
    "KB": "kilobytes",
    "MB": "megabytes",
    "GB": "gigabytes",
    "kWh": "kilowatt hours",
}
_FRACTIONS = {
    "1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter", "3/4": "three quarters",
    "½": "one half", "⅓": "one third", "⅔": "two thirds", "¼": "one quarter", "¾": "three quarters",
}  # fmt: skip
_MONEY = {"€": ("euro", "cent"), "£": ("pound", "pence"), "$": ("dollar", "cent")}
_LARGE = {"k": "thousand", "m": "million", "bn": "billion"}
_LONGEST_NUMBER = 9
_NUMBER = r"(?:(?<!\d)(?<!\d[ ,])\d{1,3}(?:[ ,]\d{3})+(?!\d|,\d)|(?<!\d)\d+)"
"""Digits, with or without a comma or a space between thousands."""


@cache
def _num2words() -> Callable[..., str]:
    return cast(Callable[..., str], importlib.import_module("num2words").num2words)


@cache
def _under_a_hundred() -> tuple[str, ...]:
    """Made all at once: which ones were said leaves no trace."""
    return tuple(_num2words()(number, lang="en") for number in range(100))


def cardinal(number: int) -> str:
    """234 -> "two hundred and thirty-four"."""
    if number < 100:
        return _under_a_hundred()[number]
    return _num2words()(number, lang="en").replace(",", "")


def ordinal(number: int) -> str:
    """21 -> "twenty-first"."""
    return _num2words()(number, lang="en", to="ordinal").replace(",", "")


def digits_one_by_one(digits: str) -> str:
    """ "0612" -> "zero six, one two": as English phone numbers are dictated, in the groups that are written."""
    start = len(digits) % 2
    groups = ([digits[0]] if start else []) + [digits[i : i + 2] for i in range(start, len(digits), 2)]
    return ", ".join(dictated(group) for group in groups)


def dictated(group: str) -> str:
    """A group of a long number, digit by digit."""
    return " ".join(cardinal(int(digit)) for digit in group)


def integer(written: str) -> str:
    """Any run of digits, spaces or commas between thousands allowed."""
    digits = re.sub(r"\D", "", written)
    if len(digits) > _LONGEST_NUMBER or (digits == written and not counts(digits)):
        return digits_one_by_one(digits)
    if digits.startswith("0") and len(digits) > 1:
        return dictated(digits)
    return cardinal(int(digits))


def amount(whole: str, cents: str, currency: str = "€") -> str:
    """("25", "50") -> "twenty-five euros fifty"; ("0", "06") -> "six cents"."""
    digits = re.sub(r"\D", "", whole)
    unit, part = _MONEY[currency]
    if len(digits) > _LONGEST_NUMBER:
        return f"{digits_one_by_one(digits)} {unit}s"
    units, parts = int(digits), int(cents.ljust(2, "0")[:2] or 0)
    if not units and parts:
        return f"{cardinal(parts)} {part if parts == 1 or part == 'pence' else part + 's'}"
    words = f"{cardinal(units)} {unit}{'' if units == 1 else 's'}"
    return f"{words} {cardinal(parts)}" if parts else words


def year(number: int) -> str:
    """2026 -> "twenty twenty-six"."""
    return _num2words()(number, lang="en", to="year").replace(",", "") if number else cardinal(0)


def date_in_words(day: int, month: int, number: int | None) -> str | None:
    """ "the third of March twenty twenty-six"; None for what is no date."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    words = f"the {ordinal(day)} of {MONTHS[month - 1]}"
    return f"{words} {year(number)}" if number is not None else words


_SHAPES, _RULES = Rules(), Rules()
_shape, _rule = _SHAPES.rule, _RULES.rule
_REFERENCES = long_references(dictated, integer, "dash", "plus")
_UNIT_NAMES = "|".join(sorted((re.escape(name) for name in UNITS), key=len, reverse=True))
_MONTH = rf"(?:{'|'.join(MONTHS)})\b"
_HOUR = r"(?:[01]?\d|2[0-4])"


def numbers_in_words(traced: Traced) -> None:
    """No digit is left."""
    for rules in (_SHAPES, _REFERENCES, _RULES):
        rules.apply(traced)


@_shape(r"(?<![\d+])(?:\+|00 ?)(\d{2}) ?(?:\(0\) ?)?([1-9])((?:[ .-]?\d{2}){4})(?!\d)")
def _phone_abroad(found: re.Match[str]) -> str:
    rest = re.sub(r"[ .-]", "", found[3])
    return f"plus {dictated(found[1])}, {dictated(found[2])}, {digits_one_by_one(rest)}"


@_shape(r"(?<!\d)(?<!\d )0[ .]?(8\d\d)((?:[ .]\d{3}){2}|(?:[ .]\d\d){3})(?!\d)")
def _free_phone(found: re.Match[str]) -> str:
    """0 800 123 456, 0 806 00 12 34."""
    return ", ".join([f"zero {dictated(found[1])}", *map(dictated, re.findall(r"\d+", found[2]))])


@_shape(r"(?<!\d)(?<!\d )(?!\d\d([./-])\d\d\1(?:19|20)\d\d(?!\d))0[1-9](?:[ ./-]?\d{2}){4}(?!\d)")
def _phone(found: re.Match[str]) -> str:
    """06 12 34 56 78, 06/12/34/56/78; 01-02-2026 15h30 is a day and an hour."""
    return digits_one_by_one(re.sub(r"\D", "", found[0]))


@_shape(
    r"(?<![\d,.€£$])(?<!\d )(3[0-9])(?: (\d\d)|(?!00)(\d\d))"
    rf"(?!\d|[,.]\d| \d| ?€| euros?\b| ?%| ?(?:{_UNIT_NAMES})(?!\w))"
)
def _short_phone(found: re.Match[str]) -> str:
    """3646, 39 49: the numbers of public services."""
    return f"{dictated(found[1])} {dictated(found[2] or found[3])}"


@_shape(r"(?<!\d)(?<!\d )[12] \d\d \d\d \d[\dAB] \d{3} \d{3}(?: \d\d)?(?!\d)")
def _social_security(found: re.Match[str]) -> str:
    return ", ".join(dictated(group) for group in found[0].replace("A", "").replace("B", "").split())


@_shape(r"(?<![\d,.])(?<!\d )\d{5}(?= [A-ZÀ-Ý][a-zà-ÿ])")
def _postcode(found: re.Match[str]) -> str:
    return dictated(found[0])


@_shape(r"(?i)(?<=call )(1\d\d)(?!\d)|(?<=dial )(1\d\d)(?!\d)|(?<=phone )(1\d\d)(?!\d)|(?<!\d)112(?!\d)")
def _emergency(found: re.Match[str]) -> str:
    """Call 115."""
    return dictated(found[0])


@_shape(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
def _year_first(found: re.Match[str]) -> str:
    words = date_in_words(int(found[3]), int(found[2]), int(found[1]))
    return words or digits_one_by_one("".join(found.groups()))


@_shape(r"(?<![\d/])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/]|\.\d)")
def _whole_date(found: re.Match[str]) -> str:
    words = date_in_words(int(found[1]), int(found[3]), int(found[4]))
    return words or " over ".join(integer(group) for group in (found[1], found[3], found[4]))


@_shape(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])")
def _date_with_half_a_year(found: re.Match[str]) -> str:
    """10/12/26: the year is said as it is written, since it may be of any century."""
    day, month, half = map(int, found.groups())
    words = date_in_words(day, month, None)
    return f"{words} {dictated(found[3]) if half < 10 else cardinal(half)}" if words else found[0]


@_shape(r"(?<!\d)(?:24 ?h ?/ ?24|7 ?[jd] ?/ ?7)(?!\d)")
def _always_open(found: re.Match[str]) -> str:
    return "twenty-four hours a day" if "h" in found[0] else "seven days a week"


@_shape(r"(?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])")
def _month_and_year(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found[1]) - 1]} {year(int(found[2]))}"


@_shape(r"(?<![\d/])((?:19|20)\d\d)/((?:19|20)?\d\d)(?![\d/])")
def _school_year(found: re.Match[str]) -> str:
    last = year(int(found[2])) if len(found[2]) == 4 else integer(found[2])
    return f"{year(int(found[1]))}, {last}"


@_shape(r"(?<!\d)(?<!\d )(0[1-9]|[12]\d|3[01]) (0[1-9]|1[0-2]) ((?:19|20)\d\d)(?!\d| \d)")
def _date_as_it_is_typed(found: re.Match[str]) -> str:
    """05 03 1962: eight digits to be written; each group is heard apart."""
    return ", ".join(dictated(group) for group in found.groups())


@_rule(r"(?<!\d)(\d+) ([½⅓⅔¼¾])")
def _and_a_part(found: re.Match[str]) -> str:
    return f"{integer(found[1])} and {_FRACTIONS[found[2]].replace('one', 'a')}"


@_rule(r"(?i)(?<=page )(\d+) ?/ ?(\d+)|(?<=step )(\d+) ?/ ?(\d+)|(?<=question )(\d+) ?/ ?(\d+)")
def _which_of(found: re.Match[str]) -> str:
    return " of ".join(integer(group) for group in found.groups() if group)


@_rule(r"[½⅓⅔¼¾]|(?<![\d/])(?:1/[234]|2/3|3/4)(?![\d/])")
def _fraction(found: re.Match[str]) -> str:
    return _FRACTIONS[found[0]]


@_rule(r"(?<![\d/])(\d{1,3}) ?/ ?(\d{1,3})(?![\d/])")
def _out_of(found: re.Match[str]) -> str:
    """24/7, 3/5."""
    return f"{integer(found[1])} {'' if found[0] == '24/7' else 'out of '}{integer(found[2])}"


@_rule(r"(?<![\d-])((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)(?![\d-])")
def _years(found: re.Match[str]) -> str:
    return f"{year(int(found[1]))} to {year(int(found[2]))}"


@_rule(
    rf"(?<![\d-])(?<!\d[.,])({_HOUR}(?:[h:][0-5]\d|h)?(?: ?[ap]\.?m\b\.?)?"
    r"|[€£$]?\d+(?:[ ,]\d{3})*(?:\.\d+)?(?: ?[€%])?)"
    r" ?[-–—] ?(?=[€£$]?(\d+)(?![\d-]))"
)
def _range(found: re.Match[str]) -> str:
    """10-12 years; what goes down is no range but a name: L. 111-1."""
    return f"{found[1]} {'dash' if found[1].isdecimal() and int(found[1]) > int(found[2]) else 'to'} "


@_rule(r"(?<=\d) ?([mc]?m)? ?[x×] ?(?=[€£$]?\d+(?:[.,]\d+)?( ?€)?)")
def _by(found: re.Match[str]) -> str:
    unit = f" {UNITS[found[1]]}" if found[1] else ""
    return f"{unit} {'times' if found[2] else 'by'} "


@_rule(r"(?<!\d)((?:19|20)?\d0)s\b")
def _decade(found: re.Match[str]) -> str:
    """The 1970s, the 90s."""
    words = year(int(found[1])) if len(found[1]) == 4 else cardinal(int(found[1]))
    return words.removesuffix("y") + "ies" if words.endswith("y") else words + "s"


@_rule(rf"\b([Ff]rom) (\d{{1,2}}) to (?=\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})")
def _first_day(found: re.Match[str]) -> str:
    """From 3 to 17 August."""
    return f"{found[1]} the {ordinal(int(found[2]))} to "


@_rule(rf"(?<!\d)(?:[Tt]he )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?:,? (\d{{4}})(?!\d))?")
def _date(found: re.Match[str]) -> str:
    words = date_in_words(int(found[1]), MONTHS.index(found[2]) + 1, int(found[3]) if found[3] else None)
    return words or f"{integer(found[1])} {found[2]} {year(int(found[3])) if found[3] else ''}".rstrip()


@_rule(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (\d{{4}})(?!\d))?")
def _month_first(found: re.Match[str]) -> str:
    if not 1 <= int(found[2]) <= 31:
        return f"{found[1]} {integer(found[2])} {year(int(found[3])) if found[3] else ''}".rstrip()
    words = f"{found[1]} the {ordinal(int(found[2]))}"
    return f"{words} {year(int(found[3]))}" if found[3] else words


@_rule(
    rf"(?i)\b({_MONTH}|in|since|from|until|before|after|year|to|birth ?:) ((?:19|20)\d\d)"
    rf"(?![\d,.]\d|\d| \d|{_MONTH}| ?[€%])"
)
def _year(found: re.Match[str]) -> str:
    return f"{found[1]} {year(int(found[2]))}"


@_rule(rf"(?i)(?<![\d,.:])({_HOUR})(?:[h:.]([0-5]\d))? ?([ap])\.?m\b\.?")
def _twelve_hours(found: re.Match[str]) -> str:
    minutes = f" {_minutes(found[2])}" if found[2] and int(found[2]) else ""
    return f"{cardinal(int(found[1]))}{minutes} {'eh' if found[3] in 'aA' else 'P'} M"


@_rule(rf"(?<![\d,.:])({_HOUR}) ?(?:h ?([0-5]\d)|:([0-5]\d)|h)\b(?!:)")
def _hour(found: re.Match[str]) -> str:
    hours, minutes = int(found[1]), found[2] or found[3] or "00"
    half = "eh M" if hours < 12 else "P M"
    hour = cardinal(12 if hours in {0, 12, 24} else hours % 12)
    return f"{hour} {_minutes(minutes)} {half}" if int(minutes) else f"{hour} {half}"


@_rule(r"(?<![\w.])[-−](?=[€£$]?\d)")
def _minus(found: re.Match[str]) -> str:
    return "minus "


@_rule(r"(?i)(?<=[€£$\d]) ?/ ?(?=year|month|week|day|hour|page|person|min\b|kg\b|m²)")
def _each(found: re.Match[str]) -> str:
    """€450/month."""
    return " per "


@_rule(r"(?<!\d)(?<!\d )(\d{1,3}(?: \d{3})+),(\d\d) ?€|(?<![\d,.€])(\d+)€(\d\d)(?!\d)")
def _amount_as_the_french_write(found: re.Match[str]) -> str:
    """1 234,56 €, 12€50."""
    return amount(found[1] or found[3], found[2] or found[4])


@_rule(rf"([€£$]) ?({_NUMBER})(?:\.(\d+))? ?(m|k|bn|million|billion)\b")
def _large_amount(found: re.Match[str]) -> str:
    """€2.5m."""
    unit, _ = _MONEY[found[1]]
    return f"{_with_part(found[2], found[3])} {_LARGE.get(found[4], found[4])} {unit}s"


@_rule(rf"([€£$]) ?({_NUMBER})(?:\.(\d{{1,2}})(?!\d))?")
def _amount(found: re.Match[str]) -> str:
    return amount(found[2], found[3] or "", found[1])


@_rule(rf"({_NUMBER})(?:[,.](\d{{1,2}}))? ?(?:€|euros?\b|EUR\b)")
def _amount_after(found: re.Match[str]) -> str:
    return amount(found[1], found[2] or "")


@_rule(rf"({_NUMBER})(?:[,.](\d+))? ?%")
def _percentage(found: re.Match[str]) -> str:
    return f"{_with_part(found[1], found[2])} percent"


@_rule(rf"({_NUMBER})(?:[,.](\d+))? ?({_UNIT_NAMES})(?![\w'²³])")
def _unit(found: re.Match[str]) -> str:
    unit = UNITS[found[3]]
    return f"{_with_part(found[1], found[2])} {unit.removesuffix('s') if found[1] == '1' and not found[2] else unit}"


@_rule(r"(?<!\d)(\d{1,9})(?:st|nd|rd|th|er|e)\b")
def _ordinal(found: re.Match[str]) -> str:
    return ordinal(int(found[1]))


@_rule(rf"({_NUMBER})\.(\d+)|(?<![\d,])(\d{{1,9}}),(\d{{1,2}})(?![\d,])")
def _decimal(found: re.Match[str]) -> str:
    return _with_part(found[1] or found[3], found[2] or found[4])


@_rule(_NUMBER)
def _number(found: re.Match[str]) -> str:
    return f" {integer(found[0])} "


def _minutes(minutes: str) -> str:
    return f"oh {cardinal(int(minutes))}" if minutes.startswith("0") else cardinal(int(minutes))


def _with_part(whole: str, part: str | None) -> str:
    return f"{integer(whole)} point {dictated(part[:6])}" if part else integer(whole)
