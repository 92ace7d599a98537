# SPDX-License-Identifier: EUPL-1.2
"""Makes a sound of speech slower or faster at the same pitch, with libsonic. Used only in the engine's process.

libsonic (Apache-2.0) is the library that espeak-ng itself speeds up with: it is there wherever espeak-ng is.
"""

from __future__ import annotations

import ctypes
import wave
from collections.abc import Callable
from pathlib import Path

from accessibility.speaking.sound import memory_file

LIBRARY = "libsonic.so.0"
SLACK = 1.2
"""How much longer than expected the result may be."""
Short = ctypes.c_short
NORMAL = 1.0


class CannotStretch(Exception):
    """The library is missing, or the sound is none that it can take."""


def stretch(source: Path, speed: float, out: Path) -> float:
    """Write the 16-bit mono WAV at ``source`` to ``out``, ``speed`` times as fast; seconds of sound made.

    Raises CannotStretch, OSError.
    """
    try:
        change = ctypes.CDLL(LIBRARY).sonicChangeShortSpeed
    except (OSError, AttributeError) as fault:
        raise CannotStretch(str(fault)) from fault
    with wave.open(str(source), "rb") as sound:
        hertz, frames = sound.getframerate(), sound.getnframes()
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2) or not frames or not 0.1 <= speed <= 10:
            raise CannotStretch(f"{frames} frames, speed {speed}")
        samples = sound.readframes(frames)
    # The library writes its result over what it was given: room for the longer of the two.
    room = max(frames, round(frames / speed * SLACK)) + hertz
    buffer = (Short * room).from_buffer_copy(samples.ljust(2 * room, b"\0"))
    change.argtypes = [ctypes.POINTER(Short), ctypes.c_int, *[ctypes.c_float] * 4, *[ctypes.c_int] * 3]
    change.restype = ctypes.c_int
    # samples, count, speed, pitch, rate, volume, chord pitch, samples a second, channels (sonic.h)
    made = int(change(buffer, frames, speed, 1.0, 1.0, 1.0, 0, hertz, 1))
    if made <= 0:
        raise CannotStretch("nothing came out")
    with wave.open(str(out), "wb") as target:
        target.setparams((1, 2, hertz, 0, "NONE", "not compressed"))
        target.writeframes(bytes(buffer)[: 2 * made])
    return made / hertz


def at_rate(make: Callable[[Path], float], rate: float, out: Path) -> float:
    """What ``make`` writes in a file, brought to ``rate`` and written at ``out``; seconds of it, 0 when none was made.

    For voices that are understood better stretched than at a rate of their own making. Raises CannotStretch, OSError.
    """
    if rate == NORMAL:
        return make(out)
    with memory_file() as (_, path):
        return stretch(path, rate, out) if make(path) else 0.0
