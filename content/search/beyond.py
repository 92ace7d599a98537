# SPDX-License-Identifier: EUPL-1.2
"""What people ask a kiosk for that is none of its procedures: somebody, or another matter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from content.search.folding import folded
from content.search.senses import stands

_FILE = Path(__file__).with_name("beyond.toml")
_MATTERS = Path(__file__).with_name("matters.toml")
SOMEONE = "=someone"
PUZZLED = "=puzzled"
"""Somebody, unless what is wanted is clear."""
DISTRESS = "=distress"
"""Somebody is needed at once: a life, hunger, fear."""
ELSEWHERE = "-"
"""Begins the names of other matters; no procedure's identifier does."""


class Danger(StrEnum):
    """Why somebody is needed at once, which says who to call."""

    NONE = ""
    LIFE = "life"
    VIOLENCE = "violence"
    SHELTER = "shelter"
    BULLYING = "bullying"


@dataclass(frozen=True, slots=True)
class Beyond:
    """Ways of asking for somebody, of not knowing how, of being in distress; other matter -> ways of asking for it."""

    someone: tuple[str, ...]
    puzzled: tuple[str, ...]
    distress: tuple[str, ...]
    elsewhere: Mapping[str, tuple[str, ...]]
    asked: frozenset[tuple[str, ...]]
    """Groups of folded words that ask for somebody whatever the matter."""

    def asks(self, words: Sequence[str]) -> bool:
        """Whether a folded sentence holds such a group."""
        said = [word for word in words if word != "ne"]
        return any(stands(group, said) for group in self.asked)

    dangers: Mapping[Danger, frozenset[tuple[str, ...]]]
    """Groups of folded words that tell of a danger, whatever else is asked for; the gravest first."""

    def danger(self, words: Sequence[str]) -> Danger:
        """That of which a folded sentence tells."""
        said = [word for word in words if word != "ne"]
        told = (danger for danger, groups in self.dangers.items() if any(stands(group, said) for group in groups))
        return next(told, Danger.NONE)

    def ways(self) -> Iterator[tuple[str, str, float]]:
        """Thing, phrase, weight."""
        for text in self.someone:
            yield SOMEONE, text, 1.0
        for text in self.puzzled:
            yield PUZZLED, text, 1.0
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
    someone, puzzled, distress = (tuple(data[name]) for name in ("someone", "puzzled", "distress"))
    dangers = {danger: frozenset(map(folded, data["danger"][danger])) for danger in Danger if danger}
    return Beyond(someone, puzzled, distress, elsewhere, frozenset(map(folded, data["asked"])), dangers)
