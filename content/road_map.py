# SPDX-License-Identifier: EUPL-1.2
"""What comes out of a walk: what to do, to bring, where, when, how much, by what date, whom to ask."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.conditions import holds
from content.graph_check import TODAY
from content.model import (
    Answers,
    Deadline,
    DeadlineRule,
    Document,
    DocumentToBring,
    OfficialSheet,
    Possession,
    Procedure,
    RoadMap,
    RoadMapLine,
    Section,
    Step,
    Task,
    Visit,
)
from content.routing import documents_asked
from content.sources import named, of_url


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a procedure came out of a walk, by identifiers alone: its words are those of whoever tells it again."""

    lines: tuple[str, ...]
    """The lines of the road map, in their order."""
    documents: Mapping[tuple[str, str], Possession | None]
    """(Checklist, document) -> what was said of it, in the order of the walk."""
    dues: Mapping[str, date]
    """Line -> by what date."""
    source: str = ""
    """The address of the official page that was named; "" for the general one."""


def build(procedure: Procedure, trail_steps: Sequence[str], answers: Answers, today: date) -> RoadMap:
    """The road map of one walk.

    Args:
        procedure: the procedure walked through.
        trail_steps: ids of the steps the person met, in their order; repetitions do not count.
        answers: what was answered.
        today: the day of the walk.

    The documents of the checklists met come first under "bring", then the "bring" lines; one named twice comes once.
    What several lines say alike comes once.
    A checklist whose ``bring_unless`` holds gives none. A deadline counted from what the person said and already past
    is no date any more: its ``late`` words come first under "when".
    """
    return told(procedure, keep(procedure, trail_steps, answers, today), today)


def keep(procedure: Procedure, trail_steps: Sequence[str], answers: Answers, today: date) -> Kept:
    """What of ``procedure`` comes out of one walk; the arguments are those of :func:`build`."""
    lines = [line for line in procedure.road_map if holds(line.when, answers, today)]
    documents: dict[tuple[str, str], Possession | None] = {}
    for name in dict.fromkeys(trail_steps):
        step = procedure.steps[name]
        if step.bring_unless is not None and holds(step.bring_unless, answers, today):
            continue
        said = answers.get(name)
        for document in documents_asked(step, answers, today):
            documents[name, document.id] = said.get(document.id) if isinstance(said, Mapping) else None
    dues = {line.id: due_date(line.deadline, answers, today) for line in lines if line.deadline}
    return Kept(
        tuple(line.id for line in lines),
        documents,
        {name: due for name, due in dues.items() if due},
        named(procedure, answers, today).url,
    )


def told(procedure: Procedure, kept: Kept, today: date) -> RoadMap:
    """The road map of what was kept, in the words of ``procedure``, on ``today``.

    What this version of the procedure no longer has is left out.
    """
    lines = those(procedure, kept.lines)

    def of(section: Section) -> Iterable[RoadMapLine]:
        return (line for line in lines if line.section is section)

    def tasks(section: Section) -> tuple[Task, ...]:
        return tuple(dict.fromkeys(Task(line.text, line.pictogram) for line in of(section)))

    def visits(section: Section) -> tuple[Visit, ...]:
        return tuple(dict.fromkeys(Visit(line.text, line.pictogram, line.place) for line in of(section)))

    deadlines, late = _deadlines(of(Section.DEADLINE), kept.dues, today)
    return RoadMap(
        procedure=procedure.id,
        title=procedure.title,
        pictogram=procedure.pictogram,
        do=tasks(Section.DO),
        bring=_bring(procedure, kept, of(Section.BRING)),
        where=visits(Section.WHERE),
        when=(*late, *tasks(Section.WHEN)),
        cost=tasks(Section.COST),
        deadlines=deadlines,
        contacts=visits(Section.CONTACT),
        checked_on=min(source.checked_on for source in procedure.sources),
        source=of_url(procedure, kept.source),
        official=_sheets(procedure, lines),
    )


def those(procedure: Procedure, names: Collection[str]) -> list[RoadMapLine]:
    """The lines of these names, in the order of the procedure."""
    return [line for line in procedure.road_map if line.id in names]


def document_named(procedure: Procedure, step: str, document: str) -> Document | None:
    """The document of a checklist; None when this version of the procedure has none of that name."""
    checklist: Step | None = procedure.steps.get(step)
    return next((found for found in checklist.documents if found.id == document), None) if checklist else None


def _sheets(procedure: Procedure, lines: Iterable[RoadMapLine]) -> tuple[OfficialSheet, ...]:
    """The official sheets walked through, each once."""
    named = (procedure.official, *(line.sheet for line in lines))
    return tuple(dict.fromkeys(sheet for sheet in named if sheet is not None))


def _bring(procedure: Procedure, kept: Kept, lines: Iterable[RoadMapLine]) -> tuple[DocumentToBring, ...]:
    found: dict[str, DocumentToBring] = {}
    for (step, name), possession in kept.documents.items():
        document = document_named(procedure, step, name)
        if document is None:
            continue
        earlier = found.get(document.name)
        if earlier is None or (earlier.possession is not Possession.HAVE and possession is not None):
            found[document.name] = DocumentToBring(document.name, document.pictogram, possession, document.where)
    for line in lines:
        found.setdefault(line.text, DocumentToBring(line.text, line.pictogram, None, ()))
    return tuple(found.values())


def _deadlines(
    lines: Iterable[RoadMapLine], dues: Mapping[str, date], today: date
) -> tuple[tuple[Deadline, ...], tuple[Task, ...]]:
    """Deadlines to come, in the order of their dates, and what to say of those that are past."""
    found: list[Deadline] = []
    late: list[Task] = []
    for line in lines:
        due = dues.get(line.id)
        if due is not None and due >= today:
            found.append(Deadline(line.text, line.pictogram, due))
        elif due is not None and line.deadline is not None and line.deadline.on is None:
            late.append(Task(line.late or line.text, line.pictogram))
    return tuple(sorted(found, key=lambda deadline: deadline.due)), tuple(late)


def due_date(rule: DeadlineRule, answers: Answers, today: date) -> date | None:
    """By what date, or None when there is none to give.

    A date counted from what the person said may be past: it is then still to be done. A fixed date that is past is
    not given: it speaks of a campaign that is over. Nothing is given when the date was not answered.
    """
    if rule.on is not None:
        return rule.on if rule.on >= today else None
    start = today if rule.after == TODAY else answers.get(rule.after)
    if not isinstance(start, date):
        return None
    try:
        return _months_later(start, rule.months) + timedelta(days=rule.days)
    except (OverflowError, ValueError):  # after the year 9999
        return None


def _months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter.

    Code de procédure civile, article 641: a delay in months ends on the same day of the month, or else on its last.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
