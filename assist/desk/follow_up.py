# SPDX-License-Identifier: EUPL-1.2
"""A person comes back with her paper: what was done then, what remains, and what is written of today. Pure.

What the journal tells is the path; what is left to do is the copy of the paper (:mod:`assist.desk.paper_seal`), less
what was ticked since. Nothing is written in free words: codes, and identifiers of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from assist.desk.report.drafting import Happened
from content.model import UNKNOWN, Possession, Procedure, Step
from content.road_map import Kept, document_named


class Said(StrEnum):
    """A code, and the sentence that tells it in French and in English."""

    french: str
    english: str

    def __new__(cls, value: str, french: str, english: str) -> Self:
        said = str.__new__(cls, value)
        said._value_ = value
        said.french, said.english = french, english
        return said

    def sentence(self, language: str) -> str:
        """The sentence, in French where there is none in ``language``."""
        return self.english if language == "en" else self.french


class Together(Said):
    """What was done today with the person."""

    ONLINE = "en_ligne", "Nous avons avancé sur internet.", "We went further online."
    SENT = "envoye", "Le dossier est envoyé.", "The file is sent."
    RECEIVED = "recu", "Un document est arrivé.", "A document has come."
    CALLED = "appel", "Nous avons appelé le service.", "We called the service."
    LETTER = "lettre", "Nous avons lu ou écrit une lettre.", "We read or wrote a letter."
    EXPLAINED = "relu", "Nous avons relu la suite.", "We read again what comes next."


class Now(Said):
    """How it stands when the person leaves."""

    TO_DO = "reste", "Il vous reste des choses à faire.", "You still have things to do."
    WAITING = "attente", "Attendez maintenant une réponse.", "Now wait for an answer."
    OVER = "fini", "Tout est fini.", "All is done."


@dataclass(frozen=True, slots=True)
class Written:
    """What a mediator wrote of one return."""

    together: tuple[Together, ...] = ()
    now: Now = Now.TO_DO
    done: frozenset[str] = frozenset()
    """What is done by now, since the beginning: items (:func:`line_item`, :func:`document_item`)."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One step on the path of the person."""

    title: str
    answer: str = ""
    """What was chosen there, as it was written; "" when nothing was, or when it is private."""
    private: bool = False
    """An answer was given, and is kept nowhere."""
    hard: bool = False
    """The person said that it was difficult."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the person came to her paper."""

    passed: Sequence[Passed] = ()
    printed: datetime | None = None
    """None when the row that tells it is not there."""
    language: str = "fr"


@dataclass(slots=True)
class _Path:
    trail: list[str] = field(default_factory=list[str])
    answers: dict[str, str] = field(default_factory=dict[str, str])
    hard: set[str] = field(default_factory=set[str])
    rating: bool = False


def line_item(line: str) -> str:
    """The item of a line of the road map."""
    return f"line/{line}"


def document_item(step: str, document: str) -> str:
    """The item of a document to bring."""
    return f"document/{step}/{document}"


def had(kept: Kept) -> frozenset[str]:
    """The items that were done already when the paper was printed: the documents that the person had."""
    return frozenset(document_item(*name) for name, said in kept.documents.items() if said is Possession.HAVE)


def items(procedure: Procedure, kept: Kept) -> frozenset[str]:
    """All the items of a paper: nothing else may be ticked."""
    documents = (document_item(*name) for name in kept.documents if document_named(procedure, *name))
    return frozenset((*map(line_item, kept.lines), *documents))


def remaining(kept: Kept, done: frozenset[str]) -> Kept:
    """What is left of a paper once ``done`` is done: no line of it; its documents are had, all others missing."""
    documents = {
        name: Possession.HAVE if document_item(*name) in done else Possession.MISSING for name in kept.documents
    }
    return replace(kept, lines=tuple(line for line in kept.lines if line_item(line) not in done), documents=documents)


def written_data(written: Written) -> dict[str, Any]:
    """As plain data, to be sealed with the key of the paper."""
    return {"together": list(written.together), "now": written.now.value, "done": sorted(written.done)}


def written_of(data: Mapping[str, Any]) -> Written:
    """What :func:`written_data` gave. A code of a later version is left out."""
    together = tuple(code for code in Together if code in data.get("together", ()))
    now = next((code for code in Now if code == data.get("now")), Now.TO_DO)
    return Written(together, now, frozenset(str(item) for item in data.get("done", ())))


def way(events: Iterable[Happened], paper: str, procedure: Procedure | None) -> Way:
    """How the person came to the paper of this name. Without the procedure's words, when and in which language only."""
    walk, language = _Path(), "fr"
    for event in events:
        payload = event.payload or {}
        language = str(payload.get("language") or language)
        if event.type == "receipt.requested" and payload.get("paper") == paper:
            return Way(_passed(walk, procedure) if procedure else (), event.time, language)
        if event.type == "procedure.picked":
            walk = _Path()
        _take(walk, event.type, payload)
    return Way(language=language)


def _take(walk: _Path, kind: str, payload: Mapping[str, Any]) -> None:
    step = str(payload.get("step", ""))
    if kind == "step.shown":
        walk.trail.append(step)
    elif kind == "step.back":
        if not walk.rating and walk.trail:
            walk.trail.pop()
            walk.answers.pop(walk.trail[-1] if walk.trail else "", None)
        walk.rating = False
    elif kind == "roadmap.finished":
        walk.rating = True
    elif kind == "step.chosen":
        walk.answers[step] = str(payload.get("recorded", ""))
    elif kind == "step.reported":
        walk.answers[step] = str(payload.get("outcome", ""))
    elif kind == "step.answered":
        walk.answers[step] = ""
    elif kind == "step.difficulty":
        walk.hard.add(step)


_REPORTED = {"done": "C'est fait", "stuck": "Je n'y arrive pas", UNKNOWN: "Je ne sais pas"}


def _passed(walk: _Path, procedure: Procedure) -> Sequence[Passed]:
    met = (procedure.steps[name] for name in dict.fromkeys(walk.trail) if name in procedure.steps)
    return [_step_passed(walk, step) for step in met]


def _step_passed(walk: _Path, step: Step) -> Passed:
    given = walk.answers.get(step.id)
    label = next((choice.label for choice in step.choices if choice.id == given), _REPORTED.get(given or "", ""))
    return Passed(step.title, label, given == "", step.id in walk.hard)
