# SPDX-License-Identifier: EUPL-1.2
"""The process in which Kokoro lives: ``python -m accessibility.speaking.kokoro_process FOLDER THREADS PACE PARENT``.

It speaks as :mod:`accessibility.speaking.engine_process` does, but ``stretch``; ``made`` has ``words`` too. It steps
aside for everything else on the machine, unless somebody waits for it (PACE: ``aside`` or ``awaited``). Its phonemizer
is GPL-3: no other process of Pas à pas loads it (ADR 0079).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.maker_process import Answer, serve, step_aside, use_scratch_folder

ASIDE = "aside"


def main(folder: Path, threads: int, pace: str, parent: int) -> int:
    """Make sounds until the parent goes."""
    report, requests = serve(parent)
    if pace == ASIDE:
        step_aside()
    use_scratch_folder()  # The phonemizer leaves a copy of espeak-ng's library behind when it is killed.
    from accessibility.speaking.kokoro_engine import KokoroBroken, KokoroEngine

    try:
        engine = KokoroEngine(folder, threads)
    except KokoroBroken as fault:
        report("broken", why=str(fault))
        return CANNOT_WORK
    report("ready")
    while True:
        asked = requests()
        answer = _make(engine, asked)
        report("made", id=asked["id"], seconds=answer.seconds, voice=answer.voice, why=answer.why, words=answer.words)


def _make(engine: Any, asked: Mapping[str, Any]) -> Answer:
    try:
        return engine.save(asked["text"], asked["language"], asked["rate"], Path(asked["out"]))
    except Exception as fault:  # noqa: BLE001  a process boundary: nobody lists what the libraries raise on a text
        return Answer(why=f"{type(fault).__name__}: {fault}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
