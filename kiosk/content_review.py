# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content check``: the structure and the words (content), and the plain language (accessibility)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from accessibility.plain_language import Finding, Kind, Severity, review
from content.check import Text, check_folder, languages_of, texts_of
from content.model import Problem

_KINDS = {"title": Kind.TITLE, "label": Kind.LABEL}
_CHECKED_IN_CONTENT = frozenset({"long"})
"""What both rooms look at: said once, with the words of the content's check."""


def review_content(path: Path, today: date) -> tuple[Problem, ...]:
    """Everything wrong in ``path`` (a folder of procedures, or one procedure), in the order of files and lines."""
    problems = list(check_folder(path, today))
    explained: dict[str, set[str]] = defaultdict(set)
    for language in languages_of(path):
        for text in texts_of(path, language):
            kind = _KINDS.get(text.key, Kind.SENTENCE)
            found = review(text.sentences, kind=kind, explained=explained[text.file], language=language)
            problems += [_as_problem(finding, text) for finding in found if finding.code not in _CHECKED_IN_CONTENT]
    return tuple(sorted(set(problems)))


def _as_problem(finding: Finding, text: Text) -> Problem:
    return Problem(text.file, text.line, finding.code, finding.message, warning=finding.severity is Severity.WARN)
