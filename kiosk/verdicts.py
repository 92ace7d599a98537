# SPDX-License-Identifier: EUPL-1.2
"""What was judged already: the refusals of each text, by its hash, as long as the rules stay what they are."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any, cast

import accessibility
from content.model import Problem

JUDGES = ("acronyms", "glossary", "plain_language", "plain_language_rules", "reading_score", "sentence_checks")
"""Modules whose change makes every verdict worth nothing."""

_Refusal = tuple[int, str, str]
"""Line, code, message."""


class Verdicts:
    """The refusals that were found in texts. A file that is damaged, or of other rules, is as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rules = _rules_hash()
        self._known = self._read()
        self._used: dict[str, list[_Refusal]] = {}

    def of(self, folder: Path, language: str, content_hash: str) -> list[Problem]:
        """What stops the words of a procedure in one language; ``content_hash`` is that of all its files."""
        key = f"{content_hash} {language}"
        if key not in self._known:
            from kiosk.content_review import refusals_in_words

            self._known[key] = [(p.line, p.code, p.message) for p in refusals_in_words(folder, language)]
        self._used[key] = self._known[key]
        file = str(folder / f"{language}.toml")
        return [Problem(file, line, code, message) for line, code, message in self._known[key]]

    def write(self) -> None:
        """Remember the verdicts that served; a disk that refuses costs the time of judging again."""
        text = json.dumps({"rules": self._rules, "refused": self._used}, ensure_ascii=False)
        half = self._file.with_name(f".half-{os.getpid()}-{self._file.name}")
        try:
            if self._file.exists() and self._file.read_bytes() == text.encode():
                return
            self._file.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(text, "utf-8")
            half.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                half.unlink()

    def _read(self) -> dict[str, list[_Refusal]]:
        try:
            read: Any = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(read, dict) or read.get("rules") != self._rules or not isinstance(read.get("refused"), dict):
            return {}
        found = cast(dict[str, Any], read["refused"])
        return {key: [tuple(row) for row in rows] for key, rows in found.items() if _sound(rows)}


def _sound(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and [type(cell) for cell in row] == [int, str, str] for row in cast(list[Any], rows)
    )


def _rules_hash() -> str:
    """Changes with the rules and with their data."""
    room = Path(accessibility.__file__).parent
    files = [room / f"{name}.py" for name in JUDGES]
    files += [room / "glossary.toml", Path(__file__).with_name("content_review.py")]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
