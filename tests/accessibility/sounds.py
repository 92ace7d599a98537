# SPDX-License-Identifier: EUPL-1.2
"""Sounds, engines and processes for the tests of the voice."""

from __future__ import annotations

import io
import math
import struct
import threading
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance

POLL = 0.005


def tone(seconds: float = 0.2, hertz: int = 22_050) -> bytes:
    """A WAV that can be heard."""
    frames = [round(12_000 * math.sin(number / 8)) for number in range(round(seconds * hertz))]
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setparams((1, 2, hertz, 0, "NONE", "not compressed"))
        target.writeframes(struct.pack(f"<{len(frames)}h", *frames))
    return out.getvalue()


class ScriptedEngine:
    """Makes a tone of any text; cannot make those that hold "impossible"; waits at those that hold "lent"."""

    def __init__(self, seconds: float = 0.2) -> None:
        self.made: list[tuple[str, float]] = []
        self.stretched: list[float] = []
        self.words = b""
        self.go_on = threading.Event()
        self.forgotten = 0
        self.closed = False
        self._tone = tone(seconds)

    def name(self, language: str) -> str:
        """One voice a language."""
        return f"scripted {language}"

    def stretch(self, wav: bytes, speed: float, out: Path) -> bool:
        """The same sound, untouched."""
        self.stretched.append(speed)
        out.write_bytes(wav)
        return True

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """Write the tone."""
        if "lent" in text:
            self.go_on.wait(20)
        self.made.append((text, manner.rate))
        if "impossible" in text:
            return False
        out.write_bytes(self._tone)
        return True

    def forget(self) -> None:
        """Count it."""
        self.forgotten += 1

    def close(self) -> None:
        """Nothing waits any longer."""
        self.closed = True
        self.go_on.set()


@dataclass
class Ending:
    """The ``done`` of a screen: how it ended, and when."""

    outcomes: list[SpeechOutcome] = field(default_factory=list[SpeechOutcome])
    at: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def __call__(self, outcome: SpeechOutcome) -> None:
        self.at = time.monotonic()
        self.outcomes.append(outcome)
        self._over.set()

    def wait(self, limit: float = 15.0) -> SpeechOutcome:
        """The outcome, once there is one."""
        assert self._over.wait(limit), "the voice never said that it had ended"
        return self.outcomes[0]


def say(speaker: Speaker, sentences: Sequence[str], manner: Manner | None = None, *, private: bool = False) -> Ending:
    """Say it, and give the ending to wait for."""
    ending = Ending()
    speaker.say([Utterance(text) for text in sentences], manner or Manner(), ending, private=private)
    return ending


def wait_until(condition: Callable[[], object], limit: float = 10.0) -> float:
    """Seconds until the condition holds."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < limit, "it never happened"
        time.sleep(POLL)
    return time.monotonic() - begun


@contextmanager
def no_process_left() -> Iterator[None]:
    """Every child started in the block is gone at its end."""
    me = psutil.Process()
    before = set(me.children(recursive=True))
    yield
    wait_until(lambda: set(me.children(recursive=True)) <= before)


def a_second_of_silence(path: Path) -> None:
    """A sound file in which nobody speaks."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes(bytes(32000))
