# SPDX-License-Identifier: EUPL-1.2
"""The process in which pyttsx3 lives: ``python -m accessibility.speaking.engine_process PARENT``.

It hears ``say {id, text, language, rate, out}`` and ``stretch {id, from, speed, out}``; it answers ``ready``, or
``broken {why}`` and ends, then ``made {id, seconds, voice, why}`` for each: no seconds when it could not, and why.
"""

from __future__ import annotations

import sys
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.maker_process import Answer, serve
from accessibility.speaking.pyttsx3_engine import EngineBroken, NoSuchVoice, Pyttsx3Engine
from accessibility.speaking.stretch import CannotStretch, stretch


def main(parent: int) -> int:
    """Make sounds until the parent goes."""
    report, requests = serve(parent)
    try:
        engine = Pyttsx3Engine()
    except EngineBroken as fault:
        report("broken", why=str(fault))
        return CANNOT_WORK
    report("ready")
    while True:
        asked = requests()
        answer = _make(engine, asked)
        report("made", id=asked["id"], seconds=answer.seconds, voice=answer.voice, why=answer.why)


def _make(engine: Pyttsx3Engine, asked: Mapping[str, Any]) -> Answer:
    out = Path(asked["out"])
    try:
        if asked["do"] == "stretch":
            return Answer(stretch(Path(asked["from"]), asked["speed"], out))
        seconds = engine.save(asked["text"], asked["language"], asked["rate"], out)
        return Answer(seconds, engine.voice)
    except (OSError, EOFError, UnicodeError, wave.Error, NoSuchVoice, CannotStretch) as fault:
        return Answer(why=str(fault))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
