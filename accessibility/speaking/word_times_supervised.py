# SPDX-License-Identifier: EUPL-1.2
"""Asks a process of its own when each word of a sound is heard. Never waits long: without an answer it is guessed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from accessibility.processes.keeper import KeptProcess, Message
from accessibility.speaking.protocol import Manner

PATIENCE = 0.5
"""Seconds for one sentence (0.01 s measured, more on a busy machine); beyond, the process hangs and nobody waits."""
START_LIMIT = 1.0
"""Seconds for a fresh process to be ready (0.1 s measured, less than the engine needs)."""
COMMAND = (sys.executable, "-P", "-m", "accessibility.speaking.word_times_process")


class WordTimer(Protocol):
    """Tells when each word of a sound is heard."""

    def words(self, said: str, manner: Manner, sound: Path) -> bytes:
        """What to keep beside the WAV at ``sound``, which says ``said``; b"" when it cannot be told."""
        ...

    def forget(self) -> None:
        """Drop every trace of what was said."""
        ...

    def close(self) -> None:
        """End the process behind it, if any."""
        ...


class SupervisedWordTimer:
    """The :class:`WordTimer` of the kiosk. One call at a time; ``close`` and ``forget`` from any thread."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        """Returns at once; the process starts meanwhile."""
        self._state = threading.Condition()
        self._ready = False
        self._broken = False
        self._asked = 0
        self._told: bytes | None = None
        self._process = KeptProcess(command, self._heard, name="the word timer")

    @property
    def pid(self) -> int | None:
        """Of the process, if it runs."""
        return self._process.pid

    def words(self, said: str, manner: Manner, sound: Path) -> bytes:
        """See :class:`WordTimer`. Never waits long: the sound waits for it."""
        with self._state:
            if not self._state.wait_for(lambda: self._ready or self._broken, START_LIMIT) or self._broken:
                return b""
            self._asked += 1
            self._told = None
            message = {"id": self._asked, "said": said, "language": manner.language, "rate": manner.rate}
        if self._process.send({**message, "sound": str(sound)}):
            with self._state:
                self._state.wait_for(lambda: self._told is not None or not self._ready, PATIENCE)
                if self._told is not None:
                    return self._told
        self.forget()
        return b""

    def forget(self) -> None:
        """Replace the process: the last text is still in the old one's memory."""
        with self._state:
            self._ready = False
            self._state.notify_all()
        self._process.kill()

    def close(self) -> None:
        """End the process for good."""
        self._process.close()
        with self._state:
            self._broken = True
            self._state.notify_all()

    def _heard(self, message: Message) -> None:
        with self._state:
            match message["event"]:
                case "ready":
                    self._ready, self._broken = True, False
                case "broken":
                    self._broken = True
                case "timed" if message["id"] == self._asked:
                    self._told = message["words"].encode()
                case "gone":
                    self._ready = False
                case _:
                    pass
            self._state.notify_all()
