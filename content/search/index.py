# SPDX-License-Identifier: EUPL-1.2
"""Every way of saying every thing, ready to be compared with a sentence.

A *thing* is a procedure, or one of the things beyond them (somebody, another matter). A *way* is one phrase for it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from content.search.folding import folded, stem, telling
from content.search.meanings import Meanings
from content.search.sounds import sound_of, spelled

GRAM = 4
LIKE_SOUND = 0.9
LIKE_MEANING = 0.7
CLOSE_WORD = 80.0
"""Two words this alike (of 100) may be the same word, typed differently."""
COMMON = 0.12
"""Part of all ways beyond which a run of sounds tells nothing."""
MUFFLED = 0.5
"""Ways that weigh no more than this are known by their words, not by the runs of their sounds."""
SHORTEST_BEGINNING = 3
"""Letters of a word that is being typed, from which it may be guessed."""
UNKNOWN_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Way:
    """One phrase for one thing."""

    thing: str
    text: str
    weight: float
    """Below 1 for what is said of the procedure, or inside it."""
    words: tuple[str, ...]
    """Its telling words, by their stems."""


@dataclass(slots=True)
class Evidence:
    """How a sentence and a thing compare, each from 0 to 1 (but ``amount``)."""

    both: float = 0.0
    """Of its best way: how much of the sentence it explains, and how much of it is said, together."""
    said: float = 0.0
    """Of the way that is said the most fully, by how much it weighs."""
    known: float = 0.0
    """Part of the sentence that its words, all ways together, explain."""
    amount: float = 0.0
    """Rarity of the words that it explains."""
    part: float = 0.0
    """Part of the sentence that one of its ways explains by itself."""
    part_amount: float = 0.0
    sounds: float = 0.0
    """Likeness of the runs of sounds."""
    inside: float = 0.0
    """Part of the way's runs of sounds that the sentence has."""
    best: Way | None = None
    best_said: float = 0.0
    """How much of its best way is said."""


def grams_of(words: Sequence[str], sound: Callable[[str], str] = sound_of) -> list[str]:
    """The runs of sounds of a sentence, as if it had no spaces."""
    line = "_" + "".join(map(sound, words)) + "_"
    return [line[i : i + n] for n in (3, GRAM) for i in range(len(line) - n + 1)]


class Index:
    """Built once from all ways; then compares any sentence with them."""

    def __init__(
        self, ways: Iterable[tuple[str, str, float]], meanings: Meanings, literal: frozenset[str] = frozenset()
    ) -> None:
        """``literal`` things are known by their own words only, not by words of the same meaning."""
        self._meanings = meanings
        self._literal = literal
        self.ways: list[Way] = []
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        gram_counts: list[Counter[str]] = []
        stem_of, sounded = cache(stem), cache(sound_of)  # Of authored words only, and only while the index is built.
        met: set[tuple[str, tuple[str, ...]]] = set()
        for thing, text, weight in ways:
            for words in _readings(text):
                if (thing, words) in met:
                    continue
                met.add((thing, words))
                told = telling(words)
                for word in told:
                    self._by_sound[sounded(word)].append(stem_of(word))
                stems = tuple(dict.fromkeys(map(stem_of, told))) or tuple(map(stem_of, words))
                if stems:
                    self.ways.append(Way(thing, text, weight, stems))
                    gram_counts.append(Counter(grams_of(words, sounded) if weight > MUFFLED else ()))
        self.things = sorted({way.thing for way in self.ways})
        self._weigh_words()
        self._weigh_grams(gram_counts)

    def _weigh_words(self) -> None:
        users: dict[str, dict[str, float]] = defaultdict(dict)
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, way in enumerate(self.ways):
            for word in way.words:
                users[word][way.thing] = max(users[word].get(way.thing, 0.0), way.weight)
                self._with[word].append(number)
        total = len(self.things)
        self._users = users
        self._rarity = {word: math.log(1 + total / len(found)) for word, found in users.items()}
        self._rarest = math.log(1 + total)
        self._sum = [sum(self._rarity[word] for word in way.words) for way in self.ways]
        self.vocabulary = sorted(self._with)
        self._sounds = sorted(sound for sound in self._by_sound if len(sound) > 3)
        self._by_meaning: dict[str, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            for meaning in self._meanings.of_word(word):
                self._by_meaning[meaning].append(word)

    def _weigh_grams(self, counts: list[Counter[str]]) -> None:
        frequency = Counter(gram for found in counts for gram in found)
        total = len(counts)
        self._gram_rarity = {
            gram: math.log(1 + total / n) for gram, n in frequency.items() if n <= max(3, COMMON * total)
        }
        self._gram_ways: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._gram_sum: list[float] = []
        for number, found in enumerate(counts):
            vector = {gram: self._gram_rarity[gram] for gram in found if gram in self._gram_rarity}
            norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
            self._gram_sum.append(norm)
            for gram, value in vector.items():
                self._gram_ways[gram].append((number, value / norm))

    # One sentence

    def likenesses(self, words: Sequence[str]) -> list[tuple[str, dict[str, float]]]:
        """For each telling word: the words of the ways that it may be, and how surely."""
        meant = self._meanings.of_sentence(words)
        found = [(word, self._like(word, meant.get(word, ()))) for word in dict.fromkeys(telling(tuple(words)))]
        if len(found) == 1 and 1.0 not in found[0][1].values():  # Perhaps a word that is still being typed.
            found[0][1].update(self._beginning_with(found[0][0]))
        return found

    def _beginning_with(self, word: str) -> dict[str, float]:
        if len(word) < SHORTEST_BEGINNING:
            return {}
        return {other: 1.0 for other in self.vocabulary if other.startswith(word)}

    def _like(self, word: str, meanings: Iterable[str]) -> dict[str, float]:
        like: dict[str, float] = {}
        base = stem(word)
        if base in self._with:
            like[base] = 1.0
        sound = sound_of(word)
        if len(sound) >= 3:
            for other in self._by_sound.get(sound, ()):
                if other in self._with:
                    like.setdefault(other, LIKE_SOUND)
        if len(word) >= 4 and not like:
            for other, score, _ in process.extract(
                base, self.vocabulary, scorer=fuzz.ratio, score_cutoff=CLOSE_WORD, limit=5
            ):
                if len(other) > 3:
                    like.setdefault(other, score / 100 * LIKE_SOUND)
            for other, score, _ in process.extract(
                sound, self._sounds, scorer=fuzz.ratio, score_cutoff=CLOSE_WORD, limit=3
            ):
                for meant in self._by_sound[other]:
                    if meant in self._with:
                        like[meant] = max(like.get(meant, 0.0), score / 100 * LIKE_SOUND)
        for meaning in (*meanings, *(m for other in list(like) for m in self._meanings.of_word(other))):
            for other in self._by_meaning.get(meaning, ()):
                like.setdefault(other, LIKE_MEANING)
        return like

    def compare(self, text: str) -> dict[str, Evidence]:
        """Everything that the sentence may be about, with how it compares. Nothing of the sentence is kept."""
        words = folded(text)
        evidence: dict[str, Evidence] = defaultdict(Evidence)
        self._compare_words(words, evidence)
        self._compare_sounds(words, evidence)
        return evidence

    def _compare_words(self, words: Sequence[str], evidence: dict[str, Evidence]) -> None:
        likenesses = self.likenesses(words)
        weights = [
            max((self._rarity[o] * like for o, like in found.items()), default=UNKNOWN_WEIGHT)
            for _, found in likenesses
        ]
        total = sum(weights) or 1.0
        explained: dict[int, float] = defaultdict(float)
        covered: dict[int, dict[str, float]] = defaultdict(dict)
        for (_, found), weight in zip(likenesses, weights, strict=True):
            best_here: dict[int, float] = {}
            known: dict[str, float] = {}
            for other, like in found.items():
                for number in self._with[other]:
                    if like <= LIKE_MEANING and self.ways[number].thing in self._literal:
                        continue
                    if like > best_here.get(number, 0.0):
                        best_here[number] = like
                    so_far = covered[number]
                    if like > so_far.get(other, 0.0):
                        so_far[other] = like
                for thing, use in self._users[other].items():
                    if like <= LIKE_MEANING and thing in self._literal:
                        continue
                    known[thing] = max(known.get(thing, 0.0), like * use)
            for number, like in best_here.items():
                explained[number] += weight * like
            for thing, like in known.items():
                evidence[thing].known += weight * like / total
                evidence[thing].amount += weight * like
        for number, amount in explained.items():
            way = self.ways[number]
            one = evidence[way.thing]
            part = amount / total
            said = sum(self._rarity[word] * like for word, like in covered[number].items()) / self._sum[number]
            said = min(1.0, said)
            both = math.sqrt(part * said) * way.weight
            full = said * said * min(1.0, amount / self._rarest) * way.weight
            one.said = max(one.said, full)
            one.part, one.part_amount = max(one.part, part), max(one.part_amount, amount)
            if both > one.both:
                one.both, one.best, one.best_said = both, way, said

    def _compare_sounds(self, words: Sequence[str], evidence: dict[str, Evidence]) -> None:
        mine = {gram: self._gram_rarity[gram] for gram in grams_of(words) if gram in self._gram_rarity}
        norm = math.sqrt(sum(value * value for value in mine.values())) or 1.0
        dots: dict[int, float] = defaultdict(float)
        for gram, value in mine.items():
            for number, weight in self._gram_ways[gram]:
                dots[number] += value * weight
        for number, dot in dots.items():
            way = self.ways[number]
            one = evidence[way.thing]
            one.sounds = max(one.sounds, dot / norm * way.weight)
            one.inside = max(one.inside, min(1.0, dot / self._gram_sum[number]) * way.weight)


def _readings(text: str) -> list[tuple[str, ...]]:
    """The words of a way; an acronym in capitals is read as a word, and by its letters too."""
    words = folded(text)
    readings = [words]
    acronyms = {
        token.casefold()
        for token in text.replace("’", " ").replace("'", " ").split()
        if token.isupper() and 2 <= len(token) <= 4
    }
    if acronyms & set(words):
        readings.append(tuple(spelled(word) if word in acronyms else word for word in words))
    return readings
