# SPDX-License-Identifier: EUPL-1.2
"""What silence means, and when. Pure: the seconds come from whoever counts them."""

from __future__ import annotations

from enum import Enum

from assist.session.state import Overlay, Phase, SessionState
from kiosk.config import SessionSettings


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
        seconds: Since anything was touched, said or heard.
        times: The kiosk's times.
        patience: By how much the person has every delay multiplied.
        met: On the welcome: somebody was greeted, or has changed a setting.
    """
    seconds /= patience
    if state.phase is Phase.OVER:
        return Due.NOTHING
    if state.phase is Phase.WELCOME:
        return Due.LEFT_THE_WELCOME if met and seconds > times.idle_seconds else Due.NOTHING
    if state.overlay is Overlay.IDLE:
        return Due.END if seconds > times.answer_seconds else Due.NOTHING
    allowed = times.pause_minutes * 60 if state.overlay is Overlay.PAUSE else times.idle_seconds
    return Due.WARNING if seconds > allowed else Due.NOTHING
