# SPDX-License-Identifier: EUPL-1.2
"""``kiosk walk``: the same session without a screen, for authors and testers.

Each step is printed as a person meets it. Answers are read one a line, by id or by label; empty lines and
lines that begin with ``#`` are passed over. What was typed is never printed.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import decide, evolve
from assist.session.state import SessionState
from content.model import UNKNOWN, AnswerFormat, Catalogue, OfficialSheet, Procedure, Question, RoadMap
from content.typed_answers import AnswerFault, parse_answer
from kiosk.clock import Clock
from kiosk.presenter import Surroundings, present
from kiosk.road_map import road_map_of, rows_of
from kiosk.view import Option, StepView, ViewKind

Record = Callable[[Sequence[e.Event], c.Moment, str], None]
"""Keeps events: in the journal, or nowhere."""


class WalkExit(IntEnum):
    """Exit codes of ``kiosk walk``. Click itself answers 2 for a wrong option."""

    REACHED_END = 0
    UNAVAILABLE = 1
    """Unknown procedure, or a receipt that could not be made."""
    ANSWERS_ENDED = 3
    WRONG_ANSWER = 4


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that means nothing at this step, and what would."""

    step: str
    answer: str
    sentence: str


class Walk:
    """One session, driven by lines of text."""

    view: StepView
    """What the person meets now."""

    def __init__(self, procedure: Procedure, clock: Clock, record: Record) -> None:
        self.clock = clock
        self._record = record
        self._around = Surroundings(Catalogue({procedure.id: {procedure.language: procedure}}))
        self.state = SessionState(language=procedure.language)
        self._do(c.Begin(secrets.token_hex(16), procedure.language, c.Mode.WALK))
        self._do(c.Pick(procedure))

    @property
    def step(self) -> str:
        """The id of the step now met."""
        return self.state.here.step if self.state.here else ""

    @property
    def at_end(self) -> bool:
        """True on the road map."""
        return self.view.kind is ViewKind.ROAD_MAP

    @property
    def needs_answer(self) -> bool:
        """False when the only thing to do is to go on."""
        return self.view.kind not in (ViewKind.SAY, ViewKind.PLACE, ViewKind.ROAD_MAP)

    def go_on(self) -> None:
        """ "Suite"."""
        self._do(c.Continue())

    def answer(self, line: str) -> WrongAnswer | None:
        """Answer the step with ``line``; what is wrong when it means nothing here."""
        view = self.view
        option = match_option(view.options, line)
        if option is not None:
            self._do(option.intent)
            return None
        if view.question is not None:
            value = parse_answer(view.question, line, self.state.today)
            if not isinstance(value, AnswerFault):
                self._do(c.Answer(value))
                return None
            return WrongAnswer(self.step, line, f"{value.sentence} {_expected(view.question)}")
        return WrongAnswer(self.step, line, f"Réponses possibles : {describe(view.options)}")

    def finish(self) -> RoadMap:
        """The road map; the session ends."""
        road_map = road_map_of(self.state)
        if road_map is None:
            raise ValueError("finish() is for the end step")
        self._do(c.Finish())
        self._do(c.Rate(c.Face.SKIPPED))
        return road_map

    def abandon(self) -> None:
        """The answers ended early: the session ends as one that is left."""
        self._do(c.WarnIdle())
        self._do(c.TimeOut())

    def _do(self, intent: c.Intent) -> None:
        at = self.clock.now()
        before = self.state
        events = decide(before, c.Command(intent, at, c.Origin.SCRIPT))
        for event in events:
            self.state = evolve(self.state, event)
        self.view = present(self.state, self._around)
        self._record(events, at, before.session or self.state.session)


def answers_in(lines: Iterator[str]) -> Iterator[str]:
    """The answers among ``lines``."""
    stripped = (line.strip() for line in lines)
    return (line for line in stripped if line and not line.startswith("#"))


def match_option(options: Sequence[Option], said: str) -> Option | None:
    """The option whose id or label is ``said``, whatever the case, the accents and the apostrophes."""
    exact = next((option for option in options if option.id == said), None)
    if exact is not None:
        return exact
    folded = _fold(said)
    return next((option for option in options if folded in (_fold(option.id), _fold(option.label))), None)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe"))
    return " ".join("".join(ch for ch in decomposed if not unicodedata.combining(ch)).casefold().split())


def describe(options: Sequence[Option]) -> str:
    """The answers as a person may write them."""
    return ", ".join(f"{option.id} ({option.label})" for option in options)


def _expected(question: Question) -> str:
    examples = {
        AnswerFormat.DATE: "Écrivez une date, par exemple 15/03/1990.",
        AnswerFormat.NUMBER: "Écrivez un nombre, par exemple 2.",
        AnswerFormat.TEXT: f"Écrivez {question.max_length} signes au plus.",
    }
    return examples[question.format]


def step_line(walk: Walk) -> dict[str, Any]:
    """The step now met, as one JSON object. ``what`` ("C'est quoi ?") is accepted but does not move on."""
    view = walk.view
    document = walk.state.here.document if walk.state.here else ""
    choices = view.options if walk.needs_answer else ()
    line: dict[str, Any] = {
        "step": walk.step,
        "kind": view.kind.value if view.kind is not ViewKind.ROAD_MAP else "end",
        "title": view.title,
        "say": list(view.sentences),
        "choices": [{"id": o.id, "label": o.label} for o in choices if not isinstance(o.intent, c.Explain)],
    }
    if document:
        line["document"] = document
    if view.question is not None:
        line["answer"] = {"format": view.question.format.value, "unknown": any(o.id == UNKNOWN for o in choices)}
    return line


def road_map_json(road_map: RoadMap) -> dict[str, Any]:
    """The road map in the seven parts in which it is read."""
    return {
        "title": road_map.title,
        "do": [task.text for task in road_map.do],
        "bring": [
            {"name": d.name, "have": d.possession.value if d.possession else None, "where": list(d.where)}
            for d in road_map.bring
        ],
        "where": [_visit_json(visit) for visit in road_map.where],
        "when": [task.text for task in road_map.when],
        "cost": [task.text for task in road_map.cost],
        "deadlines": [{"text": d.text, "date": d.due.isoformat()} for d in road_map.deadlines],
        "contacts": [_visit_json(visit) for visit in road_map.contacts],
        "source": {"title": road_map.source.title, "url": road_map.source.url},
        "checked_on": road_map.checked_on.isoformat(),
        "official": [_sheet_json(sheet) for sheet in road_map.official],
    }


def _visit_json(visit: Any) -> dict[str, str]:
    place = visit.place
    if place is None:
        return {"text": visit.text}
    return {"text": visit.text, "name": place.name, "phone": place.phone, "url": place.url, "hours": place.hours}


def _sheet_json(sheet: OfficialSheet) -> dict[str, Any]:
    day = sheet.modified.isoformat() if sheet.modified else None
    return {"number": sheet.number, "title": sheet.title, "url": sheet.url, "modified": day}


def end_line(step: str, procedure: Procedure, road_map: RoadMap, receipt: str | None, today: date) -> dict[str, Any]:
    """The last line of a walk that reached its end."""
    return {
        "end": step,
        "procedure": procedure.id,
        "content_hash": procedure.content_hash,
        "date": today.isoformat(),
        "road_map": road_map_json(road_map),
        "receipt": receipt,
    }


def as_text(line: dict[str, Any]) -> str:
    """A step as a person reads it in a terminal."""
    parts = [f"\n[{line['step']}] {line['title']}", *(f"  {sentence}" for sentence in line["say"])]
    parts += [f"    - {choice['label']}  ({choice['id']})" for choice in line["choices"]]
    return "\n".join(parts)


def road_map_text(road_map: RoadMap, language: str = "fr") -> str:
    """The road map as a person reads it in a terminal, in ``language``."""
    parts = [f"\nFeuille de route : {road_map.title}"]
    for row in rows_of(road_map, language):
        parts += [f"  {row.title}", *(f"    - {line}" for line in row.lines)]
    return "\n".join(parts)


def to_json(line: dict[str, Any]) -> str:
    """One JSON line, readable in French."""
    return json.dumps(line, ensure_ascii=False)
