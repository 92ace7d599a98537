# SPDX-License-Identifier: EUPL-1.2
"""Words whose true times are known: an engine that beeps once a word, and ears that find each beep in the recording."""

from __future__ import annotations

import array
import io
import math
import threading
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance, Word
from accessibility.speaking.word_times import packed, words_of
from tests.sound import AUDIBLE, Recording

HERTZ = 22_050
BEEP, STEP = 0.06, 0.25
"""Seconds: how long a word sounds, and from one word to the next."""
CRACKLES = 2
"""Beeps heard as two that are borne with."""
CUT = 0.06
"""Seconds after which nothing is left of what was said before."""
QUIET = 0.03
"""Seconds without sound before a beep."""


class BeepingEngine:
    """Says each word of a text as one beep, and knows when. Its times are true: nothing but the player can be late."""

    def __init__(self) -> None:
        self.words = b""

    def name(self, language: str) -> str:
        """One voice a language."""
        return f"beeps {language}"

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """Write the beeps."""
        step = STEP / manner.rate
        starts = [0.05 + number * step for number in range(len(words_of(text)))]
        samples = array.array("h", bytes(2 * round((0.05 + step * len(starts)) * HERTZ)))
        for start in starts:
            first = round(start * HERTZ)
            for number in range(round(BEEP * HERTZ)):
                samples[first + number] = round(16_000 * math.sin(number / 4))
        sound = io.BytesIO()
        with wave.open(sound, "wb") as target:
            target.setparams((1, 2, HERTZ, 0, "NONE", "not compressed"))
            target.writeframes(samples.tobytes())
        out.write_bytes(sound.getvalue())
        self.words = packed(starts, len(samples) / HERTZ)
        return True

    def stretch(self, wav: bytes, speed: float, out: Path) -> bool:
        """Never asked."""
        return False

    def forget(self) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Told:
    """The ``word`` of a screen: what was told, and when; and how the screen ended."""

    utterances: Sequence[Utterance]
    begun: float = field(default_factory=time.monotonic)
    all: list[tuple[float, Word | None]] = field(default_factory=list[tuple[float, Word | None]])
    outcome: SpeechOutcome | None = None
    _news: threading.Condition = field(default_factory=threading.Condition)

    def word(self, word: Word | None) -> None:
        """To be given to ``say``."""
        with self._news:
            self.all.append((time.monotonic(), word))
            self._news.notify_all()

    def done(self, outcome: SpeechOutcome) -> None:
        """To be given to ``say``."""
        with self._news:
            self.outcome = outcome
            self._news.notify_all()

    @property
    def words(self) -> list[tuple[float, str]]:
        """When each word was told, as it is written."""
        with self._news:
            told = list(self.all)
        return [(at, self.utterances[word.utterance].text[word.start : word.end]) for at, word in told if word]

    def wait_for_words(self, count: int) -> float:
        """When so many words had been told."""
        with self._news:
            assert self._news.wait_for(lambda: sum(word is not None for _, word in self.all) >= count, 15)
        return self.words[count - 1][0]

    def wait(self) -> SpeechOutcome:
        """Until the screen has ended, and None was told, last and once."""
        with self._news:
            assert self._news.wait_for(lambda: self.outcome and self.all and self.all[-1][1] is None, 20)
            assert sum(word is None for _, word in self.all) == 1
            assert self.outcome
            return self.outcome


def say_words(speaker: Speaker, texts: Sequence[str], manner: Manner | None = None) -> Told:
    """Say it, and follow its words."""
    told = Told([Utterance(text) for text in texts])
    speaker.say(told.utterances, manner or Manner(), told.done, word=told.word)
    return told


def onsets(heard: Recording, since: float, until: float, quiet: float = QUIET) -> list[float]:
    """When something begins to be heard after so much quiet."""
    found: list[float] = []
    last = float("-inf")
    for at, level in heard.levels(since, until):
        if level > AUDIBLE:
            if at - last > quiet:
                found.append(at)
            last = at
    return found


def lateness(told: Told, heard: Recording, quiet: float = QUIET) -> list[float]:
    """For each word told, by how many seconds it came after its sound (before it: negative).

    On a busy machine the loudspeaker may run dry in the middle of a beep, which is then heard as two.
    """
    words = [at for at, _ in told.words]
    heard.wait_until(words[-1] + 0.3)
    begun = onsets(heard, max(told.begun + CUT, words[0] - 0.5), words[-1] + 0.3, quiet)
    assert len(words) <= len(begun) <= len(words) + CRACKLES, (begun, told.words)
    matched = (
        [at - onset for at, onset in zip(words, some, strict=True)] for some in combinations(begun, len(words))
    )  # fmt: skip
    return min(matched, key=lambda late: sum(map(abs, late)))
