# SPDX-License-Identifier: EUPL-1.2
"""Whether somebody is there, what silence means, and when. Pure: the seconds come from whoever counts them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from assist.session.signing import not_hurried
from assist.session.state import Overlay, Phase, SessionState
from kiosk.config import SessionSettings

HELD_SECONDS = 15.0
"""How long who speaks is not interrupted: longer than any answer."""
MOST_WORDS = 2
"""Times in a row that a word which nobody understood means "I am here"."""


class Presence:
    """Since when nobody has been there, as far as one can tell.

    Who touches or is understood is there. Who merely speaks may be talking to somebody else while the person who came
    has gone: it holds the clock once, and answers "Êtes-vous là ?" a few times, until somebody is certain again.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """``now`` gives monotonic seconds."""
        self._now = now
        self._since = 0.0
        self._held: float | None = None
        """When the speech began that holds the clock."""
        self._words = 0

    @property
    def silence(self) -> float:
        """Seconds since there was somebody."""
        return self._now() - self._since

    def certain(self) -> None:
        """Somebody touched, or was understood."""
        self.asked()
        self._words = 0

    def asked(self) -> None:
        """The kiosk asks whether there is somebody: the time to answer begins."""
        self._since, self._held = self._now(), None

    def listening(self) -> None:
        """The voice reads a page: nobody can be asked to answer yet."""
        self._since = self._now()

    def speech(self, patience: int) -> None:
        """Speech is heard. The clock waits for its end, for as long as one says something to a kiosk."""
        now = self._now()
        if self._held is None:
            self._held = now
        self._since = max(self._since, min(now, self._held + HELD_SECONDS * patience))

    def word(self) -> bool:
        """A word that was not understood, at "Êtes-vous là ?". True when it counts as yes."""
        if self._words >= MOST_WORDS:
            return False
        self._words += 1
        self.asked()
        return True


class Due(Enum):
    """What a long silence asks for."""

    NOTHING = "nothing"
    LEFT_THE_WELCOME = "left the welcome"
    """Somebody touched the welcome and went away: the next person finds it fresh."""
    WARNING = "warning"
    """ "Êtes-vous là ?"."""
    END = "end"
    """Nobody answered: everything is wiped."""


def due(state: SessionState, seconds: float, times: SessionSettings, *, patience: int, met: bool) -> Due:
    """What is due after ``seconds`` of silence.

    Args:
        state: Where the session stands.
        seconds: Since there was somebody (:class:`Presence`).
        times: The kiosk's times.
        patience: By how much the person has every delay multiplied.
        met: On the welcome: somebody was greeted, or has changed a setting.
    """
    seconds /= patience
    if state.phase is Phase.OVER or not_hurried(state):
        return Due.NOTHING
    if state.phase is Phase.WELCOME:
        return Due.LEFT_THE_WELCOME if met and seconds > times.idle_seconds else Due.NOTHING
    if state.overlay is Overlay.IDLE:
        return Due.END if seconds > times.answer_seconds else Due.NOTHING
    allowed = times.pause_minutes * 60 if state.overlay is Overlay.PAUSE else times.idle_seconds
    return Due.WARNING if seconds > allowed else Due.NOTHING
