# SPDX-License-Identifier: EUPL-1.2
"""What a person, a mediator or a timer may ask of a session.

Screen, keys, voice and mediator send the same commands. A command carries its own moment: the machine
never looks at a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assist.desk.mandate_text import Part
    from assist.link.messages import MandateOffer
    from content.model import Outcome, Possession, Procedure


class Origin(StrEnum):
    """By what means the command came."""

    TOUCH = "touch"
    KEY = "key"
    VOICE = "voice"
    MEDIATOR = "mediator"
    TIMER = "timer"
    SCRIPT = "script"


class Mode(StrEnum):
    """Where the session takes place."""

    KIOSK = "kiosk"
    WALK = "walk"
    """``kiosk walk``: an author or a tester, without a screen."""
    LAB = "lab"
    """Drafts, tried by volunteers."""


class Face(StrEnum):
    """The three faces at the end, and passing over them."""

    HAPPY = "happy"
    NEUTRAL = "neutral"
    UNHAPPY = "unhappy"
    SKIPPED = "skipped"


class PrintStatus(StrEnum):
    """How a print job ended."""

    DONE = "done"
    NO_PRINTER = "no_printer"
    NO_PAPER = "no_paper"
    OFFLINE = "offline"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Acted(StrEnum):
    """What a mediator's command did at the kiosk, as the journal keeps it."""

    EXPLAIN = "explain"
    BACK = "back"
    JUMP = "jump"
    PICK = "pick"
    CONTINUE = "continue"
    CHOOSE = "choose"
    TICK = "tick"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Moment:
    """When: UTC wall time for the record, monotonic seconds for durations, the date as the place counts it."""

    wall: datetime
    monotonic: float
    today: date


@dataclass(frozen=True, slots=True)
class Begin:
    """Someone is there (first touch or key). ``session`` is a fresh random identifier."""

    session: str
    language: str = "fr"
    mode: Mode = Mode.KIOSK


@dataclass(frozen=True, slots=True)
class Pick:
    """The procedure the person wants."""

    procedure: Procedure


@dataclass(frozen=True, slots=True)
class Continue:
    """ "Suite", on a step that only says something or names a place."""


@dataclass(frozen=True, slots=True)
class Choose:
    """One card of a choose step, by id, or ``content.model.UNKNOWN``."""

    choice: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed at an ask step: never journalled. ``content.model.UNKNOWN`` where offered."""

    value: str | int | date


@dataclass(frozen=True, slots=True)
class Tick:
    """ "Je l'ai" or "Je ne l'ai pas" for the document now shown."""

    document: str
    possession: Possession


@dataclass(frozen=True, slots=True)
class Report:
    """ "C'est fait" or "Je n'y arrive pas" on an act step."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Back:
    """Give back the last answer; from the first step, return to the choice of a procedure."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say it again."""


@dataclass(frozen=True, slots=True)
class Explain:
    """Say it otherwise ("C'est quoi ?", "Je ne comprends pas")."""


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Call a mediator."""


@dataclass(frozen=True, slots=True)
class CancelHelp:
    """The person goes on alone."""


@dataclass(frozen=True, slots=True)
class MediatorJoins:
    """A mediator sees the screen from now on. ``name``: the first name, as on the badge."""

    name: str


@dataclass(frozen=True, slots=True)
class MediatorSays:
    """A short message, shown large and spoken; "" takes the former one away."""

    text: str


@dataclass(frozen=True, slots=True)
class MediatorPoints:
    """The card that glows, by the id of its option; "" for none."""

    option: str


@dataclass(frozen=True, slots=True)
class AskConsent:
    """May the mediator answer in the person's place?"""


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """ "Oui": the person alone can say it."""


@dataclass(frozen=True, slots=True)
class RefuseConsent:
    """ "Non": the person goes on answering."""


@dataclass(frozen=True, slots=True)
class TakeBackConsent:
    """The person answers herself again."""


@dataclass(frozen=True, slots=True)
class ShowAnswers:
    """The mediator may see the answers of this private step, until the next step."""


@dataclass(frozen=True, slots=True)
class HideAnswers:
    """The mediator may no longer see them."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Back to a step where the person has been; only a mediator, who sees the path, can ask for it."""

    step: str


@dataclass(frozen=True, slots=True)
class LeaveHelp:
    """The help is over: said by the person or by the mediator, or by a timer once the server cannot be reached."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The mediator leaves her place to a colleague who is not there yet."""


@dataclass(frozen=True, slots=True)
class NobodyCame:
    """No mediator took the call in time. ``ticket``: the person's number in the queue, "" for none."""

    ticket: str


@dataclass(frozen=True, slots=True)
class OfferMandate:
    """A mediator offers a mandate: the person reads ``parts``, her agreement last. It takes the place of another."""

    offer: MandateOffer
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WithdrawMandate:
    """The mediator takes the offer away."""


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """What was written is right. ``sealed``: base64, filled in by whoever has the site's key."""

    sealed: str = ""


@dataclass(frozen=True, slots=True)
class AgreeMandate:
    """ "J'accepte": asked once more before it counts."""


@dataclass(frozen=True, slots=True)
class RefuseMandate:
    """ "Je n'accepte pas", or no to the last question."""


@dataclass(frozen=True, slots=True)
class GiveMandate:
    """Yes to the last question: the person alone can say it."""


@dataclass(frozen=True, slots=True)
class StopMandate:
    """The person stops, at any moment. ``unsent``: what she agreed to has never left the kiosk."""

    unsent: bool = False


@dataclass(frozen=True, slots=True)
class MandateSettled:
    """The server has mandate ``number`` whole, or nothing of it."""

    number: str
    made: bool


@dataclass(frozen=True, slots=True)
class ReportDifficulty:
    """ "C'est difficile": bound to this procedure, step and text version."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The person needs a moment: no idle warning until Resume or the pause's own limit."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The person goes on."""


@dataclass(frozen=True, slots=True)
class AskErase:
    """ "Tout effacer" was pressed: the screen asks once before it wipes."""


@dataclass(frozen=True, slots=True)
class KeepAll:
    """No, do not erase."""


@dataclass(frozen=True, slots=True)
class EraseAll:
    """Wipe everything now and end the session."""


@dataclass(frozen=True, slots=True)
class Finish:
    """ "Finir", on the road map: go to the three faces."""


@dataclass(frozen=True, slots=True)
class Print:
    """Print the receipt; a second time it is a DUPLICATA.

    ``paper`` and ``sealed``: under what name, and as what, its copy is kept for whoever brings it back; "" for none.
    """

    paper: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class PrintSettled:
    """The printer's last word on a job."""

    status: PrintStatus


@dataclass(frozen=True, slots=True)
class Rate:
    """One of the three faces, or skipped."""

    face: Face


@dataclass(frozen=True, slots=True)
class WarnIdle:
    """Nothing was touched for a while: ask "Êtes-vous là ?"."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """Yes, still there."""


@dataclass(frozen=True, slots=True)
class TimeOut:
    """Nobody answered the warning: end and wipe."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Change the language; ``procedure`` is the current one in that language, when one is under way."""

    language: str
    procedure: Procedure | None = None


Intent = (
    Begin | Pick | Continue | Choose | Answer | Tick | Report | Back | Repeat | Explain | CallHelp | CancelHelp
    | MediatorJoins | MediatorSays | MediatorPoints | AskConsent | GiveConsent | RefuseConsent | TakeBackConsent
    | ShowAnswers | HideAnswers | Jump | LeaveHelp | HandOver | NobodyCame | OfferMandate | WithdrawMandate
    | SealIdentity | AgreeMandate | RefuseMandate | GiveMandate | StopMandate | MandateSettled | ReportDifficulty
    | Pause | Resume
    | AskErase | KeepAll | EraseAll | Finish | Print | PrintSettled | Rate | WarnIdle | StillHere | TimeOut
    | SetLanguage
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """An intent, when it came and by what means."""

    intent: Intent
    at: Moment
    origin: Origin
