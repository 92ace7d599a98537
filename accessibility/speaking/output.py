# SPDX-License-Identifier: EUPL-1.2
"""One sound output, through PortAudio. Used only in the player's process: it may hang, and it writes on stderr."""

from __future__ import annotations

import array
import importlib
from typing import Any

LATENCY = 0.06
"""Seconds of sound handed in advance: by how much a loaded machine may be late without a crackle."""


class NoSound(Exception):
    """No sound library, no device, or a device that fails; the message is for the technician."""


def _portaudio() -> Any:
    try:
        return importlib.import_module("sounddevice")  # starts PortAudio
    except Exception as fault:  # its own PortAudioError cannot be named when the import fails
        raise NoSound(f"PortAudio: {fault}") from fault


def outputs() -> list[str]:
    """Names of the devices that can play. Raises :class:`NoSound`."""
    sounddevice = _portaudio()
    try:
        return [device["name"] for device in sounddevice.query_devices() if device["max_output_channels"] > 0]
    except sounddevice.PortAudioError as fault:
        raise NoSound(f"PortAudio: {fault}") from fault


class Output:
    """A 16-bit mono output that is open only while something is played."""

    def __init__(self, device: str) -> None:
        """``device``: PortAudio's name or part of it; "" for the system's own output."""
        self._sounddevice = _portaudio()
        self._device = device or None
        self._stream: Any = None
        self._hertz = 22050
        self._room = 0

    @property
    def is_open(self) -> bool:
        """True between :meth:`open` and :meth:`abort`."""
        return self._stream is not None

    @property
    def latency(self) -> float:
        """Seconds between a sample written and the same sample heard."""
        return float(self._stream.latency) if self._stream else 0.0

    @property
    def ahead(self) -> float:
        """Seconds between now and the moment when the last sample written is heard. Raises :class:`NoSound`."""
        if self._stream is None:
            return 0.0
        try:
            free = int(self._stream.write_available)
        except self._sounddevice.PortAudioError as fault:
            raise NoSound(str(fault)) from fault
        return max(0, self._room - free) / self._hertz

    def frames(self, seconds: float) -> int:
        """Samples in so many seconds, one at least."""
        return max(1, round(seconds * self._hertz))

    def silence(self, seconds: float) -> array.array[int]:
        """So many seconds of nothing."""
        return array.array("h", bytes(2 * self.frames(seconds)))

    def open(self, hertz: int) -> None:
        """Open the device at this rate, or again when the rate changed. Raises :class:`NoSound`."""
        if self._stream is not None and self._hertz == hertz:
            return
        self.abort()
        if not outputs():
            raise NoSound("aucune sortie son n'a été trouvée")
        try:
            stream = self._sounddevice.RawOutputStream(
                samplerate=hertz, channels=1, dtype="int16", device=self._device, latency=LATENCY
            )
            stream.start()
            room = int(stream.write_available)  # nothing is written yet: all of the device's buffer
        except (self._sounddevice.PortAudioError, ValueError) as fault:
            raise NoSound(str(fault)) from fault
        self._stream, self._hertz, self._room = stream, hertz, room

    def write(self, samples: bytes) -> None:
        """Hand samples over; waits while the device has enough. Raises :class:`NoSound`."""
        try:
            self._stream.write(samples)
        except self._sounddevice.PortAudioError as fault:
            raise NoSound(str(fault)) from fault

    def abort(self) -> None:
        """Silence now: what was handed in advance is dropped, and the device is free for others."""
        if self._stream is None:
            return
        stream, self._stream = self._stream, None
        try:
            stream.abort()
            stream.close()
        except self._sounddevice.PortAudioError as fault:
            raise NoSound(str(fault)) from fault
