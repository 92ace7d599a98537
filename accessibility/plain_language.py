# SPDX-License-Identifier: EUPL-1.2
"""Facile à lire et à comprendre: the rules that a program can check, sentence by sentence. Pure.

Rules from « L'information pour tous » (Inclusion Europe, Unapei, 2009), in the figures that this project settled.
What is refused stops a publication; a warning asks the author to look again.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import cast

from accessibility.acronyms import ACRONYMS

WARN_WORDS = 12
REFUSE_WORDS = 15
LABEL_WORDS = 3
TITLE_SIGNS = 40
RARE = 2.5
"""Zipf frequency below which a word is rare: once in some three million words. "attestation" has 3.6."""


class Kind(StrEnum):
    """What the sentences are for: the rules differ."""

    SENTENCE = "sentence"
    """Said and shown on a step, or a line of the road map."""
    TITLE = "title"
    LABEL = "label"
    """The words on a card."""


class Severity(StrEnum):
    """Whether the text may be published as it is."""

    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one sentence breaks. ``message`` is for the author, in French."""

    code: str
    message: str
    severity: Severity
    sentence: str


_Check = Callable[[str], Iterator[tuple[str, str, Severity]]]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
_ROMAN_CANDIDATE = re.compile(r"\b([IVXLCDM]{2,}|I(?=er\b|re\b))(?:er|re|e|ème)?\b")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITALS = re.compile(r"\b(?=[A-ZÀ-Ý0-9]*[A-ZÀ-Ý])[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")
_NEGATIVE = re.compile(
    r"(?i)\b(?:ne|n['’])\s*\S+(?:\s+\S+){0,3}?\s+(?:pas|plus|jamais|rien|aucune?|personne|guère|point|ni)\b"
)
_PASSIVE = re.compile(
    r"(?i)\b(?:est|sont|sera|seront|était|étaient|être|été)\s+(?:\w+ment\s+)?\w+(?:é|i|u|it|is)e?s?\s+par\b"
    r"(?!\s+(?:exemple|an|mois|jour|semaine|personne)\b)"
)
_TU = re.compile(r"(?i)(?<!\w)(?:tu|toi|ton|tes|t['’]as|t['’]es)(?!\w)")
_SPELLED_NUMBERS = re.compile(
    r"(?i)\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    r"quarante|cinquante|soixante|cent|cents|mille)\b"
)
_ABBREVIATIONS = re.compile(r"(?i)(?:\betc\b\.?|\b(?:cf|i\.e|e\.g|nb|n\.b|ex|max|min|tél|env)\.)")


def review(
    sentences: Iterable[str], *, kind: Kind = Kind.SENTENCE, explained: set[str] | None = None
) -> tuple[Finding, ...]:
    """Everything to say against these sentences, in their order, which counts: an acronym is explained at first.

    ``explained`` holds the acronyms that the texts before have explained, and grows: give the same set for each text
    of a whole.
    """
    explained = set() if explained is None else explained
    findings: list[Finding] = []
    for sentence in sentences:
        for check in (*_CHECKS, *_CHECKS_OF[kind]):
            findings += [Finding(code, message, severity, sentence) for code, message, severity in check(sentence)]
        findings += [
            Finding("acronym", message, Severity.WARN, sentence) for message in _acronyms(sentence, explained, kind)
        ]
    return tuple(findings)


def words_of(sentence: str) -> list[str]:
    """The words, as a reader counts them: "carte d'identité" is two, "25 €" is one."""
    return _WORD.findall(sentence)


def _length(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    count = len(words_of(sentence))
    if count > WARN_WORDS:
        severity = Severity.REFUSE if count > REFUSE_WORDS else Severity.WARN
        yield "long", f"La phrase a {count} mots : {WARN_WORDS} au plus. Coupez-la en deux.", severity


def _label_length(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    count = len(words_of(sentence))
    if count > LABEL_WORDS:
        yield "long", f"La réponse a {count} mots : {LABEL_WORDS} au plus.", Severity.WARN


def _title_length(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    if len(sentence) > TITLE_SIGNS:
        yield "long", f"Le titre a {len(sentence)} signes : {TITLE_SIGNS} au plus.", Severity.WARN


def _roman(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    for found in _roman_numerals(sentence):
        yield "roman", f"« {found} » est un chiffre romain : écrivez-le en chiffres ordinaires.", Severity.REFUSE


def _roman_numerals(sentence: str) -> list[str]:
    """CV is an acronym and CD a disc: a number has an I, a V or an X, and follows the rules of its writing."""
    found = _ROMAN_CANDIDATE.findall(sentence)
    return [name for name in found if name not in ACRONYMS and set(name) & set("IVX") and _ROMAN.fullmatch(name)]


def _abbreviations(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    for found in _ABBREVIATIONS.findall(sentence):
        yield "abbreviation", f"« {found} » est une abréviation : écrivez tout, ou coupez.", Severity.REFUSE


def _signs(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    if "&" in sentence:
        yield "sign", "« & » : écrivez « et ».", Severity.REFUSE
    if re.search(r"\w\((?:s|e|es|ne|nes)\)|\w·\w", sentence):
        yield "sign", "« (s) », « (e) », « · » : écrivez le mot entier.", Severity.REFUSE
    if ";" in sentence:
        yield "sign", "« ; » : faites deux phrases.", Severity.WARN


def _capitals(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    romans = set(_roman_numerals(sentence))
    for word in _CAPITALS.findall(sentence):
        if word not in ACRONYMS and word not in romans and not any(sign.isdigit() for sign in word):
            yield (
                "capitals",
                f"« {word} » est en capitales : écrivez-le en minuscules, ou en entier si c'est un sigle.",
                Severity.REFUSE,
            )


def _negative(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    if _NEGATIVE.search(sentence):
        yield "negative", "La phrase est négative : dites plutôt ce qu'il faut faire.", Severity.WARN


def _passive(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    if _PASSIVE.search(sentence):
        yield "passive", "La phrase est passive : dites qui fait quoi.", Severity.WARN


def _familiar(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    if _TU.search(sentence):
        yield "tu", "Dites « vous », jamais « tu ».", Severity.REFUSE


def _spelled_numbers(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    for word in _SPELLED_NUMBERS.findall(sentence):
        yield "number", f"« {word} » : écrivez le nombre en chiffres.", Severity.WARN


def _rare_words(sentence: str) -> Iterator[tuple[str, str, Severity]]:
    frequency = _zipf()
    if frequency is None:
        return
    for word in words_of(sentence):
        bare = re.sub(r"^\w{1,2}['’]|^qu['’]", "", word)
        if bare.isalpha() and len(bare) > 3 and bare.islower() and frequency(bare, "fr") < RARE:
            yield "rare", f"« {bare} » est un mot rare : un mot plus courant existe-t-il ?", Severity.WARN


@cache
def _zipf() -> Callable[[str, str], float] | None:
    """wordfreq's measure, where it is installed: it is a tool of authors, not a part of the kiosk."""
    if importlib.util.find_spec("wordfreq") is None:
        return None
    return cast(Callable[[str, str], float], importlib.import_module("wordfreq").zipf_frequency)


def _acronyms(sentence: str, explained: set[str], kind: Kind) -> Iterator[str]:
    """Acronyms met before they were explained. In full anywhere before, or beside it in brackets, is explained."""
    plain = sentence.casefold().replace("’", "'")
    for name, acronym in ACRONYMS.items():
        if acronym.meaning and acronym.meaning.casefold() in plain:
            explained.add(name)
    for name in dict.fromkeys(_CAPITALS.findall(sentence)):
        acronym = ACRONYMS.get(name)
        if acronym is None or acronym.household or name in explained:
            continue
        explained.add(name)
        beside = re.search(rf"\([^)]*\b{name}\b[^)]*\)|\b{name}\b\s*(?:\(|:|, c'est)", sentence)
        if not beside and kind is Kind.SENTENCE:
            yield f"« {name} » : écrivez d'abord en entier « {acronym.meaning} »."


_CHECKS: tuple[_Check, ...] = (
    *(_roman, _abbreviations, _signs, _capitals),
    *(_familiar, _spelled_numbers, _rare_words),
)
_CHECKS_OF: dict[Kind, tuple[_Check, ...]] = {
    Kind.SENTENCE: (_length, _negative, _passive),
    Kind.TITLE: (_title_length, _negative, _passive),
    Kind.LABEL: (_label_length,),
}
