# SPDX-License-Identifier: EUPL-1.2
"""Hears a sound file as a microphone would be heard, without waiting: same detector, engine and understanding."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from accessibility.listening.engines import Choice, load_working
from accessibility.listening.protocol import Certainty, Heard, NotUnderstood, Silence, Vocabulary
from accessibility.listening.recogniser import FRAME, SECONDS_A_FRAME, Recogniser, Samples, Take
from accessibility.listening.sound_files import frames_of
from accessibility.listening.turn import NO_VOICE, PAUSE, Turn
from accessibility.listening.voice_activity import VoiceActivity, VoiceDetector, loudness

_AFTERWARDS = 2.0
"""Seconds of the room after the file: the person has finished, the microphone is still open."""
_ENOUGH = 8
"""Frames without a voice (0.25 s) that tell how loud the room is."""


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
    others: tuple[str, ...] = ()


class FileEar:
    """An engine, loaded once, that hears files."""

    def __init__(self, choice: Choice) -> None:
        """Raises :class:`~accessibility.listening.recogniser.EngineFault`."""
        self._detector = VoiceDetector()
        self.recogniser: Recogniser = load_working(choice)[0]

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
        around: list[float] = []
        for frame in _and_then_the_room(frames, around):
            voice = activity.probability(frame)
            if voice < NO_VOICE:
                around.append(loudness(frame))
            turn.hear(frame, voice)
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
            case Heard(phrase, certainty, text, value) as heard if certainty is not Certainty.REJECTED:
                return FileHearing(text, phrase, certainty, seconds, self.recogniser.name, value, heard.others)
            case Heard(text=text) | NotUnderstood(text=text):
                return FileHearing(text, "", Certainty.REJECTED, seconds, self.recogniser.name)
            case _:
                return FileHearing("", "", Certainty.REJECTED, 0.0, self.recogniser.name)


def _and_then_the_room(frames: Iterable[Samples], around: Sequence[float]) -> Iterator[Samples]:
    """The frames, then the noise there was where nobody spoke (``around``: the loudness of those frames).

    Were it followed by utter silence, a voice cut short in a noisy room would pass for one in a quiet room. A file cut
    at its voice tells nothing of the room: it is taken to be quiet.
    """
    yield from frames
    level = median(around) if len(around) >= _ENOUGH else 0.0
    room = np.random.default_rng(0)
    for _ in range(round(_AFTERWARDS / SECONDS_A_FRAME)):
        yield (level * room.standard_normal(FRAME)).astype(np.float32)
