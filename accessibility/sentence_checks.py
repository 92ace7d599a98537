# SPDX-License-Identifier: EUPL-1.2
"""What a program can see in one sentence, taken alone. Pure; each check yields (code, message in French, severity)."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import cast

from accessibility.acronyms import ACRONYMS
from accessibility.glossary import glossary, plain_of
from accessibility.plain_language_rules import LanguageRules

WARN_WORDS = 12
REFUSE_WORDS = 15
LABEL_WORDS = 3
TITLE_SIGNS = 40
RARE = 2.5
"""Zipf frequency below which a word is rare: once in some three million words. "attestation" has 3.6."""
LINKS = 2
"""Words that begin another clause, from which a sentence holds too many ideas."""


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


Found = Iterator[tuple[str, str, Severity]]
Check = Callable[[str, LanguageRules], Found]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
_ROMAN_CANDIDATE = re.compile(r"\b([IVXLCDM]{2,}|I(?=er\b|re\b))(?:er|re|e|ème)?\b")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
CAPITALS = re.compile(r"\b(?=[A-ZÀ-Ý0-9]*[A-ZÀ-Ý])[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")
_ABBREVIATIONS = re.compile(r"(?i)(?:\betc\b\.?|\b(?:cf|i\.e|e\.g|nb|n\.b|p\.\s?ex)\.)")
_FIGURE_DATE = re.compile(
    r"(?<![\d/])(?:(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/(?:\d{4}|\d{2}))?|"
    r"(?:0?[1-9]|[12]\d|3[01])[.-](?:0?[1-9]|1[0-2])[.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/])"
)
_NOT_A_DATE = frozenset({"7/7"})


def words_of(sentence: str) -> list[str]:
    """The words, as a reader counts them: "carte d'identité" is two, "25 €" is one."""
    return _WORD.findall(sentence)


def own_words(sentence: str, rules: LanguageRules) -> str:
    """The sentence without the words of others: what a site writes, addresses, names in another language."""
    return rules.foreign.sub(" ", sentence) if rules.foreign else sentence


def _length(sentence: str, rules: LanguageRules) -> Found:
    count = len(words_of(sentence))
    if count > WARN_WORDS:
        severity = Severity.REFUSE if count > REFUSE_WORDS else Severity.WARN
        yield "long", f"La phrase a {count} mots : {WARN_WORDS} au plus. Coupez-la en deux.", severity


def _label_length(sentence: str, rules: LanguageRules) -> Found:
    count = len(words_of(sentence))
    if count > LABEL_WORDS:
        yield "long", f"La réponse a {count} mots : {LABEL_WORDS} au plus.", Severity.WARN


def _title_length(sentence: str, rules: LanguageRules) -> Found:
    if len(sentence) > TITLE_SIGNS:
        yield "long", f"Le titre a {len(sentence)} signes : {TITLE_SIGNS} au plus.", Severity.WARN


def _ideas(sentence: str, rules: LanguageRules) -> Found:
    links = rules.links.findall(own_words(sentence, rules)) if rules.links else []
    if len(links) >= LINKS:
        said = "\u00a0», «\u00a0".join(links)
        yield "ideas", f"Trop d'idées dans la phrase (« {said} ») : une idée par phrase.", Severity.WARN


def _roman(sentence: str, rules: LanguageRules) -> Found:
    for found in _roman_numerals(sentence):
        yield "roman", f"« {found} » est un chiffre romain : écrivez-le en chiffres ordinaires.", Severity.REFUSE


def _roman_numerals(sentence: str) -> list[str]:
    """CV is an acronym and CD a disc: a number has an I, a V or an X, and follows the rules of its writing."""
    found = _ROMAN_CANDIDATE.findall(sentence)
    return [name for name in found if name not in ACRONYMS and set(name) & set("IVX") and _ROMAN.fullmatch(name)]


def _abbreviations(sentence: str, rules: LanguageRules) -> Found:
    own = rules.abbreviations.findall(sentence) if rules.abbreviations else ()
    for found in dict.fromkeys((*_ABBREVIATIONS.findall(sentence), *own)):
        yield "abbreviation", f"« {found} » est une abréviation : écrivez tout, ou coupez.", Severity.REFUSE


_SIGNS: tuple[tuple[re.Pattern[str], str, Severity], ...] = (
    (re.compile("&"), "« & » : écrivez « et ».", Severity.REFUSE),
    (
        re.compile(r"\w\((?:s|e|es|ne|nes|x)\)|\w·\w"),
        "« (s) », « (e) », « · » : écrivez le mot entier.",
        Severity.REFUSE,
    ),
    (re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]"), "« / » : écrivez « ou », ou faites deux phrases.", Severity.REFUSE),
    (re.compile(r"[=+→*#§~^]"), "Ce signe ne se lit pas à voix haute : écrivez-le avec des mots.", Severity.REFUSE),
    (re.compile("%"), "« % » : dites-le autrement (la moitié, 1 sur 10).", Severity.WARN),
    (re.compile(";"), "« ; » : faites deux phrases.", Severity.WARN),
    (re.compile(r"…|\.\.\."), "« … » : dites tout, ou coupez.", Severity.WARN),
)


def _signs(sentence: str, rules: LanguageRules) -> Found:
    own = own_words(sentence, rules)
    for sign, message, severity in _SIGNS:
        if sign.search(own):
            yield "sign", message, severity


def _capitals(sentence: str, rules: LanguageRules) -> Found:
    romans = set(_roman_numerals(sentence))
    for word in CAPITALS.findall(sentence):
        if word not in ACRONYMS and word not in romans and not any(sign.isdigit() for sign in word):
            yield (
                "capitals",
                f"« {word} » est en capitales : écrivez-le en minuscules, ou en entier si c'est un sigle.",
                Severity.REFUSE,
            )


def _negative(sentence: str, rules: LanguageRules) -> Found:
    """A state that ended ("ne … plus") and what is supposed ("si vous n'avez pas…") describe the person's case."""
    own = own_words(sentence, rules)
    for accepted in glossary(rules.language).accepted:
        own = re.sub(re.escape(accepted), " ", own.replace("’", "'"), flags=re.IGNORECASE)
    if rules.negative_order and rules.negative_order.search(own):
        yield "negative", "L'ordre est négatif : dites plutôt ce qu'il faut faire.", Severity.WARN
    elif rules.only and rules.only.search(own):
        yield "negative", "« ne … que » se lit mal : écrivez « seulement ».", Severity.WARN
    elif rules.negative and rules.negative.search(rules.supposed.sub(" ", own) if rules.supposed else own):
        yield (
            "negative",
            "La phrase est négative : dites plutôt ce qui est vrai, ou ce qu'il faut faire.",
            Severity.WARN,
        )


def _passive(sentence: str, rules: LanguageRules) -> Found:
    if rules.passive and rules.passive.search(own_words(sentence, rules)):
        yield "passive", "La phrase est passive : dites qui fait quoi.", Severity.WARN


def _familiar(sentence: str, rules: LanguageRules) -> Found:
    if rules.familiar and rules.familiar.search(own_words(sentence, rules)):
        yield "tu", "Dites « vous », jamais « tu ».", Severity.REFUSE


def _spelled_numbers(sentence: str, rules: LanguageRules) -> Found:
    for word in rules.spelled_numbers.findall(own_words(sentence, rules)) if rules.spelled_numbers else ():
        yield "number", f"« {word} » : écrivez le nombre en chiffres.", Severity.WARN


def _dates(sentence: str, rules: LanguageRules) -> Found:
    found = [date for date in _FIGURE_DATE.findall(sentence) if date not in _NOT_A_DATE]
    found += rules.short_date.findall(sentence) if rules.short_date else []
    for date in dict.fromkeys(found):
        yield "date", f"« {date} » : écrivez la date en entier, comme « 12 mars 2027 ».", Severity.REFUSE


def _contracted(sentence: str, rules: LanguageRules) -> Found:
    for found in rules.contracted.findall(own_words(sentence, rules)) if rules.contracted else ():
        yield "contracted", f"« {found} » : écrivez les deux mots en entier.", Severity.WARN


def _jargon(sentence: str, rules: LanguageRules) -> Found:
    """Words of the administration that have a simpler one in the glossary."""
    own = plain_of(own_words(sentence, rules))
    for words, say in glossary(rules.language).say_instead:
        for found in dict.fromkeys(words.findall(own)):
            yield "jargon", f"« {found} » : un mot plus simple existe, « {say} ».", Severity.WARN


def _rare_words(sentence: str, rules: LanguageRules) -> Found:
    """Words that few people meet, and that the glossary does not keep. Nothing without wordfreq."""
    if not rules.frequencies or zipf() is None:
        return
    for word in words_of(own_words(sentence, rules)):
        bare = rules.elided.sub("", word) if rules.elided else word
        if bare.isalpha() and len(bare) > 3 and bare.islower():
            best = _best_frequency(bare, rules)
            if best < RARE:
                doubt = "est un mot rare" if best else "est un mot inconnu, ou une faute de frappe"
                yield "rare", f"« {bare} » {doubt} : un mot plus courant existe-t-il ?", Severity.WARN


@lru_cache(maxsize=4096)
def _best_frequency(word: str, rules: LanguageRules) -> float:
    """How usual a word is, by its most usual form; infinite when the glossary keeps it."""
    frequency = zipf()
    forms = {word, *(word.removesuffix(end) + other for end, other in rules.other_forms if word.endswith(end))}
    if frequency is None or forms & glossary(rules.language).known:
        return float("inf")
    return max(frequency(form, rules.language) for form in forms)


@cache
def zipf() -> Callable[[str, str], float] | None:
    """wordfreq's measure, where it is installed: it is a tool of authors, not a part of the kiosk."""
    if importlib.util.find_spec("wordfreq") is None:
        return None
    return cast(Callable[[str, str], float], importlib.import_module("wordfreq").zipf_frequency)


_EVERYWHERE: tuple[Check, ...] = (
    *(_roman, _abbreviations, _signs, _capitals),
    *(_familiar, _contracted, _spelled_numbers, _dates, _jargon, _rare_words),
)
CHECKS: Mapping[Kind, tuple[Check, ...]] = MappingProxyType(
    {
        Kind.SENTENCE: (*_EVERYWHERE, _length, _ideas, _negative, _passive),
        Kind.TITLE: (*_EVERYWHERE, _title_length, _negative, _passive),
        Kind.LABEL: (*_EVERYWHERE, _label_length),
    }
)
"""The checks of one sentence, in the order in which they are said."""
ADVICE: frozenset[Check] = frozenset({_rare_words, _jargon, _spelled_numbers, _contracted, _ideas, _negative, _passive})
"""Those that never refuse: whoever only asks whether a text may be published does without them."""
