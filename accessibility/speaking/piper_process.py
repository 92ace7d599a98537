# SPDX-License-Identifier: EUPL-1.2
"""The process that drives Piper: ``python -m accessibility.speaking.piper_process MODEL LANGUAGE PARENT``.

Piper (GPL-3) is never loaded: its program is run, once a sentence, as its own manual does: the text on its
standard input, the WAV in a file. A site installs it: ``piper`` is looked for on the path, then beside Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from accessibility.processes.keeper import CANNOT_WORK
from accessibility.speaking.maker_process import Answer, serve, step_aside, use_scratch_folder
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import piper_config
from accessibility.speaking.sound import trim
from accessibility.speaking.stretch import CannotStretch, at_rate
from accessibility.speaking.word_times_espeak import Espeak, NoWordTimes
from accessibility.speaking.word_times_process import measured


class PiperFailed(Exception):
    """The program ended without a sound; its last words."""


def piper_command() -> tuple[str, ...]:
    """The program, made to die with whoever started it; nothing when it is not installed."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which("piper") or shutil.which("piper", path=beside)
    if program is None:
        return ()
    tied = shutil.which("setpriv")  # of util-linux, essential on Debian
    return (tied, "--pdeathsig", "KILL", program) if tied else (program,)


def main(model: Path, language: str, parent: int) -> int:
    """Make sounds until the parent goes."""
    report, requests = serve(parent)
    step_aside()
    use_scratch_folder()
    command = piper_command()
    if not command or not model.is_file():
        report("broken", why=f"piper: {model}" if command else "piper")
        return CANNOT_WORK
    report("ready")
    while True:
        asked = requests()
        answer = _make((*command, "--model", str(model), "--config", str(piper_config(model))), language, asked)
        words = _words(str(asked["text"]), Manner(language, asked["rate"]), asked["out"]) if answer.seconds else ""
        report("made", id=asked["id"], seconds=answer.seconds, voice=model.stem, why=answer.why, words=words)


@cache
def _espeak() -> Espeak:
    return Espeak()


def _words(text: str, manner: Manner, sound: str) -> str:
    """Piper's program does not tell when it says each word: espeak-ng's own times, brought to its sound (ADR 0080)."""
    try:
        return measured(_espeak(), text, manner, sound).decode()
    except (OSError, EOFError, UnicodeError, wave.Error, NoWordTimes):
        return ""


def _make(command: Sequence[str], language: str, asked: Mapping[str, Any]) -> Answer:
    text = " ".join(str(asked["text"]).split())  # a line is a sentence of its own
    if asked["language"] != language:
        return Answer(why=f"this voice speaks {language}")
    try:
        made = at_rate(lambda path: _run(command, text, path), asked["rate"], Path(asked["out"]))
    except (OSError, EOFError, UnicodeError, wave.Error, CannotStretch, PiperFailed) as fault:
        return Answer(why=str(fault))
    return Answer(made)


def _run(command: Sequence[str], text: str, out: Path) -> float:
    """Run the program once. Without a clock here: the supervisor has one, and kills the whole group."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "sentence.wav"  # a name of its own: it may be written aside, then renamed
        done = subprocess.run(
            (*command, "--output_file", str(made)),
            input=f"{text}\n".encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode or not made.is_file():
            raise PiperFailed(done.stderr.decode(errors="replace").strip()[-200:] or f"exit {done.returncode}")
        seconds = trim(made)
        out.write_bytes(made.read_bytes())
    return seconds


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
