# SPDX-License-Identifier: EUPL-1.2
"""A procedure being made: its steps, its road map, and which answers set which variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from content.importers.vosdroits import publications as p
from content.importers.vosdroits import wording as w
from content.importers.vosdroits.cleaning import closed, ended, sentences, shortened
from content.importers.vosdroits.drawings import pictures
from content.importers.vosdroits.labels import short_labels
from content.importers.vosdroits.logic import ALWAYS, NEVER, Variables, all_of
from content.model import AnswerIs, Choice, Condition, OfficialSheet, Place, RoadMapLine, Section, Step, StepKind

END = "fin"
MAX_CARDS = 5
"""Answers on one screen: with "Autre réponse" or "Je ne sais pas" they make six cards, as in what we write."""
OTHER = "autre"
NONE = "aucun"


@dataclass(slots=True)
class Draft:
    """What is made so far."""

    steps: dict[str, Step] = field(default_factory=dict[str, Step])
    lines: list[RoadMapLine] = field(default_factory=list[RoadMapLine])
    variables: Variables = field(default_factory=Variables)
    _numbered: dict[str, int] = field(default_factory=dict[str, int])

    def name(self, kind: str) -> str:
        """A new name for a step: "q1", "q2"…"""
        self._numbered[kind] = self._numbered.get(kind, 0) + 1
        return f"{kind}{self._numbered[kind]}"

    def line(
        self,
        section: Section,
        text: str,
        guard: Sequence[Condition],
        pictogram: str,
        place: Place | None = None,
        sheet: OfficialSheet | None = None,
    ) -> None:
        """A line of the road map, when ``guard`` holds."""
        when = all_of(guard)
        if when == NEVER or not text:
            return
        held = None if when == ALWAYS else when
        self.lines.append(RoadMapLine(self.name("l"), section, text, pictogram, held, place, sheet=sheet))


def sheet_of(publication: p.Publication) -> OfficialSheet:
    """What is said of where the words of a publication come from."""
    day = date.fromisoformat(publication.modified) if publication.modified else None
    return OfficialSheet(publication.number, publication.title, publication.url, day)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question being made: its whole text, and where it leads (None: by the routes of the step)."""

    text: str
    to: str | None = None


def question(
    draft: Draft,
    title: str,
    say: Sequence[str],
    answers: Sequence[Answer],
    *,
    explain: Sequence[str] = (),
    sheet: OfficialSheet | None = None,
    unknown_to: str | None = None,
    elsewhere: Answer | None = None,
) -> tuple[tuple[Step, ...], tuple[AnswerIs, ...]]:
    """The steps that ask one question, and what each answer is. More answers than cards go to a next screen.

    Every step but the last has a card that leads to the next one. With one answer only, ``elsewhere`` is the other.
    """
    shown = [replace(answer, text=answer.text or w.ANSWER.format(number=n)) for n, answer in enumerate(answers, 1)]
    if len(shown) == 1:
        shown.append(elsewhere or Answer(w.NONE_OF_THESE))
    pages = _pages(shown)
    names = [draft.name("q") for _ in pages]
    labels = iter(short_labels([answer.text for answer in shown]))
    drawn = iter(pictures([answer.text for answer in shown]))
    steps: list[Step] = []
    found: list[AnswerIs] = []
    for number, page in enumerate(pages):
        last = number == len(pages) - 1
        choices = [_choice(f"r{n}", answer, next(labels), next(drawn)) for n, answer in enumerate(page, 1)]
        if not last:
            choices.append(Choice(OTHER, w.OTHER, "", ("voir d'autres réponses", "autre chose"), names[number + 1]))
            choices = [replace(choice, pictogram="") for choice in choices]
        draft.variables.asked(names[number], (choice.id for choice in choices if choice.id != OTHER))
        found += [AnswerIs(names[number], (choice.id,)) for choice in choices if choice.id != OTHER]
        step = Step(
            names[number], StepKind.CHOOSE, "", title, tuple(say), tuple(explain), choices=tuple(choices), sheet=sheet
        )
        steps.append(replace(step, may_not_know=True, unknown_to=unknown_to) if last else step)
    return tuple(steps), tuple(found[: len(answers)])


def _pages(answers: Sequence[Answer]) -> list[Sequence[Answer]]:
    """Answers shared evenly between screens, so that none has a lone card."""
    screens = -(-len(answers) // MAX_CARDS)
    share, more = divmod(len(answers), screens)
    pages: list[Sequence[Answer]] = []
    start = 0
    for number in range(screens):
        size = share + (number < more)
        pages.append(answers[start : start + size])
        start += size
    return pages


def _choice(name: str, answer: Answer, label: str, pictogram: str) -> Choice:
    whole = "" if _same(label, answer.text) else answer.text
    return Choice(name, label, pictogram, ways(answer.text), answer.to, whole)


def ways(text: str) -> tuple[str, ...]:
    """How a long answer may be said aloud: all of it."""
    return (shortened(text, 120),) if len(text) > 24 else ()


def _same(label: str, text: str) -> bool:
    return label.casefold().rstrip(". ") == text.casefold().rstrip(". ")


def said(blocks: Sequence[p.Block]) -> tuple[str, ...]:
    """All the sentences of some blocks, whatever the conditions in them: for a help that is read whole."""
    found: list[str] = []
    for block in blocks:
        match block:
            case p.Paragraph(text):
                found += sentences(ended(text))
            case p.Items(items):
                found += [closed(sentence) for item in items for sentence in said(item.blocks)]
            case p.Table():
                found += rows_said(block)
            case p.Note(_, title, inner):
                found += noted(title, inner)
            case p.Chapter(title, _, inner):
                found += [closed(title), *said(inner)] if title else said(inner)
            case p.Fragment(inner):
                found += said(inner)
            case p.Cases(cases):
                found += [
                    sentence for case in cases for sentence in (closed(case.title), *said(case.blocks)) if sentence
                ]
            case p.Service() | p.Office():
                found.append(closed(block.title))
    return tuple(sentence for sentence in found if sentence)


def noted(title: str, blocks: Sequence[p.Block]) -> list[str]:
    """A warning: its title, then what it says."""
    inner = list(said(blocks))
    if not inner:
        return []
    named = title.rstrip(" :\u00a0")
    return [*sentences(f"{named}\u00a0: {inner[0]}"), *inner[1:]]


def rows_said(table: p.Table) -> list[str]:
    """A table as sentences: each row is named by its first cell, each other cell by its column."""
    found = [closed(table.title)] if table.title else []
    for row in table.rows:
        named = [
            f"{head}\u00a0: {cell}" if head and n else cell
            for n, (head, cell) in enumerate(zip((*table.head, *[""] * len(row)), row, strict=False))
            if cell
        ]
        if named:
            found += sentences(closed(", ".join(dict.fromkeys(named))))
    return found
