# SPDX-License-Identifier: EUPL-1.2
"""The ports of the listening ear. Outcomes are values; exceptions are bugs. What was said is never written down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that may be said now: ``id`` and every way of saying it, the label on the screen first."""

    id: str
    ways: tuple[str, ...]


class Expected(StrEnum):
    """What else than a phrase is waited for."""

    NOTHING = "nothing"
    NUMBER = "number"
    """A whole number: "quarante-deux", "4 2"."""
    DATE = "date"
    """A day: "le trois mars deux mille vingt-six"."""
    REQUEST = "request"
    """A sentence that says what the person came for: its text is handed over for a search, then dropped."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that may be said now. The first phrases are the screen's own, the always-present commands follow."""

    phrases: tuple[Phrase, ...]
    language: str = "fr"
    expected: Expected = Expected.NOTHING
    own: int = 0
    """How many of the first phrases are the screen's own. An engine that is told the words is told these alone first:
    among many others, "oui" is lost."""


class Certainty(StrEnum):
    """How sure the ear is."""

    CLEAR = "clear"
    """Done at once, said back."""
    UNSURE = "unsure"
    """Asked: "Vous avez dit … ?"."""
    REJECTED = "rejected"
    """Nothing that can be said now."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase was recognised, clearly or not; or, where it was expected, a number, a date or a request.

    ``phrase`` is "" for the latter: ``value`` then holds the digits, the ISO date or the sentence. ``text`` is what
    was heard, for the screen of this moment only. ``seconds`` run from the end of speech to this answer. ``others`` are
    what a request may be instead of ``value``, the likeliest first.
    """

    phrase: str
    certainty: Certainty
    text: str = ""
    value: str = ""
    seconds: float = 0.0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody spoke before the time ran out, or listening was cancelled."""

    cancelled: bool = False


class Muddle(StrEnum):
    """Why something was heard and not understood."""

    OTHER_WORDS = "other_words"
    """Speech, but nothing that can be said now."""
    NOISE = "noise"
    """It is too loud around to understand anybody."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something was said, or is loud, and nothing can be made of it."""

    why: Muddle = Muddle.OTHER_WORDS
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No ear now. ``part`` is "microphone", "model" or "engine"; ``why`` is for the technician."""

    part: str
    why: str = ""


Hearing = Heard | Silence | NotUnderstood | Unavailable


@dataclass(frozen=True, slots=True)
class Sign:
    """What the screen shows while the ear is open, about ten times a second.

    ``level`` is the loudness, 0 to 1; ``partial`` what a streaming engine has so far; ``speech`` True while a voice is
    heard; ``thinking`` True once the person has finished and the answer is being worked out.
    """

    level: float
    partial: str = ""
    speech: bool = False
    thinking: bool = False


class Listener(Protocol):
    """The ear. :meth:`listen` is called from a worker thread, one call at a time; the rest from any thread."""

    @property
    def engine(self) -> str:
        """ "vosk", "whisper" or "none": which engine listens now."""
        ...

    @property
    def available(self) -> bool:
        """False when it is known that nothing can be heard: no model, no engine. A microphone may come back."""
        ...

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        """Open the microphone and wait for one answer, at most ``patience`` seconds for speech to begin.

        Returns within 0.3 s of ``cancel``, within 2 s when there is no microphone or it is unplugged, and always.
        ``sign`` is called from another thread and must return at once.
        """
        ...

    def prepare(self) -> None:
        """Load the model now, so that the first answer does not wait. Returns at once."""
        ...

    def forget(self) -> None:
        """Drop every trace of what was said, down to the memory of the process behind it: the session has ended."""
        ...

    def close(self) -> None:
        """End every thread and process."""
        ...
