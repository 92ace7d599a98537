# SPDX-License-Identifier: EUPL-1.2
"""What can be said at any moment, and the ways in which people really say it (``ways/<language>.toml``)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from accessibility.listening.protocol import Phrase

COMMANDS = (
    "yes",
    "no",
    "unknown",
    "repeat",
    "back",
    "help",
    "louder",
    "softer",
    "slower",
    "faster",
    "bigger",
    "smaller",
    "stop",
    "next",
    "erase",
    "print",
    "difficulty",
)
"""The ids, in the order in which they are offered. ``erase`` and ``print`` ask again before they do anything."""
LANGUAGES = ("fr", "en")
_WAYS = Path(__file__).with_name("ways")


@lru_cache(maxsize=len(LANGUAGES))
def commands(language: str) -> tuple[Phrase, ...]:
    """The always-present commands, each with its label and its other ways, in ``language`` (one of LANGUAGES).

    A language that is not written yet has none: its people choose what they see, or touch.
    """
    if language not in LANGUAGES:
        return ()
    ways = tomllib.loads((_WAYS / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(Phrase(command, tuple(ways[command])) for command in COMMANDS)


@lru_cache(maxsize=len(LANGUAGES))
def asides(language: str) -> tuple[str, ...]:
    """What is said around the kiosk and asks nothing of it, in ``language``."""
    return tuple(tomllib.loads((_WAYS / "asides.toml").read_text(encoding="utf-8")).get(language, ()))
