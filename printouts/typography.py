# SPDX-License-Identifier: EUPL-1.2
"""How a text becomes ink: nothing hidden in it, one apostrophe, a sentence a line, numbers in groups, dates in full."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

NBSP = "\u00a0"
LONGEST = 600
"""Characters of one text. A checked content stays far below; a hostile one must not empty the roll of paper."""

_REPLACED = {
    0x202F: NBSP,  # the fine non-breaking space is missing from Atkinson Hyperlegible
    0x2007: NBSP,
    0x2011: "-",  # so is the non-breaking hyphen
    0x2028: " ",
    0x2029: " ",
}
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# A sentence ends at its mark when a capital, a digit or an opening guillemet follows. A lone capital before the full
# stop is an initial or a title ("M. Martin"), not an end.
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.) +(?=[«“\"A-ZÀ-ÖØ-Þ0-9])")

# As keyboards type it, after an elided word: "l'office", "l'« office »". No quotation, no minutes, no e-mail address.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w|«)(?![\w.+-]*@)")

# A dot between letters, as no sentence has one; "www." and the last word stay with their neighbour.
_WITHIN_ADDRESS = re.compile(r"(?<=[a-z0-9]\.)(?<!www\.)(?=[a-z0-9-]+\.[a-z])")

# Where French binds words: before double punctuation, inside guillemets, between a number and its unit. English has
# only the last.
_BOUND = re.compile(
    r"(?<=«) | (?=[»:;?!])"
    r"|(?<=\d) (?=(?:h|euros?|€|%|ans?|jours?|mois|semaines?|minutes?|heures?|km|m)(?!\w))"
    r"|(?<=\d) (?=(?:hours?|days?|weeks?|months?|years?)(?!\w))"
    r"|(?<=\d) (?=\d)|(?<=\d[ \u00a0]h) (?=\d)"
)


def clean(text: str) -> str:
    """The text without anything invisible: no control, escape, direction, joining, private or unassigned character.

    Line ends and tabs become spaces. Accents are composed, so that the same words always give the same bytes; an
    apostrophe is written in one way.
    """
    text = unicodedata.normalize("NFC", text[: 4 * LONGEST]).translate(_REPLACED)
    kept = (" " if char in "\t\n\r\v\f" else char for char in text)
    visible = "".join(char for char in kept if unicodedata.category(char)[0] != "C")
    visible = _APOSTROPHE.sub("’", visible)
    visible = re.sub(r"[ \u1680\u2000-\u200a\u205f\u3000]+", " ", visible).strip(" ")
    return visible if len(visible) <= LONGEST else visible[: LONGEST - 1].rstrip() + "…"


def bound(text: str) -> str:
    """The text with its words that belong together bound by spaces that never break."""
    return _BOUND.sub(NBSP, text)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order, each to stand on a line of its own; words that belong together are bound."""
    return tuple(bound(part) for part in _SENTENCE_END.split(clean(text)) if part)


def full_date(day: date, language: str = "fr") -> str:
    """A date in full, as plain words write it: "lundi 4 janvier 2027", "mardi 1er juin 2027", "Monday 4 January 2027".

    In French for a language that has no names of days here.
    """
    if language == "en":
        return f"{_ENGLISH_DAYS[day.weekday()]} {day.day}{NBSP}{_ENGLISH_MONTHS[day.month - 1]}{NBSP}{day.year}"
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def hour(moment: time | datetime, language: str = "fr") -> str:
    """An hour as plain words write it: "9 h", "13 h 05"; "13:05" in English."""
    if language == "en":
        return f"{moment.hour}:{moment.minute:02}"
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def address_parts(text: str) -> tuple[str, ...]:
    """The text, cut where an address may go on in the next line: "www.masecurite.", "interieur.", "gouv.fr"."""
    return tuple(_WITHIN_ADDRESS.split(text))


def group_phone(number: str) -> str:
    """A phone number in groups that never part: "06 12 34 56 78", "36 46", "+33 6 12 34 56 78".

    A number already written in groups keeps those of its owner ("0 806 00 01 26").
    """
    number = clean(number)
    parts = re.split(r"[ \u00a0.\-]+", number)
    if len(parts) > 1:
        return NBSP.join(part for part in parts if part)
    if re.fullmatch(r"(\d{2}){2,6}", number):
        return NBSP.join(number[i : i + 2] for i in range(0, len(number), 2))
    if match := re.fullmatch(r"(\+33)(\d)(\d{8})", number):
        pairs = match[3]
        return NBSP.join((match[1], match[2], *(pairs[i : i + 2] for i in range(0, 8, 2))))
    return number
