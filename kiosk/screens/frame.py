# SPDX-License-Identifier: EUPL-1.2
"""The one screen of the kiosk: what is pressed, typed, tapped and pasted there."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events

from assist.session.commands import AskErase, EraseAll, Finish, Origin, Print, StillHere
from kiosk.screens.frame_focus import FrameFocus
from kiosk.screens.items import (
    Action,
    Button,
    Close,
    Confirm,
    EraseOne,
    Greet,
    Hush,
    Local,
    OpenModes,
    OpenVoice,
    ReadAgain,
    Refuse,
    Remark,
    SetComfort,
    Submit,
    SwitchKeyboard,
    Target,
    Tone,
    TypeText,
)
from kiosk.screens.read_aloud import as_said, heard
from kiosk.screens.shortcuts import DIGITS, LETTER_KEYS, NEXT, PRESS, PREVIOUS, TOOL_KEYS
from kiosk.view import Found, Said, ViewKind
from kiosk.widgets.target import TargetView

if TYPE_CHECKING:
    from accessibility.comfort import Comfort

DOUBLE_TAP_SECONDS = 0.3
DOUBLE_TAP_CELLS = 2
ANSWER_SECONDS = 0.4
"""How long keys do not answer what has just been painted: nobody has read it yet."""
FIRST_REPEAT_SECONDS = 0.7
"""The longest that a terminal waits before a key held down repeats."""
REPEAT_SECONDS = 0.15
"""The longest between two repeats of a key held down."""
MOST_PASTED = 256
URGENT = (AskErase, EraseAll)
"""What is done whenever it is pressed."""
_TYPING = (TypeText, EraseOne, SwitchKeyboard)


class Frame(FrameFocus):
    """Sends what is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._last_tap = (0.0, -99, -99)
        self._last_key = ("", 0.0)
        self._held = False

    # Keys, taps, paste

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._greeting = self.app.dialogue.touched()
        self.forget_spoken()
        self._by_key = not self.scanning
        self._notice_key(event.key, event.time)
        if self.scanning:
            self._switch(Origin.KEY)
        elif event.key in NEXT:
            self._move(1)
        elif event.key in PREVIOUS:
            self._move(-1)
        elif event.key in PRESS:
            self._press_focused()
        else:
            self._other_key(event.key, event.character)

    def _notice_key(self, key: str, at: float) -> None:
        """Keep when ``key`` came, and whether it has been held down since before the present page was painted."""
        last, last_at = self._last_key
        before = last_at < self._new_at
        again = key == last and at - last_at < (FIRST_REPEAT_SECONDS if before else REPEAT_SECONDS)
        self._held = again and (before or self._held)
        self._last_key = (key, at)
        self._pressed_at = at

    @property
    def _unread(self) -> bool:
        """True when the key that is pressed cannot mean what is painted: a trembling or resting hand."""
        return self._held or self._too_soon

    @property
    def _too_soon(self) -> bool:
        """True when nobody can have read what is painted before pressing."""
        return self._pressed_at - self._new_at < ANSWER_SECONDS * self.comfort.patience

    def _switch(self, origin: Origin) -> None:
        """The only switch was pressed."""
        if self.view.kind is not ViewKind.IDLE:
            if not self._unread:
                self.take_lit(origin)
            return
        lit = self._scan.lit if self._scan is not None else ()
        if len(lit) == 1 and not self._unread:
            self.take_lit(origin)
        else:  # Whoever presses is there.
            self._do(StillHere(), origin)

    def _answer(self, action: Action | None) -> bool:
        """Do what a number or Enter chose, if it was there to be read; False when it is not done."""
        if not self._unread:
            return self._do(action, Origin.KEY)
        if self.view.kind is ViewKind.IDLE:  # Whoever presses is there.
            self._do(StillHere(), Origin.KEY)
        return False

    def _press_focused(self) -> None:
        focused = self.focused
        if isinstance(focused, TargetView) and focused.item and focused.usable:
            button = focused.item.button
            if isinstance(button.action, _TYPING) or (button.tone is Tone.TOOL and button.id != "back"):
                self._do(button.action, Origin.KEY)
            else:
                done = self._answer(button.action)
                if done and isinstance(button.action, Print):  # Enter again would print again.
                    self._focus_on(Finish)
        elif self._small is None and self._scene.on_enter is not None:
            self._answer(self._scene.on_enter)
        elif self.view.kind is ViewKind.IDLE:
            self._do(StillHere(), Origin.KEY)
        else:
            self._move(1)

    def _other_key(self, key: str, character: str | None) -> None:
        if self.view.kind is ViewKind.IDLE:
            self._idle_key(key, character)
        elif key in TOOL_KEYS:
            self._tool(TOOL_KEYS[key])
        elif self._small is None and self._scene.typing and self._scene.typed(key, character):
            self.set_focus(None)
            self.repaint()
            self._tell_count()
        elif button := self._numbered(character):
            self._answer(button.action)
        elif self._small is None and character == "1" and self.view.kind is ViewKind.WELCOME:
            self._answer(self._scene.on_enter)
        elif key in LETTER_KEYS:
            self._tool(LETTER_KEYS[key])

    def _idle_key(self, key: str, character: str | None) -> None:
        """ "Êtes-vous là ?": every key means yes, but those that choose there and the one that erases."""
        if "erase" in (TOOL_KEYS.get(key), LETTER_KEYS.get(key)) and self._tool("erase"):
            return
        button = self._numbered(character)
        if button is not None and button.action is not None:
            self._answer(button.action)
        else:
            self._do(StillHere(), Origin.KEY)

    def _numbered(self, digit: str | None) -> Button | None:
        """The button of that number, on whatever page it stands: the voice may have said it already."""
        if digit is None or digit not in DIGITS:
            return None
        number = int(digit)
        return next(
            (
                item.button
                for page in self._pages
                for item in page
                if isinstance(item, Target) and item.button.number == number
            ),
            None,
        )

    def _tool(self, name: str) -> bool:
        """Use a tool; False when it rests."""
        if name in ("louder", "softer"):
            changed = self.comfort.louder() if name == "louder" else self.comfort.softer()
            self._do(SetComfort(changed), Origin.KEY)
            return True
        if name == "comfort":
            self._do(OpenModes(), Origin.KEY)
            return True
        scene = self._small or self._scene
        action = next((tool.action for tool in self._tool_buttons(scene) if tool.id == name), None)
        if not self.view.tools:  # The keys work where no tool is shown.
            back = Close(by_pages=True) if scene is self._small else None
            action = {"repeat": ReadAgain(), "back": back}.get(name, action)
        self._do(action, Origin.KEY)
        return action is not None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.app.dialogue.touched()  # The voice stops as the finger lands.
        self.forget_spoken()
        self._by_key = False

    def on_click(self, event: events.Click) -> None:
        self._pressed_at = event.time
        if self.scanning:
            self._switch(Origin.TOUCH)
        elif self.view.kind is ViewKind.IDLE:
            self._do(StillHere(), Origin.TOUCH)

    def on_target_view_pressed(self, message: TargetView.Pressed) -> None:
        x, y = message.by.screen_x, message.by.screen_y
        then, last_x, last_y = self._last_tap
        now = message.by.time  # When the finger came, however late it is heard.
        self._last_tap = (now, x, y)
        if self.scanning:
            self._pressed_at = now
            self._switch(Origin.TOUCH)
            return
        again = (
            now - then < DOUBLE_TAP_SECONDS * self.comfort.patience
            and max(abs(x - last_x), abs(y - last_y)) <= DOUBLE_TAP_CELLS
        )
        if again and self._painted_at > then and message.button.tone is not Tone.KEY:
            return  # The second tap of a trembling hand: it meant the former screen.
        self._pressed_at = now
        if isinstance(message.button.action, Confirm) and self._too_soon:  # A finger that was for the former page.
            return
        resting = message.button.action is None and self.view.kind is ViewKind.IDLE
        self._do(StillHere() if resting else message.button.action, Origin.TOUCH)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.app.dialogue.touched()
        if self._small is None and self._scene.typing:
            for character in event.text[:MOST_PASTED]:
                self._scene.typed(character, character)
            self.repaint()

    # Doing

    def act(self, action: Action) -> None:
        """What a scene asks for by itself."""
        self._do(action, self._origin)

    def search(self, text: str) -> None:
        """Look for procedures beside; only the last question's answer is shown."""
        self.app.search(text, self._found)

    def _found(self, found: Found) -> None:
        self._scene.found(found)
        self.repaint()
        self._focus_found()

    def _do(self, action: Action | None, origin: Origin) -> bool:
        """Do it; False when it is not taken."""
        if action is None:
            return False
        self._origin = origin
        if origin is not Origin.VOICE and self._end_undo():
            self.repaint()
        if isinstance(action, SetComfort):
            self._set_comfort(action.comfort)
        elif isinstance(action, (OpenVoice, OpenModes)):
            self._open(action)
        elif isinstance(action, (Confirm, Refuse)):
            unread = isinstance(action, Confirm) and self._pressed_at < self._new_at
            return self._hand is not None and not unread and self._hand.settle(action, origin)
        elif isinstance(action, (Hush, Greet, ReadAgain, Remark)):
            self._speak(action)
        elif isinstance(action, Close):
            self._close(by_pages=action.by_pages)
        elif isinstance(action, Local):
            self._do_within(action)
        else:  # What was pressed before this page came meant the former screen.
            in_time = isinstance(action, URGENT) or self._pressed_at >= self._new_at
            return in_time and self.app.send(action, origin)
        return True

    def _do_within(self, action: Local) -> None:
        """What only concerns the scene."""
        self._focus_first = True
        if not (self._small or self._scene).do(action):
            return
        if not _stays(action):
            self._turned()
            return
        self._focus_first = False
        self.repaint()
        if isinstance(action, _TYPING):
            self._tell_count()
        if self._scene.told:
            self.app.dialogue.read(tuple(map(Said, self._scene.told)))

    def _open(self, action: OpenVoice | OpenModes) -> None:
        from kiosk.screens.modes import ModesScene
        from kiosk.screens.voice import VoiceScene

        self.open_small(VoiceScene(self) if isinstance(action, OpenVoice) else ModesScene(self))

    def _speak(self, action: Hush | Greet | ReadAgain | Remark) -> None:
        """What only concerns the voice."""
        if isinstance(action, ReadAgain):
            self._read()
        elif isinstance(action, Remark):
            self.remark(action.sentence)
        else:
            self.app.dialogue.touched()

    def _set_comfort(self, comfort: Comfort) -> None:
        """Take it, and say what of it has a name."""
        from kiosk.screens.modes import changes

        told = changes(self.comfort, comfort, self.view.language)
        self.keep_in_sight(SetComfort(comfort))
        self.app.dialogue.set_comfort(comfort)
        if told:
            self.app.dialogue.tell(*map(Said, told))

    def on_curtain_drawn(self) -> None:
        """A touch on the screen that is off: it is there again."""
        self._set_comfort(replace(self.comfort, screen=True))

    def _tell_count(self) -> None:
        """Who has no screen hears how many signs are written, never which."""
        count = self._scene.count
        if count is not None and not self.comfort.screen:
            from kiosk.words.modes import mode_words_in

            w = mode_words_in(self.view.language)
            said = w.typed_one if count == 1 else w.typed_so_far.format(count=count) if count else w.typed_none
            self.app.dialogue.tell(Said(said))

    def _close(self, *, by_pages: bool) -> None:
        if not by_pages:
            (self._small or self._scene).page = 0
        if self._small is not None:
            if not self._small.back():
                if (on_close := self._small.on_close) is not None:
                    self._do(on_close, self._origin)
                    return
                self._small = None
        elif not self._scene.back():
            return
        self._turned()

    def _turned(self) -> None:
        """Show another page of the same view, and read it."""
        self._focus_first = True
        self.repaint()
        self._new_at = time.monotonic()
        self._follow_scanning()
        self._read()

    def _read(self) -> None:
        """Another page of the same view: the conversation knows nothing of it, and must still say it."""
        scene, view = self._small or self._scene, self.view
        page = heard(self._pages[scene.page], scene.language)
        if self._small is None:
            whole = len(self._pages) == 1 and not scene.inside and not scene.told
            page = view.speech if whole else as_said(page, (*view.speech, *view.details_speech))
        self.app.dialogue.read(scene.read(page))


def _stays(action: Local) -> bool:
    """True for keys of a keyboard: the focus stays where it is."""
    return isinstance(action, (*_TYPING, Submit))
