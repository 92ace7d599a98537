# SPDX-License-Identifier: EUPL-1.2
"""Words whose sense is decided by their neighbours: a "retraite spirituelle" is no pension."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content.search.folding import LITTLE_WORDS, folded, stem, telling

_FILE = Path(__file__).with_name("senses.toml")
NEAR = 2
"""Telling words from one to the other: at most one stands between."""
_WHOLE = 4
"""A word no longer than this is known as it is written: "vol" and "volé" have one stem."""
Group = tuple[str, ...]


@dataclass(slots=True)
class _Turns:
    """What turns one word to another sense, by stems."""

    near: set[Group] = field(default_factory=set[Group])
    among: set[Group] = field(default_factory=set[Group])
    beside: set[Group] = field(default_factory=set[Group])
    """Groups that hold the word itself."""
    but: set[Group] = field(default_factory=set[Group])
    """Anywhere in the sentence, these keep it its sense."""
    exactly: set[Group] = field(default_factory=set[Group])
    """The same, where all but that word are little words."""


class Senses:
    """For each word of several senses (or its forms: "voter vote"), what turns it to one that is none of ours."""

    def __init__(self, table: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._told: dict[str, list[Mapping[str, Sequence[str]]]] = defaultdict(list)
        for heading, told in table.items():
            for word in telling(folded(heading)):
                self._told[_known_as(word)].append(told)
        self._turns: dict[str, _Turns] = {}  # Made when the word is first said: there are more than a thousand groups.

    def _turns_of(self, word: str) -> _Turns:
        turns = self._turns.get(word)
        if turns is None:
            turns = _Turns()
            for told in self._told[word]:
                turns.near.update(map(_group, told.get("near", ())))
                turns.among.update(map(_group, told.get("among", ())))
                turns.but.update(map(_group, told.get("but", ())))
                for text in told.get("beside", ()):
                    group = _group(text)
                    if len(group) > 1:
                        turns.beside.add(group)
                    else:
                        turns.exactly.add(folded(text))
            self._turns[word] = turns
        return turns

    def turned(self, words: Sequence[str]) -> frozenset[str]:
        """The words of a folded sentence that are said in another sense each time they are said."""
        told = [word for word in words if word not in LITTLE_WORDS]
        heads = [at for at, word in enumerate(told) if _known_as(word) in self._told]
        if not heads:
            return frozenset()
        stems = [stem(word) for word in told]
        turned = {at for at in heads if self._is_turned(self._turns_of(_known_as(told[at])), at, stems, words)}
        ours = {told[at] for at in heads if at not in turned}
        return frozenset(told[at] for at in turned) - ours

    def _is_turned(self, turns: _Turns, at: int, stems: Sequence[str], words: Sequence[str]) -> bool:
        if any(stands(group, stems) for group in turns.but):
            return False
        if any(stands(group, stems) for group in turns.among):
            return True
        around = stems[max(0, at - NEAR) : at], stems[at + 1 : at + 1 + NEAR]
        if any(stands(group, side) for group in turns.near for side in around):
            return True
        if any(
            tuple(stems[start : start + len(group)]) == group
            for group in turns.beside
            for start in range(max(0, at - len(group) + 1), at + 1)
        ):
            return True
        return any(stands(group, words) for group in turns.exactly)


def _known_as(word: str) -> str:
    return one if len(one := word.rstrip("s")) <= _WHOLE else stem(word)


def _group(text: str) -> Group:
    words = folded(text)
    return tuple(stem(word) for word in telling(words) or words)


def stands(group: Iterable[str], words: Sequence[str]) -> bool:
    """Whether ``words`` hold the group, one after the other."""
    wanted = tuple(group)
    if wanted[0] not in words:
        return False
    length = len(wanted)
    return any(tuple(words[at : at + length]) == wanted for at in range(len(words) - length + 1))


def read_senses() -> Senses:
    """Those that are written beside this module."""
    return Senses(tomllib.loads(_FILE.read_text("utf-8")))
