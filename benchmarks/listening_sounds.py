# SPDX-License-Identifier: EUPL-1.2
"""The sounds of the listening set: who says each line, and in what noise. The same bytes at every run.

Voices: Kokoro's by ``tests/speech.py``; Pico and mbrola when their commands are on the machine; a person, June Wallack,
for what is not in the list (Debian's ``asterisk-core-sounds-fr-g722``, CC BY-SA 3.0); another, Armelle Desjardins, by
telephone, in the half kept apart (``asterisk-prompt-fr-armelle``, BSD). Never espeak-ng's own voice.

What was said once is kept: a voice that is no longer on the machine still speaks the lines that it said.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.listening_set import Line, Part
from tests import speech

Sound = NDArray[np.float32]

HERTZ = 16_000
KEPT = Path(os.environ.get("PAS_A_PAS_SOUNDS", Path(tempfile.gettempdir()) / f"pas-a-pas-listening-{os.getuid()}"))
PROMPTS = Path("/usr/share/asterisk/sounds/fr_CA_f_June")
BY_TELEPHONE = Path("/usr/share/asterisk/sounds/fr")
BYTES_A_SECOND = {".g722": 8000, ".gsm": 1650}
NOISES = ("clean", "pink 15", "pink 10", "pink 5", "white 10", "babble 10", "babble 5")
"""What is around the voice, and by how many decibels the voice is louder than it: the mean power of the whole
recording, its own short silences included, over that of the noise."""
ASIDE = 0.5
"""Seconds of the surroundings before and after the voice."""
LOUDNESS = 0.08
"""Root mean square of the voice while it speaks."""
BATCH = 60
"""Lines that Kokoro says in one process."""
PROMPTS_WANTED = 200


def people(lines: Iterable[Line]) -> tuple[str, ...]:
    """Those who can say all of their lines on this machine."""
    said: dict[str, list[str]] = {}
    for line in lines:
        said.setdefault(line.voice, []).append(line.text)
    return tuple(voice for voice, texts in said.items() if _can_speak(voice, texts))


def _can_speak(voice: str, texts: Iterable[str]) -> bool:
    by, name, _ = _parts(voice)
    if by == "kokoro":
        folders = (speech.KOKORO, speech.TEST_VOICES)
        parts = [(folder / f"voices/{part}.bin").exists() for part in name.split("~") for folder in folders]
        return speech.installed() and sum(parts) >= len(name.split("~"))
    if all(_file(voice, text).exists() for text in texts):
        return True
    if by == "pico":
        return shutil.which("pico2wave") is not None
    return shutil.which("mbrola") is not None and Path(f"/usr/share/mbrola/{name}").exists()


def _parts(voice: str) -> tuple[str, str, str]:
    """By which engine, who, and how: "kokoro", "pf_dora", "1.15"."""
    by, _, whole = voice.partition(":")
    name, _, how = whole.partition("@")
    return by, name, how


def make(lines: Sequence[tuple[str, str]]) -> None:
    """Have every (voice, text) said that was not yet: half a second each with Kokoro."""
    wanted = [_by_kokoro(voice, text) for voice, text in lines if voice.startswith("kokoro:")]
    missing = [line for line in wanted if not line.path.exists()]
    for first in range(0, len(missing), BATCH):
        speech.all_said(missing[first : first + BATCH])
    KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
    for voice, text in lines:
        if not voice.startswith("kokoro:") and not _file(voice, text).exists():
            _say(voice, text)


def said(voice: str, text: str) -> Sound:
    """One line, 16 kHz, at the loudness of all the others."""
    return levelled(read(_file(voice, text)))


@cache
def prompts(part: Part) -> tuple[Path, ...]:
    """A person's sentences of 1.2 to 6 s: June's, every other one for each of the older parts; or Armelle's.

    None in the later parts: their own sentences that are no command are enough.
    """
    if part in (Part.SEALED, Part.EVERYDAY):
        return ()
    folder, kind = (BY_TELEPHONE, ".gsm") if part is Part.HELD_OUT else (PROMPTS, ".g722")
    size = BYTES_A_SECOND[kind]
    found = [path for path in sorted(folder.glob(f"*{kind}")) if 1.2 <= path.stat().st_size / size <= 6.0]
    found = [path for path in found if "tone" not in path.name and "beep" not in path.name]
    if part is not Part.HELD_OUT:
        found = found[0 if part is Part.TUNING else 1 :: 2]
    return tuple(found[:PROMPTS_WANTED])


def prompt(path: Path) -> Sound:
    """One sentence by a person, decoded, at the loudness of the others."""
    import av

    with av.open(str(path), format=path.suffix[1:]) as opened:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=HERTZ)
        frames = [f for frame in opened.decode(audio=0) for f in resampler.resample(frame)]
        samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return levelled(samples.astype(np.float32) / 32768)


def among(voice: Sound, noise: str, seed: str) -> Sound:
    """``voice`` in its surroundings, half a second of which come before and after it."""
    aside = np.zeros(int(ASIDE * HERTZ), np.float32)
    whole = np.concatenate([aside, voice, aside])
    if noise == "clean":
        return whole
    kind, decibels = noise.split()
    source = np.random.default_rng(int(hashlib.sha256(f"{seed} {noise}".encode()).hexdigest()[:8], 16))
    make_noise = {"pink": _pink, "white": _white, "babble": _babble}[kind]
    around = make_noise(whole.size, source)
    level = float(np.sqrt(np.mean(voice**2))) / 10 ** (float(decibels) / 20)
    mixed = whole + around * level / float(np.sqrt(np.mean(around**2)))
    return (mixed / max(1.0, float(np.abs(mixed).max()))).astype(np.float32)


def _by_kokoro(voice: str, text: str) -> speech.Line:
    _, name, how = _parts(voice)
    return speech.Line(text, name, speed=float(how or 1))


def _file(voice: str, text: str) -> Path:
    if voice.startswith("kokoro:"):
        return _by_kokoro(voice, text).path
    return KEPT / f"{hashlib.sha256(f'{voice} {text}'.encode()).hexdigest()[:24]}.wav"


def _say(voice: str, text: str) -> None:
    by, name, how = _parts(voice)
    path = _file(voice, text)
    part = path.with_suffix(".part.wav")
    if by == "pico":
        speed, _, pitch = how.partition(",")
        asked = f'<speed level="{speed}"><pitch level="{pitch}">{text}</pitch></speed>' if how else text
        command = ["pico2wave", "-l", name, "-w", str(part), asked]
    else:
        command = ["espeak-ng", "-v", f"mb-{name}", "-s", "140", "-w", str(part), text]  # mbrola's sound, not espeak's
    subprocess.run(command, check=True, capture_output=True, timeout=20)
    part.rename(path)


def read(path: Path) -> Sound:
    """A sound file, 16 kHz, mono."""
    samples, hertz = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1, dtype=np.float32)
    return mono if hertz == HERTZ else _at(mono, hertz, HERTZ)


def by_telephone(voice: Sound) -> Sound:
    """Without what a telephone does not carry: whatever is above 4 kHz."""
    return _at(_at(voice, HERTZ, HERTZ // 2), HERTZ // 2, HERTZ)


def _at(mono: Sound, hertz: int, wanted: int) -> Sound:
    """The same at another number of samples a second."""
    import av

    frame = av.AudioFrame.from_ndarray(np.round(mono * 32767).clip(-32768, 32767).astype(np.int16)[None], "s16", "mono")
    frame.sample_rate = hertz
    resampler = av.AudioResampler(format="s16", layout="mono", rate=wanted)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([one.to_ndarray()[0] for one in frames]).astype(np.float32) / 32768


def levelled(voice: Sound) -> Sound:
    """At the loudness of all the others, measured while it speaks: the pauses do not count."""
    block = HERTZ // 50
    whole = voice[: voice.size // block * block].reshape(-1, block)
    levels = np.sqrt(np.mean(whole**2, axis=1))
    speaking = levels[levels > 0.1 * levels.max()]
    return voice * (LOUDNESS / float(np.sqrt(np.mean(speaking**2))))


def _pink(size: int, source: np.random.Generator) -> Sound:
    """Noise whose power falls by 3 dB an octave, above 20 Hz."""
    spectrum = np.fft.rfft(source.standard_normal(size))
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / HERTZ), 20.0)
    return np.fft.irfft(spectrum / np.sqrt(hertz), size).astype(np.float32)


def _white(size: int, source: np.random.Generator) -> Sound:
    """As much at every pitch: a fan, falling water."""
    return source.standard_normal(size, dtype=np.float32)


def _babble(size: int, source: np.random.Generator) -> Sound:
    """Six sentences by the person at once, from anywhere in them."""
    everything = _all_prompts()
    starts = source.integers(0, max(1, everything.size - size), 6)
    return np.sum([everything[start : start + size] for start in starts], axis=0).astype(np.float32)


@cache
def _all_prompts() -> Sound:
    return np.concatenate([prompt(path) for path in prompts(Part.TUNING)])
