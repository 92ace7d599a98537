# SPDX-License-Identifier: EUPL-1.2
"""What a transcript means: which of the things that may be said now was said, and how surely. Pure.

What an engine wrote, when told the words to expect and when told nothing, is compared by its sounds with every way of
saying every phrase. A phrase is accepted when both are near enough to it and no other phrase is nearly as near; the
limits are stricter for short words, where one wrong sound is another word (ADR 0073, 0074).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accessibility.listening import spoken_values
from accessibility.listening.figures import in_words
from accessibility.listening.inventions import invented
from accessibility.listening.limits import LIMITS, Limits
from accessibility.listening.matching import NO_PHRASE, Match, matches
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Vocabulary
from accessibility.listening.small_words import Words, clauses, only_hesitation, readings, unfinished, words_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the engine knows beside its best transcript. Everything is optional; log probabilities are natural, means
    over a transcript's tokens, 0 or less."""

    log_probability: float | None = None
    """Of the best transcript."""
    no_speech: float | None = None
    """Probability, 0 to 1, that nobody spoke."""
    signal_to_noise: float | None = None
    """By how many decibels the voice was louder than what was around it (:mod:`accessibility.listening.clarity`)."""
    alternatives: tuple[str, ...] = ()
    """Other transcripts, best first, the best one left out."""
    alternative_scores: tuple[float, ...] = ()
    """Their log probabilities, in the same order; empty when they are not known."""
    free: tuple[str, ...] = ()
    """Transcripts, best first, of the same sound by the same engine when it was not told what to expect.

    An engine that is told the words writes one of them for anything; what it writes by itself betrays it.
    """
    free_scores: tuple[float, ...] = ()
    """Their log probabilities, in the same order; empty when they are not known."""
    likely: bool = False
    """Asked about :func:`doubtful` ways one by one, the engine found the first about as likely as its own words."""


_SHORT_ANSWER = 3
"""Where a request is expected, only an answer of so few words is asked back as a command."""
_REAL_WORDS = 2
_RIVALS = 3
_CLAUSES = (2, 3)
"""Fewest and most clauses that may say one thing in two ways."""
_LONGEST = 40
"""Words; a longer speech is no phrase."""
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
    if broken_off((text, *known.free[:1]), vocabulary) and not (found and broken_off((found[0].way,), vocabulary)):
        certainty = Certainty.REJECTED
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
    """Each phrase that may have been said and how far it is from what was heard, nearest first.

    None when something that may not be said now is nearer than all of them.
    """
    best = known.log_probability or 0.0
    behind = [best - score for score in known.alternative_scores]
    told = _nearest((text, *known.alternatives), [0.0, *behind], vocabulary, limits)
    free = told
    if known.free:
        behind = [known.free_scores[0] - score for score in known.free_scores]
        free = _nearest(known.free, behind, vocabulary, limits)
    share = _share_told(known, limits)
    nothing = Match(NO_PHRASE, limits.absent, 0)
    nearest = [min((match.distance for match in side.values()), default=0.0) for side in (told, free)]
    weighed: list[Match] = []
    for phrase in told.keys() | free.keys():
        one, other = told.get(phrase, nothing), free.get(phrase, nothing)
        distance = share * one.distance + (1 - share) * other.distance
        agreed = one.distance <= nearest[0] and other.distance <= nearest[1]
        nearer = one if one.distance <= other.distance else other
        weighed.append(Match(phrase, distance, max(one.sounds, other.sounds), agreed, nearer.way))
    weighed.sort(key=lambda match: (match.distance, match.phrase))
    if weighed and weighed[0].phrase == NO_PHRASE:
        return []
    return [match for match in weighed if match.phrase != NO_PHRASE]


def doubt_of(found: Sequence[Match], known: Evidence, limits: Limits = LIMITS) -> float:
    """How doubtful the nearest phrase is: about -0.2 when nothing speaks against it, 1 when nothing was found."""
    if not found or found[0].distance > limits.far:
        return 1.0
    best = found[0]
    margin = found[1].distance - best.distance if len(found) > 1 else limits.margin_most
    doubt = best.distance - limits.margin * min(margin, limits.margin_most)
    doubt += 0.0 if best.agreed else limits.disagreement
    doubt += limits.short * max(0, limits.long - best.sounds) / limits.long
    if known.signal_to_noise is not None:
        doubt += limits.noise * max(0.0, limits.quiet - known.signal_to_noise)
    if known.log_probability is not None:
        doubt += limits.improbable * max(0.0, limits.probable - known.log_probability)
        doubt += limits.other_words * best.distance * max(0.0, known.log_probability - limits.certain)
    return doubt


def certainty_of(found: Sequence[Match], known: Evidence, limits: Limits = LIMITS) -> Certainty:
    """How sure the nearest phrase is."""
    doubt = doubt_of(found, known, limits)
    if doubt <= limits.clear:
        return Certainty.CLEAR
    return (
        Certainty.UNSURE if doubt <= (limits.unsure_likely if known.likely else limits.unsure) else Certainty.REJECTED
    )


def said_to_others(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether one of these transcripts is, sound for sound, what people say at other moments or to others: "zéro"."""
    found = (matches(words_of(text), vocabulary).get(NO_PHRASE) for text in texts)
    return any(match is not None and match.distance == 0 for match in found)


def too_long(texts: Sequence[str], limits: Limits = LIMITS) -> bool:
    """Whether each of these transcripts says more than a command does."""
    return all(len(words_of(text)) > limits.meant_words for text in texts)


def broken_off(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether each of these transcripts ends where nobody ends: "Plus petit que…"."""
    return all(unfinished(words_of(text), vocabulary.language) for text in texts)


def borne_out(
    command: str, likely: float, text: str, vocabulary: Vocabulary, known: Evidence, limits: Limits = LIMITS
) -> bool:
    """Whether refused words may be asked back as the command that their sound is like, ``likely`` from 0 to 1.

    Either the words are near to it as well, or they are worth little: the engine is not sure of them.
    """
    if all(phrase.id != command for phrase in vocabulary.phrases) or likely < limits.like_agreed:
        return False
    nearest = ranked(text, vocabulary, known, limits)[:_RIVALS]
    if any(vocabulary.phrases[match.phrase].id == command and match.distance <= limits.near for match in nearest):
        return True
    lost = known.log_probability is None or known.log_probability <= limits.lost
    return likely >= limits.like and lost and not vocabulary.own


def doubted(
    found: Heard,
    command: str,
    likely: float,
    share: float | None,
    vocabulary: Vocabulary,
    log_probability: float,
    limits: Limits = LIMITS,
) -> Heard | NotUnderstood:
    """What the words say, unless it is a command that their sound is unlike (``share``, 0 to 1; None where the sound
    tells nothing of it): a clear one, of words that the engine is sure of (their ``log_probability``), is then asked,
    and any other refused; where the sound is nothing like it, and like another, that other is asked."""
    if share is None or share >= limits.unlike:
        return found
    sure = found.certainty is Certainty.CLEAR and log_probability >= limits.certain
    another = share < limits.nothing_like and likely >= limits.like_instead
    if another and command in {phrase.id for phrase in vocabulary.phrases}:
        return replace(found, phrase=command, certainty=Certainty.UNSURE)
    return replace(found, certainty=Certainty.UNSURE) if sure else NotUnderstood(text=found.text)


def meant(
    sound: Mapping[str, float], words: Mapping[str, float], vocabulary: Vocabulary, limits: Limits = LIMITS
) -> tuple[str, float]:
    """The command, of those that may be said now, to which the sound and the meaning of the words point together, and
    how likely they make it, 0 to 1; ("", 0) when none may be said.

    Each says how likely each command is; what is left of 1 is that it is none. The sound counts less.
    """
    weights = {
        command: share * max(sound.get(command, 0.0), limits.least) ** limits.sound for command, share in words.items()
    }
    none = max(0.0, 1 - sum(words.values())) * max(1 - sum(sound.values()), limits.least) ** limits.sound
    whole = sum(weights.values()) + none
    allowed = {phrase.id for phrase in vocabulary.phrases}
    best = max((command for command in weights if command in allowed), key=weights.__getitem__, default="")
    likely, alone = weights[best] / whole if best else 0.0, sound.get(best, 0.0)
    if alone < limits.thought_of or (alone < limits.half and likely < limits.meant_surely):
        return best, 0.0
    return best, likely


def doubtful(text: str, vocabulary: Vocabulary, known: Evidence, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The ways of saying, as written, that are nearest to what was heard: the likeliest phrase, then its rivals.

    None where the engine's opinion of them would change nothing, or is worth nothing: out of noise.
    """
    if known.signal_to_noise is not None and known.signal_to_noise < limits.quiet:
        return ()
    found = ranked(text, vocabulary, known, limits)
    if not limits.unsure < doubt_of(found, known, limits) <= limits.unsure_likely:
        return ()
    return tuple(match.way for match in found[:_RIVALS] if match.way)


def _share_told(known: Evidence, limits: Limits) -> float:
    """How much what was heard when told the words counts: the surer the engine was of it, the more."""
    if known.log_probability is None:
        return 0.5
    share = 0.5 + limits.told_slope * (known.log_probability - limits.told_at_even)
    return min(limits.told_most, max(limits.told_least, share))


def _nearest(
    texts: Sequence[str], behind: Sequence[float], vocabulary: Vocabulary, limits: Limits
) -> Mapping[int, Match]:
    """The nearest match of each phrase over all the transcripts and all the readings of each."""
    best: dict[int, Match] = {}
    tried: set[Words] = set()
    for place, text in enumerate(texts):
        words = words_of(in_words(text, vocabulary.language))
        if len(words) > _LONGEST or (place and invented(text, words)):
            continue
        late = behind[place] if place < len(behind) else limits.step * place
        for reading in readings(words, vocabulary.language):
            if reading in tried:
                continue
            tried.add(reading)
            found = matches(reading, vocabulary)
            for phrase, match in found.items():
                longer = match.distance * (1 + limits.peeled * (len(words) - len(reading)))
                distance = min(limits.absent, longer + limits.behind * max(0.0, late))
                if phrase not in best or distance < best[phrase].distance:
                    best[phrase] = replace(match, distance=distance)
            if any(match.distance == 0 for match in found.values()):
                break  # these very words are known: taking some off could only make another phrase of them
        for phrase, match in _said_twice(text, vocabulary).items():
            distance = min(limits.absent, match.distance + limits.behind * max(0.0, late))
            if phrase not in best or distance < best[phrase].distance:
                best[phrase] = replace(match, distance=distance)
    return best


def _said_twice(text: str, vocabulary: Vocabulary) -> Mapping[int, Match]:
    """What a sentence of several clauses says in each of them: "plus doucement, c'est trop rapide"."""
    parts = clauses(text, vocabulary.language)
    if len(parts) < _CLAUSES[0] or len(parts) > _CLAUSES[1]:
        return {}
    each: list[dict[int, Match]] = []
    for words in parts:
        nearest: dict[int, Match] = {}
        for reading in readings(words, vocabulary.language):
            for phrase, match in matches(reading, vocabulary).items():
                if phrase not in nearest or match.distance < nearest[phrase].distance:
                    nearest[phrase] = match
        each.append(nearest)
    everywhere = set(each[0]).intersection(*each[1:]) - {NO_PHRASE}
    return {phrase: max((one[phrase] for one in each), key=lambda match: match.distance) for phrase in everywhere}


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
