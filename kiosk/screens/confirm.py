# SPDX-License-Identifier: EUPL-1.2
""" "Vous avez dit … ?": what was heard and is not sure, or cannot be undone, or is a number or a date."""

from __future__ import annotations

from dataclasses import replace

from kiosk.screens.items import Action, Button, Confirm, Page, Refuse
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.screens.scene import Scene, Stage
from kiosk.view import Said
from kiosk.words.hearing import hearing_words_in


class ConfirmScene(Scene):
    """Oui or Non, by touch, key or voice. Nothing is done before.

    Args:
        stage: The frame.
        label: What was understood, as it is shown.
        action: What yes does.
        value: True for what the person gave (a number, a date, a text): it is shown, and said to her alone.
    """

    def __init__(self, stage: Stage, label: str, action: Action, *, value: bool = False) -> None:
        super().__init__(stage)
        self.label = label
        self.value = value
        self._action = action

    @property
    def question(self) -> str:
        """What is asked."""
        return hearing_words_in(self.stage.view.language).did_you_say.format(label=self.label)

    def pages(self, room: Room) -> tuple[Page, ...]:
        w = hearing_words_in(room.language)
        buttons = [
            Button("confirm", w.yes, Confirm(self._action), "yes", 1),
            Button("refuse", w.no, Refuse(), "no", 2),
        ]
        return lay_out(Prompt(self.question, w.confirm_say), buttons, room)

    def read(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """What the person gave is said to her alone, or to who has no screen; else the screen shows it."""
        if not self.value:
            return said
        comfort, w = self.stage.comfort, hearing_words_in(self.stage.view.language)
        if comfort.headphones or not comfort.screen:
            return (replace(said[0], private=True), *said[1:])
        return (replace(said[0], text=w.number_shown), *said[1:])

    @property
    def on_close(self) -> Action:
        """ "Retour" is no."""
        return Refuse()
        self.stage.act(Refuse())
        return True
