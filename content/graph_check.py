# SPDX-License-Identifier: EUPL-1.2
"""Is a procedure's graph sound? Pure: from a :class:`Procedure` to findings, without a file or a clock.

A finding says where it is by names, not by lines (``("steps", "besoin", "choices", "perdue", "to")``);
:func:`content.loader.locate` turns that into a place in ``procedure.toml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.model import (
    UNKNOWN,
    AllOf,
    AnswerFormat,
    AnswerIs,
    AnyOf,
    Condition,
    DaysSince,
    Lacks,
    Not,
    NumberIs,
    Outcome,
    Procedure,
    Section,
    Step,
    StepKind,
    YearsSince,
)
from content.typed_reader import listed, suggestion

TODAY = "today"
CHOICES = range(2, 7)
Locus = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the graph, and where."""

    locus: Locus
    code: str
    message: str
    warning: bool = False


def check_graph(procedure: Procedure, broken: Collection[str] = ()) -> Iterator[Finding]:
    """Every finding. Steps in ``broken`` could not be fully read: the rules of their kind are not asked of them."""
    for step in procedure.steps.values():
        yield from _links(procedure, step)
        if step.id not in broken:
            yield from _kind(step)
    yield from _shape(procedure, broken)
    yield from _conditions(procedure, broken)
    yield from _road_map(procedure)


def targets(step: Step) -> tuple[str, ...]:
    """Every step that may come after this one, whatever is answered, without repetition."""
    found = [choice.to for choice in step.choices if choice.to]
    if step.unknown_to:
        found.append(step.unknown_to)
    found.extend(route.to for route in step.routes)
    return tuple(dict.fromkeys(found))


def reached_from(starts: Iterable[str], next_of: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The steps that can be walked to from ``starts``, these included."""
    seen: set[str] = set()
    waiting = [name for name in starts if name in next_of]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(after for after in next_of[name] if after in next_of)
    return frozenset(seen)


# Names of other steps.


def _links(procedure: Procedure, step: Step) -> Iterator[Finding]:
    here: Locus = ("steps", step.id)
    named: list[tuple[str, Locus]] = [
        (route.to, (*here, "next", index, "to")) for index, route in enumerate(step.routes)
    ]
    named += [(choice.to, (*here, "choices", choice.id, "to")) for choice in step.choices if choice.to]
    if step.unknown_to:
        named.append((step.unknown_to, (*here, "unknown_to")))
    for name, locus in named:
        if name not in procedure.steps:
            yield _unknown_step(procedure, name, locus)
    for index, route in enumerate(step.routes):
        last = index == len(step.routes) - 1
        if last and route.when is not None:
            message = 'Le dernier chemin ne doit pas avoir de condition. Retirez « when », ou ajoutez { to = "…" }.'
            yield Finding((*here, "next", index), "conditional-last-route", message)
        if not last and route.when is None:
            message = "Ce chemin n'a pas de condition : les suivants ne servent jamais. Mettez-le en dernier."
            yield Finding((*here, "next", index), "route-never-taken", message)


def _unknown_step(procedure: Procedure, name: str, locus: Locus) -> Finding:
    hint = suggestion(name, procedure.steps) or f" Étapes : {listed(procedure.steps)}"
    return Finding(locus, "unknown-step", f"L'étape « {name} » n'existe pas.{hint}")


# What each kind of step needs, and what it may not have.

PARTS = {
    "choices": (StepKind.CHOOSE,),
    "documents": (StepKind.CHECKLIST,),
    "bring_unless": (StepKind.CHECKLIST,),
    "question": (StepKind.ASK,),
    "place": (StepKind.PLACE,),
    "url": (StepKind.ACT,),
    "may_not_know": (StepKind.CHOOSE, StepKind.ASK),
    "unknown_to": (StepKind.CHOOSE, StepKind.ASK),
}
NEEDED = {
    StepKind.CHECKLIST: "documents",
    StepKind.ASK: "question",
    StepKind.PLACE: "place",
    StepKind.ACT: "url",
}


def _kind(step: Step) -> Iterator[Finding]:
    here: Locus = ("steps", step.id)
    for part, kinds in PARTS.items():
        if getattr(step, part) and step.kind not in kinds:
            message = f"« {part} » ne va qu'avec : {', '.join(kinds)}. Retirez-le, ou changez « kind »."
            yield Finding((*here, part), "wrong-part", message)
    needed = NEEDED.get(step.kind)
    if needed and not getattr(step, needed):
        yield Finding(here, "missing-part", f"Une étape « {step.kind} » doit avoir « {needed} ». Ajoutez-le.")
    if step.unknown_to and not step.may_not_know:
        message = "« unknown_to » ne sert qu'avec « may_not_know = true ». Ajoutez-le."
        yield Finding((*here, "unknown_to"), "wrong-part", message)
    if step.kind is StepKind.CHOOSE:
        yield from _choices(step, here)
    if step.kind is StepKind.END and step.routes:
        message = "Une étape « end » finit la démarche. Retirez « next »."
        yield Finding((*here, "next"), "wrong-part", message)
    if step.kind is not StepKind.END and not step.routes and not _routed_by_answers(step):
        message = 'Cette étape ne mène nulle part. Ajoutez « next », ou « kind = "end" ».'
        yield Finding(here, "dead-end", message)


def _choices(step: Step, here: Locus) -> Iterator[Finding]:
    count = len(step.choices) + step.may_not_know
    if count not in CHOICES:
        message = f"Il y a {count} réponse(s), « Je ne sais pas » compris. Il en faut de 2 à 6."
        yield Finding((*here, "choices"), "choices-count", message)
    for choice in step.choices:
        if choice.id == UNKNOWN:
            message = f"Le nom « {UNKNOWN} » est réservé à « Je ne sais pas ». Écrivez may_not_know = true."
            yield Finding((*here, "choices", choice.id), "bad-id", message)


def _routed_by_answers(step: Step) -> bool:
    """True when every answer has its own way out."""
    known = bool(step.choices) and all(choice.to for choice in step.choices)
    return known and (not step.may_not_know or step.unknown_to is not None)


# The shape of the whole.


def _shape(procedure: Procedure, broken: Collection[str]) -> Iterator[Finding]:
    next_of = {name: targets(step) for name, step in procedure.steps.items()}
    if procedure.start and procedure.start not in procedure.steps:
        yield _unknown_step(procedure, procedure.start, ("start",))
        return
    reached = reached_from([procedure.start], next_of)
    for name in procedure.steps:
        if name not in reached and reached:
            message = f"Aucun chemin ne mène à l'étape « {name} ». Ajoutez-en un, ou retirez-la."
            yield Finding(("steps", name), "unreachable-step", message)
    before: dict[str, list[str]] = {name: [] for name in next_of}
    for name, afters in next_of.items():
        for after in afters:
            if after in before:
                before[after].append(name)
    # Steps whose way out is unknown get no second reproach: only true circles are left.
    unclear = [
        name
        for name, step in procedure.steps.items()
        if step.kind is StepKind.END or name in broken or not next_of[name] or set(next_of[name]) - next_of.keys()
    ]
    leads_out = reached_from(unclear, before)
    for name in procedure.steps:
        if name in reached and name not in leads_out:
            message = f"L'étape « {name} » tourne en rond : aucun chemin ne mène à une fin. Ajoutez une sortie."
            yield Finding(("steps", name), "endless-loop", message)


# Conditions: what they name must exist, be of the right kind, and have been asked before.


def _conditions(procedure: Procedure, broken: Collection[str]) -> Iterator[Finding]:
    next_of = {name: targets(step) for name, step in procedure.steps.items()}
    after = {name: reached_from(next_of[name], next_of) for name in next_of}
    everywhere = frozenset(next_of)  # what comes out at the end may look at every answer
    for step in procedure.steps.values():
        here: Locus = ("steps", step.id)
        asked_here = frozenset(name for name in next_of if step.id in after[name])
        for index, route in enumerate(step.routes):
            if route.when:
                locus = (*here, "next", index, "when")
                yield from _condition(procedure, route.when, locus, asked_here | {step.id}, broken)
        for document in step.documents:
            if document.when:
                locus = (*here, "documents", document.id, "when")
                yield from _condition(procedure, document.when, locus, asked_here, broken)
        if step.bring_unless:
            locus = (*here, "bring_unless")
            yield from _condition(procedure, step.bring_unless, locus, everywhere, broken)
    for index, source in enumerate(procedure.sources):
        if source.when:
            yield from _condition(procedure, source.when, ("sources", index, "when"), everywhere, broken)
    for line in procedure.road_map:
        if line.when:
            yield from _condition(procedure, line.when, ("road_map", line.id, "when"), everywhere, broken)


def _condition(
    procedure: Procedure, condition: Condition, locus: Locus, asked: frozenset[str], broken: Collection[str]
) -> Iterator[Finding]:
    if isinstance(condition, Not):
        yield from _condition(procedure, condition.condition, (*locus, "not"), asked, broken)
        return
    if isinstance(condition, AllOf | AnyOf):
        key = "all" if isinstance(condition, AllOf) else "any"
        for index, inner in enumerate(condition.conditions):
            yield from _condition(procedure, inner, (*locus, key, index), asked, broken)
        return
    step = procedure.steps.get(condition.step)
    if step is None:
        yield _unknown_step(procedure, condition.step, locus)
        return
    if step.id in broken:
        return
    if step.id not in asked:
        message = f"L'étape « {step.id} » n'est jamais passée avant cette condition. Posez la question plus tôt."
        yield Finding(locus, "not-yet-asked", message)
    yield from _fits(step, condition, locus)


def _fits(
    step: Step, condition: AnswerIs | NumberIs | YearsSince | DaysSince | Lacks, locus: Locus
) -> Iterator[Finding]:
    """Can this step give what the condition looks at?"""
    if isinstance(condition, AnswerIs):
        possible = possible_answers(step)
        for value in condition.values:
            if value not in possible:
                hint = suggestion(value, possible) or (f" Possible : {listed(possible)}" if possible else "")
                message = f"L'étape « {step.id} » n'a pas la réponse « {value[:40]} ».{hint}"
                yield Finding(locus, "unknown-choice", message)
    elif isinstance(condition, Lacks):
        names = [document.id for document in step.documents]
        if condition.document not in names:
            hint = suggestion(condition.document, names)
            message = f"L'étape « {step.id} » n'a pas la pièce « {condition.document} ».{hint}"
            yield Finding(locus, "unknown-document", message)
    else:
        number = isinstance(condition, NumberIs)
        wanted = AnswerFormat.NUMBER if number else AnswerFormat.DATE
        if step.question is None or step.question.format is not wanted:
            what = "un nombre" if number else "une date"
            yield Finding(locus, "wrong-condition", f"L'étape « {step.id} » ne demande pas {what}.")


def possible_answers(step: Step) -> tuple[str, ...]:
    """The values that ``AnswerIs`` may look for at a step."""
    found = [choice.id for choice in step.choices]
    if step.may_not_know:
        found.append(UNKNOWN)
    if step.kind is StepKind.ACT:
        found.extend(Outcome)
    return tuple(found)


# The road map.


def _road_map(procedure: Procedure) -> Iterator[Finding]:
    for line in procedure.road_map:
        here: Locus = ("road_map", line.id)
        if line.place and line.section not in (Section.WHERE, Section.CONTACT):
            yield Finding((*here, "place"), "wrong-part", "« place » ne va qu'avec les sections where et contact.")
        if line.section is Section.DEADLINE and line.deadline is None:
            yield Finding(here, "missing-part", "Une ligne « deadline » doit avoir « deadline = { … } ». Ajoutez-le.")
        if line.deadline is None:
            continue
        if line.section is not Section.DEADLINE:
            yield Finding((*here, "deadline"), "wrong-part", "« deadline » ne va qu'avec la section deadline.")
        after = line.deadline.after
        if after in ("", TODAY):
            continue
        step = procedure.steps.get(after)
        if step is None:
            yield _unknown_step(procedure, after, (*here, "deadline", "after"))
        elif step.question is None or step.question.format is not AnswerFormat.DATE:
            message = f"L'étape « {after} » ne demande pas une date. Nommez une étape qui en demande une, ou « today »."
            yield Finding((*here, "deadline", "after"), "bad-deadline", message)
