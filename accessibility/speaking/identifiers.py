# SPDX-License-Identifier: EUPL-1.2
"""Numbers that name and do not count: bank accounts, companies, plates, telephones abroad. Pure.

Whoever writes them down needs them in the groups in which they are printed, with a pause between two groups.
Each language says how it reads one group.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from accessibility.speaking.pronounce_traced import Rules

_MOST_DIGITS_OF_A_COUNT = 6
"""Without a space between thousands, what is longer is a number of somebody or of something."""
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_FEWEST_DIGITS_OF_AN_ACCOUNT = 8


def counts(digits: str) -> bool:
    """Whether digits that nothing cuts are an amount of something: 1500000 is, 1234567 and 001234 are not."""
    if digits[0] == "0":
        return len(digits) < _MOST_DIGITS_OF_A_COUNT
    return len(digits) <= _MOST_DIGITS_OF_A_COUNT or digits.endswith("000")


def account_numbers(group: Callable[[str], str], dash: str) -> Rules:
    """What is read before capitals are: IBAN, SIREN, plates, files. ``group`` says up to four digits."""
    rules = Rules()

    @rules.rule(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
    def _iban(found: re.Match[str]) -> str:
        """FR76 3000 6000…, with or without its spaces."""
        signs = found[0].replace(" ", "")
        if sum(sign.isdigit() for sign in signs) < _FEWEST_DIGITS_OF_AN_ACCOUNT:
            return found[0]
        country = f"{' '.join(signs[:2])} {group(signs[2:4])}"
        return ", ".join([country, *(_signs(signs[at : at + 4], group) for at in range(4, len(signs), 4))])

    @rules.rule(r"(?i)\b(sire[nt](?:te)?\b ?:? ?)(\d{3}) ?(\d{3}) ?(\d{3})(?: ?(\d{5}))?(?!\d)")
    def _company(found: re.Match[str]) -> str:
        """SIREN 732 829 320."""
        return found[1] + ", ".join(group(digits) for digits in found.groups()[1:] if digits)

    @rules.rule(r"\b([A-Z]{2})-(\d{3})-([A-Z]{2})\b")
    def _plate(found: re.Match[str]) -> str:
        """AB-123-CD."""
        return f"{' '.join(found[1])}, {group(found[2])}, {' '.join(found[3])}"

    @rules.rule(r"(?<![\w-])(?=[\d-]*[A-Z])(?=[A-Z-]*\d)[A-Z\d]{1,9}(?:-[A-Z\d]{1,9}){2,9}(?![\w-])")
    def _file(found: re.Match[str]) -> str:
        """2024-12345-AB: nobody finds a file again without its dashes."""
        return f" {dash} ".join(_signs(signs, group) for signs in found[0].split("-"))

    return rules


def long_references(group: Callable[[str], str], number: Callable[[str], str], dash: str, plus: str) -> Rules:
    """What is read once telephones and dates are. ``number`` says any digits that nothing cuts."""
    rules = Rules()

    @rules.rule(r"(?<![\d+])\+\d{1,3}(?:[ .-](?:\(0\) ?)?\d{1,4}){3,6}(?!\d)")
    def _phone_anywhere(found: re.Match[str]) -> str:
        """+32 2 123 45 67."""
        return f"{plus} " + ", ".join(group(digits) for digits in re.findall(r"\d+", found[0].replace("(0)", "")))

    @rules.rule(r"(?<![\d,.])(?<!\d )\d{1,6}(?: \d{1,6}){3,9}(?!\d| \d|,\d)")
    def _groups(found: re.Match[str]) -> str:
        """2 69 05 49 588 157 80; 1 000 000 000 is a count."""
        return found[0] if _THOUSANDS.fullmatch(found[0]) else ", ".join(map(group, found[0].split(" ")))

    @rules.rule(r"(?<![\d-])\d+(?:-\d+){2,9}(?![\d-])°?")
    def _chain(found: re.Match[str]) -> str:
        """521-3-1."""
        return f" {dash} ".join(map(number, found[0].rstrip("°").split("-")))

    return rules


def _signs(signs: str, group: Callable[[str], str]) -> str:
    return " ".join(group(part) if part.isdigit() else part for part in re.findall(r"\d+|[A-Z]", signs))
