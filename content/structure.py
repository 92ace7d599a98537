# SPDX-License-Identifier: EUPL-1.2
"""Reads ``procedure.toml``: the graph of a procedure, without its words.

The result is a :class:`content.model.Procedure` whose texts are empty; :mod:`content.words` fills them in, one
language at a time. What is wrong goes to the report; what could not be read is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from content.condition_reader import read_condition, reversed_bounds
from content.model import (
    THEMES,
    AnswerFormat,
    Choice,
    DeadlineRule,
    Document,
    Place,
    Procedure,
    Question,
    RoadMapLine,
    Route,
    Section,
    Source,
    Step,
    StepKind,
)
from content.toml_source import TomlDocument
from content.typed_reader import Report, TableReader

MAX_STEPS = 200
MAX_LINES = 80
MAX_DOCUMENTS = 20
MAX_ROUTES = 12
MAX_CHOICES = 12
"""Read up to this many to be able to say that 6 is the limit."""


@dataclass(slots=True)
class Structure:
    """What ``procedure.toml`` says. ``whole`` is False when steps were left out: the graph cannot be judged."""

    procedure: Procedure
    place_of: dict[str, str] = field(default_factory=dict[str, str])
    """Step id, or "road_map." + line id -> name of its place."""
    places: frozenset[str] = frozenset()
    broken_steps: set[str] = field(default_factory=set[str])
    """Steps that could not be read in full: the rules of each kind are not asked of them."""
    whole: bool = True


def read_structure(document: TomlDocument, content_hash: str, report: Report) -> Structure:
    """Read the whole file; every problem of shape is in ``report``."""
    top = TableReader(document, (), document.data, report)
    name, theme = top.identifier("id"), top.one_of("theme", THEMES)
    pictogram, start = top.identifier("pictogram", code="no-pictogram"), top.identifier("start")
    sources = _sources(top)
    places = _places(top)
    structure = Structure(_EMPTY, places=frozenset(places))
    steps = _steps(top, places, structure)
    lines = _road_map(top, places, structure)
    top.finish()
    structure.procedure = Procedure(
        id=name,
        language="",
        languages=(),
        theme=theme,
        pictogram=pictogram,
        title="",
        summary="",
        also=(),
        start=start,
        steps=MappingProxyType(steps),
        road_map=lines,
        sources=sources,
        content_hash=content_hash,
    )
    return structure


_EMPTY = Procedure("", "", (), "", "", "", "", (), "", MappingProxyType({}), (), (), "")


def _sources(top: TableReader) -> tuple[Source, ...]:
    readers = top.tables("sources", 20, required=True)
    if not readers and top.is_list("sources"):
        top.wrong("missing-key", "Il faut au moins une source officielle. Ajoutez [[sources]].", "sources")
    found: list[Source] = []
    for reader in readers:
        title, url = reader.text("title", required=True), reader.text("url", required=True)
        day, again = reader.day("checked_on", required=True), reader.day("check_by", required=True)
        when = read_condition(reader, "when")
        reader.finish()
        if day and again and again <= day:
            message = "Mettez « check_by » après « checked_on » : le jour où il faudra comparer encore."
            reader.wrong("reversed-dates", message, "check_by")
        # One whose date is missing, which was said, keeps its place: what is wrong further on is told at its own line.
        found.append(Source(title, url, day or date.min, again or date.min, when))
    if found and all(source.when for source in found):
        message = "Chaque source a une condition. Retirez un « when » : cette page vaudra pour tous les autres cas."
        top.wrong("no-general-source", message, "sources")
    return tuple(found)


def _places(top: TableReader) -> dict[str, Place]:
    table = top.table("places")
    places: dict[str, Place] = {}
    for name, reader in table.named_tables() if table else ():
        pictogram = reader.identifier("pictogram", code="no-pictogram")
        places[name] = Place("", pictogram, phone=reader.text("phone"), url=reader.text("url"))
        reader.finish()
    return places


def _steps(top: TableReader, places: dict[str, Place], structure: Structure) -> dict[str, Step]:
    readers = top.tables("steps", MAX_STEPS, required=True)
    if not readers:
        structure.whole = False
        if top.is_list("steps"):
            top.wrong("missing-key", "Il faut au moins une étape. Ajoutez [[steps]].", "steps")
    steps: dict[str, Step] = {}
    for reader in readers:
        step = _step(reader, places, structure)
        if not step.id:
            structure.whole = False
        elif step.id in steps:
            reader.wrong("duplicate-id", f"L'étape « {step.id} » existe déjà plus haut. Changez ce nom.", "id")
        else:
            steps[step.id] = step
    return steps


def _step(reader: TableReader, places: dict[str, Place], structure: Structure) -> Step:
    name = reader.identifier("id")
    said = reader.one_of("kind", tuple(StepKind))
    step = Step(
        id=name,
        kind=StepKind(said) if said else StepKind.SAY,
        pictogram=reader.identifier("pictogram", code="no-pictogram"),
        title="",
        say=(),
        routes=_routes(reader),
        choices=_choices(reader),
        may_not_know=reader.flag("may_not_know"),
        unknown_to=reader.identifier("unknown_to", required=False) or None,
        documents=_documents(reader),
        bring_unless=read_condition(reader, "bring_unless"),
        question=_question(reader),
        place=_place(reader, places, structure, name),
        url=reader.text("url"),
        sensitive=reader.flag("sensitive"),
    )
    reader.finish()
    parts = {
        "next": step.routes,
        "choices": step.choices,
        "documents": step.documents,
        "question": step.question,
        "place": step.place,
        "unknown_to": step.unknown_to,
    }
    if not said or any(key in reader and not part for key, part in parts.items()):
        structure.broken_steps.add(name)  # something is written there, wrongly: that was said already
    return step


def _routes(reader: TableReader) -> tuple[Route, ...]:
    if not reader.is_list("next"):
        to = reader.identifier("next", required=False)
        return (Route(to),) if to else ()
    routes: list[Route] = []
    for item in reader.tables("next", MAX_ROUTES):
        to, when = item.identifier("to"), read_condition(item, "when")
        item.finish()
        if to:
            routes.append(Route(to, when))
    return tuple(routes)


def _choices(reader: TableReader) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    for item in reader.tables("choices", MAX_CHOICES):
        name, pictogram = item.identifier("id"), item.identifier("pictogram", code="no-pictogram")
        to = item.identifier("to", required=False) or None
        item.finish()
        if name in {choice.id for choice in choices}:
            item.wrong("duplicate-id", f"La réponse « {name} » existe déjà dans cette étape.", "id")
        elif name:
            choices.append(Choice(name, "", pictogram, to=to))
    return tuple(choices)


def _documents(reader: TableReader) -> tuple[Document, ...]:
    documents: list[Document] = []
    for item in reader.tables("documents", MAX_DOCUMENTS):
        name, pictogram, when = (
            item.identifier("id"),
            item.identifier("pictogram", code="no-pictogram"),
            read_condition(item, "when"),
        )
        item.finish()
        if name in {document.id for document in documents}:
            item.wrong("duplicate-id", f"La pièce « {name} » existe déjà dans cette étape.", "id")
        elif name:
            documents.append(Document(name, "", pictogram, what=(), when=when))
    return tuple(documents)


def _question(reader: TableReader) -> Question | None:
    item = reader.table("question")
    if item is None:
        return None
    said = item.one_of("format", tuple(AnswerFormat))
    kind = AnswerFormat(said) if said else AnswerFormat.TEXT
    low: int | date | None = None
    high: int | date | None = None
    longest, past_only = 40, False
    if kind is AnswerFormat.NUMBER:
        low, high = item.whole("at_least", -(10**9), 10**9), item.whole("at_most", -(10**9), 10**9)
    elif kind is AnswerFormat.DATE:
        low, high, past_only = item.day("at_least"), item.day("at_most"), item.flag("past_only")
    elif said:
        longest = item.whole("max_length", 1, 80) or longest
    if said:
        item.finish()
    if reversed_bounds(low, high):
        item.wrong("bad-question", "« at_least » est plus grand que « at_most ». Échangez-les.")
    return Question(kind, low, high, max_length=longest, past_only=past_only)


def _place(reader: TableReader, places: dict[str, Place], structure: Structure, owner: str) -> Place | None:
    if "place" not in reader:
        return None
    name = reader.one_of("place", tuple(places)) if places else reader.identifier("place")
    if name and not places:
        reader.wrong("unknown-value", f"Le lieu « {name} » n'est pas décrit. Ajoutez [places.{name}].", "place")
    if name in places:
        structure.place_of[owner] = name
    return places.get(name)


def _road_map(top: TableReader, places: dict[str, Place], structure: Structure) -> tuple[RoadMapLine, ...]:
    lines: list[RoadMapLine] = []
    for reader in top.tables("road_map", MAX_LINES):
        name, said = reader.identifier("id"), reader.one_of("section", tuple(Section))
        line = RoadMapLine(
            id=name,
            section=Section(said) if said else Section.DO,
            text="",
            pictogram=reader.identifier("pictogram", code="no-pictogram"),
            when=read_condition(reader, "when"),
            place=_place(reader, places, structure, f"road_map.{name}"),
            deadline=_deadline(reader),
        )
        reader.finish()
        if line.id in {other.id for other in lines}:
            reader.wrong("duplicate-id", f"La ligne « {line.id} » existe déjà plus haut. Changez ce nom.", "id")
        elif line.id and said:
            lines.append(line)
    return tuple(lines)


UNREADABLE = DeadlineRule(after="today", days=1)
"""Stands for a deadline that was written wrongly: no further reproach is made to it."""


def _deadline(reader: TableReader) -> DeadlineRule | None:
    item = reader.table("deadline")
    if item is None:
        return UNREADABLE if "deadline" in reader else None
    on, after = item.day("on"), item.identifier("after", required=False)
    days, months = item.whole("days", 0, 3660) or 0, item.whole("months", 0, 120) or 0
    item.finish()
    if (on is None) == (after == "") or (on is not None and (days or months)) or (after and not days and not months):
        item.wrong("bad-deadline", 'Écrivez { on = 2027-05-31 }, ou { after = "étape", days = 15 } (ou months).')
        return UNREADABLE
    return DeadlineRule(on=on, after=after, days=days, months=months)
