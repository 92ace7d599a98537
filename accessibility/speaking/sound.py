# SPDX-License-Identifier: EUPL-1.2
"""A WAV in memory, and a file that exists in memory only."""

from __future__ import annotations

import io
import os
import wave
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


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
