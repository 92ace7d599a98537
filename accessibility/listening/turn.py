# SPDX-License-Identifier: EUPL-1.2
"""One turn of the person, from an open microphone to an answer. Time is counted in frames of sound, not by a clock.

The engine begins to work as soon as the voice pauses; when it goes on, that work is thrown away. The answer is given
once the pause is long enough for what was understood: a short one after a clear phrase that cannot go on, a longer one
when it may. Whoever runs the turn (a microphone, a file) calls :meth:`Turn.hear`, lets the engine conclude when
:attr:`Turn.asked` moves, and hands the conclusion to :meth:`Turn.concluded`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Hearing,
    Muddle,
    NotUnderstood,
    Sign,
    Silence,
    Vocabulary,
)
from accessibility.listening.recogniser import SECONDS_A_FRAME, Samples, Take, Understood
from accessibility.listening.voice_activity import loudness, meter

VOICE, NO_VOICE = 0.5, 0.35
"""Probabilities above and below which a frame is a voice or not; between them it is what the one before was."""
LEAD = 10
"""Frames kept from before the voice was noticed (0.3 s): soft first sounds are in them."""
SHORTEST = 4
"""Frames of voice that make a word; less is a click or a breath. "oui" is 8 to 12."""
PAUSE = 4
"""Frames of silence (0.13 s) after which the engine begins to work."""
LONGEST = 8.0 - 0.5
"""Seconds of a sentence, its lead included; what comes after is not heard. The engine's window is 8 s."""

AFTER_CLEAR, AFTER_OPEN, AFTER_NOTHING = 0.32, 0.54, 0.8
"""Seconds of silence before the answer: a clear phrase; one that may go on or is unsure; nothing understood yet."""
AFTER_SENTENCE = 0.9
"""The same when a request, a number or a date is waited for: people breathe and think in the middle."""

LOUD = 0.05
"""Loudness of a steady noise (-26 dB of full scale) through which nobody is understood."""
NOISY = 0.01
"""Loudness of a noise (-40 dB) that may be why a sentence was not understood."""
TWICE = 2.0
"""A voice less than twice (6 dB) as loud as the noise is not understood because of the noise."""
NOISE_FRAMES = 50
"""1.6 s of sound tell how loud it is around."""
FRAMES_A_SIGN = 3


class Turn:
    """What becomes of one ``listen``. Not thread-safe: one thread runs it."""

    def __init__(
        self, vocabulary: Vocabulary, begin: Callable[[], Take], patience: float, *, patient_in_noise: bool = False
    ) -> None:
        """``begin`` opens a take; ``patience`` is how many seconds speech may keep one waiting.

        ``patient_in_noise``: go on listening through a loud noise, which would otherwise be said at once.
        """
        self.outcome: Hearing | None = None
        self.asked = 0
        """Number of the conclusion wanted now; a new number each time; 0 when none is wanted."""
        self.take: Take | None = None
        self.sign: Sign | None = None
        """What to show; None between two signs."""
        self.quiet = 0.0
        """Seconds of silence since the voice ended."""
        self._vocabulary = vocabulary
        self._begin = begin
        self._patience = patience
        self._patient_in_noise = patient_in_noise
        self._lead: deque[Samples] = deque(maxlen=LEAD)
        self._held: list[Samples] = []
        self._around: deque[float] = deque(maxlen=NOISE_FRAMES)
        self._frames = 0
        self._length = 0
        self._voiced = 0
        self._still = 0
        self._voice_loudness = 0.0
        self._conclusions = 0
        self._conclusion: Understood | None = None
        self._loudest = 0.0

    @property
    def speaking(self) -> bool:
        """True from the first sound of a voice to the end of its sentence."""
        return self.take is not None

    @property
    def noise(self) -> float:
        """How loud it is where nobody speaks: the loudness that four frames in five exceed."""
        heard = sorted(self._around)
        return heard[len(heard) // 5] if heard else 0.0

    def hear(self, frame: Samples, probability: float) -> None:
        """One more frame, and how likely it is a voice."""
        rms = loudness(frame)
        self._frames += 1
        if probability < VOICE:
            self._around.append(rms)
        if self.take is None:
            self._wait(frame, probability)
        else:
            self._follow(frame, rms, probability)
        self._loudest = max(self._loudest, rms)
        self.sign = None
        if self._frames % FRAMES_A_SIGN == 0:
            self._show()

    def concluded(self, number: int, understood: Understood) -> None:
        """The engine's answer to :attr:`asked`; one that is no longer wanted is ignored."""
        if number == self.asked:
            self._conclusion = understood
            self._decide()

    def _wait(self, frame: Samples, probability: float) -> None:
        """Nobody speaks yet."""
        self._lead.append(frame)
        if probability >= VOICE:
            self.take = self._begin()
            for earlier in self._lead:
                self.take.add(earlier)
            self._length, self._voiced, self._still = len(self._lead), 1, 0
            self._voice_loudness = 0.0
            self._lead.clear()
        elif not self._patient_in_noise and len(self._around) == NOISE_FRAMES and self.noise >= LOUD:
            self.outcome = NotUnderstood(Muddle.NOISE)
        elif self._frames * SECONDS_A_FRAME >= self._patience:
            self.outcome = Silence()

    def _follow(self, frame: Samples, rms: float, probability: float) -> None:
        """Somebody speaks, or has just finished."""
        assert self.take is not None
        self._length += 1
        voice = probability >= (VOICE if self._still else NO_VOICE)
        if voice:
            self._voiced += 1
            self._still = 0
            self._voice_loudness = max(self._voice_loudness, rms)
            self._drop_conclusion()
        else:
            self._still += 1
        self.quiet = self._still * SECONDS_A_FRAME
        full = self._length * SECONDS_A_FRAME >= LONGEST
        if self.asked:
            self._held.append(frame)
        else:
            for one in (*self._held, frame):
                self.take.add(one)
            self._held.clear()
        if not self.asked:
            if self._still >= PAUSE and self._voiced < SHORTEST:
                self._start_again()
            elif self._still >= PAUSE or full:
                self._conclusions += 1
                self.asked = self._conclusions
        elif full or self._conclusion:
            self._decide()

    def _drop_conclusion(self) -> None:
        """The person goes on: what was asked is too early. A full window stays as it is."""
        if self._length * SECONDS_A_FRAME < LONGEST:
            self.asked, self._conclusion = 0, None

    def _start_again(self) -> None:
        """It was no sentence."""
        self.take, self.asked, self._conclusion, self.quiet = None, 0, None, 0.0
        self._held.clear()

    def _decide(self) -> None:
        """Answer, once the silence is long enough for what was understood."""
        found = self._conclusion
        if found is None:
            return
        full = self._length * SECONDS_A_FRAME >= LONGEST
        if not full and self.quiet < _silence_after(found, self._vocabulary):
            return
        if isinstance(found, NotUnderstood) and not found.text.strip():
            self._start_again()  # no word in it: a door, a cough
            return
        if isinstance(found, NotUnderstood) and self._drowned:
            found = replace(found, why=Muddle.NOISE)
        self.outcome = found

    @property
    def _drowned(self) -> bool:
        return self.noise >= NOISY and self._voice_loudness < TWICE * self.noise

    def _show(self) -> None:
        partial = self.take.partial if self.take else ""
        finished = self.asked > 0
        self.sign = Sign(
            level=round(meter(self._loudest), 2),
            partial=partial,
            speech=self.speaking and not finished and self._voiced > 1,
            thinking=finished,
        )
        self._loudest = 0.0


def _silence_after(found: Understood, vocabulary: Vocabulary) -> float:
    """Seconds of silence to wait for, so as not to cut the person short."""
    if vocabulary.expected is not Expected.NOTHING and not (isinstance(found, Heard) and found.phrase):
        return AFTER_SENTENCE
    if isinstance(found, NotUnderstood):
        return AFTER_NOTHING
    if found.certainty is Certainty.CLEAR and not may_go_on(found, vocabulary):
        return AFTER_CLEAR
    return AFTER_OPEN


def may_go_on(found: Heard, vocabulary: Vocabulary) -> bool:
    """True when what was heard begins something longer that means something else ("carte" … "carte grise")."""
    words = _words(found.text)
    return any(
        len(way) > len(words) and way[: len(words)] == words
        for phrase in vocabulary.phrases
        if phrase.id != found.phrase
        for way in map(_words_of_way, phrase.ways)
    )


@lru_cache(maxsize=8192)
def _words_of_way(way: str) -> list[str]:
    """Asked at every frame, of some thousand ways. What was said is not kept so."""
    return _words(way)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
