# SPDX-License-Identifier: EUPL-1.2
"""Everything to say against procedures: structure and words (content), plain language (accessibility)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from accessibility.plain_language import Finding, Kind, ReadingScore, Severity, review, review_whole, too_heavy
from accessibility.reading_score import reading_score
from content.check import Text, check_folder, folders_of, languages_of, texts_of
from content.completeness import advise, check_finished
from content.model import Problem
from content.text_rules import shown
from kiosk.words import LANGUAGES

_KINDS = {"title": Kind.TITLE, "label": Kind.LABEL}
_CHECKED_IN_CONTENT = frozenset({"long"})
"""What both rooms look at: said once, with the words of the content's check."""
_ABOUT_THE_SENTENCE = frozenset({"negative", "passive", "ideas", "tu", "sign"})
"""Whose message names no word of the sentence: the sentence itself is shown."""


@dataclass(frozen=True, slots=True)
class Score:
    """How easy one procedure is to read in one language; ``file`` holds its words."""

    file: str
    language: str
    reading: ReadingScore


@dataclass(frozen=True, slots=True)
class Review:
    """All that was found, in the order of files and lines, and the scores in the order of files."""

    problems: tuple[Problem, ...]
    scores: tuple[Score, ...]

    @property
    def refused(self) -> int:
        """How many problems stop a publication."""
        return sum(not problem.warning for problem in self.problems)


def review_content(path: Path, today: date) -> Review:
    """Everything wrong in ``path`` (a folder of procedures, or one procedure)."""
    problems = list(check_folder(path, today))
    for folder in folders_of(path):
        problems += (*check_finished(folder), *advise(folder))
    problems += _unspoken_languages(path)
    scores: list[Score] = []
    for language in languages_of(path):
        for file, texts in groupby(texts_of(path, language), key=lambda text: text.file):
            score, found = review_words(list(texts), language)
            problems += found
            if score:
                scores.append(Score(file, language, score))
    return Review(tuple(sorted(set(problems))), tuple(sorted(scores, key=lambda score: score.file)))


def _unspoken_languages(path: Path) -> Iterator[Problem]:
    """Languages that procedures have and the kiosk itself has not, each said once, at its first file."""
    for language in languages_of(path):
        if language not in LANGUAGES:
            first = next(folder for folder in folders_of(path) if (folder / f"{language}.toml").is_file())
            message = (
                f"La borne n'a ni écrans, ni mots, ni voix en «\u00a0{language}\u00a0»\u00a0: cette langue ne sera pas "
                "proposée, même avec des démarches entières. Ce qu'il faut est dans docs/langues.md."
            )
            yield Problem(shown(str(first / f"{language}.toml"), 200), 1, "unspoken-language", message, warning=True)


def review_words(texts: Sequence[Text], language: str) -> tuple[ReadingScore | None, list[Problem]]:
    """The plain language of one procedure in one language."""
    problems: list[Problem] = []
    explained: set[str] = set()
    for text in texts:
        kind = _KINDS.get(text.key, Kind.SENTENCE)
        for line, sentence in zip(text.lines, text.sentences, strict=True):
            found = review([sentence], kind=kind, explained=explained, language=language)
            problems += [_as_problem(f, text.file, line) for f in found if f.code not in _CHECKED_IN_CONTENT]
    read = list(_read_as_sentences(texts))
    score, whole = review_whole([sentence for _, sentence in read], language)
    problems += [_as_problem(finding, texts[0].file, read[at][0]) for at, finding in whole]
    return score, problems


def refusals_in_words(folder: Path, language: str) -> list[Problem]:
    """What stops one procedure from being published in one language: what is only advice is not even looked for."""
    texts = texts_of(folder, language)
    found: list[Problem] = []
    for text in texts:
        kind = _KINDS.get(text.key, Kind.SENTENCE)
        for line, sentence in zip(text.lines, text.sentences, strict=True):
            refused = review([sentence], kind=kind, language=language, refusals_only=True)
            found += [_as_problem(f, text.file, line) for f in refused if f.code not in _CHECKED_IN_CONTENT]
    read = list(_read_as_sentences(texts))
    score = reading_score([sentence for _, sentence in read], language)
    if score and score.severity is Severity.REFUSE:
        found.append(_as_problem(too_heavy(score, read[0][1]), texts[0].file, read[0][0]))
    return found


def _read_as_sentences(texts: Sequence[Text]) -> Iterator[tuple[int, str]]:
    """(line, sentence) of what is read on. Titles and labels are not: the score would be better than the text is."""
    for text in texts:
        if text.key not in _KINDS:
            yield from zip(text.lines, text.sentences, strict=True)


def _as_problem(finding: Finding, file: str, line: int) -> Problem:
    message = finding.message
    if finding.code in _ABOUT_THE_SENTENCE:
        message = f"« {shown(finding.sentence, 90)} » {message}"
    return Problem(file, line, finding.code, message, warning=finding.severity is Severity.WARN)
