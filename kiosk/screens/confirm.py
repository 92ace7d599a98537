# SPDX-License-Identifier: EUPL-1.2
""" "Vous avez dit … ?": what was heard and is not sure, or cannot be undone, or is a number or a date."""

from __future__ import annotations

from dataclasses import replace

from assist.session.commands import SetLanguage
from kiosk.screens.items import Action, Button, Confirm, Page, Refuse
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.screens.scene import Scene, Stage
from kiosk.view import Said
from kiosk.words.hearing import hearing_words_in
from kiosk.words.modes import mode_words_in


class ConfirmScene(Scene):
    """Oui or Non, by touch, key or voice. Nothing is done before.

    Args:
        stage: The frame.
        label: What was understood, as it is shown.
        action: What yes does.
        value: True for what the person gave (a number, a date, a text): it is shown; see :meth:`read`.
        signs: How many signs that is, as they would be typed.
    """

    def __init__(self, stage: Stage, label: str, action: Action, *, value: bool = False, signs: int = 0) -> None:
        super().__init__(stage)
        self.label = label
        self.value = value
        self._signs = signs
        self._action = action
        self.half_said = False
        """ "Oui" was heard once, unsurely."""

    @property
    def question(self) -> str:
        """What is asked."""
        return hearing_words_in(self.language).did_you_say.format(label=self.label)

    @property
    def language(self) -> str:
        """The language of the question: who asks for one is asked in it."""
        return self._action.language if isinstance(self._action, SetLanguage) else self.stage.view.language

    def pages(self, room: Room) -> tuple[Page, ...]:
        w = hearing_words_in(self.language)
        buttons = [
            Button("confirm", w.yes, Confirm(self._action), "yes", 1),
            Button("refuse", w.no, Refuse(), "no", 2),
        ]
        return lay_out(Prompt(self.question, w.confirm_say), buttons, room)

    def read(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """What the question tells leaves no trace. A value is said only to who wears headphones or has no screen (she
        said it aloud herself, and cannot check it otherwise), never where the answer is sensitive: then how long it is.
        """
        question, *rest = (replace(one, language=self.language) for one in said)
        question = replace(question, private=True)
        if not self.value:
            return (question, *rest)
        comfort, view = self.stage.comfort, self.stage.view
        if not view.sensitive and (comfort.headphones or not comfort.screen):
            return (question, *rest)
        shown = replace(question, text=hearing_words_in(view.language).number_shown)
        return (shown, *rest) if comfort.screen else (self._length, shown, *rest)

    @property
    def _length(self) -> Said:
        """How many signs the value has, for who cannot see them."""
        w, count = mode_words_in(self.stage.view.language), self._signs
        return Said(w.typed_one if count == 1 else w.typed_so_far.format(count=count), private=True)

    @property
    def on_close(self) -> Action:
        """ "Retour" is no."""
        return Refuse()
