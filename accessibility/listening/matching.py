# SPDX-License-Identifier: EUPL-1.2
"""Which phrases of a vocabulary some words sound like. Pure; what can be worked out ahead is, once per vocabulary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from accessibility.acronyms import ACRONYMS
from accessibility.listening.closeness import closeness
from accessibility.listening.commands import COMMANDS, asides, commands
from accessibility.listening.phonemes import phonemes
from accessibility.listening.protocol import Phrase, Vocabulary
from accessibility.listening.small_words import Words, negative, opposed, words_of

Sounds = tuple[tuple[str, ...], ...]

_SHORTLIST = 24
"""Ways looked at closely, after a first sort by plain edit distance."""
NO_PHRASE = -1
"""The place of what people say at other moments, or to others: it must not pass for what may be said now."""
_WORST_WORD = 0.35
"""How much the word that agrees least weighs in a distance, beside the whole."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying one phrase (its place in the vocabulary, or :data:`NO_PHRASE`)."""

    phrase: int
    written: str
    words: Words
    sounds: Sounds
    negative: bool


@dataclass(frozen=True, slots=True)
class Match:
    """How far what was heard is from a phrase, 0 to 1; ``sounds``: how many sounds were compared.

    ``agreed``: what was heard in every way of hearing is nearest to this very phrase. ``way``: the nearest way of
    saying it, as it is written.
    """

    phrase: int
    distance: float
    sounds: int
    agreed: bool = True
    way: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The ways of a vocabulary, and their sounds in one string each."""

    ways: tuple[Way, ...]
    strings: tuple[tuple[str, ...], ...]


def sounds_of(words: Words, language: str) -> Sounds:
    """The sounds of each word. Silent words are left out."""
    return tuple(found for word in words if (found := phonemes(_as_said(word, language), language)))


def _as_said(word: str, language: str) -> str:
    """A word, or the letters of an acronym as they are said: "l'apl" is "l'A P L".

    Households' own ("ok", "sms") are left as they are: espeak-ng knows them.
    """
    if language != "fr":
        return word
    article, apostrophe, name = word.rpartition("'")
    acronym = ACRONYMS.get(name.upper())
    return word if acronym is None or acronym.household else f"{article}{apostrophe}{acronym.said}"


@lru_cache(maxsize=16)
def index(vocabulary: Vocabulary) -> Index:
    """Work a vocabulary out: some tens of milliseconds for all the commands, once."""
    language = vocabulary.language
    ways: dict[tuple[str, ...], Way] = {}
    sayable = {phrase.id for phrase in vocabulary.phrases}
    elsewhere = [command for command in commands(language) if command.id not in sayable]
    others = [(NO_PHRASE, phrase) for phrase in (*elsewhere, Phrase("", asides(language)))]
    for place, phrase in [*enumerate(_with_synonyms(vocabulary.phrases, language)), *others]:
        for written in phrase.ways:
            words = words_of(written)
            sounds = sounds_of(words, language)
            string = tuple(sound for word in sounds for sound in word)
            if string:  # said alike, the first phrase wins: the screen's own come first
                ways.setdefault(string, Way(place, written, words, sounds, negative(words, language)))
    return Index(tuple(ways.values()), tuple(ways))


def _with_synonyms(phrases: tuple[Phrase, ...], language: str) -> tuple[Phrase, ...]:
    """A card that may be answered "oui" may be answered "ouais": it takes over every way of that command."""
    known = {command.id: command for command in commands(language)}
    labels = {words_of(command.ways[0]): command.id for command in known.values()}
    takers: dict[int, set[str]] = {}
    for place, phrase in enumerate(phrases):
        if phrase.id not in COMMANDS:
            takers[place] = {labels[said] for way in phrase.ways if (said := words_of(way)) in labels}
    times = Counter(command for taken in takers.values() for command in taken)
    return tuple(
        Phrase(phrase.id, phrase.ways + tuple(w for c in sorted(taken) if times[c] == 1 for w in known[c].ways))
        if (taken := takers.get(place))
        else phrase
        for place, phrase in enumerate(phrases)
    )


def matches(words: Words, vocabulary: Vocabulary) -> dict[int, Match]:
    """For each phrase that sounds at all like ``words``, its nearest way."""
    language = vocabulary.language
    known = index(vocabulary)
    heard = sounds_of(words, language)
    string = tuple(sound for word in heard for sound in word)
    if not string:
        return {}
    denies = negative(words, language)
    near = process.extract(
        string, known.strings, scorer=Levenshtein.normalized_distance, limit=_SHORTLIST, score_cutoff=0.8
    )
    found: dict[int, Match] = {}
    for _, _, place in near:
        way = known.ways[place]
        if way.phrase != NO_PHRASE and ((denies and not way.negative) or opposed(words, way.words, language)):
            continue
        compared = closeness(heard, way.sounds)
        distance = (1 - _WORST_WORD) * compared.whole + _WORST_WORD * compared.worst_word
        if way.negative and not denies:
            distance = max(distance, _DENIAL_UNHEARD)
        best = found.get(way.phrase)
        if best is None or distance < best.distance:
            sounds = max(len(string), len(known.strings[place]))
            found[way.phrase] = Match(way.phrase, distance, sounds, way=way.written)
    return found


_DENIAL_UNHEARD = 0.25
"""A "not" that was not heard is never certain."""
