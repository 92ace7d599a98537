# SPDX-License-Identifier: EUPL-1.2
"""Where a step is written, and what the check says of its lines: for the page that leads an author to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content.toml_source import TomlDocument, TomlPath, read

if TYPE_CHECKING:
    from assist.server.review.authoring import Authored


@dataclass(frozen=True, slots=True)
class FilesOfProcedures:
    """The folder of the procedures that this machine serves: an :class:`assist.server.review.authoring.Authoring`."""

    folder: Path

    def __call__(self, procedure: str, step: str, now: datetime) -> Authored | None:
        from assist.server.review.authoring import Authored, Written
        from kiosk.content_review import review_content

        folder = self.folder / procedure
        spans = list(_spans(folder, step))
        if not spans:
            return None
        problems = review_content(folder, now.astimezone().date()).problems
        return Authored(
            tuple(Written(file, lines.start) for file, lines in spans),
            tuple(p for p in problems if any(p.file == file and p.line in lines for file, lines in spans)),
        )


def _spans(folder: Path, step: str) -> Iterator[tuple[str, range]]:
    """Each file that has the step, and its lines there: the structure first, then the words, French first."""
    structure = read(folder / "procedure.toml")
    steps = structure.data.get("steps") if isinstance(structure, TomlDocument) else None
    if isinstance(structure, TomlDocument) and isinstance(steps, list):
        for place, table in enumerate(steps):
            if isinstance(table, dict) and table.get("id") == step:
                yield structure.file, _lines(structure, ("steps", place))
    for file in sorted(folder.glob("[a-z][a-z].toml"), key=lambda file: (file.stem != "fr", file.stem)):
        words = read(file)
        if isinstance(words, TomlDocument) and ("steps", step) in words.paths:
            yield words.file, _lines(words, ("steps", step))


def _lines(document: TomlDocument, path: TomlPath) -> range:
    """From where ``path`` begins to the last line of what stands in it."""
    inside = [document.line(found) for found in document.paths if found[: len(path)] == path]
    first = document.line(path)
    return range(first, max([first, *inside]) + 1)
