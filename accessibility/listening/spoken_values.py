# SPDX-License-Identifier: EUPL-1.2
"""Numbers and days, as they are said: "quatre-vingt-douze", "2 enfants", "le trois mars deux mille vingt-six". Pure.

What is read here is never certain: an engine writes one number for another too easily. It is always asked back.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from datetime import date, timedelta
from typing import Any

_LARGEST = 9
"""Digits of a number; a longer one is an identifier, and those are typed."""
_NONE = {"fr": {"aucun", "aucune", "zero"}, "en": {"none", "zero", "nothing"}}
_MONTHS = {
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "en": "january february march april may june july august september october november december",
}
_DAYS = {
    "fr": {"avant-hier": -2, "avant hier": -2, "hier": -1, "aujourd'hui": 0, "apres-demain": 2, "demain": 1},
    "en": {"day before yesterday": -2, "yesterday": -1, "today": 0, "day after tomorrow": 2, "tomorrow": 1},
}
_ORDINAL = r"(?:er|re|e|eme|st|nd|rd|th)?"
_COMING_YEARS = 20
"""A year of two digits is at most this far ahead of today; beyond, it was in the last century."""


def whole_number(text: str, language: str) -> int | None:
    """The one whole number said in ``text``; None when there is none, several, or one that is not whole."""
    plain = _in_digits(text, language)
    if re.search(r"\d[,.]\d{1,2}(?!\d)|\bmoins \d|\bminus \d|-\d", plain):
        return None
    plain = re.sub(r"(?<=\d)[,.](?=\d{3}\b)", " ", plain)
    groups = re.findall(rf"\b(\d+){_ORDINAL}\b", plain)
    if not groups:
        return 0 if _NONE.get(language, set()) & set(re.findall(r"[a-z]+", plain)) else None
    if len(groups) == 1:
        digits = groups[0]
    elif _one_after_the_other(groups, plain) and (
        all(len(group) == 1 for group in groups) or all(len(group) == 3 for group in groups[1:])
    ):
        digits = "".join(groups)  # "4 2" digit by digit; "1 200" by thousands
    else:
        return None
    return int(digits) if len(digits) <= _LARGEST else None


def day(text: str, language: str, today: date | None = None) -> date | None:
    """The day said in ``text``; None unless day, month and year are there. "hier" needs ``today``."""
    plain = _in_digits(text, language)
    for words, days in _DAYS.get(language, {}).items():
        if re.search(rf"\b{words}\b", plain):
            return today + timedelta(days) if today else None
    months = _MONTHS.get(language, "").split()
    if not months:
        return None
    named = "|".join(months)
    plain = re.sub(r"\b(19|20) (\d\d)\b", r"\1\2", plain)  # "nineteen fifty"
    found = re.search(rf"\b(\d{{1,2}}){_ORDINAL}(?: of)? ({named})(?: of)? (\d{{4}}|\d\d)\b", plain)
    if found:
        return _day(int(found[1]), months.index(found[2]) + 1, found[3], today)
    found = re.search(rf"\b({named})(?: the)? (\d{{1,2}}){_ORDINAL} (\d{{4}}|\d\d)\b", plain)
    if found:
        return _day(int(found[2]), months.index(found[1]) + 1, found[3], today)
    found = re.search(r"\b(\d{1,2})(?:er)? ?[/. -] ?(\d{1,2}) ?[/. -] ?(\d{4}|\d\d)\b", plain)
    return _day(int(found[1]), int(found[2]), found[3], today) if found else None


def _day(number: int, month: int, year: str, today: date | None) -> date | None:
    if len(year) == 2:
        if today is None:
            return None
        century = today.year // 100 * 100
        full = century + int(year)
        full -= 100 if full > today.year + _COMING_YEARS else 0
    else:
        full = int(year)
    try:
        return date(full, month, number)
    except ValueError:
        return None


def _one_after_the_other(groups: list[str], plain: str) -> bool:
    return " ".join(groups) in plain


def _in_digits(text: str, language: str) -> str:
    """Small letters without accents, numbers in digits, one space between words."""
    library: Any = importlib.import_module("text_to_num")  # untyped; and a room is entered without waiting
    try:
        converted = str(library.alpha2digit(text.lower().replace("’", "'"), language, 0))
    except ValueError:  # a language that it does not know
        converted = text.lower()
    apart = unicodedata.normalize("NFKD", converted)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    # Engines write the two halves of "quatre-vingt-douze" and "soixante-douze" apart: "80 12".
    bare = re.sub(r"\b([68]0)[ -](1\d|[1-9])\b", lambda found: str(int(found[1]) + int(found[2])), bare)
    return " ".join(bare.split())
