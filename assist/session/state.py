# SPDX-License-Identifier: EUPL-1.2
"""Where a session stands. Everything private a person gave is in here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from assist.link.messages import Consent, HelpStage
from assist.session.commands import Face, Mode, PrintStatus
from content.model import AnswerValue, Document, Procedure, Step

if TYPE_CHECKING:
    from assist.session.commands import OfferMandate
    from assist.session.events import Ending


def _no_answers() -> Mapping[str, AnswerValue]:
    return MappingProxyType({})


class Phase(StrEnum):
    """The great moments of a session."""

    WELCOME = "welcome"
    """Nobody is there, or nobody has said so."""
    CHOOSING = "choosing"
    """Que voulez-vous faire ?"""
    WALKING = "walking"
    """On a step of a procedure; the end step shows the road map."""
    RATING = "rating"
    """The three faces."""
    OVER = "over"
    """Ended: only a new Begin counts."""


class Overlay(StrEnum):
    """What stands before the step for a moment. At most one."""

    NONE = "none"
    HELP = "help"
    CONSENT = "consent"
    """May the mediator answer in the person's place?"""
    ERASE = "erase"
    IDLE = "idle"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place the person has been: a step, and the document for a checklist ("" elsewhere)."""

    step: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """The help of this session. All of it lives in memory, and goes when the help ends."""

    stage: HelpStage = HelpStage.NONE
    consent: Consent = Consent.NONE
    mediator: str = ""
    """The mediator's first name."""
    message: str = ""
    """What the mediator wrote for the present step."""
    messages: int = 0
    """Grows with each message, so that the voice knows to speak again."""
    pointed: str = ""
    """The option that glows on the present step."""
    shown: bool = False
    """The person lets the mediator see the private answers of the present step."""
    ticket: str = ""

    @property
    def joined(self) -> bool:
        """A mediator sees the screen."""
        return self.stage is HelpStage.JOINED

    @property
    def waiting(self) -> bool:
        """The person has called, and nobody is there yet."""
        return self.stage in (HelpStage.CALLED, HelpStage.UNANSWERED)


class SigningStage(StrEnum):
    """How far the giving of a mandate has come."""

    READING = "reading"
    WRITING = "writing"
    """Who she is: one question a page, in clear until it is sealed."""
    CHECKING = "checking"
    """Is what she wrote right?"""
    AGREEING = "agreeing"
    """ "J'accepte", or not."""
    CONFIRMING = "confirming"
    """The same once more: then it counts."""
    SENT = "sent"
    """The server has not answered yet."""
    ENDED = "ended"
    """The last page tells how."""


class SigningEnd(StrEnum):
    """How it ended."""

    GIVEN = "given"
    """The server has the mandate."""
    DECLINED = "declined"
    """Refused, stopped, taken away or left: nothing was sent."""
    NOT_MADE = "not_made"
    """The server has nothing of it."""
    UNKNOWN = "unknown"
    """It was sent, and nobody waited for the answer: the mediator can see it at the server."""


IDENTITY_FIELDS = ("last_name", "first_name", "born")
"""What the person writes of herself, in this order: two texts and a date."""
_SENDABLE = (SigningStage.SENT, SigningStage.ENDED)


@dataclass(frozen=True, slots=True)
class Signing:
    """A mandate that the person is asked to give. It lies over the steps, under the overlays."""

    offered: OfferMandate
    stage: SigningStage = SigningStage.READING
    page: int = 0
    """The part of the text while she reads, the field while she writes."""
    typed: tuple[str | date, ...] = field(default=(), repr=False)
    """What she has written, in clear: empty again once it is sealed."""
    sealed: str = field(default="", repr=False)
    outcome: SigningEnd | None = None

    @property
    def open(self) -> bool:
        """Nothing was sent yet: it can still end with nothing kept."""
        return self.stage not in _SENDABLE

    @property
    def private(self) -> bool:
        """What she wrote is on the screen, or is being written."""
        return self.stage in (SigningStage.WRITING, SigningStage.CHECKING)


MOST_PAPERS = 5
"""Papers in one session: one to keep, some for a neighbour or for answers given again; not the whole tray."""


@dataclass(frozen=True, slots=True)
class SessionState:
    """All of a session. ``SessionState()`` is the welcome screen."""

    phase: Phase = Phase.WELCOME
    overlay: Overlay = Overlay.NONE
    beneath: Overlay = Overlay.NONE
    """What stood there before the idle warning, and comes back after it."""
    session: str = ""
    language: str = "fr"
    mode: Mode = Mode.KIOSK
    procedure: Procedure | None = None
    here: Crumb | None = None
    trail: tuple[Crumb, ...] = ()
    """Where the person came from, oldest first; Back takes the last one."""
    answers: Mapping[str, AnswerValue] = field(default_factory=_no_answers)
    explaining: bool = False
    repeats: int = 0
    """Grows at each Repeat, so that the voice knows to speak again."""
    help: Help = Help()
    signing: Signing | None = None
    difficulties: frozenset[tuple[str, str]] = frozenset()
    """Procedure and step already reported as difficult in this session; ("", "") is the choice of a procedure."""
    prints: int = 0
    """Papers of the present road map: none as soon as an answer may have changed."""
    papers: int = 0
    """All those of the session."""
    printing: bool = False
    print_status: PrintStatus | None = None
    face: Face | None = None
    ending: Ending | None = None
    started_at: float = 0.0
    """Monotonic seconds."""
    today: date = date.min
    """The date on which the session began."""

    @property
    def may_print(self) -> bool:
        """Whether one more paper is offered; past :data:`MOST_PAPERS`, a person at the counter is asked."""
        return self.papers < MOST_PAPERS

    @property
    def step(self) -> Step | None:
        """The step now shown, if any."""
        if self.procedure is None or self.here is None:
            return None
        return self.procedure.steps[self.here.step]

    @property
    def document(self) -> Document | None:
        """The document now shown, on a checklist."""
        if self.step is None or self.here is None:
            return None
        return next((d for d in self.step.documents if d.id == self.here.document), None)

    @property
    def difficulty_noted(self) -> bool:
        """Whether the person has already said that this place is difficult."""
        return (self.procedure.id if self.procedure else "", self.here.step if self.here else "") in self.difficulties
