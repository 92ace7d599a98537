# SPDX-License-Identifier: EUPL-1.2
"""Plays sounds, batch after batch, and can be cut at any instant. The sound itself is made in another process.

What can fail here fails in that process: a device that hangs is a process that is killed, which is silence too.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from accessibility.processes.keeper import KeptProcess, Message

HUSH_LIMIT = 0.08
"""Seconds for the process to confirm its silence; after that it is killed."""
STALL_LIMIT = 1.8
"""Seconds without a proof of progress; beyond, there is no sound."""
RETRY_AFTER = 5.0
"""Seconds before a device that failed is tried again."""
DECIBELS_A_NOTCH = 6
"""For 20 points of volume: a step that is heard, within the 10 dB that VVSG 2.0 § 7.1 allows."""


def gain_of(volume: int) -> float:
    """What to multiply samples by, for a volume from 0 (nothing) to 100 (as recorded)."""
    if volume <= 0:
        return 0.0
    return 10 ** ((min(volume, 100) - 100) / 20 * DECIBELS_A_NOTCH / 20)


@dataclass(frozen=True, slots=True)
class Started:
    """The first sound of a piece is heard at this monotonic time; told again when the device fell behind."""

    batch: int
    number: int
    at: float


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything of the batch has been heard."""

    batch: int


@dataclass(frozen=True, slots=True)
class Silent:
    """The batch cannot be heard: no device. ``why`` is PortAudio's own word."""

    batch: int
    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The process died in the middle of the batch; another one starts."""

    batch: int


PlayerEvent = Started | Finished | Silent | Lost


class Player:
    """Batches are numbers that grow. A batch below one that was hushed can no longer be heard."""

    def __init__(self, device: str, heard: Callable[[PlayerEvent], None], command: Sequence[str] | None = None) -> None:
        """``heard`` is called from any thread, and must return at once."""
        module = "accessibility.speaking.player_process"
        self._heard = heard
        self._lock = threading.RLock()
        self._tokens = itertools.count()
        self._files: dict[int, int] = {}
        self._unsent: list[Message] = []
        self._ready = False
        self._floor = 0
        self._batch: int | None = None
        self._sent: int | None = None
        self._last_sign = 0.0
        self._hush_asked: float | None = None
        self._failed_at: float | None = None
        self.why_silent = ""
        self._process = KeptProcess(
            command or (sys.executable, "-P", "-m", module, device), self._hear, name="the player"
        )

    @property
    def pid(self) -> int | None:
        """Of the player's process, if it runs."""
        return self._process.pid

    def play(self, batch: int, number: int, wav: bytes, *, pause: float, volume: int) -> None:
        """Add a 16-bit WAV to the batch, ``pause`` seconds after the one before."""
        with self._lock:
            if batch < self._floor:
                return
            if self._failed_at is not None and time.monotonic() - self._failed_at < RETRY_AFTER:
                self._heard(Silent(batch, self.why_silent))
                return
            if self._batch != batch:
                self._batch, self._last_sign = batch, time.monotonic()
            token, path = self._lend(wav)
            self._send(
                {
                    "do": "play",
                    "batch": batch,
                    "number": number,
                    "token": token,
                    "path": str(path),
                    "pause": pause,
                    "gain": gain_of(volume),
                }
            )

    def end(self, batch: int) -> None:
        """Nothing more comes in this batch: ``Finished`` follows once all is heard."""
        with self._lock:
            if batch >= self._floor:
                self._send({"do": "end", "batch": batch})

    def hush(self, below: int) -> None:
        """Silence every batch below this one, now and later. Returns at once."""
        with self._lock:
            self._floor = max(self._floor, below)
            self._drop_unsent()
            if self._batch is None:
                return
            self._batch = None
            if self._ready and self._process.send({"do": "hush", "batch": below}):
                self._hush_asked = time.monotonic()
            else:
                self._ready = False  # it plays nothing yet, or it has been killed

    def watch(self) -> float | None:
        """Kill a process that does not obey. To be called again within the seconds it gives (None: no need)."""
        with self._lock:
            now = time.monotonic()
            if self._hush_asked is not None:
                left = self._hush_asked + HUSH_LIMIT - now
                if left > 0:
                    return left
                self._hush_asked = None
                self._restart()
            if self._batch is not None:
                left = self._last_sign + STALL_LIMIT - now
                if left > 0:
                    return left
                self._give_up("the device takes no sound")
                self._restart()
            return None

    def renew(self) -> None:
        """Replace the process: the last sounds are still in the old one's memory."""
        with self._lock:
            self._restart()

    def close(self) -> None:
        """Silence, and the end of the process."""
        self._process.close()
        with self._lock:
            self._take_back(*self._files)

    def _lend(self, wav: bytes) -> tuple[int, Path]:
        """Put the sound in memory where the process can read it; it is taken back when it has."""
        token = next(self._tokens)
        descriptor = os.memfd_create("sound", os.MFD_CLOEXEC)
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(wav)
        self._files[token] = descriptor
        return token, Path(f"/proc/{os.getpid()}/fd/{descriptor}")

    def _take_back(self, *tokens: int) -> None:
        for token in tokens:
            if (descriptor := self._files.pop(token, None)) is not None:
                os.close(descriptor)

    def _send(self, message: Message) -> None:
        if self._ready and self._process.send(message):
            self._sent = self._batch
        else:
            self._ready = False
            self._unsent.append(message)

    def _drop_unsent(self) -> None:
        unsent, self._unsent = self._unsent, []
        self._take_back(*[message["token"] for message in unsent if "token" in message])

    def _restart(self) -> None:
        self._ready = False
        self._process.kill()

    def _give_up(self, why: str) -> None:
        batch, self._batch = self._batch, None
        self._failed_at, self.why_silent = time.monotonic(), why
        self._drop_unsent()
        if batch is not None:
            self._heard(Silent(batch, why))

    def _hear(self, message: Message) -> None:
        with self._lock:
            self._last_sign = time.monotonic()
            match message["event"]:
                case "ready":
                    self._ready = True
                    unsent, self._unsent = self._unsent, []
                    for line in unsent:
                        self._send(line)
                case "loaded":
                    self._take_back(message["token"])
                case "started":
                    self._failed_at, self.why_silent = None, ""
                    if message["batch"] >= self._floor:
                        self._heard(Started(message["batch"], message["number"], message["at"]))
                case "finished":
                    if message["batch"] == self._batch:
                        self._batch = None
                        self._heard(Finished(message["batch"]))
                case "hushed":
                    self._hush_asked = None
                case "no_sound":
                    self._ready = False
                    self._give_up(message["why"])
                case "gone":
                    self._on_gone()
                case _:
                    pass

    def _on_gone(self) -> None:
        self._ready = False
        self._hush_asked = None
        if self._batch is not None and self._sent == self._batch:
            batch, self._batch = self._batch, None
            self._drop_unsent()
            self._heard(Lost(batch))
        self._sent = None
        waiting = {message.get("token") for message in self._unsent}  # for the next process
        self._take_back(*[token for token in self._files if token not in waiting])
