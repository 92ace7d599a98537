# SPDX-License-Identifier: EUPL-1.2
"""An engine in a process of its own, under a clock: hung or dead, it is killed and started again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from accessibility.processes.keeper import KeptProcess, Message
from accessibility.speaking.protocol import Manner

START_LIMIT = 3.0
"""Seconds for a fresh process to be ready (0.15 s measured)."""
TRIES = 2


def sentence_limit(text: str) -> float:
    """Seconds allowed for one text: 0.03 s are needed for a sentence, 0.2 s for 10 000 signs."""
    return 1.5 + len(text) / 2000


class SupervisedEngine:
    """The :class:`~accessibility.speaking.protocol.Engine` of the kiosk: pyttsx3, out of the way.

    A text that fails twice (time limit, or death of the process) is given up: False. Nothing waits for ever.
    """

    def __init__(self, language: str = "fr", command: Sequence[str] | None = None) -> None:
        module = "accessibility.speaking.engine_process"
        self._state = threading.Condition()
        self._ready = False
        self._broken = ""
        self._voice = ""
        self._language = language
        self._asked = 0
        self._made: float | None = None
        self._one_call = threading.Lock()
        self._process = KeptProcess(
            command or (sys.executable, "-P", "-m", module, language), self._heard, name="the voice engine"
        )

    @property
    def name(self) -> str:
        """Engine and voice, known before the process is ready: the cache is read by it."""
        return f"pyttsx3 espeak-ng {self._language}"

    @property
    def voice(self) -> str:
        """The voice that the engine found; "" until it is ready."""
        return self._voice

    @property
    def broken(self) -> str:
        """Why there is no engine on this machine; "" when there is one, or not known yet."""
        return self._broken

    @property
    def pid(self) -> int | None:
        """Of the engine's process, if it runs."""
        return self._process.pid

    def wait_ready(self, limit: float = START_LIMIT) -> bool:
        """True once the engine can work; False when it is broken or late."""
        with self._state:
            self._state.wait_for(lambda: self._ready or bool(self._broken), limit)
            return self._ready

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """Write a WAV file at ``out``; see :class:`~accessibility.speaking.protocol.Engine`."""
        with self._one_call:
            return any(self._try(text, manner.rate, out) for _ in range(TRIES))

    def _try(self, text: str, rate: float, out: Path) -> bool:
        if not self.wait_ready():
            if not self._broken:
                self._process.kill()
            return False
        with self._state:
            self._asked += 1
            self._made = None
            asked = self._asked
        if self._process.send({"id": asked, "text": text, "rate": rate, "out": str(out)}):
            with self._state:
                self._state.wait_for(lambda: self._made is not None or not self._ready, sentence_limit(text))
                if self._made is not None:
                    return self._made > 0
        with self._state:
            self._ready = False  # the next try waits for the next process
        self._process.kill()
        return False

    def _heard(self, message: Message) -> None:
        with self._state:
            match message["event"]:
                case "ready":
                    self._ready, self._broken, self._voice = True, "", message["voice"]
                case "broken":
                    self._broken = message["why"]
                case "made" if message["id"] == self._asked:
                    self._made = message["seconds"]
                case "gone":
                    self._ready = False
                case _:
                    pass
            self._state.notify_all()

    def forget(self) -> None:
        """Replace the process: the last text is still in the old one's memory."""
        with self._state:
            self._ready = False
        self._process.kill()

    def close(self) -> None:
        """End the process for good."""
        self._process.close()
        with self._state:
            self._broken = "closed"
            self._state.notify_all()
