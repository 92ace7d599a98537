# SPDX-License-Identifier: EUPL-1.2
"""What a person meets at one moment: painted by the screen, read by the voice, shown at the desk.

:mod:`kiosk.presenter` makes it from the state; it holds everything the three renderings need, and no logic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assist.session.commands import Intent
    from content.model import Question, RoadMap


class ViewKind(StrEnum):
    """Which screen paints this view."""

    WELCOME = "welcome"
    THEMES = "themes"
    SAY = "say"
    CHOOSE = "choose"
    CHECKLIST = "checklist"
    ASK = "ask"
    PLACE = "place"
    ACT = "act"
    ROAD_MAP = "road_map"
    RATE = "rate"
    GOODBYE = "goodbye"
    HELP = "help"
    CONSENT = "consent"
    """May the mediator answer in the person's place?"""
    MANDATE = "mandate"
    """A page of a mandate: its text, the agreement, what became of it."""
    IDENTITY = "identity"
    """Who gives the mandate: typed as an answer is, and never shown at the desk."""
    ERASE = "erase"
    IDLE = "idle"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing the person can touch, press (1 to 9, in their order) or say."""

    id: str
    label: str
    pictogram: str
    intent: Intent
    also: tuple[str, ...] = ()
    """Other ways of saying it aloud."""
    said: str = ""
    """The whole of it, where the label is only its beginning: what is read."""
    theme: str = ""
    """On THEMES: the theme this procedure belongs to; "" for what is offered beside the themes."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a few words ask for: up to three procedures, or a person, or nothing that the kiosk does."""

    options: tuple[Option, ...] = ()
    reason: str = ""
    """Why the first of them is proposed; who to call at once, where a person is needed for that."""
    someone: bool = False
    """A person is asked for."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A family of procedures, on the screen "Que voulez-vous faire ?"."""

    id: str
    label: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class Tool:
    """One of the five controls that never move. ``intent`` None means that it rests now (shown, not usable)."""

    id: str
    label: str
    symbol: str
    intent: Intent | None


@dataclass(frozen=True, slots=True)
class Card:
    """A document or a place, shown large with its details."""

    name: str
    pictogram: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    url: str = ""
    """Shown as a QR code and in letters."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the road map: its name, its pictogram, its lines."""

    id: str
    title: str
    pictogram: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence for the voice, as it is written, and where it stands on the screen.

    ``about`` is "title", "notice", "sentence:0", "option:<id>", "theme:<id>", "card", "row:<id>", "row:<id>:0"; "" when
    it stands nowhere. ``language`` "" is the view's own.
    """

    text: str
    about: str = ""
    language: str = ""
    private: bool = False
    """It tells what the person gave: its sound is not kept, and none that is there is dated."""


class EarState(StrEnum):
    """What the sign of the ear says."""

    OFF = "off"
    """The kiosk does not listen: nothing is shown."""
    RESTING = "resting"
    """It will listen when the voice has finished."""
    LISTENING = "listening"
    THINKING = "thinking"
    DEAF = "deaf"
    """No microphone, or nothing can be understood here: the screen and the keys do everything."""


@dataclass(frozen=True, slots=True)
class EarSign:
    """The sign of the ear: "Je vous écoute", its level (0 to 1), the words so far, and a passing sentence."""

    state: EarState = EarState.OFF
    level: float = 0.0
    partial: str = ""
    message: str = ""
    """ "Je n'ai pas compris.", "Je n'entends plus le micro.": shown and spoken, never an error."""


@dataclass(frozen=True, slots=True)
class SpokenPlace:
    """The word that is heard now: signs ``start`` to ``end`` of the sentence ``text``, at ``about`` (:class:`Said`)."""

    about: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One screen."""

    kind: ViewKind
    key: str
    """Changes exactly when the person meets something new: a new painting and a new speech."""
    heading: str
    """Where I am: the procedure's title, or the name of the moment."""
    heading_pictogram: str
    done: int
    """Steps behind; with ``total`` the dots of progress. ``total`` 0 shows none, and below 0 nobody knows it."""
    total: int
    title: str
    sentences: tuple[str, ...]
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    pictogram: str = ""
    card: Card | None = None
    themes: tuple[Theme, ...] = ()
    """On THEMES: the themes that have a procedure; ``options`` then holds every procedure."""
    question: Question | None = None
    """For ASK: the keypad or keyboard sends an Answer."""
    rows: tuple[Row, ...] = ()
    details: tuple[Row, ...] = ()
    """On ROAD_MAP: what the paper says besides, shown and read when it is asked for."""
    details_speech: tuple[Said, ...] = ()
    """``details`` for the voice: :attr:`speech` has none of it."""
    road_map: RoadMap | None = None
    today: date | None = None
    credit: str = ""
    """Where official words come from: shown under them on every screen, not read."""
    visit: int = 0
    """Grows with each person: what is alike for two of them is not the same moment."""
    notice: str = ""
    """A passing word: "C'est noté, merci." or how the printing goes. Spoken when it appears."""
    waiting: str = ""
    """What a call for help has come to, while nobody is there yet: beside the passing word, spoken as it is."""
    band: str = ""
    """While a mediator is there: who sees this screen. Over the header, and spoken when it appears."""
    helping: tuple[Option, ...] = ()
    """What may be pressed beside the band (the first) and said at any time (all of them) while a mediator is there."""
    pointed: str = ""
    """The option that glows; ``pointed_tag`` is written on its card, ``pointed_said`` is said."""
    pointed_tag: str = ""
    pointed_said: str = ""
    sensitive: bool = False
    """What is answered here is never said aloud."""
    speech: tuple[Said, ...] = ()
    """What the voice reads, a sentence an item."""
    entry: str = ""
    """The option where the keys are when a page comes, if it is not the first."""
    language: str = "fr"
    languages: tuple[str, ...] = ()
    """Those that may be asked for (:data:`kiosk.words.LANGUAGES`), the present one among them; none: no choice."""

    @property
    def notices(self) -> str:
        """All that stands above the tools: neither hides the other."""
        return " ".join(filter(None, (self.notice, self.waiting)))

    @property
    def personal(self) -> bool:
        """True when what is read holds a day computed from what was typed: it must leave no sound behind."""
        return self.road_map is not None and bool(self.road_map.deadlines)
