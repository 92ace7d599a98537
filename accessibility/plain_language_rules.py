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

    language: str = ""
    negative: Pattern | None = None
    negative_order: Pattern | None = None
    """An order that says what must not be done."""
    only: Pattern | None = None
    """A negation that means "only" ("ne … que")."""
    supposed: Pattern | None = None
    """A clause that supposes something ("si…"): it may be negative, for it describes the person's case."""
    passive: Pattern | None = None
    familiar: Pattern | None = None
    """A familiar way of speaking to somebody ("tu")."""
    contracted: Pattern | None = None
    """Two words run into one, which a person who learns the language does not find again."""
    spelled_numbers: Pattern | None = None
    short_date: Pattern | None = None
    """A month cut short, a year of two figures: beside the dates in figures alone, looked for in every language."""
    abbreviations: Pattern | None = None
    """Beside those of every language."""
    links: Pattern | None = None
    """A word that begins another clause: two of them make a sentence of three ideas."""
    elided: Pattern | None = None
    """What leans on the next word: cut before the word is looked up."""
    foreign: Pattern | None = None
    """Where the words of others stand (what a site writes, an address, a name in another language): none is judged."""
    other_forms: tuple[tuple[str, str], ...] = ()
    """Endings, and the ending of a more usual form of the same word to look up too."""
    introduces: str = r"\(|:"
    """What comes after an acronym that is explained beside it."""
    frequencies: bool = False
    """Are its words looked up in wordfreq?"""


_ADDRESS = r"\b[\w-]+(?:\.[\w-]+)+\b"
_MONTHS = r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"

_DONE = r"(?!(?:âgé|marié|situé|divorcé|séparé|passé))(?:\w+ée?|faite?|remplie?|remise?|fournie?|rendue?)s?"
"""What was done, after « être »; not what a person or a date is."""

FRENCH = LanguageRules(
    language="fr",
    negative=re.compile(
        r"(?i)\b(?:ne|n['’])\s*\S+(?:\s+\S+){0,3}?\s+(?:pas|jamais|rien|aucune?|personne|guère|point|ni)\b"
    ),
    negative_order=re.compile(
        r"(?i)(?:^|[,:.]\s*)(?:ne\s+|n['’])(?:\w{1,4}(?:\s+|['’]))?\w+ez\s+(?:\w+\s+)?(?:pas|plus|jamais|rien)\b"
    ),
    only=re.compile(
        r"(?i)\b(?:ne\s+|n['’])(?:(?!pas\b|plus\b|jamais\b|rien\b)\S+\s+){1,3}?qu(?:e\b|['’])"  # « ne … que »
    ),
    supposed=re.compile(r"(?i)\b(?:si|s['’]ils?|quand|lorsque)\b[^,:.?]*"),
    passive=re.compile(
        r"(?i)\b(?:"
        r"(?:est|sont|sera|seront|était|étaient|être|été)\s+(?:\w+ment\s+)?\w+(?:é|i|u|it|is)e?s?\s+par\b"
        r"(?!\s+(?:exemple|an|mois|jour|semaine|personne)\b)"
        rf"|(?:doi(?:t|vent)|devr(?:a|ont)|il\s+faut)\s+être\s+(?:\w+ment\s+)?{_DONE}\b"
        rf"|(?:sera|seront|a\s+été|ont\s+été)\s+(?:\w+ment\s+)?{_DONE}\b"
        r"|peu(?:t|vent)\s+être\s+(?:faite?|remplie?|remise?|demandée?|envoyée?|déposée?|retirée?|payée?|signée?|"
        r"présentée?|effectuée?|donnée?)s?\b)"
    ),
    familiar=re.compile(r"(?i)(?<!\w)(?:tu|toi|ton|tes|ta|te|t['’](?:as|es|en|y))(?![\w-])"),
    spelled_numbers=re.compile(
        r"(?i)\b(?:(?<!les )(?<!tous )(?<!toutes )deux|trois|quatre|cinq|six|sept|huit|neuf(?=\s+\w+s\b)|dix|onze|"
        r"douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|les\s+deux(?=\s+\w))\b"
    ),
    short_date=re.compile(
        rf"(?i)\b(?:\d{{1,2}}(?:er)?\s+(?:janv|févr?|avr|juill?|sept|oct|nov|déc)\b\.?|"
        rf"\d{{1,2}}(?:er)?\s+(?:{_MONTHS})\s+\d{{2}}(?!\d))"
    ),
    abbreviations=re.compile(r"(?i)(?:\b(?:ex|max|min|tél|env|svp|adr|bd|av|réf)\.|\bn°|\bsvp\b|\btél\b|\bM\.)"),
    links=re.compile(r"(?i)\b(?:qui|dont|lequel|laquelle|lorsque|puisque|parce\s+que?|afin|pour\s+que|alors\s+que)\b"),
    elided=re.compile(r"^\w{1,2}['’]|^qu['’]"),
    foreign=re.compile(rf"«[^»]*»|“[^”]*”|{_ADDRESS}"),
    other_forms=(("ez", "er"), ("ez", "ir"), ("ez", "re"), ("s", ""), ("x", ""), ("es", ""), ("e", "")),
    introduces=r"\(|:|, c'est",
    frequencies=True,
)
ENGLISH = LanguageRules(
    language="en",
    negative=re.compile(
        r"(?i)\b(?:not|never|cannot|nothing|nobody|none|neither|nor)\b|\w+n['’]t\b|\bno\b(?!,| longer| more\b)(?=\s)"
    ),
    negative_order=re.compile(r"(?i)(?:^|[,:.]\s*)(?:do not|don['’]t|never)\b"),
    passive=re.compile(
        r"(?i)\b(?:must|should|will|can|may|has|have)\s+(?:be|been)\s+"
        r"(?:\w+ed|sent|made|paid|given|done|written|taken|kept)\b"
        r"|\b(?:is|are|was|were)\s+\w+(?:ed|ent|ade|aid|en)\s+by\b"
    ),
    supposed=re.compile(r"(?i)\b(?:if|when|unless)\b[^,:.?]*"),
    contracted=re.compile(
        r"(?i)\b\w+(?:n['’]t|['’](?:re|ve|ll|m|d))\b|\b(?:it|that|he|she|there|here|what|who|where|let)['’]s\b"
    ),
    spelled_numbers=re.compile(
        r"(?i)\b(?:(?<!the )two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
        r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b"
    ),
    short_date=re.compile(
        r"(?i)\b(?:\d{1,2}\s+(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|"
        r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+\d{1,2}\b)"
    ),
    abbreviations=re.compile(r"(?i)\b(?:approx|appt|dept|govt|max|min|tel|vs)\.|\bno\.(?=\s*\d)"),
    links=re.compile(r"(?i)\b(?:which|whose|whom|because|although|whereas|in order|so that)\b"),
    foreign=re.compile(rf"“[^”]*”|«[^»]*»|\([^)]*\)|{_ADDRESS}"),
    other_forms=(("s", ""), ("es", ""), ("ed", ""), ("ing", "")),
    introduces=r"\(|:|, (?:the|an?)\b|is (?:the|an?)\b|means\b",
    frequencies=True,
)
EVERY_LANGUAGE = LanguageRules()

RULES: Mapping[str, LanguageRules] = MappingProxyType({"fr": FRENCH, "en": ENGLISH})
"""By language code."""
