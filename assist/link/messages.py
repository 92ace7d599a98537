# SPDX-License-Identifier: EUPL-1.2
"""The messages between a kiosk and the server of its site, in both directions.

The kiosk speaks first (:class:`Hello`); the server answers with :class:`Welcome`, which says what it holds already: the
kiosk's journal is the outbox, and everything after that row is sent again. Nothing else needs to be remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PROTOCOL = 1
"""Grows with a change that an older side could not read. Neighbours within two of each other speak together."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a kiosk's journal, whole, as it is chained (:mod:`assist.journal.chain`). Digests are hexadecimal."""

    seq: int
    id: str
    kiosk: str
    boot: int
    session: str
    time: str
    type: str
    payload: str | None
    """Canonical JSON; None once its retention is over."""
    salt: str | None
    commitment: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint of a kiosk's journal (:mod:`assist.journal.checkpoints`). Digests are hexadecimal."""

    number: int
    seq: int
    hash: str
    boot: int
    time: str
    kind: str
    signature: str


class Consent(StrEnum):
    """Whether the mediator may answer in the person's place."""

    NONE = "none"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class HelpStage(StrEnum):
    """How far the help of this session has come."""

    NONE = "none"
    CALLED = "called"
    UNANSWERED = "unanswered"
    """Nobody came in time: the person was told whom to ask, and may have a ticket."""
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class SeenOption:
    """A card the person sees. ``pressable`` is false for what is never pressed in her place (printing, ending)."""

    id: str
    label: str
    pictogram: str
    pressable: bool = True


@dataclass(frozen=True, slots=True)
class PathPlace:
    """A step the person has been at, oldest first in ``Seen.path``."""

    step: str
    title: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person sees now, for the mediator beside her. Never what she typed, unless she shows it.

    ``key`` changes with each new moment: an :class:`Order` names the one it was made for.
    """

    session: str
    key: str
    kind: str
    """A ``kiosk.view.ViewKind``."""
    language: str
    modes: tuple[str, ...] = ()
    """How the person uses the kiosk: "no_screen", "no_sound", "large", "slow", "scanning"."""
    procedure: str = ""
    procedure_title: str = ""
    content_hash: str = ""
    step: str = ""
    heading: str = ""
    title: str = ""
    sentences: tuple[str, ...] = ()
    options: tuple[SeenOption, ...] = ()
    lines: tuple[str, ...] = ()
    """The card of a document or a place, and the rows of the road map."""
    pictogram: str = ""
    done: int = 0
    total: int = 0
    notice: str = ""
    hidden: bool = False
    """The answers here are private, and the person has not shown them: ``options`` cannot be pressed."""
    path: tuple[PathPlace, ...] = ()
    asks_next: tuple[str, ...] = ()
    """Titles of the steps that may follow."""
    difficulties: tuple[str, ...] = ()
    """Steps the person has said are difficult."""
    help: HelpStage = HelpStage.NONE
    consent: Consent = Consent.NONE
    message: str = ""
    """What the mediator wrote last, as the person reads it."""
    pointed: str = ""
    """The option that glows."""


class Act(StrEnum):
    """What a mediator does at a kiosk."""

    JOIN = "join"
    """``value`` is the first name, as on the badge: shown, never journalled."""
    SAY = "say"
    """``value`` is a short message: shown large and spoken, never journalled."""
    POINT = "point"
    """``value`` is the option that glows; "" to stop."""
    EXPLAIN = "explain"
    BACK = "back"
    JUMP = "jump"
    """``value`` is a step of ``Seen.path``."""
    ASK_CONSENT = "ask_consent"
    PRESS = "press"
    """``value`` is the option pressed in the person's place: refused without her consent."""
    LEAVE = "leave"
    HAND_OVER = "hand_over"
    """A colleague will come: the person waits again, and whoever was there sees and does nothing more."""
    UNANSWERED = "unanswered"
    """Nobody came (sent by the server itself). ``value`` is the ticket's number, "" for none."""
    MANDATE = "mandate"
    """``Order.offer`` is shown for the person to give; without one, what was offered is taken away."""


@dataclass(frozen=True, slots=True)
class MandateOffer:
    """A mandate that the person may give at the kiosk, in the codes of :mod:`assist.desk.mandates`."""

    number: str
    """The mandate's, once it is given."""
    text: str
    """SHA-256 of the text, in hexadecimal: the kiosk shows its own copy of it, or refuses."""
    mediator: str
    """First name, as on the badge."""
    site: str
    domains: tuple[str, ...]
    duration: str
    until: str
    """Its end, in words."""
    contact: tuple[str, ...] = ()
    seal_key: str = ""
    """What seals for the site, 32 bytes in hexadecimal: what it sealed, the kiosk cannot read back."""


@dataclass(frozen=True, slots=True)
class Order:
    """One act of a mediator, or of the server, at one session. ``id`` makes it happen once."""

    id: str
    session: str
    act: Act
    value: str = ""
    key: str = ""
    """The moment it was made for: POINT, PRESS, JUMP and BACK are refused when the person sees another."""
    offer: MandateOffer | None = None
    """For MANDATE."""


# From the kiosk


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message. The device key travels in the request's header, never here."""

    protocol: int
    version: str
    kiosk: str
    journal: str
    """Identifier of the journal's file: another file under the same name is another history."""
    public_key: str
    """Hexadecimal Ed25519 key that signs the journal's checkpoints."""
    languages: tuple[str, ...] = ()
    time: str = ""
    """The kiosk's clock now (ISO 8601, UTC): the server learns how far it is from its own."""
    run: str = ""
    """Random, one for each start: of two that take turns under one name, the server knows that they are two."""
    proof: str = ""
    """Hexadecimal signature by ``public_key`` (:mod:`assist.link.proof`): the journal may go on under another name."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The next rows of the journal, without a gap, at most 500."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The next checkpoints of the journal, at most 500, whose rows were sent before. Sent to who asks for them only
    (``Welcome.checkpoint``)."""

    checkpoints: tuple[SignedCheckpoint, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What is on the screen; None when nobody is there, or when nobody has called for help."""

    seen: Seen | None


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to an order. ``why`` is a French sentence for the mediator when it was refused."""

    order: str
    done: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How the kiosk itself is: sent when it connects, when it changes, and every ten minutes. A server of before this
    message leaves it out.
    """

    printer: str
    """"ready", "none" (on purpose), or why nothing can be printed, as a ``printouts.model.JobState``."""
    disk_free: int = -1
    """Megabytes left where the journal is, rounded down; -1 when it is not known."""
    time: str = ""
    """The kiosk's clock now, as in :class:`Hello`."""
    said: str = ""
    """What is wrong with the printer and how to mend it, in French, for a technician."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The person gives the mandate that was offered to her. Sent again until :class:`Settled` comes: the number makes
    it one mandate, however often it comes. When she gave it is the server's to say: no other clock counts for mandates.
    """

    number: str
    session: str
    text: str
    """SHA-256 of the text that she read."""
    domains: tuple[str, ...]
    duration: str
    sealed: str
    """Who she is, sealed for the site's key: base64."""


# From the server


@dataclass(frozen=True, slots=True)
class Held:
    """A history of this journal that the server holds ends with row ``seq``, whose hash is ``hash``."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The server is there, and holds the journal up to row ``kept`` (0: nothing)."""

    protocol: int
    version: str
    site: str
    kept: int
    held: tuple[Held, ...] = ()
    """The end of the journal, then of histories set apart: the kiosk goes on after the longest that is its own."""
    checkpoint: int = -1
    """The last checkpoint that is held (0: none); -1 from a server that keeps none."""
    checkpoint_signature: str = ""
    """Its signature: a kiosk whose own is another sends all of its own again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows up to ``seq`` are durable at the server."""

    seq: int


@dataclass(frozen=True, slots=True)
class Countersigned:
    """Checkpoints up to ``number`` are durable at the server."""

    number: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """The rows after ``kept`` do not continue the history that the server holds: set apart, and told to a manager."""

    kept: int
    why: str
    seq: int = 0
    """Rows up to this one are durable, set apart."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is at the desk now. With ``people`` 0 nobody would come: the kiosk says whom to ask in the room."""

    people: int
    wait_minutes: int = 0
    """An honest estimate from the calls of the last hours; 0 when there are too few to tell."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an agreement: the server has the mandate whole, or has nothing of it."""

    number: str
    made: bool
    why: str = ""
    """A French sentence for the mediator when it was not made."""


FromKiosk = Hello | Rows | Signed | Now | Done | Agreement | Health
FromServer = Welcome | Kept | Countersigned | Quarantined | Desk | Order | Settled
