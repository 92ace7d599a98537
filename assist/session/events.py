# SPDX-License-Identifier: EUPL-1.2
"""What happened: one dataclass an event type, with its label, its privacy class and its retention.

Fields marked ``in_memory()`` never leave the process: the journal's serialiser leaves them out. The catalogue
``docs/evenements.md`` is generated from here: anonymous by default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assist.session.commands import Acted, Face, Mode, Origin, PrintStatus
from assist.session.declaration import EVENT_TYPES as EVENT_TYPES
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS as TECHNICAL_JOURNAL_DAYS
from assist.session.declaration import Event, Privacy, event, in_memory
from assist.session.declaration import journalled_fields as journalled_fields
from content.model import Outcome, Possession, Procedure

# The machine


@event("kiosk.started", "La borne a démarré", Privacy.TECHNICAL)
@dataclass(frozen=True, slots=True)
class KioskStarted(Event):
    version: str


@event("kiosk.stopped", "La borne s'est arrêtée", Privacy.TECHNICAL)
@dataclass(frozen=True, slots=True)
class KioskStopped(Event):
    pass


@event("journal.set_aside", "Un journal endommagé a été mis de côté", Privacy.TECHNICAL)
@dataclass(frozen=True, slots=True)
class JournalSetAside(Event):
    reason: str
    file: str


@event("device.failed", "Un appareil ne répond pas", Privacy.TECHNICAL)
@dataclass(frozen=True, slots=True)
class DeviceFailed(Event):
    device: str
    reason: str


# The session


@event("session.started", "Une personne commence")
@dataclass(frozen=True, slots=True)
class SessionStarted(Event):
    session: str
    language: str
    mode: Mode
    origin: Origin
    today: date = in_memory()
    monotonic: float = in_memory()


@event("session.language_changed", "La langue change")
@dataclass(frozen=True, slots=True)
class LanguageChanged(Event):
    language: str
    procedure: Procedure | None = in_memory()


@event("procedure.picked", "La personne choisit une démarche")
@dataclass(frozen=True, slots=True)
class ProcedurePicked(Event):
    procedure: str
    content_hash: str
    content: Procedure = in_memory()


@event("step.shown", "Une étape est montrée")
@dataclass(frozen=True, slots=True)
class StepShown(Event):
    step: str
    recorded: str
    """The document asked for, on a checklist; "" elsewhere, and when its name would tell a sensitive answer."""
    document: str = in_memory()


@event("step.continued", "La personne passe à la suite")
@dataclass(frozen=True, slots=True)
class StepContinued(Event):
    step: str


@event("step.chosen", "La personne choisit une réponse")
@dataclass(frozen=True, slots=True)
class ChoiceMade(Event):
    step: str
    recorded: str
    """The choice id, or "" when the step is sensitive."""
    choice: str = in_memory()


@event("step.answered", "La personne répond à une question")
@dataclass(frozen=True, slots=True)
class AnswerGiven(Event):
    step: str
    value: str | int | date = in_memory()


@event("step.ticked", "La personne dit si elle a une pièce")
@dataclass(frozen=True, slots=True)
class DocumentTicked(Event):
    step: str
    recorded: str
    """The document; "" when its name would tell a sensitive answer."""
    recorded_possession: str
    """The possession; "" when the step is sensitive, or the document is not named."""
    document: str = in_memory()
    possession: Possession = in_memory()


@event("step.reported", "La personne dit si un geste est fait")
@dataclass(frozen=True, slots=True)
class OutcomeReported(Event):
    step: str
    outcome: Outcome


@event("step.back", "La personne revient en arrière")
@dataclass(frozen=True, slots=True)
class WentBack(Event):
    step: str
    """The step that was left, or "" on the choice of a procedure."""


@event("step.repeated", "La personne fait répéter")
@dataclass(frozen=True, slots=True)
class Repeated(Event):
    step: str


@event("step.explained", "La personne demande une explication")
@dataclass(frozen=True, slots=True)
class Explained(Event):
    step: str


@event("step.difficulty", "La personne signale une difficulté")
@dataclass(frozen=True, slots=True)
class DifficultyReported(Event):
    procedure: str
    step: str
    content_hash: str


@event("help.called", "La personne appelle un médiateur")
@dataclass(frozen=True, slots=True)
class HelpCalled(Event):
    step: str


@event("help.awaited", "La personne continue en attendant le médiateur")
@dataclass(frozen=True, slots=True)
class HelpAwaited(Event):
    step: str


@event("help.cancelled", "La personne continue seule")
@dataclass(frozen=True, slots=True)
class HelpCancelled(Event):
    step: str


# A mediator helps: what the mediator's own commands make happen follows a help.acted


@event("help.unanswered", "Personne n'est venu à temps")
@dataclass(frozen=True, slots=True)
class HelpUnanswered(Event):
    step: str
    ticket: str = in_memory()


@event("help.joined", "Un médiateur rejoint la personne")
@dataclass(frozen=True, slots=True)
class HelpJoined(Event):
    step: str
    mediator: str = in_memory()


@event("help.said", "Le médiateur écrit un message")
@dataclass(frozen=True, slots=True)
class HelpSaid(Event):
    step: str
    text: str = in_memory()


@event("help.pointed", "Le médiateur montre une réponse")
@dataclass(frozen=True, slots=True)
class HelpPointed(Event):
    step: str
    option: str = in_memory()


@event("help.acted", "Le médiateur agit sur la borne")
@dataclass(frozen=True, slots=True)
class HelpActed(Event):
    step: str
    act: Acted


@event("help.consent_asked", "Le médiateur demande à répondre pour la personne")
@dataclass(frozen=True, slots=True)
class ConsentAsked(Event):
    step: str


@event("help.consent_given", "La personne accepte qu'il réponde pour elle")
@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    step: str


@event("help.consent_refused", "La personne refuse qu'il réponde pour elle")
@dataclass(frozen=True, slots=True)
class ConsentRefused(Event):
    step: str


@event("help.consent_taken_back", "La personne reprend son accord")
@dataclass(frozen=True, slots=True)
class ConsentTakenBack(Event):
    step: str


@event("help.answers_shown", "La personne montre ses réponses au médiateur")
@dataclass(frozen=True, slots=True)
class AnswersShown(Event):
    step: str


@event("help.answers_hidden", "La personne cache ses réponses")
@dataclass(frozen=True, slots=True)
class AnswersHidden(Event):
    step: str


@event("help.opened", "La personne ouvre la page de l'aide")
@dataclass(frozen=True, slots=True)
class HelpOpened(Event):
    step: str


@event("help.closed", "La personne ferme la page de l'aide")
@dataclass(frozen=True, slots=True)
class HelpClosed(Event):
    step: str


@event("help.ended", "L'aide est finie")
@dataclass(frozen=True, slots=True)
class HelpEnded(Event):
    step: str
    by: Origin
    """"mediator": the mediator left; "timer": the server could no longer be reached; else, the person ended it."""


@event("help.handed", "Le médiateur laisse sa place à un collègue")
@dataclass(frozen=True, slots=True)
class HelpHanded(Event):
    step: str


@event("session.paused", "La personne fait une pause")
@dataclass(frozen=True, slots=True)
class Paused(Event):
    step: str


@event("session.resumed", "La personne reprend")
@dataclass(frozen=True, slots=True)
class Resumed(Event):
    step: str


@event("session.erase_asked", "La personne touche « Tout effacer »")
@dataclass(frozen=True, slots=True)
class EraseAsked(Event):
    step: str


@event("session.erase_declined", "La personne garde ses réponses")
@dataclass(frozen=True, slots=True)
class EraseDeclined(Event):
    step: str


@event("session.idle_warned", "La borne demande si la personne est là")
@dataclass(frozen=True, slots=True)
class IdleWarned(Event):
    step: str


@event("session.still_here", "La personne est encore là")
@dataclass(frozen=True, slots=True)
class StillThere(Event):
    step: str


@event("roadmap.finished", "La personne a lu sa feuille de route")
@dataclass(frozen=True, slots=True)
class RoadMapFinished(Event):
    step: str


@event("receipt.requested", "La personne demande le papier")
@dataclass(frozen=True, slots=True)
class PrintRequested(Event):
    duplicate: bool
    paper: str = ""
    """Made from the number on the paper, which it does not tell; "" when the paper cannot be brought back."""
    sealed: str = ""
    """What the paper says, by identifiers, in a form that only its number opens (ADR 0134)."""


@event("receipt.settled", "L'impression est terminée ou a échoué")
@dataclass(frozen=True, slots=True)
class PrintEnded(Event):
    status: PrintStatus


@event("session.rated", "La personne donne son avis")
@dataclass(frozen=True, slots=True)
class Rated(Event):
    face: Face


class Ending(StrEnum):
    """How a session ended."""

    DONE = "done"
    ABANDONED = "abandoned"
    ERASED = "erased"
    INTERRUPTED = "interrupted"
    """Power cut or crash: found at the next start."""


@event("session.ended", "La session est finie")
@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    ending: Ending
    duration: str
    """Coarse: "<2", "2-5", "5-15", "15-30" or ">30" minutes; "" when unknown."""


from assist.session.signing_events import IdentitySealed as IdentitySealed  # noqa: E402 - after the others, in their order
from assist.session.signing_events import IdentityWritten as IdentityWritten  # noqa: E402
from assist.session.signing_events import MandateAgreed as MandateAgreed  # noqa: E402
from assist.session.signing_events import MandateClosed as MandateClosed  # noqa: E402
from assist.session.signing_events import MandateEnded as MandateEnded  # noqa: E402
from assist.session.signing_events import MandateOffered as MandateOffered  # noqa: E402
from assist.session.signing_events import MandateTurned as MandateTurned  # noqa: E402
