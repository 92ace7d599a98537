# SPDX-License-Identifier: EUPL-1.2
"""What a procedure is: frozen data, already validated, in one language.

A procedure is a graph of steps. Its structure stands in ``procedure.toml``, its words in one file a
language (``fr.toml``); :mod:`content.loader` joins and checks them. Nothing here reads a file or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.condition_model import AllOf as AllOf
from content.condition_model import AnswerIs as AnswerIs
from content.condition_model import AnyOf as AnyOf
from content.condition_model import Condition as Condition
from content.condition_model import DaysSince as DaysSince
from content.condition_model import Lacks as Lacks
from content.condition_model import Not as Not
from content.condition_model import NumberIs as NumberIs
from content.condition_model import YearsSince as YearsSince
from content.official_model import OFFICIAL_CREDIT as OFFICIAL_CREDIT
from content.official_model import OfficialSheet as OfficialSheet

UNKNOWN = "unknown"
"""The answer "Je ne sais pas", possible at every choice or question that offers it."""


class StepKind(StrEnum):
    """What a step asks of the person."""

    SAY = "say"
    CHOOSE = "choose"
    CHECKLIST = "checklist"
    ASK = "ask"
    PLACE = "place"
    ACT = "act"
    END = "end"


class AnswerFormat(StrEnum):
    """What may be typed at an ``ask`` step."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Possession(StrEnum):
    """What a person says of one document of a checklist."""

    HAVE = "have"
    MISSING = "missing"


class Outcome(StrEnum):
    """What a person says of one gesture on an official site (``act`` step)."""

    DONE = "done"
    STUCK = "stuck"


class Section(StrEnum):
    """The seven parts of a road map, in the order in which they are read."""

    DO = "do"
    BRING = "bring"
    WHERE = "where"
    WHEN = "when"
    COST = "cost"
    DEADLINE = "deadline"
    CONTACT = "contact"


AnswerValue = str | int | date | Mapping[str, Possession]
"""A choice id (or :data:`UNKNOWN`), a typed number, date or text, or document id -> possession."""
Answers = Mapping[str, AnswerValue]
"""Step id -> what was answered there. Lives in memory only, for one session."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a step leads. The first route whose condition holds is taken; ``when=None`` always holds."""

    to: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One card of a ``choose`` step. ``also`` are other ways of saying it aloud; ``to`` overrides the routes."""

    id: str
    label: str
    pictogram: str
    also: tuple[str, ...] = ()
    to: str | None = None
    whole: str = ""
    """The whole of an official answer whose ``label`` is only its beginning: shown and read on the step."""


@dataclass(frozen=True, slots=True)
class Document:
    """One supporting document (pièce justificative) of a checklist."""

    id: str
    name: str
    pictogram: str
    what: tuple[str, ...]
    """Answers "C'est quoi ?", a sentence an item."""
    where: tuple[str, ...] = ()
    """Where to get it when it is missing, a sentence an item."""
    when: Condition | None = None
    """Asked for only when this holds."""


@dataclass(frozen=True, slots=True)
class Question:
    """What may be typed at an ``ask`` step, and within which bounds (both included)."""

    format: AnswerFormat
    at_least: int | date | None = None
    at_most: int | date | None = None
    max_length: int = 40
    unit: str = ""
    past_only: bool = False
    """For a date: today or before."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go, or whom to call. Empty strings for what is not known: never invented."""

    name: str
    pictogram: str
    phone: str = ""
    phone_note: str = ""
    """Price and hours of the number, as its owner publishes them."""
    url: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One screen (or one card at a time for a checklist)."""

    id: str
    kind: StepKind
    pictogram: str
    title: str
    say: tuple[str, ...]
    """What is shown and spoken, one sentence an item."""
    explain: tuple[str, ...] = ()
    """The same said otherwise, more simply, when the person asks."""
    routes: tuple[Route, ...] = ()
    choices: tuple[Choice, ...] = ()
    may_not_know: bool = False
    """Offer "Je ne sais pas" (a ``choose`` or an ``ask``)."""
    unknown_to: str | None = None
    documents: tuple[Document, ...] = ()
    bring_unless: Condition | None = None
    """When this holds, the documents of this checklist are no longer to be brought: the gesture they served is done."""
    question: Question | None = None
    place: Place | None = None
    url: str = ""
    """The official page of an ``act`` step, shown as a QR code."""
    sensitive: bool = False
    """The journal records that it was answered, never what."""
    sheet: OfficialSheet | None = None
    """The official sheet that the words of this step come from."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """By what date. Either ``on`` a fixed date, or ``days``/``months`` after the date typed at ``after``
    (or after today when ``after`` is "today")."""

    on: date | None = None
    after: str = ""
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class RoadMapLine:
    """One line that may come on the road map, when its condition holds."""

    id: str
    section: Section
    text: str
    pictogram: str
    when: Condition | None = None
    place: Place | None = None
    deadline: DeadlineRule | None = None
    late: str = ""
    """What is said instead of ``text`` when a deadline counted from a date that was typed is already past."""
    sheet: OfficialSheet | None = None
    """The official sheet that this line names: it is given as a source of the road map."""


@dataclass(frozen=True, slots=True)
class Source:
    """The official page a procedure was written from, the day of the comparison, and by when to compare again."""

    title: str
    url: str
    checked_on: date
    check_by: date
    when: Condition | None = None
    """The paper names it when this holds; :mod:`content.sources` chooses."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure (démarche) in one language, checked: every step is reachable and leads to an end."""

    id: str
    language: str
    languages: tuple[str, ...]
    theme: str
    """One of the eleven administrative themes of :data:`THEMES`."""
    pictogram: str
    title: str
    summary: str
    also: tuple[str, ...]
    """Other ways a person may ask for it."""
    start: str
    steps: Mapping[str, Step]
    road_map: Sequence[RoadMapLine]
    sources: tuple[Source, ...]
    content_hash: str
    """SHA-256 (hex) of the files it was read from."""
    official: OfficialSheet | None = None
    """The official sheet that this procedure is; None for those we wrote."""


THEMES = (
    "papiers_elections_citoyennete",
    "famille_scolarite",
    "social_sante",
    "travail_formation",
    "logement",
    "transports_mobilite",
    "argent_impots",
    "justice",
    "etrangers_europe",
    "loisirs_sports_culture",
    "associations",
)
"""Administrative themes of La Coop de la médiation numérique, in its codes."""


# What comes out at the end of a walk: content.road_map builds it from the answers.


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, to pay or to know."""

    text: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class DocumentToBring:
    """One document to bring; ``possession`` is None when nothing was said of it."""

    name: str
    pictogram: str
    possession: Possession | None
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A place to go to or to call."""

    text: str
    pictogram: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By what date something must be done."""

    text: str
    pictogram: str
    due: date


@dataclass(frozen=True, slots=True)
class RoadMap:
    """What to do, to bring, where, when, how much, by what date, whom to ask."""

    procedure: str
    title: str
    pictogram: str
    do: tuple[Task, ...]
    bring: tuple[DocumentToBring, ...]
    where: tuple[Visit, ...]
    when: tuple[Task, ...]
    cost: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    contacts: tuple[Visit, ...]
    checked_on: date
    """The oldest comparison of all its sources: its words come from several."""
    source: Source
    official: tuple[OfficialSheet, ...] = ()
    """The official sheets that its words come from, the one walked through first; none for what we wrote."""


# What is wrong with the files of a procedure.


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in the content. ``warning`` problems do not stop a procedure from being served."""

    file: str
    line: int
    code: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All procedures that may be served, and what was wrong with the others."""

    procedures: Mapping[str, Mapping[str, Procedure]]
    """Procedure id -> language -> procedure."""
    problems: tuple[Problem, ...] = ()

    def get(self, procedure: str, language: str = "fr") -> Procedure | None:
        """The procedure in ``language``, else in French, else None."""
        by_language = self.procedures.get(procedure, {})
        return by_language.get(language) or by_language.get("fr")

    def languages(self) -> tuple[str, ...]:
        """Every language in which at least one procedure is whole, French first; what is not whole is not here."""
        known = {language for by_language in self.procedures.values() for language in by_language}
        return tuple(sorted(known, key=lambda language: (language != "fr", language)))

    def titles(self, language: str = "fr") -> tuple[Procedure, ...]:
        """Every procedure in ``language`` (French where it lacks), by title, ours before the official ones."""
        found = (self.get(name, language) for name in self.procedures)
        return tuple(sorted((p for p in found if p), key=lambda p: (p.official is not None, p.title)))
