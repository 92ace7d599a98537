# SPDX-License-Identifier: EUPL-1.2
"""Hears a sound file as a microphone would be heard, without waiting: same detector, engine and understanding."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from accessibility.listening.engines import Choice, load
from accessibility.listening.protocol import Certainty, Heard, NotUnderstood, Silence, Vocabulary
from accessibility.listening.recogniser import FRAME, SECONDS_A_FRAME, Recogniser, Samples, Take
from accessibility.listening.sound_files import frames_of
from accessibility.listening.turn import PAUSE, Turn
from accessibility.listening.voice_activity import VoiceActivity, VoiceDetector

_AFTERWARDS = 2.0
"""Seconds of silence after the file: the person has finished, the microphone is still open."""


@dataclass(frozen=True, slots=True)
class FileHearing:
    """What was heard. ``phrase`` is "" when nothing was accepted; ``seconds`` run from the end of speech to the answer.

    ``seconds`` are those of the kiosk: the silence it waits for, or the engine's own time when that is longer.
    """

    text: str
    phrase: str
    certainty: Certainty
    seconds: float
    engine: str
    value: str = ""


class FileEar:
    """An engine, loaded once, that hears files."""

    def __init__(self, choice: Choice) -> None:
        """Raises :class:`~accessibility.listening.recogniser.EngineFault`."""
        self._detector = VoiceDetector()
        self.recogniser: Recogniser = load(choice)

    def hear(self, path: Path, vocabulary: Vocabulary) -> FileHearing:
        """The first thing said in the file. Raises :class:`~accessibility.listening.sound_files.UnusableFile`."""
        return self.hear_frames(frames_of(path), vocabulary)

    def hear_frames(self, frames: Iterable[Samples], vocabulary: Vocabulary) -> FileHearing:
        """The first thing said in these frames of sound, at 16 kHz."""

        def begin() -> Take:
            return self.recogniser.begin(vocabulary)

        turn = Turn(vocabulary, begin, patience=float("inf"), patient_in_noise=True)
        activity = VoiceActivity(self._detector)
        work = 0.0
        number = 0
        for frame in _and_then_silence(frames):
            turn.hear(frame, activity.probability(frame))
            if turn.asked and turn.asked != number and turn.take is not None:
                begun = time.perf_counter()
                found = turn.take.conclude()
                work = time.perf_counter() - begun
                number = turn.asked
                turn.concluded(number, found)
            if turn.outcome is not None:
                break
        return self._answer(turn, work)

    def _answer(self, turn: Turn, work: float) -> FileHearing:
        seconds = max(turn.quiet, PAUSE * SECONDS_A_FRAME + work)
        match turn.outcome or Silence():
            case Heard(phrase, certainty, text, value) if certainty is not Certainty.REJECTED:
                return FileHearing(text, phrase, certainty, seconds, self.recogniser.name, value)
            case Heard(text=text) | NotUnderstood(text=text):
                return FileHearing(text, "", Certainty.REJECTED, seconds, self.recogniser.name)
            case _:
                return FileHearing("", "", Certainty.REJECTED, 0.0, self.recogniser.name)


def _and_then_silence(frames: Iterable[Samples]) -> Iterator[Samples]:
    yield from frames
    for _ in range(round(_AFTERWARDS / SECONDS_A_FRAME)):
        yield np.zeros(FRAME, np.float32)
