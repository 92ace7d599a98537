# SPDX-License-Identifier: EUPL-1.2
"""Facile à lire et à comprendre: the rules that a program can check. Pure.

Rules from « L'information pour tous » (Inclusion Europe, Unapei, 2009), in the figures that this project settled.
What is refused stops a publication; a warning asks the author to look again. What one sentence shows is in
:mod:`accessibility.sentence_checks`; what only a language has, in :mod:`accessibility.plain_language_rules`; why each
rule is there and how to write better, in ``rules.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from accessibility.acronyms import ACRONYMS
from accessibility.glossary import second_names
from accessibility.plain_language_rules import EVERY_LANGUAGE, RULES, LanguageRules
from accessibility.reading_score import REFUSE_BELOW, WARN_BELOW, ReadingScore, reading_score
from accessibility.sentence_checks import ADVICE, CAPITALS, CHECKS, Kind, Severity, words_of

__all__ = ["Finding", "Kind", "ReadingScore", "Severity", "review", "review_whole", "too_heavy", "words_of"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one sentence breaks. ``message`` is for the author, in French."""

    code: str
    message: str
    severity: Severity
    sentence: str


def review(
    sentences: Iterable[str],
    *,
    kind: Kind = Kind.SENTENCE,
    explained: set[str] | None = None,
    language: str = "fr",
    refusals_only: bool = False,
) -> tuple[Finding, ...]:
    """Everything to say against these sentences, in their order, which counts: an acronym is explained at first.

    ``explained`` holds the acronyms that the texts before have explained, and grows: give the same set for each text
    of a whole. A ``language`` that has no rules of its own gets those of every language. ``refusals_only`` is quicker.
    """
    rules = RULES.get(language, EVERY_LANGUAGE)
    explained = set() if explained is None else explained
    findings: list[Finding] = []
    for sentence in sentences:
        for check in CHECKS[kind]:
            if not (refusals_only and check in ADVICE):
                found = check(sentence, rules)
                findings += [Finding(code, message, severity, sentence) for code, message, severity in found]
        unknown = () if refusals_only else _acronyms(sentence, rules, explained, kind)
        findings += [Finding("acronym", message, Severity.WARN, sentence) for message in unknown]
    return tuple(f for f in findings if f.severity is Severity.REFUSE or not refusals_only)


def review_whole(
    sentences: Sequence[str], language: str = "fr"
) -> tuple[ReadingScore | None, tuple[tuple[int, Finding], ...]]:
    """What only all the sentences of one whole show together: the reading score, and (index, finding).

    The index is that of the sentence where to look first.
    """
    score = reading_score(sentences, language)
    findings: list[tuple[int, Finding]] = []
    if score and score.severity:
        findings.append((0, too_heavy(score, sentences[0])))
    for second in second_names(sentences, language):
        message = f"« {second.found} » est ailleurs « {second.say} » : gardez un seul nom, « {second.say} »."
        findings.append((second.at, Finding("two-names", message, Severity.WARN, sentences[second.at])))
    return score, tuple(findings)


def too_heavy(score: ReadingScore, first: str) -> Finding:
    """What to say of a whole that scores too low; ``first`` is its first sentence."""
    message = (
        f"L'ensemble se lit mal : {score.score:.0f} sur 100 ({WARN_BELOW} au moins ; "
        f"en dessous de {REFUSE_BELOW}, refus). Coupez les phrases, prenez des mots plus courts."
    )
    return Finding("hard-to-read", message, score.severity or Severity.WARN, first)


def _acronyms(sentence: str, rules: LanguageRules, explained: set[str], kind: Kind) -> Iterator[str]:
    """Acronyms met before they were explained. In full anywhere before, or beside it in brackets, is explained."""
    plain = sentence.casefold().replace("’", "'")
    for name, acronym in ACRONYMS.items():
        if acronym.meaning and acronym.meaning.casefold() in plain:
            explained.add(name)
    for name in dict.fromkeys(CAPITALS.findall(sentence)):
        acronym = ACRONYMS.get(name)
        if acronym is None or acronym.household or name in explained:
            continue
        explained.add(name)
        beside = re.search(rf"\([^)]*\b{name}\b[^)]*\)|\b{name}\b\s*(?:{rules.introduces})", sentence)
        if not beside and kind is Kind.SENTENCE:
            yield f"« {name} » : écrivez d'abord en entier « {acronym.meaning} »."
