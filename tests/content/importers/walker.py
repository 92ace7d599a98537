# SPDX-License-Identifier: EUPL-1.2
"""Walks official procedures through the real session machine, one branch after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from assist.session import commands as c
from assist.session.machine import run
from assist.session.state import SessionState
from content.importers.vosdroits.publications import Branch, Publication
from content.model import Procedure, RoadMap, Step, StepKind
from content.road_map import build
from content.text_rules import safety

TODAY = date(2026, 11, 28)
_AT = c.Moment(datetime(2026, 11, 28, 12, tzinfo=UTC), 0.0, TODAY)
Pick = Callable[[Step], str]
"""What is answered at a question that is not of the tree."""


def send(state: SessionState, intent: c.Intent) -> SessionState:
    """The state after one command; a command that means nothing here is a fault of the test."""
    after, events = run(state, c.Command(intent, _AT, c.Origin.SCRIPT))
    assert events, (intent, state.here)
    return after


def begin(procedure: Procedure) -> SessionState:
    """On the first step of a procedure."""
    state = send(SessionState(), c.Begin("s" * 32, "fr", c.Mode.WALK))
    return send(state, c.Pick(procedure))


def paths(branches: tuple[Branch, ...]) -> Iterator[tuple[Branch, ...]]:
    """Every branch of a tree that leads to something, with those above it."""
    for branch in branches:
        if branch.branches:
            yield from ((branch, *rest) for rest in paths(branch.branches))
            yield from ((branch,) for _ in branch.links)
        else:
            yield (branch,)


def first_card(step: Step) -> str:
    """Pass over the chapters; the first case where cases part."""
    return "passer" if any(choice.id == "passer" for choice in step.choices) else step.choices[0].id


def reading(step: Step) -> str:
    """Read every chapter."""
    return "lire" if any(choice.id == "lire" for choice in step.choices) else step.choices[-1].id


def down(state: SessionState, path: tuple[Branch, ...]) -> SessionState:
    """Answer the questions of the tree as ``path`` does."""
    for branch in path:
        while True:
            step = current(state)
            if step.kind is not StepKind.CHOOSE:
                state = send(state, c.Continue())
                continue
            found = [choice for choice in step.choices if (choice.whole or choice.label).rstrip(". ") == _said(branch)]
            if found:
                state = send(state, c.Choose(found[0].id))
                break
            state = send(state, c.Choose("autre"))
    return state


def _said(branch: Branch) -> str:
    return (branch.title[:1].upper() + branch.title[1:]).rstrip(". ")


def to_the_end(state: SessionState, pick: Pick = first_card, met: list[Step] | None = None) -> SessionState:
    """Go on to the end."""
    for _ in range(400):
        step = current(state)
        if met is not None:
            met.append(step)
        if step.kind is StepKind.END:
            return state
        state = send(state, c.Choose(pick(step)) if step.kind is StepKind.CHOOSE else c.Continue())
    raise AssertionError("it goes round")


def current(state: SessionState) -> Step:
    """The step now met."""
    step = state.step
    assert step is not None
    return step


def road_map(state: SessionState) -> RoadMap:
    """What the answers lead to."""
    assert state.procedure is not None
    assert state.here is not None
    walked = [crumb.step for crumb in (*state.trail, state.here)]
    return build(state.procedure, walked, state.answers, state.today)


def links(publication: Publication) -> set[str]:
    """Every publication that a tree leads to."""
    return {number for path in paths(publication.branches) for number in path[-1].links}


def unsafe(procedure: Procedure) -> list[str]:
    """Texts of a procedure that must not reach a screen, a voice or a paper."""
    texts = [procedure.title, procedure.summary]
    for step in procedure.steps.values():
        texts += [step.title, *step.say, *step.explain]
        texts += [text for choice in step.choices for text in (choice.label, choice.whole, *choice.also)]
    for line in procedure.road_map:
        texts += [line.text, *((line.place.name, line.place.hours) if line.place else ())]
    return [text for text in texts if list(safety(text))]
