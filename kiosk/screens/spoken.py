# SPDX-License-Identifier: EUPL-1.2
"""What is said to the frame: it does what touching does, by the same path; asked when it is not sure; taken back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assist.session import commands as c
from assist.session.commands import Origin
from kiosk.conversation import Sayable, Spoken
from kiosk.screens.ask import AskScene
from kiosk.screens.confirm import ConfirmScene
from kiosk.screens.frame_band import BAND_SECONDS
from kiosk.screens.items import (
    Action,
    Band,
    Button,
    Confirm,
    Greet,
    Hush,
    Local,
    OpenDetails,
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
from kiosk.view import Found, ViewKind
from kiosk.words.hearing import HearingWords, hearing_words_in

if TYPE_CHECKING:
    from kiosk.screens.frame_hearing import FrameHearing

_OVER = frozenset(
    {ViewKind.HELP, ViewKind.CONSENT, ViewKind.MANDATE, ViewKind.ERASE, ViewKind.IDLE, ViewKind.PAUSE, ViewKind.WELCOME}
)
"""Where going on is not giving an answer: nothing to take back."""
HARMLESS = (c.Repeat, c.StillHere, Refuse, Greet, Hush, OpenDetails, ReadAgain, Remark, TurnPage)
"""What needs no question, even when it is not sure."""


@dataclass(slots=True)
class _Done:
    """What the voice has done last, as long as it may be taken back by voice."""

    undo: Action
    pages: int
    """New pages that it may still lead to; at any other, it is over."""
    until: float
    """On the clock of :func:`time.monotonic`."""


class SpokenHand:
    """The :class:`kiosk.conversation.Hearer` of the frame."""

    def __init__(self, frame: FrameHearing) -> None:
        self._frame = frame
        self._says = Says((), {})
        self._done: _Done | None = None

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
                undoable=self._done is not None,
                requests=frame.small is None and not (isinstance(frame.scene, ThemesScene) and frame.scene.chosen),
            )
        )
        frame.app.dialogue.hear(self._says.sayables, self._says.expected, self)

    # What may be taken back: as long as it is shown, and as long again once the voice has finished with what came of it

    def forget(self) -> None:
        """There is nothing to take back any more."""
        self._done = None

    def new_page(self) -> bool:
        """A page comes. False when it is not the one that the last act led to: that act is over."""
        if self._done is None or not self._done.pages:
            self._done = None
            return False
        self._done.pages -= 1
        return True

    def voice_heard(self) -> None:
        """The voice is heard, or has just finished: who listened has not been able to speak."""
        if self._done is not None:
            self._done.until = self._soon()

    def _soon(self) -> float:
        return time.monotonic() + BAND_SECONDS * self._frame.comfort.patience

    def _remember(self, action: Action, undo: Action | None) -> _Done | None:
        if undo is None:
            return None
        while isinstance(action, Confirm):
            action = action.action
        leads = not isinstance(action, Local) or isinstance(action, Submit)
        return _Done(undo, int(leads), self._soon())

    def _taking_back(self) -> Action:
        """What "Annuler" does: it takes back what has just been done; else it is "Retour"."""
        done = self._done
        if done is not None and (self._frame.app.dialogue.speaking or time.monotonic() <= done.until):
            return done.undo
        return self._says.deeds.get("back") or Remark(self._words.nothing_to_undo)

    # What was heard

    def heard(self, spoken: Spoken) -> bool:
        """Do it at once, say so on the screen, and offer to take it back. False, and nothing shown, when it is not
        taken."""
        if not spoken.id:
            return self._value(spoken.value, spoken.others)
        action = self._says.deeds.get(spoken.id)
        if action is None:
            return False
        label = next((s.label for s in self._says.sayables if s.id == spoken.id), "")
        undo = self._undo_of(action)
        if isinstance(action, Undo):
            action, undo = self._taking_back(), None
        before, self._done = self._done, self._remember(action, undo)
        if not self._frame.do_aloud(action):
            self._done = before
            return False
        if label and not isinstance(action, (Remark, Confirm, Refuse)):
            self._tell_understood(label, undo)
        return True

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        """Ask "Vous avez dit … ?". A question is not asked about the answer to a question: it is to be said again.

        Who has said "oui" twice, each time unsurely, has said it.
        """
        if not sayable.id:
            return self._value(value)
        action = self._says.deeds.get(sayable.id)
        asked = self._frame.small
        if action is None:
            return False
        if isinstance(action, Confirm) and isinstance(asked, ConfirmScene):
            again, asked.half_said = asked.half_said, True
            if again:
                self._frame.do_aloud(action)
            return again
        if isinstance(action, Undo):
            action = self._taking_back()
        if isinstance(action, c.EraseAll):  # Nothing but the whole words, heard clearly, erases.
            action = Remark(self._words.erase_aloud)
        if isinstance(action, HARMLESS):
            self._frame.do_aloud(action)
        elif isinstance(asked, ConfirmScene):
            return False
        else:
            self._frame.open_small(ConfirmScene(self._frame, sayable.label, action))
        return True

    def settle(self, answer: Confirm | Refuse, origin: Origin) -> bool:
        """ "Oui" or "Non" to "Vous avez dit … ?", by whatever means. False when it is not taken."""
        frame = self._frame
        asked = frame.small
        if not isinstance(asked, ConfirmScene):  # Nothing is asked any more.
            return False
        given = asked.value
        if isinstance(answer, Confirm):
            undo = c.Back() if given else self._undo_of(answer.action)
            self._done = self._remember(answer.action, undo) if origin is Origin.VOICE else None
            frame.close_small(read=False)
            if not frame.do(answer.action, origin):
                self._done = None
                return False
            return True
        if given and isinstance(frame.scene, AskScene):
            frame.scene.drop()
            frame.close_small(read=False)
            frame.remark(self._words.write_it)
        else:
            frame.close_small(read=True)
        return True

    def _undo_of(self, action: Action) -> Action | None:
        here = self._frame
        undo = undo_of(action, here.comfort, here.view.language)
        return None if isinstance(undo, c.Back) and here.view.kind in _OVER else undo

    def _tell_understood(self, label: str, undo: Action | None) -> None:
        w = self._words
        button = Button("undo", w.undo, undo, tone=Tone.MAIN) if undo is not None else None
        self._frame.show_band(Band(w.understood.format(label=label), button))

    # Requests, numbers, dates, texts

    def _value(self, value: str, others: tuple[str, ...] = ()) -> bool:
        """Looked up, or shown and asked about: never done as it was heard."""
        frame = self._frame
        scene = frame.scene
        if isinstance(scene, ThemesScene):
            if frame.small is not None or scene.chosen:
                return False
            frame.app.search(value, self._found, heard=others)
            return True
        if not isinstance(scene, AskScene) or frame.small is not None:
            return False
        if scene.take(value):
            frame.open_small(ConfirmScene(frame, scene.shown, Submit(scene.question), value=True, signs=scene.count))
            return True
        told = scene.told
        scene.drop()
        frame.remark(" ".join(dict.fromkeys((told[0], told[-1]))))  # The example has no room in the header.
        return True

    def _found(self, found: Found) -> None:
        """What a spoken request may mean: shown and read, and one of them chosen; or somebody; or what is done here."""
        scene, frame = self._frame.scene, self._frame
        if not isinstance(scene, ThemesScene) or frame.small is not None or scene.chosen:
            return
        known = bool(found.options) or found.someone
        scene.suggest(found)
        frame.close_small(read=known)
        frame.app.dialogue.request_answered(found=known)
