# SPDX-License-Identifier: EUPL-1.2
"""The process that plays: ``python -m accessibility.speaking.player_process DEVICE PARENT`` (see ADR 0031).

It hears ``play {batch, number, token, path, pause, gain}``, ``end {batch}`` and ``hush {batch}`` (everything below that
batch), and reports ``ready``, ``loaded {token}``, ``started {batch, number, at}``, ``beat``, ``finished {batch}``,
``hushed {batch}`` and ``no_sound {why}``. Times are CLOCK_MONOTONIC, the same for every process. ``at`` is when the
first sample of the piece is heard; ``started`` comes again when the device fell behind, and ``at`` is no longer true.
"""

from __future__ import annotations

import array
import os
import sys
import threading
import time
import wave
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accessibility.processes.child_side import Reporter, hear, kept_by
from accessibility.speaking.output import NoSound, Output, outputs

BLOCK = 0.01
"""Seconds written at a time: how soon a hush is seen."""
HEARTBEAT = 0.2
"""Seconds between two proofs that the device takes the sound."""
DRIFT = 0.03
"""Seconds by which a piece may be late before it is told again when it began: a crackle of a loaded machine."""
TAIL = 0.05
"""Seconds of silence beyond the device's own delay, so that the last word is heard whole before it is closed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence waiting its turn."""

    batch: int
    number: int
    hertz: int
    samples: array.array[int]
    pause: float
    gain: float


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more comes in this batch."""

    batch: int


@dataclass(frozen=True, slots=True)
class Hush:
    """Drop every batch below this one."""

    batch: int


class Jukebox:
    """Plays pieces in their order; :meth:`hear` comes from another thread."""

    def __init__(self, output: Output, report: Reporter) -> None:
        self._output = output
        self._report = report
        self._items: deque[Piece | End | Hush] = deque()
        self._news = threading.Condition()
        self._floor = 0
        self._batch = -1
        self._last_beat = 0.0

    def hear(self, message: Mapping[str, Any]) -> None:
        """One line from the parent."""
        batch = int(message["batch"])
        match message["do"]:
            case "hush":
                with self._news:
                    self._floor = max(self._floor, batch)
                    self._items.clear()
            case "play":
                item = _load(message)
                self._report("loaded", token=message["token"])
                self._add(item)
                return
            case _:
                self._add(End(batch))
                return
        self._add(Hush(batch))

    def _add(self, item: Piece | End | Hush) -> None:
        with self._news:
            if item.batch >= self._floor:
                self._items.append(item)
                self._news.notify()

    def run(self) -> None:
        """Play for ever. Raises :class:`NoSound` when the device fails."""
        while True:
            match self._take():
                case Hush(batch):
                    self._output.abort()
                    self._report("hushed", batch=batch)
                case End(batch):
                    if self._output.is_open:  # Else nothing of it was heard: the device failed under another process.
                        self._pour(batch, self._output.silence(self._output.latency + TAIL))
                        self._output.abort()
                    if batch >= self._floor:
                        self._report("finished", batch=batch)
                case Piece() as piece:
                    self._play(piece)

    def _take(self) -> Piece | End | Hush:
        """The next item; while a batch waits for its next sentence, the device is fed silence."""
        while True:
            with self._news:
                if self._items:
                    return self._items.popleft()
                if not self._output.is_open:
                    self._news.wait()
                    continue
            self._pour(self._batch, self._output.silence(BLOCK))

    def _play(self, piece: Piece) -> None:
        self._output.open(piece.hertz)
        if piece.batch == self._batch:
            self._pour(piece.batch, self._output.silence(piece.pause))
        self._batch = piece.batch
        begun: float | None = None
        written = 0
        for block in self._blocks(piece.batch, piece.samples, piece.gain):
            written += len(block)
            due = self._is_beat_due()
            if begun is not None and not due:
                continue
            at = time.monotonic() + self._output.ahead - written / piece.hertz
            if begun is None or abs(at - begun) > DRIFT:
                begun = at
                self._report("started", batch=piece.batch, number=piece.number, at=at)
            else:
                self._report("beat")

    def _pour(self, batch: int, samples: array.array[int]) -> None:
        """Write it all, or until the batch is hushed."""
        for _ in self._blocks(batch, samples):
            if self._is_beat_due():
                self._report("beat")

    def _blocks(self, batch: int, samples: array.array[int], gain: float = 1.0) -> Iterator[array.array[int]]:
        """Write block by block, as the device takes them; gives each block written. Ends when the batch is hushed."""
        size = self._output.frames(BLOCK)
        for start in range(0, len(samples), size):
            if batch < self._floor:
                return
            block = samples[start : start + size]
            if gain != 1.0:
                block = array.array("h", [int(sample * gain) for sample in block])
            self._output.write(block.tobytes())
            yield block

    def _is_beat_due(self) -> bool:
        now = time.monotonic()
        if now - self._last_beat <= HEARTBEAT:
            return False
        self._last_beat = now
        return True


def _load(message: Mapping[str, Any]) -> Piece:
    with wave.open(str(Path(message["path"])), "rb") as sound:
        channels, hertz = sound.getnchannels(), sound.getframerate()
        samples = array.array("h", sound.readframes(sound.getnframes()))
    return Piece(
        batch=int(message["batch"]),
        number=int(message["number"]),
        hertz=hertz,
        samples=samples[::channels],
        pause=float(message["pause"]),
        gain=float(message["gain"]),
    )


def main(device: str, parent: int) -> int:
    """Play until the parent goes, or until the device fails: PortAudio lists devices only when it starts, so a fresh
    process is the way to find one that came back."""
    report = kept_by(parent)
    try:
        jukebox = Jukebox(Output(device), report)
        threading.Thread(target=_hear_safely, args=(jukebox,), daemon=True).start()
        report("ready")
        jukebox.run()
    except NoSound as fault:
        report("no_sound", why=str(fault))
    return 1


def _hear_safely(jukebox: Jukebox) -> None:
    try:
        hear(jukebox.hear)
    except (OSError, EOFError, wave.Error):  # a sound that cannot be read: the parent sees us go, and says it again
        os._exit(1)


def probe(device: str) -> int:
    """Print, as JSON, whether ``device`` can be opened, and the names of all outputs: for the technician."""
    report = Reporter()
    names: list[str] = []
    try:
        names = outputs()
        output = Output(device)
        output.open(22050)
        output.write(bytes(2 * output.frames(BLOCK)))
        output.abort()
    except NoSound as fault:
        report("probed", ok=False, why=str(fault), outputs=names)
        return 1
    report("probed", ok=True, why="", outputs=names)
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "--probe":
        sys.exit(probe(sys.argv[2]))
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
