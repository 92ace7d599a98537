# SPDX-License-Identifier: EUPL-1.2
"""A WAV in memory, and a file that exists in memory only."""

from __future__ import annotations

import array
import io
import os
import wave
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

QUIET = 100
"""Out of 32767: below it nothing is heard."""
MARGIN = 0.02
"""Seconds of quiet left around the words."""


def seconds_of(wav: bytes) -> float | None:
    """Length of a whole 16-bit PCM WAV with something in it; None for anything else."""
    try:
        with wave.open(io.BytesIO(wav), "rb") as sound:
            frames, hertz, width = sound.getnframes(), sound.getframerate(), sound.getsampwidth()
            whole = len(sound.readframes(frames)) == frames * width * sound.getnchannels()
    except (wave.Error, EOFError):
        return None
    return frames / hertz if whole and frames and width == 2 else None


def joined(wavs: list[bytes], pause: float) -> bytes:
    """Several sounds of one format, one after the other, ``pause`` seconds between."""
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        for number, wav in enumerate(wavs):
            with wave.open(io.BytesIO(wav), "rb") as source:
                if number == 0:
                    target.setparams(source.getparams())
                else:
                    silence = round(pause * target.getframerate())
                    target.writeframes(bytes(silence * target.getsampwidth() * target.getnchannels()))
                target.writeframes(source.readframes(source.getnframes()))
    return out.getvalue()


def trim(path: Path) -> float:
    """Cut the silence that an engine leaves around its words (espeak-ng: 0.9 s at the end): pauses are the speaker's.

    ``path`` is a 16-bit mono WAV; what is left, in seconds.
    """
    with wave.open(str(path), "rb") as source:
        hertz = source.getframerate()
        samples = array.array("h", source.readframes(source.getnframes()))
    first = next((i for i, sample in enumerate(samples) if abs(sample) > QUIET), None)
    if first is None:
        return 0.0
    last = next(i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) > QUIET)
    margin = round(MARGIN * hertz)
    kept = samples[max(0, first - margin) : last + margin]
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(hertz)
        target.writeframes(kept.tobytes())
    return len(kept) / hertz


@contextmanager
def memory_file() -> Generator[tuple[int, Path]]:
    """A file without a name on any disk: its descriptor, and a path by which a process of ours can open it.

    It is gone with its last descriptor, even after a ``kill -9``: what is private can leave no trace (memfd_create(2)).
    """
    descriptor = os.memfd_create("sound", os.MFD_CLOEXEC)
    try:
        yield descriptor, Path(f"/proc/{os.getpid()}/fd/{descriptor}")
    finally:
        os.close(descriptor)


def content_of(descriptor: int) -> bytes:
    """All of a memory file."""
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)
