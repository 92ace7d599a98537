# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same to the people who come: "paumé" is "perdu", "bagnole" is "voiture"."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from content.search.folding import folded, stem

_FILE = Path(__file__).with_name("meanings.toml")


class Meanings:
    """Word (by its stem) -> names of meanings; groups of words too."""

    def __init__(self, meanings: Mapping[str, Sequence[str]]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._groups: dict[tuple[str, ...], str] = {}
        for name, ways in meanings.items():
            for way in ways:
                words = tuple(stem(word) for word in folded(way))
                if len(words) == 1:
                    self._words[words[0]].add(name)
                elif words:
                    self._groups[words] = name
        self._longest = max(map(len, self._groups), default=1)
        self._of_word = {word: tuple(sorted(names)) for word, names in self._words.items()}

    def of_word(self, word: str) -> tuple[str, ...]:
        """The meanings of one stem."""
        return self._of_word.get(word, ())

    def of_sentence(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Word -> its meanings, those of the groups it stands in included."""
        stems = [stem(word) for word in words]
        meant: dict[str, set[str]] = defaultdict(set)
        for at, word in enumerate(words):
            meant[word] |= self._words.get(stems[at], set())
            for length in range(2, self._longest + 1):
                name = self._groups.get(tuple(stems[at : at + length]))
                if name:
                    for part in words[at : at + length]:
                        meant[part].add(name)
        return {word: tuple(sorted(found)) for word, found in meant.items()}


def read_meanings() -> Meanings:
    """Those that are written beside this module."""
    return Meanings(tomllib.loads(_FILE.read_text("utf-8"))["meanings"])
