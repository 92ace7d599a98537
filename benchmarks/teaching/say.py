# SPDX-License-Identifier: EUPL-1.2
"""Has every sentence said, each by a voice of its own that is made up for it.

    python -m benchmarks.teaching.say [first|further] [HOW MANY]

Kokoro's voices are vectors: half of one is the sound of a voice, the other half its rhythm and melody. Sounds are
mixed at random from 44 voices; rhythm and melody are mostly those of the French one. The six voices of the halves that
judge are never among them. What was said already is not said again.
"""

from __future__ import annotations

import importlib
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.teaching.sentences import COURSES
from tests.speech import KOKORO, MODELS

Voice = NDArray[np.float32]

MADE = Path(tempfile.gettempdir()) / "pas-a-pas-teaching"
VOICES = MODELS / "kokoro-teaching-voices" / "voices"
FRENCH = "ff_siwis"
ROMANCE = ("im_nicola", "ef_dora", "pm_alex")
SPEEDS = (0.8, 0.88, 0.95, 1, 1, 1.08, 1.18, 1.28)
_HALF = 128
_PLAIN, _FOREIGN, _MIXED = 0.08, 0.18, 0.85
"""Up to which draw a voice is the French one as it is, one of its neighbours as it is, a mixture with its melody."""


def said(course: str) -> Path:
    """Where a course is kept: a line for each sound with its file, the command, the text."""
    return MADE / course / "said.jsonl"


def asked_course() -> str:
    """The course named in the command line; the first by default."""
    given = sys.argv[1:2] or [next(iter(COURSES))]
    if given[0] not in COURSES:
        raise SystemExit(f"one of: {', '.join(COURSES)}")
    return given[0]


def made_up(drawn: random.Random, voices: dict[str, Voice]) -> Voice:
    """A voice that nobody has heard."""
    draw = drawn.random()
    if draw < _PLAIN:
        return voices[FRENCH]
    if draw < _FOREIGN:
        return voices[drawn.choice(ROMANCE)]
    names = drawn.sample(sorted(set(voices) - {FRENCH}), drawn.choice([1, 1, 2, 3]))
    names += [FRENCH] if drawn.random() < 0.25 else []
    shares = np.array([0.2 + drawn.random() for _ in names], np.float32)
    sound = sum(share * voices[name] for share, name in zip(shares / shares.sum(), names, strict=True))
    french = drawn.choice([1, 1, 1, 0.8, 0.65, 0.5]) if draw < _MIXED else 0.2
    other = voices[drawn.choice(ROMANCE if drawn.random() < 0.5 else names)]
    melody = french * voices[FRENCH] + (1 - french) * other
    return np.concatenate([np.asarray(sound)[:, :, :_HALF], melody[:, :, _HALF:]], axis=2).astype(np.float32)


def main() -> None:
    """Say them all."""
    course = asked_course()
    folder = said(course).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = [*sorted(VOICES.glob("*.bin")), KOKORO / "voices" / f"{FRENCH}.bin"]
    voices = {file.stem: np.fromfile(file, "<f4").reshape(-1, 1, 256)[:510] for file in files}
    np.savez(MADE / "voices.npz", allow_pickle=False, **voices)
    kokoro: Any = importlib.import_module("kokoro_onnx").Kokoro(str(KOKORO / "model.onnx"), str(MADE / "voices.npz"))
    with said(course).open("a", encoding="utf-8") as lines:
        many = int(sys.argv[2]) if len(sys.argv) > 2 else None
        for number, (command, text) in enumerate(COURSES[course]()[:many]):
            path = folder / f"{number:05d}.wav"
            if path.exists():
                continue
            drawn = random.Random(f"{course} {number}")  # noqa: S311
            sound, hertz = kokoro.create(text, made_up(drawn, voices), drawn.choice(SPEEDS), "fr-fr")
            soundfile.write(path, sound, hertz, "PCM_16")
            lines.write(json.dumps([str(path), command, text]) + "\n")
            lines.flush()


if __name__ == "__main__":
    main()
