# SPDX-License-Identifier: EUPL-1.2
"""pyttsx3 on espeak-ng, used only through ``save_to_file``, in a process of its own (see ADR 0030).

Two defects of pyttsx3 2.99 are worked around here, both measured:

- ``runAndWait()`` returns before the file is written: we wait for ``finished-utterance``;
- ``runAndWait()`` cancels espeak-ng when it is busy, and it is busy for a moment after a change of rate: the
  change is lost one time in three. We let espeak-ng settle first, and set nothing before the first ``runAndWait()``.
"""

from __future__ import annotations

import importlib
import threading
from pathlib import Path
from typing import Any

from accessibility.speaking.sound import trim

NORMAL_RATE = 160
"""Words a minute at rate 1: slow enough for an old ear; half of it is espeak-ng's slowest (80)."""
LANGUAGES = {"fr": "fr-fr", "en": "en-gb"}


class EngineBroken(Exception):
    """pyttsx3 or espeak-ng is not installed."""


class NoSuchVoice(Exception):
    """espeak-ng has no voice for this language."""


class Pyttsx3Engine:
    """Not for threads: one text at a time, in any language that espeak-ng knows."""

    def __init__(self) -> None:
        try:
            pyttsx3: Any = importlib.import_module("pyttsx3")
            self._engine: Any = pyttsx3.init("espeak")
            self._espeak: Any = importlib.import_module("pyttsx3.drivers._espeak")
        except (ImportError, OSError, RuntimeError, AttributeError) as fault:
            raise EngineBroken(f"espeak-ng: {fault}") from fault
        self._written = threading.Event()
        self._engine.connect("finished-utterance", lambda name, completed: self._written.set())  # pyright: ignore
        self.voice = ""
        """The identifier of the voice that speaks now."""
        self._voices: dict[str, str] = {}
        self._rate = 0
        self._engine.runAndWait()  # until then every property waits in a queue, and is lost with it

    def _voice_of(self, language: str) -> str:
        """The voice's identifier. Its language name is not one: espeak-ng would go on in English, silently."""
        wanted = LANGUAGES.get(language, language)
        if not self._voices:
            voices = reversed(self._engine.getProperty("voices"))  # of several, the first is espeak-ng's own choice
            self._voices = {str(name): str(voice.id) for voice in voices for name in voice.languages or ()}
        if wanted not in self._voices:
            raise NoSuchVoice(f"espeak-ng has no voice for {wanted}")
        return self._voices[wanted]

    def save(self, text: str, language: str, rate: float, out: Path) -> float:
        """Write the words as a 16-bit mono WAV at normal volume; seconds of sound, 0 when there is none.

        Raises OSError when ``out`` cannot be written, UnicodeError when the text is none (pyttsx3 would never end),
        NoSuchVoice.
        """
        voice = self._voice_of(language)
        text.encode()
        if not any(sign.isalnum() for sign in text):
            return 0.0
        out.touch()
        words_a_minute = round(NORMAL_RATE * rate)
        self._espeak.Synchronize()  # the end of the text before
        if voice != self.voice:
            self._engine.setProperty("voice", voice)
            self._espeak.Synchronize()
            self.voice, self._rate = voice, 0  # a new voice comes with a rate of its own
        if words_a_minute != self._rate:
            self._engine.setProperty("rate", words_a_minute)
            self._espeak.Synchronize()
            self._rate = words_a_minute
        self._written.clear()
        self._engine.save_to_file(text, str(out))
        self._engine.runAndWait()
        self._written.wait()  # the supervisor has the clock, and kills
        return trim(out)
