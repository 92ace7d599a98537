# SPDX-License-Identifier: EUPL-1.2
"""What a page that joins late must be told, read from what the app writes. Pure.

A terminal keeps modes (alternate screen, mouse reports, hidden cursor) that the app sets once, at its start. A
reloaded page has a fresh terminal without them: mouse taps would never arrive. So the relay reads the mode
sequences as they pass by, and gives them again to the next page.

The same reading answers "which terminal are you?" (DA1) on the page's behalf. textual-image waits only 100 ms
for that answer before it gives up sharp pictures; the page may be busy then, the relay is not.
"""

from __future__ import annotations

import re

DEVICE_ATTRIBUTES = "\x1b[?62;4;9;22c"
"""What @xterm/addon-image answers to DA1: a VT220 that draws sixel (4)."""

SYNCHRONISED_OUTPUT = 2026
"""Set and reset around every frame: never given again, a page joining mid-frame would stay frozen."""

_KNOWN = re.compile(r"\x1b\[(?:\?(?P<modes>[\d;]{1,64})(?P<set>[hl])|(?P<query>0?c))")
_UNFINISHED = re.compile(r"\x1b(?:\[(?:\?[\d;]{0,64}|0)?)?\Z")


class ScreenModes:
    """Follows one app's output, cut anywhere."""

    def __init__(self) -> None:
        self._modes: dict[int, bool] = {}
        self._held = ""

    def feed(self, text: str) -> tuple[str, int]:
        """Give what the app wrote; get what the page must see, and how many DA1 questions to answer.

        The start of a sequence at the very end is held back until the rest of it comes.
        """
        text = self._held + text
        unfinished = _UNFINISHED.search(text)
        self._held = unfinished.group() if unfinished else ""
        text = text[: len(text) - len(self._held)]
        queries = 0

        def note(match: re.Match[str]) -> str:
            nonlocal queries
            if match["query"]:
                queries += 1
                return ""
            self._note_modes(match["modes"], match["set"] == "h")
            return match.group()

        return _KNOWN.sub(note, text), queries

    def _note_modes(self, numbers: str, on: bool) -> None:
        for number in filter(None, numbers.split(";")):
            mode = int(number)
            if mode != SYNCHRONISED_OUTPUT:
                self._modes.pop(mode, None)
                self._modes[mode] = on

    def replay(self) -> str:
        """The sequences that put a fresh terminal into the app's modes, in the order they were last set."""
        return "".join(f"\x1b[?{mode}{'h' if on else 'l'}" for mode, on in self._modes.items())
