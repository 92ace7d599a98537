# SPDX-License-Identifier: EUPL-1.2
"""Branches become questions. Branches that say and lead to the same are one question: a tree is stored as a graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from content.importers.vosdroits import publications as p
from content.importers.vosdroits import wording as w
from content.importers.vosdroits.cleaning import closed, sentences
from content.importers.vosdroits.draft import Answer, Draft, question, said
from content.model import AnswerIs, OfficialSheet

Reach = Callable[[str], str]
"""Number of a publication -> the step where it begins."""


class Tree:
    """The questions of one guided tree. ``reached`` tells, for each publication, the answers that lead to it."""

    def __init__(self, draft: Draft, sheet: OfficialSheet, reach: Reach, unknown_to: str) -> None:
        self._draft = draft
        self._sheet = sheet
        self._reach = reach
        self._unknown_to = unknown_to
        self._known: dict[tuple[str, tuple[p.Branch, ...], tuple[str, ...]], str] = {}
        self.reached: dict[str, list[AnswerIs]] = {}
        self.titles: Callable[[str], str] = lambda number: number

    def first(self, branches: Sequence[p.Branch]) -> str:
        """The first question; the name of its step."""
        return self._ask(w.WHAT_DO_YOU_WANT, (), branches, ())

    def _ask(self, title: str, say: Sequence[str], branches: Sequence[p.Branch], links: Sequence[str]) -> str:
        """A question whose answers are ``branches``, then the publications ``links``."""
        key = (" ".join(say), tuple(branches), tuple(links))
        if key in self._known:
            return self._known[key]
        answers = [Answer(branch.title, self._after(branch)) for branch in branches]
        answers += [Answer(self.titles(number), self._reach(number)) for number in links]
        helps = [line for branch in branches for line in _help(branch)]
        steps, found = question(
            self._draft,
            title,
            say,
            answers,
            explain=helps,
            sheet=self._sheet,
            unknown_to=self._unknown_to,
            elsewhere=Answer(w.NONE_OF_THESE, self._unknown_to),
        )
        for step in steps:
            self._draft.steps[step.id] = step
        for answer, branch in zip(found, branches, strict=False):
            self._draft.variables.assign(answer, branch.sets, branch.unsets)
            for number in branch.links if not branch.branches and len(branch.links) == 1 else ():
                self.reached.setdefault(number, []).append(answer)
        for answer, number in zip(found[len(branches) :], links, strict=True):
            self.reached.setdefault(number, []).append(answer)
        self._known[key] = steps[0].id
        return steps[0].id

    def _after(self, branch: p.Branch) -> str:
        chosen = sentences(w.YOU_SAID.format(answer=closed(branch.title)))
        if branch.branches:
            return self._ask(w.YOUR_CASE, chosen, branch.branches, branch.links)
        if len(branch.links) == 1:
            return self._reach(branch.links[0])
        if branch.links:
            return self._ask(w.WHICH_SHEET, chosen, (), branch.links)
        return self._unknown_to


def _help(branch: p.Branch) -> list[str]:
    """What the feed explains of an answer, after the answer itself."""
    lines = said(branch.help)
    return [f"«\u00a0{closed(branch.title)}\u00a0»", *lines] if lines else []
