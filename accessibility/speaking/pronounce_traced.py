# SPDX-License-Identifier: EUPL-1.2
"""A text that is rewritten, rule after rule, and always knows where each of its signs comes from. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Words = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Run:
    """What is said in one go, and the written signs ``start`` to ``end`` that it is said for.

    "12 €" is one run, "douze euros"; so are "l'adresse", "CPAM" and "06 12 34 56 78".
    """

    said: str
    start: int
    end: int


class Traced:
    """Begins as the written text; :meth:`sub` and :meth:`spell` change it."""

    def __init__(self, written: str) -> None:
        self.text = written
        self._from = [(number, number + 1) for number in range(len(written))]

    def sub(self, pattern: re.Pattern[str], words: Words) -> None:
        """As ``re.sub``. All that replaces a match is said for the whole match, spaces around it apart.

        A match replaced by itself keeps the finer trace. Patterns must not match nothing.
        """
        pieces: list[str] = []
        traces: list[tuple[int, int]] = []
        last = 0
        for found in pattern.finditer(self.text):
            said = words(found)
            if said == found[0]:
                continue
            start, end = found.span()
            pieces += (self.text[last:start], said)
            traces += self._from[last:start]
            traces += [self._span(found[0], start)] * len(said)
            last = end
        if pieces:
            self.text = "".join([*pieces, self.text[last:]])
            self._from = traces + self._from[last:]

    def _span(self, matched: str, start: int) -> tuple[int, int]:
        inside = matched.strip() or matched
        first = start + matched.index(inside)
        return self._from[first][0], self._from[first + len(inside) - 1][1]

    def spell(self, said: Callable[[str], str]) -> None:
        """Replace each sign by what is said for it."""
        pieces = [said(sign) for sign in self.text]
        self._from = [trace for piece, trace in zip(pieces, self._from, strict=True) for _ in piece]
        self.text = "".join(pieces)

    def strip(self, before: str, after: str) -> None:
        """Drop these signs at the two ends."""
        kept = self.text.lstrip(before)
        self._from = self._from[len(self.text) - len(kept) :]
        self.text = kept.rstrip(after)
        self._from = self._from[: len(self.text)]

    def runs(self) -> tuple[Run, ...]:
        """The words, in their order; those said for the same written signs are one run. None without a letter."""
        runs: list[Run] = []
        waiting = ""
        for word, traces in self._words():
            letters = [trace for sign, trace in zip(word, traces, strict=True) if sign.isalnum()]
            if not letters:
                if runs:
                    runs[-1] = Run(f"{runs[-1].said} {word}", runs[-1].start, runs[-1].end)
                else:
                    waiting += f"{word} "
                continue
            start, end = letters[0][0], letters[-1][1]  # rules keep the order of the signs
            if runs and start < runs[-1].end:
                before = runs.pop()
                start, end = before.start, max(end, before.end)
                word = f"{before.said} {word}"
            runs.append(Run(waiting + word, start, end))
            waiting = ""
        return tuple(runs)

    def _words(self) -> Iterable[tuple[str, list[tuple[int, int]]]]:
        at = 0
        for word in self.text.split(" "):
            if word:
                yield word, self._from[at : at + len(word)]
            at += len(word) + 1


class Rules:
    """Rules that apply in the order in which they are written: the most particular first."""

    def __init__(self) -> None:
        self._rules: list[tuple[re.Pattern[str], Words]] = []

    def rule(self, pattern: str) -> Callable[[Words], Words]:
        """Declare what is said for a pattern."""

        def keep(words: Words) -> Words:
            self._rules.append((re.compile(pattern), words))
            return words

        return keep

    def say(self, pattern: str, said: str) -> None:
        r"""Declare what is always said for a pattern; ``\1`` is its first group."""
        before, group, after = said.partition("\\1")
        words: Words = (lambda found: f"{before}{found[1]}{after}") if group else (lambda found: said)
        self._rules.append((re.compile(pattern), words))

    def apply(self, traced: Traced) -> None:
        """Rewrite it."""
        for pattern, words in self._rules:
            traced.sub(pattern, words)
