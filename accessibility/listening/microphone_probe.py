# SPDX-License-Identifier: EUPL-1.2
"""Tries the microphone for a second: ``python -m accessibility.listening.microphone_probe DEVICE``, for the technician.

Prints one line of JSON: ``{ok, why, inputs, level}``. ``level`` is the loudest it was, 0 to 1; nothing is kept.
"""

from __future__ import annotations

import sys
import time

from accessibility.listening.microphone import Microphone, NoMicrophone, inputs, portaudio
from accessibility.listening.voice_activity import loudness, meter
from accessibility.processes.child_side import Reporter

SECONDS = 1.0


def main(device: str) -> int:
    """Open it, listen to how loud it is, shut it."""
    report = Reporter()
    names: list[str] = []
    microphone = Microphone(device)
    loudest = 0.0
    try:
        names = inputs(portaudio())
        microphone.open()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            frame = microphone.read()
            loudest = max(loudest, loudness(frame) if frame is not None else 0.0)
        microphone.close()
    except NoMicrophone as fault:
        report("probed", ok=False, why=str(fault), inputs=names, level=0.0)
        return 1
    report("probed", ok=True, why="", inputs=names, level=round(meter(loudest), 2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
