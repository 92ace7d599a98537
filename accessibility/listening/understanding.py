# SPDX-License-Identifier: EUPL-1.2
"""What a transcript means: which of the things that may be said now was said, and how surely. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from accessibility.listening.phonemes import phonemes
from accessibility.listening.protocol import Certainty, Heard, NotUnderstood, Vocabulary

_CLEAR = 0.2
_UNSURE = 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the engine knows beside its best transcript. Everything is optional."""

    log_probability: float | None = None
    """Mean natural logarithm of the probability of the transcript's tokens (Whisper), 0 or less."""
    no_speech: float | None = None
    """Probability, 0 to 1, that nobody spoke."""
    alternatives: tuple[str, ...] = ()
    """Other transcripts, best first, the best one left out."""
    score: Callable[[Sequence[str]], Sequence[float]] | None = None
    """For each sentence, the mean log probability of its tokens had it been said in this sound."""


def understand(
    text: str,
    vocabulary: Vocabulary,
    *,
    evidence: Evidence | None = None,
    today: date | None = None,
) -> Heard | NotUnderstood:
    """The phrase, value or request that ``text`` stands for. ``today`` serves "hier" and "demain"."""
    heard = phonemes(text, vocabulary.language)
    if not heard:
        return NotUnderstood(text=text)
    distances = {
        phrase.id: min(
            Levenshtein.normalized_distance(heard, phonemes(way, vocabulary.language)) for way in phrase.ways
        )
        for phrase in vocabulary.phrases
        if phrase.ways
    }
    if not distances:
        return NotUnderstood(text=text)
    best = min(distances, key=distances.__getitem__)
    if distances[best] > _UNSURE:
        return NotUnderstood(text=text)
    certainty = Certainty.CLEAR if distances[best] <= _CLEAR else Certainty.UNSURE
    return Heard(best, certainty, text=text)
