# SPDX-License-Identifier: EUPL-1.2
"""What a language brings to be read aloud: rules in their order, and a word for each symbol. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accessibility.speaking.pronounce_traced import Rules, Traced

COMMON_SYMBOLS: Mapping[str, str] = {
    "\\": " ", "_": " ", "…": ".", "–": ", ", "—": ", ", "−": ", ", "(": ", ", ")": ", ", "[": ", ", "]": ", ",
    "{": ", ", "}": ", ",
}  # fmt: skip
"""Pauses, in every language."""

_ADDRESS = re.compile(
    r"(?i)(?:https?://)?(?<![\w@.+-])"
    r"(?P<user>[\w.+-]{1,64}@)?(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}"
    r"(?:fr|com|org|net|eu|info|re|gp|mq|yt|nc|pf|bzh|be|ch)|(?<=://)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8})"
    r"(?![\w-])(?P<port>:\d{2,5}(?!\w))?"
    r"(?:(?P<steps>(?: / [\w.~-]{0,100}\w){1,12})|(?P<path>/(?:[\w/.?=&%#~+-]{0,500}[\w/=])?)?)"
)
_DOMAINS_SPELLED = frozenset({"fr", "eu", "re", "gp", "mq", "yt", "nc", "pf", "be", "ch", "www"})


ONE_LETTER_KINGS = (
    r"\b(?<!monsieur )(?<!madame )(?<!mister )(?<!missus )(?<!miz )"
    r"(?:(?:Charles|Clément|Georges?|Gustave|Henri|Henry|Jacques|James|Mohamm?ed|Philippe|Philip|Pie|Urbain)[ -](?=V\b)"
    r"|(?:Charles|Léon|Louis|Pie)[ -](?=X\b))([VX])(?!'|\.[A-ZÀ-Ý]|\. [a-zà-ÿ])"
)
"""Names that streets and schools have. After any other, one letter is more likely that of a name that is not told."""


Stage = Callable[[Traced], None]


def in_order(abbreviations: Rules, romans: Rules, capitals: Rules, numbers_in_words: Stage) -> Sequence[Stage]:
    """The order in which every language rewrites a text: a number may free letters that were stuck to it."""
    return (abbreviations.apply, romans.apply, capitals.apply, numbers_in_words, capitals.apply)


@dataclass(frozen=True, slots=True)
class Language:
    """How a language is read. ``stages`` apply one after the other, once the addresses are dictated."""

    stages: Sequence[Stage]
    symbols: Mapping[str, str]
    """What is said for a sign that no rule has read; the others are silent."""
    address_signs: Mapping[str, str]
    """ "point", "tiret"…: the signs of web addresses and e-mail, as they are dictated."""
    label: Callable[[str], str]
    """One name of an address."""

    def read(self, traced: Traced) -> None:
        """Rewrite it."""
        traced.sub(_ADDRESS, self._address)
        for stage in self.stages:
            stage(traced)

    def _address(self, found: re.Match[str]) -> str:
        """ "service-public.gouv.fr" as it is dictated. A deep path is left out: nobody can remember it.

        Spaces around its strokes keep it: somebody has asked for all of it.
        """
        path = (found["path"] or "").rstrip("/")
        if steps := found["steps"]:
            path = steps.replace(" ", "")
        elif path.count("/") > 1 or re.search(r"[?=&%#]", path):
            path = ""
        host = re.sub(r"(?i)^www\.", "", found["host"]) + (found["port"] or "")
        parts = re.split(r"([.:/@_+-])", (found["user"] or "") + host + path)
        return " ".join(self.address_signs.get(part) or self._name(part) for part in parts if part)

    def _name(self, part: str) -> str:
        return " ".join(part.lower()) if part.lower() in _DOMAINS_SPELLED else self.label(part)


def roman(written: str) -> int | None:
    """XIV -> 14; None for what is no Roman numeral (1 to 89, which is all that dates and kings need)."""
    found = re.fullmatch(r"(L?X{0,3}|XL)(IX|IV|V?I{0,3})", written)
    if not found or not written:
        return None
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    numbers = [values[sign] for sign in written]
    return sum(-n if any(n < later for later in numbers[i + 1 : i + 2]) else n for i, n in enumerate(numbers))
