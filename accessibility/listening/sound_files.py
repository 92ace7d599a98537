# SPDX-License-Identifier: EUPL-1.2
"""Sound files as the ear hears them: any rate, any number of channels, whatever libsndfile reads, little by little."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from accessibility.listening.recogniser import FRAME, HERTZ, Samples

LONGEST = 20 * 60
"""Seconds; nobody speaks that long to a kiosk."""


_ONE_OF_TWO = 0.24
"""Of the power of one channel: a voice on one side of two leaves a quarter of it to their mean."""


class UnusableFile(Exception):
    """The file cannot be heard; its text says why, in French, without a capital nor a full stop."""


def frames_of(path: Path) -> Iterator[Samples]:
    """The frames of a file, 16 kHz mono, the last one filled up with silence. Raises :class:`UnusableFile`."""
    av: Any = importlib.import_module("av")
    soundfile: Any = importlib.import_module("soundfile")
    check(path)
    try:
        with soundfile.SoundFile(path) as sound:
            if not sound.frames:
                raise UnusableFile("il n'y a aucun son dedans")
            if sound.frames > LONGEST * sound.samplerate:
                raise UnusableFile(f"il dure plus de {LONGEST // 60} minutes")
        with soundfile.SoundFile(path) as sound:
            channel = _loudest(sound) if sound.channels > 1 else None
        with soundfile.SoundFile(path) as sound:
            yield from _cut(_resampled(av, sound, channel))
    except soundfile.SoundFileError as fault:
        raise UnusableFile("ce n'est pas un fichier de son que la borne sait lire") from fault


def check(path: Path) -> None:
    """Raise :class:`UnusableFile` for what is no plain file: a named pipe would make the kiosk wait for ever."""
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError) as fault:
        raise UnusableFile("ce fichier n'existe pas") from fault
    if stat.S_ISDIR(kind):
        raise UnusableFile("c'est un dossier")
    if not stat.S_ISREG(kind):
        raise UnusableFile("ce n'est pas un fichier ordinaire")
    if not os.access(path, os.R_OK):
        raise UnusableFile("vous n'avez pas le droit de le lire")
    if path.stat().st_size == 0:
        raise UnusableFile("il est vide")


def _blocks(sound: Any) -> Iterator[Samples]:
    """A second at a time. Some files (GSM) cannot be sought in: ``SoundFile.blocks`` refuses them."""
    while len(block := sound.read(sound.samplerate, dtype="float32", always_2d=True)):
        yield np.clip(np.nan_to_num(block), -1, 1)


def _loudest(sound: Any) -> int | None:
    """The channel to listen to alone, when the others undo it or drown it; None when all of them are one voice."""
    each, together = np.zeros(sound.channels), 0.0
    for block in _blocks(sound):
        each += (block.astype(np.float64) ** 2).sum(axis=0)
        together += float((block.mean(axis=1, dtype=np.float64) ** 2).sum())
    loudest = int(each.argmax())
    return loudest if together < _ONE_OF_TWO * each[loudest] else None


def _resampled(av: Any, sound: Any, channel: int | None) -> Iterator[Samples]:
    """Through FFmpeg's resampler, which PyAV brings."""
    resampler: Any = av.AudioResampler(format="flt", layout="mono", rate=HERTZ)
    for block in _blocks(sound):
        mono = (block.mean(axis=1, dtype=np.float32) if channel is None else block[:, channel].copy())[None]
        frame: Any = av.AudioFrame.from_ndarray(mono, format="flt", layout="mono")
        frame.sample_rate = sound.samplerate
        for heard in resampler.resample(frame):
            yield heard.to_ndarray()[0]
    for heard in resampler.resample(None):
        yield heard.to_ndarray()[0]


def _cut(blocks: Iterator[Samples]) -> Iterator[Samples]:
    rest = np.zeros(0, np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block])
        whole = len(rest) // FRAME * FRAME
        yield from rest[:whole].reshape(-1, FRAME)
        rest = rest[whole:]
    if len(rest):
        yield np.pad(rest, (0, FRAME - len(rest)))
