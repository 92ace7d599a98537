# SPDX-License-Identifier: EUPL-1.2
"""What people ask a kiosk for that is none of its procedures: somebody, or another matter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("beyond.toml")
_MATTERS = Path(__file__).with_name("matters.toml")
SOMEONE = "=someone"
DISTRESS = "=distress"
"""Somebody is needed at once: a life, hunger, fear."""
ELSEWHERE = "-"
"""Begins the names of other matters; no procedure's identifier does."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """Ways of asking for somebody, and of being in distress; other matter -> ways of asking for it."""

    someone: tuple[str, ...]
    distress: tuple[str, ...]
    elsewhere: Mapping[str, tuple[str, ...]]

    def ways(self) -> Iterator[tuple[str, str, float]]:
        """Thing, phrase, weight."""
        for text in self.someone:
            yield SOMEONE, text, 1.0
        for text in self.distress:
            yield DISTRESS, text, 1.0
        for name, texts in self.elsewhere.items():
            for text in texts:
                yield name, text, 1.0


def read_beyond() -> Beyond:
    """Those that are written beside this module, in two files."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    themes = data["elsewhere"] | tomllib.loads(_MATTERS.read_text("utf-8"))["elsewhere"]
    elsewhere = {ELSEWHERE + name: tuple(texts) for name, texts in themes.items()}
    return Beyond(tuple(data["someone"]), tuple(data["distress"]), elsewhere)
