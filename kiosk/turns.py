# SPDX-License-Identifier: EUPL-1.2
"""How quickly turns follow one another between the voice and the ear, and what the ear needs of the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from accessibility.comfort import Comfort
from kiosk.speaking import Voice


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly turns follow one another, in seconds."""

    after_touch: float = 1.0
    """From the last touch or key to the opening of the ear."""
    after_voice: float = 0.2
    """The room falls silent after the voice."""
    retry: float = 4.0
    """Between two tries of a microphone that has gone."""
    patience: float = 12.0
    """How long the open ear waits for speech before it opens anew."""
    message: float = 5.0
    """How long a passing sentence of the ear stays on the screen."""
    settle: float = 0.3
    """An act brings its new page: the ear does not open for the old one."""
    rest: float = 2.0
    """Once two failures have followed each other, the ear rests between turns; it goes on, and does not nag."""


class Host(Protocol):
    """What the ear needs of the conversation."""

    @property
    def comfort(self) -> Comfort: ...

    @property
    def language(self) -> str: ...

    @property
    def voice(self) -> Voice:
        """The conversation's voice."""
        ...

    @property
    def shy(self) -> bool:
        """True while nobody has shown that she is there: what passers-by say is not answered."""
        ...

    def somebody(self) -> None:
        """Somebody touched, or was understood: she is there."""
        ...

    def speech_heard(self) -> None:
        """Somebody speaks, and it may not be to the kiosk."""
        ...

    async def answered_by_any_word(self) -> bool:
        """True when the question that stands is answered by any word at all ("Êtes-vous là ?"); it is then. Not for
        ever: what nobody understands may be the talk of who passes by."""
        ...

    def say_of_ear(self, sentence: str, *, again: bool = False) -> None:
        """Say a passing sentence; ``again``: and the choices after it."""
        ...

    def say_back(self, label: str) -> None:
        """Say what was understood, before whatever it leads to."""
        ...

    def device_failed(self, device: str, reason: str) -> None:
        """The ear has stopped hearing: for the journal, once an outage."""
        ...
