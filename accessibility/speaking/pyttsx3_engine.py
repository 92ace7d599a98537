# SPDX-License-Identifier: EUPL-1.2
"""pyttsx3 on espeak-ng, used only through ``save_to_file``, in a process of its own (see ADR 0030).

Two defects of pyttsx3 2.99 are worked around here, both measured:

- ``runAndWait()`` returns before the file is written: we wait for ``finished-utterance``;
- ``runAndWait()`` cancels espeak-ng when it is busy, and it is busy for a moment after a change of rate: the
  change is lost one time in three. We let espeak-ng settle first, and set nothing before the first ``runAndWait()``.
"""

from __future__ import annotations

import array
import importlib
import threading
import wave
from pathlib import Path
from typing import Any

NORMAL_RATE = 160
"""Words a minute at rate 1: slow enough for an old ear; half of it is espeak-ng's slowest (80)."""
LANGUAGES = {"fr": "fr-fr", "en": "en-gb"}
QUIET = 100
"""Out of 32767: below it nothing is heard."""
MARGIN = 0.02
"""Seconds of quiet left around the words."""


class EngineBroken(Exception):
    """pyttsx3, espeak-ng or the voice is not installed."""


class Pyttsx3Engine:
    """Not for threads: one text at a time."""

    def __init__(self, language: str = "fr") -> None:
        try:
            pyttsx3: Any = importlib.import_module("pyttsx3")
            self._engine: Any = pyttsx3.init("espeak")
            self._espeak: Any = importlib.import_module("pyttsx3.drivers._espeak")
        except (ImportError, OSError, RuntimeError, AttributeError) as fault:
            raise EngineBroken(f"espeak-ng: {fault}") from fault
        self._written = threading.Event()
        self._engine.connect("finished-utterance", lambda name, completed: self._written.set())  # pyright: ignore
        self.voice = self._voice_of(language)
        self._rate = 0
        self._engine.runAndWait()  # until then every property waits in a queue, and is lost with it
        self._engine.setProperty("voice", self.voice)

    def _voice_of(self, language: str) -> str:
        """The voice's identifier. Its language name is not one: espeak-ng would go on in English, silently."""
        wanted = LANGUAGES.get(language, language)
        for voice in self._engine.getProperty("voices"):
            if wanted in (voice.languages or ()):
                return str(voice.id)
        raise EngineBroken(f"espeak-ng has no voice for {wanted}")

    def save(self, text: str, rate: float, out: Path) -> float:
        """Write the words as a 16-bit mono WAV at normal volume; seconds of sound, 0 when there is none.

        Raises OSError when ``out`` cannot be written, UnicodeError when the text is none: pyttsx3 would never end.
        """
        text.encode()
        if not any(sign.isalnum() for sign in text):
            return 0.0
        out.touch()
        words_a_minute = round(NORMAL_RATE * rate)
        self._espeak.Synchronize()  # the end of the text before
        if words_a_minute != self._rate:
            self._engine.setProperty("rate", words_a_minute)
            self._espeak.Synchronize()
            self._rate = words_a_minute
        self._written.clear()
        self._engine.save_to_file(text, str(out))
        self._engine.runAndWait()
        self._written.wait()  # the supervisor has the clock, and kills
        return _trim(out)


def _trim(path: Path) -> float:
    """Cut the silence that espeak-ng leaves (0.9 s at the end): the pauses are the speaker's to choose."""
    with wave.open(str(path), "rb") as source:
        hertz = source.getframerate()
        samples = array.array("h", source.readframes(source.getnframes()))
    first = next((i for i, sample in enumerate(samples) if abs(sample) > QUIET), None)
    if first is None:
        return 0.0
    last = next(i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) > QUIET)
    margin = round(MARGIN * hertz)
    kept = samples[max(0, first - margin) : last + margin]
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(hertz)
        target.writeframes(kept.tobytes())
    return len(kept) / hertz
