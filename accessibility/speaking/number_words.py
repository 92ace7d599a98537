# SPDX-License-Identifier: EUPL-1.2
"""French numbers in words: counted, ranked, or dictated group by group. Pure; num2words does the arithmetic."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import cache
from typing import cast

from accessibility.speaking.identifiers import counts

LONGEST_NUMBER = 9
"""Digits; beyond, nobody hears a number: it is read by pairs."""


@cache
def _num2words() -> Callable[..., str]:
    return cast(Callable[..., str], importlib.import_module("num2words").num2words)


@cache
def _under_a_hundred() -> tuple[str, ...]:
    """Made all at once: num2words takes 0.1 ms each, and which ones were said leaves no trace."""
    return tuple(_num2words()(number, lang="fr") for number in range(100))


def cardinal(number: int) -> str:
    """12 -> "douze"."""
    return _under_a_hundred()[number] if number < 100 else _num2words()(number, lang="fr")


def digits_in_pairs(digits: str) -> str:
    """ "0612" -> "zéro six, douze". An odd number of digits begins with one alone."""
    start = len(digits) % 2
    groups = ([digits[0]] if start else []) + [digits[i : i + 2] for i in range(start, len(digits), 2)]
    return ", ".join(group_of_digits(group) for group in groups)


def group_of_digits(group: str) -> str:
    """A group as it is dictated: the zeros in front are said."""
    zeros = len(group) - len(group.lstrip("0"))
    rest = group[zeros:]
    if len(group) == 5 and zeros == 1 and rest[0] == "1":  # 01200 is "zéro un mille…": an area, not a thousand
        return f"zéro un mille {cardinal(int(rest[1:]))}" if int(rest[1:]) else "zéro un mille"
    return " ".join(["zéro"] * zeros + ([cardinal(int(rest))] if rest else []))


def dictated(group: str) -> str:
    """A group of a long number: four digits go by two."""
    return digits_in_pairs(group).replace(",", "") if len(group) in {4, 6} else group_of_digits(group)


def integer(written: str) -> str:
    """Any run of digits, spaces between thousands allowed."""
    digits = re.sub(r"\D", "", written)
    if len(digits) > LONGEST_NUMBER or (digits == written and not counts(digits)):
        return digits_in_pairs(digits)
    if digits.startswith("0") and len(digits) > 1:
        return group_of_digits(digits)
    return cardinal(int(digits))


def ordinal(number: int, ending: str) -> str:
    """(1, "ers") -> "premiers", (2, "nde") -> "seconde", (21, "e") -> "vingt et unième"."""
    plural = "s" if ending.endswith("s") else ""
    if number == 1:
        return ("premier" if ending in {"er", "ers"} else "première") + plural
    if ending.startswith("n"):
        return ("seconde" if "e" in ending else "second") + plural
    return _num2words()(number, lang="fr", to="ordinal") + plural
