# SPDX-License-Identifier: EUPL-1.2
"""What a transcript means: which of the things that may be said now was said, and how surely. Pure.

What an engine wrote, when told the words to expect and when told nothing, is compared by its sounds with every way of
saying every phrase. A phrase is accepted when both are near enough to it and no other phrase is nearly as near; the
limits are stricter for short words, where one wrong sound is another word (ADR 0073, 0074).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accessibility.listening import spoken_values
from accessibility.listening.inventions import invented
from accessibility.listening.matching import Match, matches
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Vocabulary
from accessibility.listening.small_words import Words, only_hesitation, readings, words_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the engine knows beside its best transcript. Everything is optional."""

    log_probability: float | None = None
    """Mean natural logarithm of the probability of the transcript's tokens (Whisper), 0 or less."""
    no_speech: float | None = None
    """Probability, 0 to 1, that nobody spoke."""
    alternatives: tuple[str, ...] = ()
    """Other transcripts, best first, the best one left out."""
    free: tuple[str, ...] = ()
    """Transcripts, best first, of the same sound by the same engine when it was not told what to expect.

    An engine that is told the words writes one of them for anything; what it writes by itself betrays it.
    """
    score: Callable[[Sequence[str]], Sequence[float]] | None = None
    """For each sentence, the mean log probability of its tokens had it been said in this sound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where certainty begins and ends. Settled on the tuning half of ``benchmarks.listening_set`` only."""

    clear: float = 0.16
    unsure: float = 0.32
    short_clear: float = 0.1
    short_unsure: float = 0.2
    short: int = 3
    """Phrases of this many sounds or fewer are short."""
    long: int = 8
    """From this many sounds on, a phrase is long; in between, the limits slide."""
    clear_margin: float = 0.12
    unsure_margin: float = 0.05
    told_least: float = 0.35
    told_most: float = 0.85
    told_at_even: float = -0.7
    told_slope: float = 0.75
    """Share of what was heard when told the words, by its log probability; the rest is what was heard freely."""
    alternative: float = 0.03
    """What each place down a list of alternatives costs."""
    doubtful: float = -1.2
    """Below this mean log probability nothing is clear."""


LIMITS = Limits()
_SHORT_ANSWER = 3
"""Where a request is expected, only an answer of so few words is asked back as a command."""
_REAL_WORDS = 2
_NOBODY, _UNLIKELY = 0.6, -1.0
"""Probability of no speech and mean log probability that together mean that nobody spoke (as Whisper's authors do)."""


def understand(
    text: str,
    vocabulary: Vocabulary,
    *,
    evidence: Evidence | None = None,
    today: date | None = None,
    limits: Limits = LIMITS,
) -> Heard | NotUnderstood:
    """The phrase, value or request that ``text`` stands for. ``today`` serves "hier" and "demain"."""
    known = evidence or Evidence()
    words = words_of(text)
    if not words or invented(text, words) or only_hesitation(words, vocabulary.language) or _nobody(known):
        return NotUnderstood(text=text)
    found = ranked(text, vocabulary, known, limits)
    certainty = certainty_of(found, known, limits)
    phrase = vocabulary.phrases[found[0].phrase].id if found else ""
    if vocabulary.expected in (Expected.NUMBER, Expected.DATE) and certainty is not Certainty.CLEAR:
        value = _value(text, vocabulary, known, today)
        if value:
            return Heard("", Certainty.UNSURE, text=text, value=value)
    if vocabulary.expected is Expected.REQUEST and not (
        certainty is Certainty.CLEAR or (certainty is Certainty.UNSURE and len(words) <= _SHORT_ANSWER)
    ):
        return _request(text, vocabulary, known)
    if certainty is Certainty.REJECTED:
        return NotUnderstood(text=text)
    return Heard(phrase, certainty, text=text)


def ranked(text: str, vocabulary: Vocabulary, known: Evidence, limits: Limits = LIMITS) -> list[Match]:
    """Each phrase that may have been said and how far it is from what was heard, nearest first."""
    told = _nearest((text, *known.alternatives), vocabulary, limits)
    free = _nearest(known.free, vocabulary, limits) if known.free else told
    share = _share_told(known, limits)
    weighed = [
        Match(
            phrase,
            share * (told[phrase].distance if phrase in told else 1.0)
            + (1 - share) * (free[phrase].distance if phrase in free else 1.0),
            max(match.sounds for match in (told.get(phrase), free.get(phrase)) if match),
        )
        for phrase in told.keys() | free.keys()
    ]
    return sorted(weighed, key=lambda match: (match.distance, match.phrase))


def _share_told(known: Evidence, limits: Limits) -> float:
    """How much what was heard when told the words counts: the surer the engine was of it, the more."""
    if known.log_probability is None:
        return 0.5
    share = 0.5 + limits.told_slope * (known.log_probability - limits.told_at_even)
    return min(limits.told_most, max(limits.told_least, share))


def certainty_of(found: Sequence[Match], known: Evidence, limits: Limits = LIMITS) -> Certainty:
    """How sure the nearest phrase is, from its distance and from how much farther the second is."""
    if not found:
        return Certainty.REJECTED
    best = found[0]
    margin = found[1].distance - best.distance if len(found) > 1 else 1.0
    slide = min(1.0, max(0.0, (best.sounds - limits.short) / (limits.long - limits.short)))
    clear = limits.short_clear + slide * (limits.clear - limits.short_clear)
    unsure = limits.short_unsure + slide * (limits.unsure - limits.short_unsure)
    doubtful = known.log_probability is not None and known.log_probability < limits.doubtful
    if best.distance <= clear and margin >= limits.clear_margin and not doubtful:
        return Certainty.CLEAR
    if best.distance <= unsure and margin >= limits.unsure_margin:
        return Certainty.UNSURE
    return Certainty.REJECTED


def _nearest(texts: Sequence[str], vocabulary: Vocabulary, limits: Limits) -> Mapping[int, Match]:
    """The nearest match of each phrase over all the transcripts and all the readings of each."""
    best: dict[int, Match] = {}
    tried: set[Words] = set()
    for place, text in enumerate(texts):
        words = words_of(text)
        if place and invented(text, words):
            continue
        for reading in readings(words, vocabulary.language):
            if reading in tried:
                continue
            tried.add(reading)
            for phrase, match in matches(reading, vocabulary).items():
                distance = match.distance + limits.alternative * place
                if phrase not in best or distance < best[phrase].distance:
                    best[phrase] = Match(phrase, distance, match.sounds)
    return best


def _nobody(known: Evidence) -> bool:
    silent = known.no_speech is not None and known.no_speech > _NOBODY
    return silent and known.log_probability is not None and known.log_probability < _UNLIKELY


def _value(text: str, vocabulary: Vocabulary, known: Evidence, today: date | None) -> str:
    """The value that the transcripts agree on: digits, or an ISO date; "" when there is none or they differ."""
    found: set[str] = set()
    for one in (text, *known.free[:1]):
        if vocabulary.expected is Expected.NUMBER:
            number = spoken_values.whole_number(one, vocabulary.language)
            found |= set() if number is None else {str(number)}
        else:
            day = spoken_values.day(one, vocabulary.language, today)
            found |= {day.isoformat()} if day else set()
    return found.pop() if len(found) == 1 else ""


def _request(text: str, vocabulary: Vocabulary, known: Evidence) -> Heard | NotUnderstood:
    """A sentence of the person's own; what was heard freely says it best."""
    said = known.free[0] if known.free else text
    words = words_of(said)
    real = [word for word in readings(words, vocabulary.language)[-1] if len(word) > 1]
    if len(real) < _REAL_WORDS or invented(said, words):
        return NotUnderstood(text=said)
    return Heard("", Certainty.CLEAR, text=said, value=said)
