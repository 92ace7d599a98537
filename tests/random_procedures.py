# SPDX-License-Identifier: EUPL-1.2
"""Random valid procedures of every kind of step, and random answers to them, for Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import strategies as st

from content.model import (
    UNKNOWN,
    AnswerFormat,
    AnswerIs,
    AnswerValue,
    Choice,
    Condition,
    Document,
    Lacks,
    Not,
    NumberIs,
    Outcome,
    Place,
    Possession,
    Procedure,
    Question,
    Route,
    Step,
    StepKind,
    YearsSince,
)
from tests.sample_procedures import TODAY, sample_procedure

MIDDLE = [kind for kind in StepKind if kind is not StepKind.END]
PLACE = Place("La mairie", "town-hall")


def _condition(draw: st.DrawFn, step: Step) -> Condition:
    """A condition that this step's answer can make true or false."""
    condition: Condition
    if step.kind is StepKind.CHECKLIST:
        condition = Lacks(step.id, draw(st.sampled_from(step.documents)).id)
    elif step.question and step.question.format is AnswerFormat.NUMBER:
        condition = NumberIs(step.id, at_least=draw(st.integers(0, 9)))
    elif step.question and step.question.format is AnswerFormat.DATE:
        condition = YearsSince(step.id, at_most=draw(st.integers(0, 60)))
    elif step.kind is StepKind.ACT:
        condition = AnswerIs(step.id, (draw(st.sampled_from(Outcome)),))
    else:
        values = [choice.id for choice in step.choices] + [UNKNOWN] * step.may_not_know
        condition = AnswerIs(step.id, (draw(st.sampled_from(values)),))
    return Not(condition) if draw(st.booleans()) else condition


def _can_be_asked(step: Step) -> bool:
    text = step.question is not None and step.question.format is AnswerFormat.TEXT
    return step.kind not in (StepKind.SAY, StepKind.PLACE, StepKind.END) and (not text or step.may_not_know)


def _step(draw: st.DrawFn, number: int, last: int) -> Step:
    """One step that leads to the next one unless an answer leads further on."""
    name, kind = f"s{number}", draw(st.sampled_from(MIDDLE))
    further = st.integers(number + 1, last).map(lambda n: f"s{n}")
    may_not_know = kind in (StepKind.CHOOSE, StepKind.ASK) and draw(st.booleans())
    question = Question(draw(st.sampled_from(AnswerFormat))) if kind is StepKind.ASK else None
    step = Step(
        id=name,
        kind=kind,
        pictogram="key",
        title=f"Étape {number}",
        say=("Bonjour.",),
        choices=tuple(
            Choice(f"c{n}", f"Choix {n}", "key", to=draw(st.none() | further)) for n in range(draw(st.integers(2, 5)))
        )
        if kind is StepKind.CHOOSE
        else (),
        may_not_know=may_not_know,
        unknown_to=draw(st.none() | further) if may_not_know else None,
        documents=tuple(Document(f"d{n}", f"Pièce {n}", "key", ("Un papier.",)) for n in range(draw(st.integers(1, 3))))
        if kind is StepKind.CHECKLIST
        else (),
        question=question,
        place=PLACE if kind is StepKind.PLACE else None,
        url="https://www.example.fr/" if kind is StepKind.ACT else "",
        sensitive=draw(st.booleans()),
    )
    routes = [Route(f"s{number + 1}")]
    if _can_be_asked(step) and draw(st.booleans()):
        routes.insert(0, Route(draw(further), _condition(draw, step)))
    return replace(step, routes=tuple(routes))


@st.composite
def procedures(draw: st.DrawFn, max_steps: int = 8) -> Procedure:
    """A procedure without a fault: every step is reached, and every way leads forward to the one end."""
    last = draw(st.integers(1, max_steps))
    steps = {f"s{number}": _step(draw, number, last) for number in range(last)}
    steps[f"s{last}"] = Step(f"s{last}", StepKind.END, "key", "Fin", ("Voici votre feuille de route.",))
    sources = sample_procedure().sources[:1]  # The other looks at an answer of the sample.
    return sample_procedure(id="hasard", start="s0", steps=MappingProxyType(steps), road_map=(), sources=sources)


@st.composite
def answers_to(draw: st.DrawFn, step: Step) -> AnswerValue | None:
    """An answer that this step may receive, None where it asks nothing."""
    if step.may_not_know and draw(st.booleans()):
        return UNKNOWN
    if step.kind is StepKind.CHOOSE:
        return draw(st.sampled_from(step.choices)).id
    if step.kind is StepKind.CHECKLIST:
        return {document.id: draw(st.sampled_from(Possession)) for document in step.documents}
    if step.kind is StepKind.ACT:
        return draw(st.sampled_from(Outcome))
    if step.question is None:
        return None
    if step.question.format is AnswerFormat.NUMBER:
        return draw(st.integers(0, 20))
    if step.question.format is AnswerFormat.DATE:
        return draw(st.dates(date(1920, 1, 1), TODAY))
    return draw(st.text(st.characters(categories=["L"]), min_size=1, max_size=10))
