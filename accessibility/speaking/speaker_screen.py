# SPDX-License-Identifier: EUPL-1.2
"""What is being said: sentences as they are written, as they are spoken, and as they are heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from accessibility.speaking.cache import Kept
from accessibility.speaking.casting import Line
from accessibility.speaking.pronounce import runs_for_the_ear
from accessibility.speaking.pronounce_traced import Run
from accessibility.speaking.protocol import Manner, SpeechOutcome, Utterance, Word
from accessibility.speaking.sound import seconds_of
from accessibility.speaking.word_clock import Beat
from accessibility.speaking.word_times import run_starts, unpacked

Done = Callable[[SpeechOutcome], None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that has something to be heard. ``utterance`` is its place among all that were given."""

    utterance: int
    line: Line
    runs: tuple[Run, ...]

    def beats(self, sound: Kept) -> list[Beat]:
        """When each of its words is heard in this sound, and where it is written."""
        starts = unpacked(sound.words, self.line.text, seconds_of(sound.wav) or 0.0)
        return [(at, Word(self.utterance, run.start, run.end)) for at, run in run_starts(self.runs, starts)]


def read(utterances: Sequence[Utterance], manner: Manner) -> list[Sentence]:
    """Each utterance as it is spoken, in its own language. Those that say nothing only keep their place."""
    sentences: list[Sentence] = []
    for number, utterance in enumerate(utterances):
        language = utterance.language or manner.language
        if runs := runs_for_the_ear(utterance.text, language):
            text = " ".join(run.said for run in runs)
            sentences.append(Sentence(number, Line(text, replace(manner, language=language), utterance.private), runs))
    return sentences


@dataclass(slots=True)
class Screen:
    """What is being said. ``next`` is the first sentence not yet handed to the player."""

    batch: int
    utterances: tuple[Utterance, ...]
    manner: Manner
    done: Done | None
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    """Of the utterances, once they are read."""
    sounds: dict[int, Kept | None] = field(default_factory=dict[int, "Kept | None"])
    next: int = 0
    playing: int = 0
    failed: bool = False
    losses: int = 0
