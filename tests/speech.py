# SPDX-License-Identifier: EUPL-1.2
"""People who speak to the kiosk: sentences said by Kokoro's voices, kept as WAV files from one run to the next.

    path = speech.said("répéter")                       # French, ff_siwis
    paths = speech.all_said([speech.Line("oui", "pm_alex"), speech.Line("yes", "bf_emma", "en")])

A sentence takes half a second to be made, once: ask for all of a module's sentences together. Never espeak-ng, which
no listening engine understands. The voices that are not French read French sounds with an accent, as some people do.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("PAS_A_PAS_MODELS", ROOT / "var/models"))
"""Where the tests find the models; ``kiosk voice install --default`` puts them there."""
KOKORO = MODELS / "kokoro-82m"
TEST_VOICES = MODELS / "kokoro-test-voices"
CACHE = Path(tempfile.gettempdir()) / f"pas-a-pas-speech-{os.getuid()}"
HERTZ = 24_000
_START, _EACH = 40.0, 10.0
"""Seconds that the busiest machine takes for the model, and for each sentence."""
_QUIETLY = {"ORT_DISABLE_TELEMETRY": "1"}
SPEAKERS = ("ff_siwis", "pm_alex", "if_sara", "em_alex")
"""One French voice, and three others who speak French with an accent; more are in ``kokoro-test-voices``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and who says it; ``speed`` 1 is normal."""

    text: str
    voice: str = "ff_siwis"
    language: str = "fr"
    speed: float = 1.0

    @property
    def path(self) -> Path:
        """Where its sound is kept: 24 kHz, 16 bits, mono."""
        key = f"{self.text}\n{self.voice}\n{self.language}\n{self.speed}"
        return CACHE / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.wav"


def installed() -> bool:
    """False where Kokoro's model or its voices are missing."""
    return (KOKORO / "model.onnx").exists() and (TEST_VOICES / "voices").is_dir()


def said(text: str, voice: str = "ff_siwis", language: str = "fr") -> Path:
    """The WAV file of one sentence."""
    return all_said([Line(text, voice, language)])[0]


def all_said(lines: Sequence[Line]) -> list[Path]:
    """The WAV files of these sentences, made now when they are not there yet. Skips the test without the model."""
    missing = [line for line in dict.fromkeys(lines) if not line.path.exists()]
    if missing:
        if not installed():
            pytest.skip("nobody to speak: « kiosk voice install kokoro-82m kokoro-test-voices »")
        CACHE.mkdir(mode=0o700, exist_ok=True)
        asked = json.dumps([asdict(line) | {"out": str(line.path)} for line in missing])
        # A process of its own: its memory goes away with it, and its phonemizer is not ours to link (GPL-3).
        command = [sys.executable, "-P", __file__, str(KOKORO)]
        subprocess.run(
            command, input=asked.encode(), env=os.environ | _QUIETLY, check=True, timeout=_START + _EACH * len(missing)
        )
    return [line.path for line in lines]


def _speak(folder: Path, lines: Sequence[dict[str, str]]) -> None:
    """In the process: make every line."""
    import numpy
    import onnxruntime
    import soundfile
    from kokoro_onnx import Kokoro

    with tempfile.TemporaryDirectory() as aside:
        names = {line["voice"] for line in lines}
        styles = {name: _style(folder, name) for name in names}
        voices = Path(aside) / "voices.npz"
        numpy.savez(voices, **styles)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # Other tests have the processors too.
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, ["CPUExecutionProvider"])
        kokoro = Kokoro.from_session(session, str(voices))
        for line in lines:
            language = {"fr": "fr-fr", "en": "en-us"}[line["language"]]
            samples, hertz = kokoro.create(line["text"], line["voice"], float(line["speed"]), language)
            assert hertz == HERTZ
            part = Path(line["out"]).with_suffix(f".{os.getpid()}")
            soundfile.write(part, samples, hertz, "PCM_16", format="WAV")
            part.rename(line["out"])  # whole or absent: other runs read here too


def _style(folder: Path, name: str) -> Any:
    """A voice; ``one~other``: the sound of one, the rhythm and melody of the other."""
    import numpy

    sound, *melody = [numpy.fromfile(_voice_file(folder, part), "<f4").reshape(-1, 1, 256) for part in name.split("~")]
    for other in melody:
        size = min(len(sound), len(other))
        sound = numpy.concatenate([sound[:size, :, :128], other[:size, :, 128:]], axis=2)
    return sound


def _voice_file(folder: Path, name: str) -> Path:
    own = folder / f"voices/{name}.bin"
    return own if own.exists() else folder.parent / f"{TEST_VOICES.name}/voices/{name}.bin"


if __name__ == "__main__":
    _speak(Path(sys.argv[1]), json.load(sys.stdin))
