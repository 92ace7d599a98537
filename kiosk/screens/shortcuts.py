# SPDX-License-Identifier: EUPL-1.2
"""What each key does. Three keys are enough: one arrow back, one arrow on, Enter. Nothing leaves the kiosk.

Letters are shortcuts only where nothing is typed; the F keys always are.
"""

from __future__ import annotations

from collections.abc import Mapping

NEXT = frozenset({"right", "down", "tab"})
PREVIOUS = frozenset({"left", "up", "shift+tab"})
PRESS = frozenset({"enter"})
DIGITS = frozenset("123456789")

TOOL_KEYS: Mapping[str, str] = {
    "f1": "back", "f2": "repeat", "f3": "help", "f4": "difficulty", "f5": "erase",
    "f6": "size", "f7": "contrast", "f8": "voice", "f9": "softer", "f10": "louder", "f11": "comfort",
}  # fmt: skip
"""Key -> tool, everywhere."""
LETTER_KEYS: Mapping[str, str] = {
    "r": "back", "backspace": "back", "p": "repeat", "a": "help", "d": "difficulty", "e": "erase",
    "t": "size", "c": "contrast", "v": "voice", "minus": "softer", "plus": "louder", "m": "comfort",
}  # fmt: skip
"""Key -> tool, where nothing is typed: Retour, réPéter, Aide, Difficile, Effacer, Taille, Couleurs, Voix, Modes."""
