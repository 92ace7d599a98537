# SPDX-License-Identifier: EUPL-1.2
"""What Whisper's encoder makes of each sound, twice: as it was said, and as a worse microphone in a worse room has it.

    python -m benchmarks.teaching.look [first|further]

The sound goes through the ear's own detector: what is taught begins and ends as what will be judged.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from accessibility.listening.engines import choose
from accessibility.listening.from_file import FileEar
from accessibility.listening.networks import Numbers
from accessibility.listening.protocol import NotUnderstood, Vocabulary
from accessibility.listening.recogniser import Understood
from accessibility.listening.second_opinion import pooled
from accessibility.listening.whisper import WhisperRecogniser, WhisperTake
from benchmarks import listening_sounds as sounds
from benchmarks.listening import ONLY_COMMANDS, frames
from benchmarks.teaching.say import asked_course, said
from tests.speech import MODELS

_RATES = (0.88, 0.94, 1, 1, 1.06, 1.13)
_NOISES = ("pink 20", "white 20", "pink 25", "white 15", "pink 15")
_NOISY = (0.25, 0.45)
"""Share of the sounds with noise around, of the good ones and of the worse."""


def seen(course: str) -> Path:
    """``frames``: those of every sentence of a course, one after the other; ``ends``; ``commands``; ``texts``."""
    return said(course).with_name("seen.npz")


class _Looking(WhisperTake):
    """A sentence that is looked at, and not decoded."""

    seen: Numbers | None = None

    def conclude(self) -> Understood:
        """Keep what the encoder made of it."""
        sound = np.concatenate(self._frames)
        _Looking.seen = self._recogniser.seen(self._recogniser.encode(sound), len(sound))
        return NotUnderstood(text="…")


class _Looker(WhisperRecogniser):
    def begin(self, vocabulary: Vocabulary) -> WhisperTake:
        return _Looking(self, vocabulary)


def looks(ear: FileEar, course: str) -> Iterator[tuple[str, str, Numbers]]:
    """The command, the text and the pooled frames of each sentence, in both its conditions."""
    for line in said(course).read_text(encoding="utf-8").splitlines():
        path, command, text = json.loads(line)
        raw = sounds.read(Path(path))
        for worse in (False, True):
            drawn = random.Random(f"{path}{worse}")  # noqa: S311
            sound = _worse(raw, drawn) if worse else sounds.levelled(raw)
            sound = sound * 10 ** (drawn.uniform(-8, 8) / 20)
            noise = drawn.choice(_NOISES) if drawn.random() < _NOISY[worse] else "clean"
            _Looking.seen = None
            ear.hear_frames(frames(sounds.among(np.clip(sound, -1, 1), noise, f"{path}{worse}")), ONLY_COMMANDS)
            if _Looking.seen is not None:
                yield command, text, pooled(_Looking.seen)


def _worse(sound: sounds.Sound, drawn: random.Random) -> sounds.Sound:
    """Higher or lower, in a room that rings, through a microphone that hears less."""
    rate = drawn.choice(_RATES)
    places = np.arange(int(len(sound) / rate)) * rate
    sound = sounds.levelled(np.interp(places, np.arange(len(sound)), sound).astype(np.float32))
    if drawn.random() < 0.6:
        sound = _ringing(sound, drawn)
    return _through(sound, drawn) if drawn.random() < 0.6 else sound


def _ringing(sound: sounds.Sound, drawn: random.Random) -> sounds.Sound:
    length = int(sounds.HERTZ * drawn.uniform(0.15, 0.45))
    source = np.random.default_rng(drawn.randrange(1 << 30))
    room = source.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    room *= drawn.uniform(0.15, 0.6) / np.sqrt((room**2).sum())
    room[0] = 1
    return np.convolve(sound, room).astype(np.float32)[: len(sound) + length // 2]


def _through(sound: sounds.Sound, drawn: random.Random) -> sounds.Sound:
    hertz = np.fft.rfftfreq(len(sound), 1 / sounds.HERTZ)
    low, high = drawn.uniform(60, 300), drawn.uniform(3200, 8000)
    kept = 1 / (1 + (low / np.maximum(hertz, 1)) ** 4) / (1 + (hertz / high) ** 6)
    kept *= (np.maximum(hertz, 50) / 1000) ** drawn.uniform(-0.15, 0.15)
    return np.fft.irfft(np.fft.rfft(sound) * kept, len(sound)).astype(np.float32)


def main() -> None:
    """Look at them all."""
    choice = choose("whisper", MODELS, "fr")
    if choice is None:
        raise SystemExit("kiosk voice install whisper-base")
    ear = FileEar(choice)
    ear.recogniser = _Looker(choice.model)
    course = asked_course()
    commands, texts, frames = zip(*looks(ear, course), strict=True)
    np.savez(
        seen(course),
        frames=np.concatenate(frames).astype(np.float16),
        ends=np.cumsum([len(one) for one in frames]),
        commands=np.array(commands),
        texts=np.array(texts),
    )


if __name__ == "__main__":
    main()
