# SPDX-License-Identifier: EUPL-1.2
"""Which step comes next, which documents are asked for, how far the end is, and what was typed.

What is typed is understood by :mod:`content.typed_answers`, and offered here to whoever walks a procedure.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from content.conditions import holds
from content.graph_check import targets
from content.model import UNKNOWN, Answers, Document, Procedure, Step, StepKind
from content.typed_answers import AnswerFault, parse_answer

__all__ = ["AnswerFault", "NoWayOut", "documents_asked", "following", "next_step", "parse_answer", "remaining"]


class NoWayOut(LookupError):
    """A step that leads nowhere: a checked procedure has none but its ends."""


def next_step(procedure: Procedure, step: Step, answers: Answers, today: date) -> str:
    """The id of the step that follows ``step``, its own answer being in ``answers``.

    In this order: where the choice leads, where "Je ne sais pas" leads, the first route whose condition holds.

    Raises:
        NoWayOut: at an end, or in a procedure that was not checked.
    """
    to = _answered(step, answers) or next((r.to for r in step.routes if holds(r.when, answers, today)), None)
    if to is None or to not in procedure.steps:
        raise NoWayOut(f"{procedure.id}: {step.id} -> {to}")
    return to


def _answered(step: Step, answers: Answers) -> str | None:
    answer = answers.get(step.id)
    if answer == UNKNOWN and step.may_not_know and step.kind in (StepKind.CHOOSE, StepKind.ASK):
        return step.unknown_to
    if step.kind is not StepKind.CHOOSE:
        return None
    return next((choice.to for choice in step.choices if choice.id == answer), None)


def following(procedure: Procedure, step: Step) -> tuple[Step, ...]:
    """The steps that may come right after ``step``, each once, whatever is answered."""
    return tuple(procedure.steps[to] for to in dict.fromkeys(targets(step)) if to in procedure.steps)


def documents_asked(step: Step, answers: Answers, today: date) -> tuple[Document, ...]:
    """The documents of a checklist that this person needs, in their order; empty elsewhere."""
    return tuple(document for document in step.documents if holds(document.when, answers, today))


def remaining(procedure: Procedure, step: str) -> int:
    """How many steps may still come after ``step`` on the longest way to an end, whatever is answered; 0 at an end.

    Steps that form a circle count once each, so that the number never grows while a person walks forward.
    """
    return _remaining(_Same(procedure), step)


class _Same:
    """A procedure as what it is, not as what it says: it never changes, and to compare all its words takes long."""

    __slots__ = ("procedure",)

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def __hash__(self) -> int:
        return id(self.procedure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.procedure is self.procedure


@lru_cache(maxsize=1024)  # Every view asks for it again.
def _remaining(same: _Same, step: str) -> int:
    procedure = same.procedure
    next_of = {name: [to for to in targets(at) if to in procedure.steps] for name, at in procedure.steps.items()}
    longest: dict[frozenset[str], int] = {}
    circle_of: dict[str, frozenset[str]] = {}
    for circle in _circles(next_of, step):
        for name in circle:
            circle_of[name] = circle
        # Circles come ends first: what they lead to is known already.
        after = {circle_of[to] for name in circle for to in next_of[name]} - {circle}
        longest[circle] = len(circle) - 1 + max((longest[other] + 1 for other in after), default=0)
    return longest[circle_of[step]]


def _circles(next_of: dict[str, list[str]], start: str) -> list[frozenset[str]]:
    """Strongly connected components reached from ``start``, those that lead nowhere else first.

    Tarjan's algorithm (Depth-first search and linear graph algorithms, SIAM J. Comput. 1972), without recursion.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[frozenset[str]] = []
    done: set[str] = set()
    walk = [(start, iter(next_of[start]))]
    order[start] = low[start] = 0
    stack.append(start)
    while walk:
        name, ways = walk[-1]
        to = next(ways, None)
        if to is None:
            walk.pop()
            if walk:
                low[walk[-1][0]] = min(low[walk[-1][0]], low[name])
            if low[name] == order[name]:
                at = stack.index(name)
                found.append(frozenset(stack[at:]))
                done.update(stack[at:])
                del stack[at:]
        elif to not in order:
            order[to] = low[to] = len(order)
            stack.append(to)
            walk.append((to, iter(next_of[to])))
        elif to not in done:
            low[name] = min(low[name], order[to])
    return found
