# SPDX-License-Identifier: EUPL-1.2
"""A real sound server of one's own, and ears: what a program plays is recorded, with the time at which it was heard.

    with sound_server(tmp_path) as server, server.record() as heard:
        program = start(env=os.environ | server.env)      # or monkeypatch.setenv for each of server.env
        heard.wait_for_sound(after=time.monotonic())
        pressed = time.monotonic()
        press_key()
        assert heard.silent_from(pressed) - pressed < 0.150

Clocks. Every time here is ``time.monotonic()`` (CLOCK_MONOTONIC, the same in every process), so the time of a key
press compares with the time of a sound. The recorder stamps each chunk as it arrives; a chunk can only come late, so
the earliest stamp, counted back in samples, gives the time of sample 0. What is left is the sink's own block: a time
read here is right within 10 ms.

A null sink hands sound over in blocks as long as its most patient listener allows (2 s when nobody records): begin to
record before anything is played.
"""

from __future__ import annotations

import math
import os
import shutil
import socket
import subprocess
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERTZ = 48_000
CHUNK = 480
"""Samples read at a time: 10 ms."""
STEP = CHUNK / HERTZ
AUDIBLE = 0.003
"""RMS, full scale being 1 (-50 dB): speech is above 0.02, even at the softest volume above 0.004."""
POLL = 0.01


def installed() -> bool:
    """False where the Debian packages ``pulseaudio`` and ``pulseaudio-utils`` are missing."""
    return all(shutil.which(name) for name in ("pulseaudio", "pactl", "parec"))


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """A private PulseAudio with one null sink, ``speaker``. Works as root; leaves no process and no file outside."""
    home = folder / "pulse"
    home.mkdir(mode=0o700)
    server = SoundServer(home)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class SoundServer:
    """``env`` is what a program needs to find it."""

    home: Path
    _daemon: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        """To be added to a program's environment."""
        return {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self.home / "cookie"),
            "PULSE_RUNTIME_PATH": str(self.home),
            "PULSE_STATE_PATH": str(self.home),
        }

    @property
    def _socket(self) -> Path:
        return self.home / "native"

    def start(self) -> None:
        """Start it, or start it again after :meth:`stop`: the loudspeaker is plugged in."""
        modules = (
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            f"module-null-sink sink_name=speaker rate={HERTZ}",
        )
        with (self.home / "log").open("ab") as log:
            self._daemon = subprocess.Popen(
                [
                    *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                    *("--disable-shm=yes", "--realtime=no", "--high-priority=no"),
                    *(word for module in modules for word in ("-L", module)),
                ],
                env=os.environ | self.env | {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        _wait_until(self._answers, 10, f"no sound server: {(self.home / 'log').read_text()}")

    def stop(self) -> None:
        """Kill it: the loudspeaker is unplugged."""
        if self._daemon:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None
            self._socket.unlink(missing_ok=True)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            client.connect(str(self._socket))
            return True
        return False

    def control(self, *command: str) -> str:
        """What ``pactl`` answers; its complaint when it refuses."""
        done = subprocess.run(
            ["pactl", *command], env=os.environ | self.env, capture_output=True, text=True, timeout=10, check=False
        )
        return (done.stdout or done.stderr).strip()

    @contextmanager
    def record(self, source: str = "speaker.monitor") -> Iterator[Recording]:
        """Listen to the sink, or to another source, until the end of the block."""
        command = [
            *("parec", f"--device={source}", f"--rate={HERTZ}", "--channels=1", "--format=s16le"),
            *("--latency-msec=10", "--process-time-msec=5"),
        ]
        recorder = subprocess.Popen(
            command, env=os.environ | self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert recorder.stdout
        recording = Recording()
        reader = threading.Thread(target=recording.follow, args=(recorder.stdout.read,), daemon=True)
        reader.start()
        try:
            recording.wait_for(lambda: recording.now > 0, 10, "the recorder hears nothing")
            yield recording
        finally:
            recorder.kill()
            reader.join()
            recorder.stdout.close()
            recorder.wait()


@dataclass
class Recording:
    """What was heard so far. Times are monotonic seconds; levels are RMS, 1 being full scale."""

    _chunks: list[NDArray[np.floating]] = field(default_factory=list[NDArray[np.floating]], repr=False)
    _levels: list[float] = field(default_factory=list[float], repr=False)
    _audible: list[int] = field(default_factory=list[int], repr=False)
    """Which chunks could be heard: whoever waits for a sound asks a hundred times a second."""
    _start: float = float("inf")
    _news: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def follow(self, read: Callable[[int], bytes]) -> None:
        """Take everything in, until the recorder ends. Runs on the recorder's thread."""
        while len(block := read(CHUNK * 2)) == CHUNK * 2:
            arrived = time.monotonic()
            chunk = np.frombuffer(block, dtype="<i2").astype(np.float32) / 32768
            level = math.sqrt(float(chunk @ chunk) / CHUNK)
            with self._news:
                if level > AUDIBLE:
                    self._audible.append(len(self._chunks))
                self._chunks.append(chunk)
                self._levels.append(level)
                self._start = min(self._start, arrived - len(self._chunks) * STEP)
                self._news.notify_all()

    @property
    def now(self) -> float:
        """The time up to which everything was heard; 0 before the first sound."""
        with self._news:
            return self._at(len(self._chunks)) if self._chunks else 0.0

    def levels(self, since: float, until: float) -> list[tuple[float, float]]:
        """``(time, level)`` of each 10 ms chunk that begins in ``[since, until)``."""
        with self._news:
            first, last = self._between(since, until)
            return [(self._at(number), self._levels[number]) for number in range(first, last)]

    def samples(self, since: float, until: float) -> NDArray[np.floating]:
        """The sound between two times, 48 kHz, 1 being full scale."""
        with self._news:
            first, last = self._between(since, until)
            return np.concatenate([np.zeros(0, np.float32), *self._chunks[first:last]])

    def energy(self, since: float, until: float) -> float:
        """Mean level between two times."""
        squares = [level * level for _, level in self.levels(since, until)]
        return math.sqrt(sum(squares) / len(squares)) if squares else 0.0

    def seconds_of_sound(self, since: float, until: float) -> float:
        """How long something was audible between two times."""
        return len(self._heard(since, until)) * STEP

    def first_sound(self, after: float) -> float | None:
        """When something was first audible."""
        heard = self._heard(after, self.now)
        return self._at(heard[0]) if heard else None

    def last_sound(self, after: float, until: float | None = None) -> float | None:
        """When something was last audible."""
        heard = self._heard(after, until or self.now)
        return self._at(heard[-1] + 1) if heard else None

    def _at(self, number: int) -> float:
        """When a chunk begins."""
        return self._start + number * STEP

    def _between(self, since: float, until: float) -> tuple[int, int]:
        """The first chunk that begins in ``[since, until)``, and the one after the last."""
        first, last = (max(0, int((moment - self._start) / STEP)) for moment in (since, until))
        return first, min(last, len(self._chunks))

    def _heard(self, since: float, until: float) -> list[int]:
        """The chunks between two times that could be heard."""
        with self._news:
            first, last = self._between(since, until)
            return self._audible[bisect_left(self._audible, first) : bisect_left(self._audible, last)]

    def wait_for_sound(self, after: float, limit: float = 10.0) -> float:
        """When something is first audible, waiting for it."""
        self.wait_for(lambda: self.first_sound(after) is not None, limit, "nothing is heard")
        found = self.first_sound(after)
        assert found is not None
        return found

    def silent_from(self, after: float, quiet: float = 0.5, limit: float = 10.0) -> float:
        """The time from which nothing was audible for ``quiet`` seconds, waiting for it (``after`` when at once)."""

        def since() -> float:
            return self.last_sound(after) or after

        self.wait_for(lambda: self.now - since() >= quiet, limit, "it never falls silent")
        return since()

    def first_silence(self, after: float, quiet: float) -> float:
        """The first time from which nothing was audible for ``quiet`` seconds, whatever was heard later."""
        self.wait_until(after + quiet)
        since = after
        for at, level in self.levels(after, float(self.now)):
            if at - since >= quiet:
                break
            if level > AUDIBLE:
                since = at + STEP
        return since

    def wait_until(self, moment: float) -> None:
        """Until everything up to that time has been heard."""
        self.wait_for(lambda: self.now >= moment, max(1.0, moment - time.monotonic() + 5), "the recorder stopped")

    def wait_for(self, condition: Callable[[], bool], limit: float, complaint: str) -> None:
        """Wait for anything that depends on what is heard."""
        end = time.monotonic() + limit
        while not condition():
            with self._news:
                if not self._news.wait(max(0.0, end - time.monotonic())):
                    raise AssertionError(complaint)


def _wait_until(condition: Callable[[], bool], limit: float, complaint: str) -> None:
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(complaint)
        time.sleep(POLL)
