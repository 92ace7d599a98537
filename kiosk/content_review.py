# SPDX-License-Identifier: EUPL-1.2
"""Everything to say against procedures: structure and words (content), plain language (accessibility)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from accessibility.plain_language import Finding, Kind, ReadingScore, Severity, review, review_whole
from content.check import Text, check_folder, languages_of, texts_of
from content.model import Problem

_KINDS = {"title": Kind.TITLE, "label": Kind.LABEL}
_CHECKED_IN_CONTENT = frozenset({"long"})
"""What both rooms look at: said once, with the words of the content's check."""


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
    scores: list[Score] = []
    for language in languages_of(path):
        for file, texts in groupby(texts_of(path, language), key=lambda text: text.file):
            score, found = review_words(list(texts), language)
            problems += found
            if score:
                scores.append(Score(file, language, score))
    return Review(tuple(sorted(set(problems))), tuple(sorted(scores, key=lambda score: score.file)))


def review_words(texts: Sequence[Text], language: str) -> tuple[ReadingScore | None, list[Problem]]:
    """The plain language of one procedure in one language."""
    problems: list[Problem] = []
    explained: set[str] = set()
    for text in texts:
        found = review(text.sentences, kind=_KINDS.get(text.key, Kind.SENTENCE), explained=explained, language=language)
        problems += [_as_problem(finding, text) for finding in found if finding.code not in _CHECKED_IN_CONTENT]
    read = list(_read_as_sentences(texts))
    score, whole = review_whole([sentence for _, sentence in read], language)
    problems += [_as_problem(finding, read[at][0]) for at, finding in whole]
    return score, problems


def _read_as_sentences(texts: Sequence[Text]) -> Iterator[tuple[Text, str]]:
    """Titles and labels are no sentences: the score would be better than the text is."""
    for text in texts:
        if text.key not in _KINDS:
            yield from ((text, sentence) for sentence in text.sentences)


def _as_problem(finding: Finding, text: Text) -> Problem:
    return Problem(text.file, text.line, finding.code, finding.message, warning=finding.severity is Severity.WARN)
