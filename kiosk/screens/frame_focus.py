# SPDX-License-Identifier: EUPL-1.2
"""Where the keys are: a ring of everything that can be pressed, and what has the focus when something new is shown."""

from __future__ import annotations

import time

from kiosk.screens.frame_scanning import FrameScanning
from kiosk.screens.items import Button, Tone
from kiosk.view import Said
from kiosk.widgets.target import TargetView
from kiosk.words import sentence


class FrameFocus(FrameScanning):
    """Moves the focus; it is shown to who uses keys only."""

    def __init__(self) -> None:
        super().__init__()
        self._greeting = False
        """The touch or key under way is the first: the kiosk greets, and tells nothing else."""

    def _focused_id(self) -> str:
        focused = self.focused
        return focused.item.button.id if isinstance(focused, TargetView) and focused.item else ""

    def _refocus(self, before: str, targets: list[TargetView]) -> None:
        if not self._by_key:
            self.set_focus(None)
        elif self._focus_first and (self._small or self._scene.on_enter is None):
            usable = [t for t in targets if t.usable]
            entry = next((t for t in usable if t.item and t.item.button.id == self.view.entry), None)
            self.set_focus(entry or next(iter(usable), None), scroll_visible=False)
        else:  # Nothing where one types: Enter then gives what was typed.
            same = next((t for t in self._targets if t.item and t.item.button.id == before), None)
            self.set_focus(same, scroll_visible=False)
        self._focus_first = False

    def _move(self, by: int) -> None:
        ring = self._targets
        if not ring:
            return
        focused = self.focused
        at = next((i for i, target in enumerate(ring) if target is focused), -1 if by > 0 else 0)
        reached = ring[(at + by) % len(ring)]
        self.set_focus(reached, scroll_visible=False)
        if reached.item is not None and not self._greeting:
            self.app.dialogue.tell(Said(named(reached.item.button, self.view.language)))

    def _focus_on(self, deed: type) -> None:
        """Go to the control that does ``deed``, which nobody has read there yet: a trembling hand does not press it."""
        following = next((t for t in self._targets if t.item and isinstance(t.item.button.action, deed)), None)
        if following is not None:
            self.set_focus(following, scroll_visible=False)
            self._new_at = time.monotonic()

    def _focus_found(self) -> None:
        """Enter opens the likeliest of what a search gave. Who has no screen hears it before."""
        if self._by_key and self.comfort.screen and self._small is None:
            likeliest = self._scene.likeliest
            found = next((t for t in self._targets if likeliest and t.item and t.item.button.id == likeliest), None)
            self.set_focus(found, scroll_visible=False)


def named(button: Button, language: str) -> str:
    """What is said of a control that a key has reached: its name, and whether it is chosen."""
    if button.tone is not Tone.CHOSEN:
        return sentence(button.name)
    from kiosk.words.modes import mode_words_in

    return mode_words_in(language).on.format(label=button.name)
