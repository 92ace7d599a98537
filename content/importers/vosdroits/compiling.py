# SPDX-License-Identifier: EUPL-1.2
"""A guided tree, or what to do when something happens, becomes a procedure that anyone can walk through.

Questions first; then, for each publication that an answer leads to, its text on one chain of screens, each screen met
only by those whose answers select it; then one end, whose road map gathers what concerns the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from content.graph_check import reached_from, targets
from content.importers.vosdroits import publications as p
from content.importers.vosdroits import wording as w
from content.importers.vosdroits.chain import Chain, Guard
from content.importers.vosdroits.cleaning import sentences, shortened
from content.importers.vosdroits.draft import END, Answer, Draft, question, said, sheet_of
from content.importers.vosdroits.logic import any_of
from content.importers.vosdroits.pages import SheetPages, grouped
from content.importers.vosdroits.reading import PAGES
from content.importers.vosdroits.road import Road
from content.importers.vosdroits.trees import Tree
from content.model import AnswerIs, OfficialSheet, Place, RoadMapLine, Route, Step, StepKind

START = "debut"
UNKNOWN = "accueil"

Find = Callable[[str], p.Publication | None]
"""A publication of the store, by its number."""


@dataclass(frozen=True, slots=True)
class Made:
    """The two parts of a procedure that are made only when it is needed."""

    steps: Mapping[str, Step]
    road_map: tuple[RoadMapLine, ...]


def compile_procedure(publication: p.Publication, find: Find, title_of: Callable[[str], str]) -> Made:
    """The steps and the road map of a publication that is walkable.

    Args:
        publication: a guided tree or a "Comment faire si".
        find: gives the publications it leads to.
        title_of: gives the title of one that the store lacks, or "".
    """
    return _Compiler(publication, find, title_of).made()


class _Compiler:
    def __init__(self, publication: p.Publication, find: Find, title_of: Callable[[str], str]) -> None:
        self._own = publication
        self._find = find
        self._title_of = title_of
        self._draft = Draft()
        self._sheet = sheet_of(publication)

    def made(self) -> Made:
        draft, own = self._draft, self._own
        first = self._tree() if own.branches else self._event()
        opening = (*self._opening(), *(said(_before_chapters(own)) if own.branches else ()))
        pages = grouped([line for line in opening if line])
        self._in_a_row([START, *(draft.name("debut") for _ in pages[1:])], own.title, pages, first)
        draft.steps[END] = Step(END, StepKind.END, "road-map", w.ROAD_MAP, w.ROAD_MAP_SAY, sheet=self._sheet)
        Road(draft, self._sheet, ()).names_the_sheet()
        steps = {name: draft.steps[name] for name in _order(draft.steps, START)}
        return Made(MappingProxyType(steps), tuple(draft.lines))

    def _opening(self) -> tuple[str, ...]:
        day = self._sheet.modified
        dated = w.SHEET_DATED.format(day=w.full_date(day)) if day else w.SHEET_UNDATED
        return (f"Ce texte est la fiche officielle {self._sheet.number} de Service-Public.fr.", dated)

    def _in_a_row(self, names: Sequence[str], title: str, pages: Sequence[Sequence[str]], to: str) -> None:
        for name, page, after in zip(names, pages, [*names[1:], to], strict=True):
            self._draft.steps[name] = Step(
                name, StepKind.SAY, "", shortened(title, 60), tuple(page), routes=(Route(after),), sheet=self._sheet
            )

    # A guided tree

    def _tree(self) -> str:
        draft = self._draft
        entries: dict[str, str] = {}

        def reach(number: str) -> str:
            return entries.setdefault(number, f"fiche-{number.lower()}")

        self._in_a_row([UNKNOWN], w.UNKNOWN_TITLE, [w.UNKNOWN_SAY], END)
        tree = Tree(draft, self._sheet, reach, UNKNOWN)
        tree.titles = self._named
        first = tree.first(self._own.branches)
        whole = draft.variables
        before = _before(draft.steps)
        for number, entry in entries.items():
            draft.variables = whole.among(reached_from([entry], before))
            self._target(number, entry, (any_of(tree.reached[number]),))
        return first

    def _named(self, number: str) -> str:
        found = self._find(number)
        return found.title if found else self._title_of(number) or number

    def _target(self, number: str, entry: str, reached: Guard) -> None:
        """The publication that answers lead to: its text, or where to find it."""
        found = self._find(number)
        if found is None or found.branches:
            self._elsewhere(number, entry, reached, found)
        else:
            self._sheet_read(found, entry, reached)

    def _elsewhere(self, number: str, entry: str, reached: Guard, found: p.Publication | None) -> None:
        sheet = sheet_of(found) if found else OfficialSheet(number, self._named(number), f"{PAGES}{number}", None)
        say = [w.SHEET_OPENS.format(number=number)]
        say += list(w.NOT_HERE_SAY) if found else [w.NOT_HERE, *w.NOT_HERE_SAY]
        place = Place(sheet.title, "document", url=sheet.url)
        self._draft.steps[entry] = Step(
            entry,
            StepKind.PLACE,
            "document",
            shortened(sheet.title, 60),
            tuple(say),
            routes=(Route(END),),
            place=place,
            sheet=sheet,
        )
        Road(self._draft, sheet, reached).names_the_sheet()

    def _sheet_read(self, found: p.Publication, entry: str, reached: Guard) -> None:
        sheet = sheet_of(found)
        chain = Chain()
        road = Road(self._draft, sheet, reached)
        day = sheet.modified
        say = [
            w.SHEET_OPENS.format(number=found.number),
            w.SHEET_DATED.format(day=w.full_date(day)) if day else w.SHEET_UNDATED,
        ]
        chain.add(Step(entry, StepKind.SAY, "document", shortened(found.title, 60), tuple(say), sheet=sheet), ())
        pages = SheetPages(self._draft, chain, sheet, {term.number: term for term in found.terms}, road)
        self._put(found, pages, road, ())
        road.names_the_sheet()
        for step in chain.steps(END):
            self._draft.steps[step.id] = step

    def _put(self, found: p.Publication, pages: SheetPages, road: Road, guard: Guard) -> None:
        """Its body; for a service, what it is for and its address; then the services named for all of it."""
        pages.put(found.body, guard, found.title)
        if found.target or found.cerfa:
            service = p.Service(found.number, found.kind, found.title, found.target, found.cerfa)
            pages.put((service,), guard, found.title)
        for block in found.resources:
            when = block.when if isinstance(block, (p.Service, p.Office)) else None
            held = self._draft.variables.holds(when)
            road.add(block, (*guard, held), None)

    # What to do when something happens

    def _event(self) -> str:
        draft, own = self._draft, self._own
        chain = Chain()
        road = Road(draft, self._sheet, ())
        for asked in own.questions:
            self._questionnaire(asked, chain)
        pages = SheetPages(draft, chain, self._sheet, {term.number: term for term in own.terms}, road)
        self._put(own, pages, road, ())
        for step in chain.steps(END):
            draft.steps[step.id] = step
        return chain.entry(END)

    def _questionnaire(self, asked: p.Question, chain: Chain) -> None:
        answers = [Answer(choice.title) for choice in asked.choices]
        if not answers:
            return
        helps = [*said(asked.help), *(line for choice in asked.choices for line in said(choice.help))]
        title = shortened(asked.title, 60) or w.YOUR_CASE
        say = (w.CHOOSE_ONE,) if title == asked.title else sentences(asked.title)
        steps, found = question(self._draft, title, say, answers, explain=helps, sheet=self._sheet)
        guard: Guard = ()
        for step in steps:
            chain.add(step, guard)
            guard = (AnswerIs(step.id, ("autre",)),)
        for answer, choice in zip(found, asked.choices, strict=True):
            self._draft.variables.assign(answer, choice.sets, choice.unsets)


def _before(steps: Mapping[str, Step]) -> dict[str, list[str]]:
    """For each step, and each step that is still to be made, those that lead to it."""
    found: dict[str, list[str]] = {name: [] for name in steps}
    for name, step in steps.items():
        for to in targets(step):
            found.setdefault(to, []).append(name)
    return found


def _before_chapters(publication: p.Publication) -> tuple[p.Block, ...]:
    return tuple(block for block in publication.body if isinstance(block, (p.Paragraph, p.Items, p.Note)))


def _order(steps: Mapping[str, Step], start: str) -> list[str]:
    """Those that can be reached, in the order in which they are met: what nobody can meet is left out."""
    seen: dict[str, None] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = None
            waiting.extend(to for to in reversed(targets(steps[name])) if to not in seen)
    return list(seen)
