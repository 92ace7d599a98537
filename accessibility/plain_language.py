# SPDX-License-Identifier: EUPL-1.2
"""Facile à lire et à comprendre: the rules that a program can check, sentence by sentence. Pure.

Rules from « L'information pour tous » (Inclusion Europe, Unapei, 2009), in the figures that this project settled.
What is refused stops a publication; a warning asks the author to look again. Lengths, signs, capitals, numerals and
acronyms are judged in every language; what only a language has is in :mod:`accessibility.plain_language_rules`.
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
from accessibility.plain_language_rules import EVERY_LANGUAGE, RULES, LanguageRules

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


_Found = Iterator[tuple[str, str, Severity]]
_Check = Callable[[str, LanguageRules], _Found]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
_ROMAN_CANDIDATE = re.compile(r"\b([IVXLCDM]{2,}|I(?=er\b|re\b))(?:er|re|e|ème)?\b")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITALS = re.compile(r"\b(?=[A-ZÀ-Ý0-9]*[A-ZÀ-Ý])[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")
_ABBREVIATIONS = re.compile(r"(?i)(?:\betc\b\.?|\b(?:cf|i\.e|e\.g|nb|n\.b)\.)")


def review(
    sentences: Iterable[str],
    *,
    kind: Kind = Kind.SENTENCE,
    explained: set[str] | None = None,
    language: str = "fr",
) -> tuple[Finding, ...]:
    """Everything to say against these sentences, in their order, which counts: an acronym is explained at first.

    ``explained`` holds the acronyms that the texts before have explained, and grows: give the same set for each text
    of a whole. A ``language`` that has no rules of its own gets those of every language.
    """
    rules = RULES.get(language, EVERY_LANGUAGE)
    explained = set() if explained is None else explained
    findings: list[Finding] = []
    for sentence in sentences:
        for check in (*_CHECKS, *_CHECKS_OF[kind]):
            found = check(sentence, rules)
            findings += [Finding(code, message, severity, sentence) for code, message, severity in found]
        rare = _rare_words(sentence, rules, language)
        findings += [Finding("rare", message, Severity.WARN, sentence) for message in rare]
        unknown = _acronyms(sentence, rules, explained, kind)
        findings += [Finding("acronym", message, Severity.WARN, sentence) for message in unknown]
    return tuple(findings)


def words_of(sentence: str) -> list[str]:
    """The words, as a reader counts them: "carte d'identité" is two, "25 €" is one."""
    return _WORD.findall(sentence)


def _length(sentence: str, rules: LanguageRules) -> _Found:
    count = len(words_of(sentence))
    if count > WARN_WORDS:
        severity = Severity.REFUSE if count > REFUSE_WORDS else Severity.WARN
        yield "long", f"La phrase a {count} mots : {WARN_WORDS} au plus. Coupez-la en deux.", severity


def _label_length(sentence: str, rules: LanguageRules) -> _Found:
    count = len(words_of(sentence))
    if count > LABEL_WORDS:
        yield "long", f"La réponse a {count} mots : {LABEL_WORDS} au plus.", Severity.WARN


def _title_length(sentence: str, rules: LanguageRules) -> _Found:
    if len(sentence) > TITLE_SIGNS:
        yield "long", f"Le titre a {len(sentence)} signes : {TITLE_SIGNS} au plus.", Severity.WARN


def _roman(sentence: str, rules: LanguageRules) -> _Found:
    for found in _roman_numerals(sentence):
        yield "roman", f"« {found} » est un chiffre romain : écrivez-le en chiffres ordinaires.", Severity.REFUSE


def _roman_numerals(sentence: str) -> list[str]:
    """CV is an acronym and CD a disc: a number has an I, a V or an X, and follows the rules of its writing."""
    found = _ROMAN_CANDIDATE.findall(sentence)
    return [name for name in found if name not in ACRONYMS and set(name) & set("IVX") and _ROMAN.fullmatch(name)]


def _abbreviations(sentence: str, rules: LanguageRules) -> _Found:
    own = rules.abbreviations.findall(sentence) if rules.abbreviations else ()
    for found in (*_ABBREVIATIONS.findall(sentence), *own):
        yield "abbreviation", f"« {found} » est une abréviation : écrivez tout, ou coupez.", Severity.REFUSE


def _signs(sentence: str, rules: LanguageRules) -> _Found:
    if "&" in sentence:
        yield "sign", "« & » : écrivez « et ».", Severity.REFUSE
    if re.search(r"\w\((?:s|e|es|ne|nes)\)|\w·\w", sentence):
        yield "sign", "« (s) », « (e) », « · » : écrivez le mot entier.", Severity.REFUSE
    if ";" in sentence:
        yield "sign", "« ; » : faites deux phrases.", Severity.WARN


def _capitals(sentence: str, rules: LanguageRules) -> _Found:
    romans = set(_roman_numerals(sentence))
    for word in _CAPITALS.findall(sentence):
        if word not in ACRONYMS and word not in romans and not any(sign.isdigit() for sign in word):
            yield (
                "capitals",
                f"« {word} » est en capitales : écrivez-le en minuscules, ou en entier si c'est un sigle.",
                Severity.REFUSE,
            )


def _negative(sentence: str, rules: LanguageRules) -> _Found:
    if rules.negative and rules.negative.search(_own_words(sentence, rules)):
        yield "negative", "La phrase est négative : dites plutôt ce qu'il faut faire.", Severity.WARN


def _passive(sentence: str, rules: LanguageRules) -> _Found:
    if rules.passive and rules.passive.search(sentence):
        yield "passive", "La phrase est passive : dites qui fait quoi.", Severity.WARN


def _familiar(sentence: str, rules: LanguageRules) -> _Found:
    if rules.familiar and rules.familiar.search(sentence):
        yield "tu", "Dites « vous », jamais « tu ».", Severity.REFUSE


def _spelled_numbers(sentence: str, rules: LanguageRules) -> _Found:
    for word in rules.spelled_numbers.findall(_own_words(sentence, rules)) if rules.spelled_numbers else ():
        yield "number", f"« {word} » : écrivez le nombre en chiffres.", Severity.WARN


def _contracted(sentence: str, rules: LanguageRules) -> _Found:
    for found in rules.contracted.findall(_own_words(sentence, rules)) if rules.contracted else ():
        yield "contracted", f"« {found} » : écrivez les deux mots en entier.", Severity.WARN


def _own_words(sentence: str, rules: LanguageRules) -> str:
    """The sentence without the names in another language that it gives."""
    return rules.foreign.sub(" ", sentence) if rules.foreign else sentence


def _rare_words(sentence: str, rules: LanguageRules, language: str) -> Iterator[str]:
    frequency = _zipf() if rules.frequencies else None
    if frequency is None:
        return
    for word in words_of(_own_words(sentence, rules)):
        bare = rules.elided.sub("", word) if rules.elided else word
        if bare.isalpha() and len(bare) > 3 and bare.islower() and frequency(bare, language) < RARE:
            yield f"« {bare} » est un mot rare : un mot plus courant existe-t-il ?"


@cache
def _zipf() -> Callable[[str, str], float] | None:
    """wordfreq's measure, where it is installed: it is a tool of authors, not a part of the kiosk."""
    if importlib.util.find_spec("wordfreq") is None:
        return None
    return cast(Callable[[str, str], float], importlib.import_module("wordfreq").zipf_frequency)


def _acronyms(sentence: str, rules: LanguageRules, explained: set[str], kind: Kind) -> Iterator[str]:
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
        beside = re.search(rf"\([^)]*\b{name}\b[^)]*\)|\b{name}\b\s*(?:{rules.introduces})", sentence)
        if not beside and kind is Kind.SENTENCE:
            yield f"« {name} » : écrivez d'abord en entier « {acronym.meaning} »."


_CHECKS: tuple[_Check, ...] = (
    *(_roman, _abbreviations, _signs, _capitals),
    *(_familiar, _contracted, _spelled_numbers),
)
_CHECKS_OF: dict[Kind, tuple[_Check, ...]] = {
    Kind.SENTENCE: (_length, _negative, _passive),
    Kind.TITLE: (_title_length, _negative, _passive),
    Kind.LABEL: (_label_length,),
}
