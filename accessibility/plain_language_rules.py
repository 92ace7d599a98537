# SPDX-License-Identifier: EUPL-1.2
"""What the rules of plain language look for in each language. A language without an entry gets the rules of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What to look for in one language; None where nothing is looked for."""

    negative: Pattern | None = None
    passive: Pattern | None = None
    familiar: Pattern | None = None
    """A familiar way of speaking to somebody ("tu")."""
    contracted: Pattern | None = None
    """Two words run into one, which a person who learns the language does not find again."""
    spelled_numbers: Pattern | None = None
    abbreviations: Pattern | None = None
    """Beside those of every language."""
    elided: Pattern | None = None
    """What leans on the next word: cut before the word is looked up."""
    foreign: Pattern | None = None
    """Where names in another language stand (between quotation marks or brackets): no word of them is judged."""
    introduces: str = r"\(|:"
    """What comes after an acronym that is explained beside it."""
    frequencies: bool = False
    """Are its words looked up in wordfreq?"""


FRENCH = LanguageRules(
    negative=re.compile(
        r"(?i)\b(?:ne|n['’])\s*\S+(?:\s+\S+){0,3}?\s+(?:pas|plus|jamais|rien|aucune?|personne|guère|point|ni)\b"
    ),
    passive=re.compile(
        r"(?i)\b(?:est|sont|sera|seront|était|étaient|être|été)\s+(?:\w+ment\s+)?\w+(?:é|i|u|it|is)e?s?\s+par\b"
        r"(?!\s+(?:exemple|an|mois|jour|semaine|personne)\b)"
    ),
    familiar=re.compile(r"(?i)(?<!\w)(?:tu|toi|ton|tes|t['’]as|t['’]es)(?!\w)"),
    spelled_numbers=re.compile(
        r"(?i)\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
        r"quarante|cinquante|soixante|cent|cents|mille)\b"
    ),
    abbreviations=re.compile(r"(?i)\b(?:ex|max|min|tél|env)\."),
    elided=re.compile(r"^\w{1,2}['’]|^qu['’]"),
    introduces=r"\(|:|, c'est",
    frequencies=True,
)
ENGLISH = LanguageRules(
    negative=re.compile(r"(?i)\b(?:not|never|cannot|nothing|nobody|none|neither|nor)\b|\w+n['’]t\b|\bno\b(?!,)(?=\s)"),
    contracted=re.compile(
        r"(?i)\b\w+(?:n['’]t|['’](?:re|ve|ll|m|d))\b|\b(?:it|that|he|she|there|here|what|who|where|let)['’]s\b"
    ),
    spelled_numbers=re.compile(
        r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
        r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b"
    ),
    abbreviations=re.compile(r"(?i)\b(?:approx|appt|dept|govt|max|min|tel|vs)\."),
    foreign=re.compile(r"“[^”]*”|«[^»]*»|\([^)]*\)|\b[\w-]+(?:\.[\w-]+)+\b"),
    introduces=r"\(|:|, (?:the|an?)\b|is (?:the|an?)\b|means\b",
    frequencies=True,
)
EVERY_LANGUAGE = LanguageRules()

RULES: Mapping[str, LanguageRules] = MappingProxyType({"fr": FRENCH, "en": ENGLISH})
"""By language code."""
