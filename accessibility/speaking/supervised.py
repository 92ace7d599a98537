# SPDX-License-Identifier: EUPL-1.2
"""An engine in a process of its own, under a clock: hung or dead, it is killed and started again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accessibility.processes.keeper import KeptProcess, Message
from accessibility.speaking.protocol import Manner
from accessibility.speaking.sound import memory_file

TRIES = 2


def sentence_limit(text: str) -> float:
    """Seconds allowed for one text: 0.03 s are needed for a sentence, 0.2 s for 10 000 signs."""
    return 1.5 + len(text) / 2000


def espeak_name(language: str) -> str:
    """The engine and the voice that speaks ``language``, as the cache knows them."""
    return f"pyttsx3 espeak-ng {language}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells one engine from another: its process, its name in the cache, its patience."""

    name: Callable[[str], str] = espeak_name
    """Language -> engine and voice."""
    command: Sequence[str] = field(default=(sys.executable, "-P", "-m", "accessibility.speaking.engine_process"))
    start_limit: float = 3.0
    """Seconds for a fresh process to be ready (pyttsx3: 0.15 s measured)."""
    sentence_limit: Callable[[str], float] = sentence_limit


class SupervisedEngine:
    """The :class:`~accessibility.speaking.protocol.Engine` of the kiosk: pyttsx3, or another ``Kind``, out of the way.

    A text that fails twice (time limit, or death of the process) is given up: False. Nothing waits for ever.
    """

    def __init__(self, kind: Kind | None = None) -> None:
        """Returns at once; the process starts meanwhile."""
        self._kind = kind or Kind()
        self._state = threading.Condition()
        self._ready = False
        self._broken = ""
        self._voice = ""
        self._fault = ""
        self._words = b""
        self._asked = 0
        self._made: float | None = None
        self._one_call = threading.Lock()
        self._process = KeptProcess(self._kind.command, self._heard, name="the voice engine")

    def name(self, language: str) -> str:
        """Engine and voice, known before the process is ready: the cache is read by it."""
        return self._kind.name(language)

    @property
    def voice(self) -> str:
        """The voice that spoke the last text; "" until then."""
        return self._voice

    @property
    def fault(self) -> str:
        """Why the engine could not make the last text, in its own words; "" when it could, or died."""
        return self._fault

    @property
    def words(self) -> bytes:
        """When each word of the last text begins; see :class:`~accessibility.speaking.protocol.Engine`."""
        return self._words

    @property
    def broken(self) -> str:
        """Why there is no engine on this machine; "" when there is one, or not known yet."""
        return self._broken

    @property
    def pid(self) -> int | None:
        """Of the engine's process, if it runs."""
        return self._process.pid

    def wait_ready(self, limit: float | None = None) -> bool:
        """True once the engine can work; False when it is broken or late (``limit`` seconds; None: its own)."""
        with self._state:
            wait = self._kind.start_limit if limit is None else limit
            self._state.wait_for(lambda: self._ready or bool(self._broken), wait)
            return self._ready

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """Write a WAV file at ``out``; see :class:`~accessibility.speaking.protocol.Engine`."""
        asked = {"do": "say", "text": text, "language": manner.language, "rate": manner.rate, "out": str(out)}
        return self._ask(asked, self._kind.sentence_limit(text))

    def stretch(self, wav: bytes, speed: float, out: Path) -> bool:
        """Write ``wav`` at ``out``, ``speed`` times as fast, at the same pitch. Only pyttsx3's process does it."""
        with memory_file() as (descriptor, path):
            with open(descriptor, "wb", closefd=False) as file:
                file.write(wav)
            return self._ask({"do": "stretch", "from": str(path), "speed": speed, "out": str(out)}, sentence_limit(""))

    def _ask(self, message: Mapping[str, Any], limit: float) -> bool:
        with self._one_call:
            return any(self._try(message, limit) for _ in range(TRIES))

    def _try(self, message: Mapping[str, Any], limit: float) -> bool:
        if not self.wait_ready():
            if not self._broken:
                self._process.kill()
            return False
        with self._state:
            self._asked += 1
            self._made, self._fault = None, ""
            asked = self._asked
        if self._process.send({**message, "id": asked}):
            with self._state:
                self._state.wait_for(lambda: self._made is not None or not self._ready, limit)
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
                    self._ready, self._broken = True, ""
                case "broken":
                    self._broken = message["why"]
                case "made" if message["id"] == self._asked:
                    self._made, self._voice, self._fault = message["seconds"], message["voice"], message["why"]
                    self._words = str(message.get("words", "")).encode()
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
