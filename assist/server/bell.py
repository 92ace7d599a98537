# SPDX-License-Identifier: EUPL-1.2
"""The bell of the queue: two soft notes that nobody else has a right to.

python -m assist.server.bell        makes assist/server/static/bell.wav
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

FILE = Path(__file__).parent / "static" / "bell.wav"
_RATE = 16_000
_NOTES = ((0.0, 784.0), (0.22, 587.33))
"""When each begins, in seconds, and its pitch in hertz: G5, then D5, as a doorbell."""
_SECONDS = 0.9
_LOUD = 9_000


def build(file: Path = FILE) -> None:
    """Write the sound: 16 bits, one channel."""
    samples = (_sample(n / _RATE) for n in range(int(_RATE * _SECONDS)))
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def _sample(at: float) -> int:
    heard = (_note(at - begins, pitch) for begins, pitch in _NOTES if at >= begins)
    return round(_LOUD * sum(heard))


def _note(at: float, pitch: float) -> float:
    """A struck note: it starts in a hundredth of a second, so that it does not click, and dies away."""
    return min(1.0, at / 0.01) * math.exp(-5.0 * at) * math.sin(2 * math.pi * pitch * at)


if __name__ == "__main__":
    build()
