# SPDX-License-Identifier: EUPL-1.2
"""A microphone that tests speak into, in the private sound server of :mod:`tests.sound`.

    with sound_server(tmp_path) as server, microphone(server) as mic:
        ear = start(env=os.environ | server.env)
        mic.speak(speech.said("répéter"))          # returns once it has been heard
        mic.unplug()
        mic.plug()

The room is a null sink; the microphone is a source of its own that records it. A faint hiss is always there, as in any
room: a null sink gives exact zeros, and hands sound over in blocks of 2 s, where no microphone does either.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np

from tests.sound import HERTZ, Recording, SoundServer

HISS = 0.0006
"""RMS, full scale being 1 (-64 dB): a calm room."""
SOURCE = "microphone"


@contextmanager
def microphone(server: SoundServer) -> Iterator[Microphone]:
    """A microphone, plugged in, that is the system's own."""
    mic = Microphone(server)
    mic.plug()
    try:
        yield mic
    finally:
        mic.unplug()


class Microphone:
    """What is played into the room is heard by whoever records."""

    def __init__(self, server: SoundServer) -> None:
        self._server = server
        self._modules: list[str] = []
        self._hiss = ExitStack()

    def plug(self) -> None:
        """Plug it in; again after :meth:`unplug`, or after the server was stopped and started."""
        self._modules = [
            self._load("module-null-sink", "sink_name=room", f"rate={HERTZ}"),
            self._load("module-remap-source", "master=room.monitor", f"source_name={SOURCE}"),
        ]
        self._server.control("set-default-source", SOURCE)
        self._server.control("set-default-sink", "speaker")
        self._hiss.enter_context(self.noise(HISS))
        with self.record() as hears:  # the first block of a null sink comes late
            hears.wait_for(lambda: bool(hears.now), 10, "the microphone hears nothing")

    def unplug(self) -> None:
        """Pull the plug: the source is gone, whoever records from it or not."""
        self._hiss.close()
        for module in reversed(self._modules):
            self._server.control("unload-module", module)
        self._modules = []

    def mute(self, muted: bool = True) -> None:
        """Press the button on the microphone."""
        self._server.control("set-source-mute", SOURCE, "1" if muted else "0")

    def speak(self, wav: Path, volume: float = 1.0) -> None:
        """Say a WAV file; returns once all of it has been heard. ``volume`` 1 is as recorded."""
        subprocess.run(
            [
                *("paplay", "--device=room", "--latency-msec=20", f"--volume={round(volume * 65536)}"),
                str(wav),
            ],
            env=os.environ | self._server.env,
            check=True,
            timeout=60,
        )

    @contextmanager
    def noise(self, level: float, *, pink: bool = False) -> Iterator[None]:
        """A steady noise in the room, of this loudness (RMS), until the end of the block; ``pink``: as of a crowd."""
        player = subprocess.Popen(
            [
                *("pacat", "--playback", "--device=room", f"--rate={HERTZ}", "--channels=1", "--format=s16le"),
                *("--latency-msec=20",),
            ],
            env=os.environ | self._server.env,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        sound = np.random.default_rng(7).normal(0, 1, HERTZ)
        if pink:
            notes = np.fft.rfft(sound)
            sound = np.fft.irfft(notes / np.sqrt(np.arange(len(notes)).clip(20)), HERTZ)
        sound *= level * 32768 / float(np.sqrt(np.mean(np.square(sound))))
        second = sound.clip(-32768, 32767).astype("<i2").tobytes()
        feeder = threading.Thread(target=_pour, args=(player, second), daemon=True)
        feeder.start()
        try:
            yield
        finally:
            player.kill()
            feeder.join()
            player.wait()
            assert player.stdin
            with suppress(BrokenPipeError):
                player.stdin.close()

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """What the microphone hears, with times."""
        with self._server.record(SOURCE) as recording:
            yield recording

    def _load(self, *module: str) -> str:
        number = self._server.control("load-module", *module)
        assert number.isdigit(), f"{module[0]}: {number}"
        return number


def _pour(player: subprocess.Popen[bytes], second: bytes) -> None:
    assert player.stdin
    with suppress(BrokenPipeError, ValueError):
        while True:
            player.stdin.write(second)
            player.stdin.flush()
