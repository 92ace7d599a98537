# SPDX-License-Identifier: EUPL-1.2
"""What stands before a step for a moment, and the two ends: mediator on the way, erase, are you there, pause,
the three faces, goodbye. Each is a step with its own look."""

from __future__ import annotations

from dataclasses import replace

from assist.session.commands import StillHere
from kiosk.screens.items import Button, Tone
from kiosk.screens.step import StepScene
from kiosk.view import StepView


class HelpScene(StepScene):
    """A mediator is on the way: in a band of another colour."""


class EraseScene(StepScene):
    """Asked once before everything is wiped."""


class IdleScene(StepScene):
    """ "Êtes-vous là ?": any key and any touch mean yes."""

    def typed(self, key: str, character: str | None) -> bool:
        if key in ("enter", "tab", "left", "right", "up", "down") or (character and character.isdigit()):
            return False  # These choose among the answers, which all mean that somebody is there.
        self.stage.act(StillHere())
        return True


class PauseScene(StepScene):
    """The person needs a moment."""


class RateScene(StepScene):
    """Three faces, and passing over them."""


class GoodbyeScene(StepScene):
    """Everything is wiped; nothing to press."""

    def buttons(self, view: StepView) -> list[Button]:
        return [replace(button, tone=Tone.MAIN) for button in super().buttons(view)]
