# SPDX-License-Identifier: EUPL-1.2
"""One microphone, through PortAudio. Used only in the ear's process: it may hang, and it writes on stderr.

The device is open only between :meth:`Microphone.open` and :meth:`Microphone.close`: opening takes a few milliseconds.
"""

from __future__ import annotations

import importlib
import queue
import threading
import time
from contextlib import suppress
from typing import Any

import numpy as np

from accessibility.listening.recogniser import FRAME, HERTZ, Samples
from accessibility.listening.sources import why_no_source

LATENCY = 0.03
"""Seconds of sound that PortAudio may hold back."""
FIRST_SOUND, NEXT_SOUND = 1.5, 1.0
"""Seconds without a sample after which the microphone is gone: from the opening, and later."""
DEAD_AIR = 0.6
"""Seconds of nothing but exact zeros, which few microphones give: what the sound server says of its source counts."""
ASKED_EVERY = 1.0


class NoMicrophone(Exception):
    """No sound library, no device, one that fails, is muted, or has been unplugged; French, for the technician."""


def portaudio() -> Any:
    """The library, started. It writes on stderr, and lists the devices of this moment only."""
    try:
        return importlib.import_module("sounddevice")
    except Exception as fault:  # its own PortAudioError cannot be named when the import fails
        raise NoMicrophone(f"PortAudio : {fault}") from fault


def inputs(library: Any) -> list[str]:
    """Names of the devices that can record."""
    try:
        return [device["name"] for device in library.query_devices() if device["max_input_channels"] > 0]
    except library.PortAudioError:
        return []


class Microphone:
    """16 kHz, mono. One thread uses it."""

    def __init__(self, device: str = "") -> None:
        """``device``: PortAudio's name or part of it; "" for the system's own."""
        self._device = device or None
        self._stream: Any = None
        self._frames: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._stale = False
        self._suspect = False
        """It was lost: until it gives a sound, the sound server is asked before it is taken for one."""
        self._too_late = 0.0
        self._sounded = 0.0
        """When anything but zeros was last recorded."""
        self._asked = 0.0
        self._verdict = ""

    def prepare(self) -> None:
        """Start PortAudio now (0.2 s). What is missing is said when the microphone is opened."""
        with suppress(NoMicrophone):
            portaudio()

    def open(self) -> None:
        """Begin to record. Raises :class:`NoMicrophone`."""
        if self._suspect and not self._device and (why := why_no_source()):
            raise NoMicrophone(why)
        library = portaudio()
        looked, self._stale = self._stale, True
        if looked:
            _look_again(library)
        try:
            self._start(library)
        except NoMicrophone:
            self.close()
            if looked:
                raise
            _look_again(library)
            self._start(library)
        self._stale = False
        now = time.monotonic()
        self._too_late, self._sounded = now + FIRST_SOUND, now
        self._ask(now)

    def read(self) -> Samples | None:
        """The next frame; None when there is none yet, after 0.1 s. Raises :class:`NoMicrophone` when it is gone."""
        now = time.monotonic()
        if now - self._sounded > DEAD_AIR:
            if self._verdict:
                raise self._lost(self._verdict)
            if now - self._asked > ASKED_EVERY:
                self._ask(now)
        try:
            block = self._frames.get(timeout=0.1)
        except queue.Empty:
            if not self._stream.active:
                raise self._lost("le micro a été débranché") from None
            if now > self._too_late:
                raise self._lost("le micro ne donne aucun son") from None
            return None
        self._too_late = now + NEXT_SOUND
        if any(block):
            self._sounded, self._verdict, self._suspect = now, "", False
        return (np.frombuffer(block, "<i2") / 32768).astype(np.float32)

    def close(self) -> None:
        """Stop recording; what was recorded and not read is dropped."""
        stream, self._stream = self._stream, None
        self._frames = queue.SimpleQueue()
        self._verdict = ""
        if stream is None:
            return
        try:
            stream.abort()
            stream.close()
        except portaudio().PortAudioError:
            self._stale = True

    def _start(self, library: Any) -> None:
        if not inputs(library):
            raise NoMicrophone("aucun micro n'a été trouvé")
        frames = self._frames = queue.SimpleQueue[bytes]()

        def keep(block: Any, _count: int, _time: Any, _status: Any) -> None:
            frames.put(bytes(block))

        try:
            self._stream = library.RawInputStream(
                samplerate=HERTZ,
                channels=1,
                dtype="int16",
                blocksize=FRAME,
                latency=LATENCY,
                device=self._device,
                callback=keep,
            )
            self._stream.start()
        except (library.PortAudioError, ValueError) as fault:
            raise NoMicrophone(str(fault)) from fault

    def _lost(self, why: str) -> NoMicrophone:
        self._stale = self._suspect = True
        return NoMicrophone(why)

    def _ask(self, now: float) -> None:
        """A microphone that is unplugged may be replaced by another source, or by nothing but zeros: ask the server."""

        def ask() -> None:
            self._verdict = why_no_source()

        self._asked = now
        threading.Thread(target=ask, name="what source", daemon=True).start()


def _look_again(library: Any) -> None:
    """PortAudio lists the devices when it starts: start it again ("expert" functions of sounddevice's documentation).

    Works only while no stream is open.
    """
    with suppress(library.PortAudioError):
        library._terminate()
    try:
        library._initialize()
    except library.PortAudioError as fault:
        raise NoMicrophone(f"PortAudio : {fault}") from fault
