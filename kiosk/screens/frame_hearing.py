# SPDX-License-Identifier: EUPL-1.2
"""The frame as :mod:`kiosk.screens.spoken` sees it: what stands there, and what may be done to it by voice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from assist.session.commands import Origin
from kiosk.screens.frame_painting import FramePainting
from kiosk.screens.items import Action, Band, Button, Page, Target, Tone, Words
from kiosk.screens.scene import Scene
from kiosk.view import EarSign, Said, SpokenPlace, StepView
from kiosk.widgets.marks import is_about, marks_of

if TYPE_CHECKING:
    from kiosk.screens.spoken import SpokenHand


class FrameHearing(FramePainting):
    """What is said comes in here; what it does is the affair of :class:`kiosk.screens.frame.Frame`."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed_at = 0.0
        self._origin = Origin.TOUCH
        """By what means the action under way came."""
        self._hand: SpokenHand | None = None

    def begin_hearing(self) -> None:
        """From now on the conversation knows what may be said: once the first screen is painted."""
        if self._hand is None:
            from kiosk.screens.spoken import SpokenHand

            self._hand = SpokenHand(self)
            self.app.dialogue.watch_ear(self._ear_changed)
            self.app.dialogue.watch_words(self.mark_word)
            self._hand.offer()

    def repaint(self) -> None:
        super().repaint()
        if self._hand is not None and self._view is not None and self.size.width:
            self._hand.offer()

    async def paint(self, view: StepView) -> None:
        if self._hand is not None and view.key != self.view.key and not self._hand.new_page():
            self._end_undo()
        await super().paint(view)

    def forget_spoken(self) -> None:
        """There is nothing to take back by voice any more: somebody touches, or the next person comes."""
        if self._hand is not None:
            self._hand.forget()

    def _end_undo(self) -> bool:
        """Take "Annuler" away: it would take back something else. True when it was there; whoever calls it paints."""
        there = self._told is not None and self._told.button is not None and self._told.button.id == "undo"
        if there:
            self.end_band()
        return there

    @property
    def pages(self) -> tuple[Page, ...]:
        """All the pages of what is shown."""
        return self._pages

    @property
    def scene(self) -> Scene:
        """What plays the view, whatever small screen stands over it."""
        return self._scene

    @property
    def small(self) -> Scene | None:
        """The small screen over the view: the voice, the comfort, a question about what was heard."""
        return self._small

    @property
    def tool_buttons(self) -> tuple[Button, ...]:
        """The tools that never move, with what they do now."""
        return tuple(self._tool_buttons(self._small or self._scene)[: len(self.view.tools)])

    def open_small(self, scene: Scene) -> None:
        """Show a small screen over the view, and read it."""
        self._small = scene
        self._turned()

    def close_small(self, *, read: bool) -> None:
        """Show the view again."""
        self._small = None
        if read:
            self._turned()
        else:
            self.repaint()

    def do_aloud(self, action: Action) -> bool:
        """Do what was said: it means the page that is painted. False when it is not taken."""
        self._pressed_at = max(time.monotonic(), self._new_at)
        return self._do(action, Origin.VOICE)

    def do(self, action: Action, origin: Origin) -> bool:
        """Do what was confirmed: the question has taken the time to be read; the view below it is not new."""
        self._pressed_at = max(self._pressed_at, self._new_at)
        return self._do(action, origin)

    def remark(self, sentence: str) -> None:
        """A passing sentence, shown and said."""
        self.show_band(Band(sentence))
        self.app.dialogue.tell(Said(sentence))

    def _ear_changed(self, sign: EarSign) -> None:
        if not self.is_running:  # The ear ends after the screen.
            return
        before, self._ear = self._ear, sign
        if sign.message and sign.message != before.message:
            self.show_band(Band(sign.message, self._call_help(sign.message)), stays=True)
        elif before.message and not sign.message and self._told is not None and self._told.text == before.message:
            self._end_band()
        else:
            self._show_head()

    def _call_help(self, message: str) -> Button | None:
        """After two failures, a person is one touch away."""
        from kiosk.words.hearing import hearing_words_in

        helps = [tool for tool in self.view.tools if tool.id == "help" and tool.intent is not None]
        w = hearing_words_in(self.view.language)
        if not helps or message not in (w.touch_or_ask, w.press_or_ask):
            return None
        return Button("ask-help", helps[0].label, helps[0].intent, tone=Tone.MAIN)

    # The word that is heard

    def mark_word(self, place: SpokenPlace | None) -> None:
        """Mark the word that is heard now, and turn to the page where it stands."""
        if not self.is_running:  # The voice ends after the screen.
            return
        scene = self._small or self._scene
        if place is not None and self._small is None and (page := self._page_about(place)) is not None:
            scene.page = page
            self._focus_first = True
            self.repaint()
            self._new_at = time.monotonic()
        self._notice.mark(place)
        self._hands.mark(place)
        if self._hand is not None:
            self._hand.voice_heard()

    def _page_about(self, place: SpokenPlace) -> int | None:
        """The page that the voice has come to, when it is further on than the one shown."""
        here = (self._small or self._scene).page
        if len(self._pages) < 2 or _says(self._pages[min(here, len(self._pages) - 1)], place):
            return None
        return next((n for n, page in enumerate(self._pages) if n > here and _says(page, place)), None)

    # What the frame adds

    def _do(self, action: Action | None, origin: Origin) -> bool:
        raise NotImplementedError

    def _turned(self) -> None:
        raise NotImplementedError


def _says(page: Page, place: SpokenPlace) -> bool:
    """True when the sentence of ``place`` stands on ``page``."""
    return any(
        bool(marks_of(item.lines, place))
        if isinstance(item, Words)
        else isinstance(item, Target) and is_about(item.button, place)
        for item in page
    )
