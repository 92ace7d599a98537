# SPDX-License-Identifier: EUPL-1.2
"""What stands before a step for a moment. Help, erase, pause, faces and goodbye play as steps do; one listens
differently: "Êtes-vous là ?"."""

from __future__ import annotations

from assist.session.commands import StillHere
from kiosk.screens.step import StepScene


class IdleScene(StepScene):
    """ "Êtes-vous là ?": any key and any touch mean yes."""

    def typed(self, key: str, character: str | None) -> bool:
        if key in ("enter", "tab", "left", "right", "up", "down") or (character and character.isdigit()):
            return False  # These choose among the answers, which all mean that somebody is there.
        self.stage.act(StillHere())
        return True
