# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content check``: the structure and the words (content), and the plain language (accessibility)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from accessibility.plain_language import Finding, Severity, review
from content.check import check_folder, texts_of
from content.model import Problem


def review_content(path: Path, today: date) -> tuple[Problem, ...]:
    """Everything wrong in ``path`` (a folder of procedures, or one procedure), in the order of files and lines."""
    problems = list(check_folder(path, today))
    for text in texts_of(path):
        problems += [_as_problem(finding, text.file, text.line) for finding in review(text.sentences)]
    return tuple(sorted(set(problems)))


def _as_problem(finding: Finding, file: str, line: int) -> Problem:
    return Problem(file, line, finding.code, finding.message, warning=finding.severity is Severity.WARNING)
