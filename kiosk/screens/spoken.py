# SPDX-License-Identifier: EUPL-1.2
"""What is said to the frame: it does what touching does, by the same path; asked when it is not sure; taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assist.session import commands as c
from assist.session.commands import Origin
from kiosk.conversation import Sayable, Spoken
from kiosk.screens.ask import AskScene
from kiosk.screens.confirm import ConfirmScene
from kiosk.screens.items import (
    Action,
    Band,
    Button,
    Confirm,
    Greet,
    Hush,
    ReadAgain,
    Refuse,
    Remark,
    Submit,
    Tone,
    TurnPage,
    Undo,
)
from kiosk.screens.sayable import Says, Scenery, undo_of, what_can_be_said
from kiosk.screens.themes import ThemesScene
from kiosk.view import Option, ViewKind
from kiosk.words.hearing import HearingWords, hearing_words_in

if TYPE_CHECKING:
    from kiosk.screens.frame_hearing import FrameHearing

_OVER = frozenset({ViewKind.HELP, ViewKind.ERASE, ViewKind.IDLE, ViewKind.PAUSE, ViewKind.WELCOME})
"""Where going on is not giving an answer: nothing to take back."""
HARMLESS = (Refuse, Greet, Hush, ReadAgain, Remark, TurnPage)
"""What needs no question, even when it is not sure."""


class SpokenHand:
    """The :class:`kiosk.conversation.Hearer` of the frame."""

    def __init__(self, frame: FrameHearing) -> None:
        self._frame = frame
        self._says = Says((), {})
        self._undo: Action | None = None

    @property
    def _words(self) -> HearingWords:
        return hearing_words_in(self._frame.view.language)

    def offer(self) -> None:
        """Tell the conversation what may be said on the present page."""
        frame = self._frame
        self._says = what_can_be_said(
            Scenery(
                view=frame.view,
                pages=frame.pages,
                tools=frame.tool_buttons,
                comfort=frame.comfort,
                page=frame.scene.page,
                inside=frame.small is not None or frame.scene.inside,
                confirming=isinstance(frame.small, ConfirmScene),
                undoable=self._undo is not None,
            )
        )
        frame.app.dialogue.hear(self._says.sayables, self._says.expected, self)

    def forget(self) -> None:
        """The next person has nothing to take back."""
        self._undo = None

    # What was heard

    def heard(self, spoken: Spoken) -> None:
        """Do it at once, say so on the screen, and offer to take it back."""
        if not spoken.id:
            self._value(spoken.value)
            return
        action = self._says.deeds.get(spoken.id)
        if action is None:
            return
        label = next((s.label for s in self._says.sayables if s.id == spoken.id), "")
        frame, undo = self._frame, self._undo_of(action)
        if isinstance(action, Undo):
            action, undo = self._undo or Remark(self._words.nothing_to_undo), None
        self._undo = undo
        frame.do_aloud(action)
        if label and not isinstance(action, (Remark, Confirm, Refuse)):
            self._tell_understood(label, undo)

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        """Ask "Vous avez dit … ?". A question is not asked about the answer to a question."""
        if not sayable.id:
            return self._value(value)
        action = self._says.deeds.get(sayable.id)
        if action is None or isinstance(action, Confirm):
            return False
        if isinstance(action, c.EraseAll):  # Nothing but the whole words, heard clearly, erases.
            action = Remark(self._words.erase_aloud)
        if isinstance(action, HARMLESS):
            self._frame.do_aloud(action)
        elif isinstance(self._frame.small, ConfirmScene):
            return False
        else:
            self._frame.open_small(ConfirmScene(self._frame, sayable.label, action))
        return True

    def settle(self, answer: Confirm | Refuse, origin: Origin) -> None:
        """ "Oui" or "Non" to "Vous avez dit … ?", by whatever means."""
        frame = self._frame
        asked = frame.small
        if not isinstance(asked, ConfirmScene):  # Nothing is asked any more.
            return
        given = asked.value
        if isinstance(answer, Confirm):
            self._undo = c.Back() if given else self._undo_of(answer.action)
            frame.close_small(read=False)
            frame.do(answer.action, origin)
            return
        if given and isinstance(frame.scene, AskScene):
            frame.scene.drop()
            frame.close_small(read=False)
            frame.remark(self._words.write_it)
        else:
            frame.close_small(read=True)

    def _undo_of(self, action: Action) -> Action | None:
        here = self._frame
        undo = undo_of(action, here.comfort)
        return None if isinstance(undo, c.Back) and here.view.kind in _OVER else undo

    def _tell_understood(self, label: str, undo: Action | None) -> None:
        w = self._words
        button = Button("undo", w.undo, undo, tone=Tone.MAIN) if undo is not None else None
        self._frame.show_band(Band(w.understood.format(label=label), button))

    # Requests, numbers, dates, texts

    def _value(self, value: str) -> bool:
        """Looked up, or shown and asked about: never done as it was heard."""
        frame = self._frame
        if frame.view.kind is ViewKind.THEMES:
            frame.app.search(value, self._found)
            return True
        scene = frame.scene
        if not isinstance(scene, AskScene) or frame.small is not None:
            return False
        if scene.take(value):
            frame.open_small(ConfirmScene(frame, scene.shown, Submit(scene.question), value=True, signs=scene.count))
            return True
        told = scene.told
        scene.drop()
        frame.remark(told)
        return True

    def _found(self, options: tuple[Option, ...]) -> None:
        """What a spoken request may mean: shown and read, and one of them chosen."""
        scene = self._frame.scene
        if not isinstance(scene, ThemesScene):
            return
        if options:
            scene.suggest(options)
            self._frame.close_small(read=True)
        else:
            self._frame.remark(self._words.not_found)
