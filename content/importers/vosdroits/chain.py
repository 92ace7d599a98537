# SPDX-License-Identifier: EUPL-1.2
"""Screens read one after the other, each with what must hold for it to be met. One chain serves every person: those
whose answers do not select a screen pass over it, so that nothing is copied for each leaf of a tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from content.importers.vosdroits.logic import all_of
from content.model import AnswerIs, Condition, Route, Step

Guard = tuple[Condition, ...]
"""All must hold. Longer guards are made by adding to shorter ones: what held before is not asked again."""


@dataclass(slots=True)
class Link:
    """One screen of a chain. ``jump`` is an answer at this step, and the place in the chain that it leads to."""

    step: Step
    guard: Guard
    jump: tuple[str, int] | None = None


class Chain:
    """Screens in their order. :meth:`steps` joins them."""

    def __init__(self) -> None:
        self.links: list[Link] = []

    def add(self, step: Step, guard: Guard) -> int:
        """Put a screen at the end; its place."""
        self.links.append(Link(step, guard))
        return len(self.links) - 1

    def steps(self, end: str) -> Iterator[Step]:
        """The steps, each led to the next screen that the answers select, the last ones to ``end``."""
        for place, link in enumerate(self.links):
            routes: list[Route] = []
            if link.jump is not None:
                answer, to = link.jump
                skipped = AnswerIs(link.step.id, (answer,))
                for route in self._onward(link.guard, to, end):
                    when = skipped if route.when is None else all_of((skipped, route.when))
                    routes.append(Route(route.to, when))
            routes += self._onward(link.guard, place + 1, end)
            yield replace(link.step, routes=tuple(routes))

    def entry(self, end: str) -> str:
        """Where to begin: the first screen, which everybody meets."""
        return self.links[0].step.id if self.links else end

    def _onward(self, known: Guard, start: int, end: str) -> list[Route]:
        routes: list[Route] = []
        for link in self.links[start:]:
            needed = _beyond(link.guard, known)
            if not needed:
                return [*routes, Route(link.step.id)]
            routes.append(Route(link.step.id, all_of(needed)))
        return [*routes, Route(end)]


def _beyond(guard: Guard, known: Sequence[Condition]) -> list[Condition]:
    return [condition for condition in guard if not any(condition is held for held in known)]
