# SPDX-License-Identifier: EUPL-1.2
"""What may help at a step: what was hard there before, other words, whom to call, related procedures. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from content.model import Catalogue, Place, Procedure, Section, Source, Step

ENOUGH = 5
"""A number of people below this one is not told: it could point at somebody."""
RELATED = 5
"""Related procedures shown."""
PLACES = 6
"""Places shown."""


@dataclass(frozen=True, slots=True)
class Past:
    """How many people had trouble at a step before, over what the server keeps."""

    difficulties: int = 0
    """They said that it is difficult."""
    calls: int = 0
    """They called for help there."""


@dataclass(frozen=True, slots=True)
class Words:
    """The step in French, for a person who reads it in another language."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToGet:
    """A document that may be missing, and where to get it."""

    name: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another procedure of the same theme."""

    title: str
    summary: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is known here. Everything may be empty: the kiosk may serve what this server does not have."""

    past: Past = Past()
    french: Words | None = None
    otherwise: tuple[str, ...] = ()
    """The same step, said more simply."""
    to_get: tuple[ToGet, ...] = ()
    whom: tuple[Place, ...] = ()
    """Where to go and whom to call, the step's own first."""
    related: tuple[Related, ...] = ()
    sources: tuple[Source, ...] = ()
    out_of_date: bool = False
    """One of the sources should have been compared again."""


def told(past: Past) -> Past:
    """What may be said of it: numbers below :data:`ENOUGH` become 0."""
    return Past(*(count if count >= ENOUGH else 0 for count in (past.difficulties, past.calls)))


def suggest(
    catalogue: Catalogue, procedure: str, step: str, *, language: str = "fr", past: Past | None = None, today: date
) -> Suggestions:
    """What may help somebody who is at ``step`` of ``procedure`` and reads ``language``; in French."""
    known = Suggestions(past=told(past or Past()))
    french = catalogue.get(procedure)
    if french is None:
        return known
    here = french.steps.get(step)
    if here is not None:
        known = replace(
            known,
            french=Words(here.title, here.say) if language != "fr" else None,
            otherwise=here.explain,
            to_get=tuple(ToGet(document.name, document.where) for document in here.documents if document.where),
        )
    return replace(
        known,
        whom=_whom(french, here),
        related=_related(catalogue, french),
        sources=french.sources,
        out_of_date=any(source.check_by < today for source in french.sources),
    )


def _whom(procedure: Procedure, here: Step | None) -> tuple[Place, ...]:
    """The places of the procedure, each once: this step's, those to call, those to go to, those on the way."""
    known = [here.place if here is not None else None]
    for section in (Section.CONTACT, Section.WHERE):
        known += [line.place for line in procedure.road_map if line.section is section]
    known += [step.place for step in procedure.steps.values()]
    return tuple({place.name: place for place in known if place is not None}.values())[:PLACES]


def _related(catalogue: Catalogue, procedure: Procedure) -> tuple[Related, ...]:
    others = (other for other in catalogue.titles() if other.theme == procedure.theme and other.id != procedure.id)
    return tuple(Related(other.title, other.summary, other.pictogram) for other in others)[:RELATED]
