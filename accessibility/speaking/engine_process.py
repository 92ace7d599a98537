# SPDX-License-Identifier: EUPL-1.2
"""The process in which pyttsx3 lives: ``python -m accessibility.speaking.engine_process fr PARENT``."""

from __future__ import annotations

import queue
import sys
import threading
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accessibility.processes.child_side import Reporter, hear, tie_to_parent
from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.pyttsx3_engine import EngineBroken, Pyttsx3Engine


def main(language: str, parent: int) -> int:
    """Make sounds until the parent goes. Requests ``{id, text, rate, out}``; answers ``made {id, seconds}``."""
    tie_to_parent(parent)
    report = Reporter()
    requests: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    # Another thread hears the parent go, even while espeak-ng hangs.
    threading.Thread(target=hear, args=(requests.put,), daemon=True).start()
    try:
        engine = Pyttsx3Engine(language)
    except EngineBroken as fault:
        report("broken", why=str(fault))
        return CANNOT_WORK
    report("ready", voice=engine.voice)
    while True:
        asked = requests.get()
        try:
            seconds = engine.save(asked["text"], asked["rate"], Path(asked["out"]))
        except (OSError, EOFError, UnicodeError, wave.Error):
            seconds = 0.0
        report("made", id=asked["id"], seconds=seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
