# SPDX-License-Identifier: EUPL-1.2
"""Every way of saying every thing, ready to be compared with a sentence.

A *thing* is a procedure, or one of the things beyond them (somebody, another matter). A *way* is one phrase for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz, process

from content.search.folding import Fold, folded, stem, telling
from content.search.leaning import Leaning, Parts, holding
from content.search.meanings import Meanings
from content.search.runs import holding_runs, line_of, runs_of
from content.search.senses import Senses
from content.search.sounds import BETWEEN_LETTERS, in_a_row, sound_of, sounds_of, spelled

LIKE_SOUND = 0.9
LIKE_MEANING = 0.7
CLOSE_WORD = 80.0
"""Two words this alike (of 100) may be the same word, typed differently."""
MUFFLED = 0.5
"""Ways that weigh no more than this are known by their words, not by the runs of their sounds."""
Likenesses = list[tuple[str, dict[str, float]]]
"""Each telling word of a sentence, with the words of the ways that it may be, and how surely (0 to 1)."""
SHORTEST_BEGINNING = 3
"""Letters of a word that is being typed, from which it may be guessed."""
MUTE = "E"
"""The sound that may or may not be said at the end of a word."""
SHORTEST_ACROSS = 5
"""Sounds of a word that is looked for across the spaces of the sentence."""
ARTICLES = frozenset({"l", "lE", "la", "m", "ma", "d", "dE", "mE", "C", "CE"})
"""Sounds that a recogniser writes in one word with the letters that follow them."""
UNKNOWN_WEIGHT = 2.0
Words = tuple[str, ...]


class Way(NamedTuple):
    """One phrase for one thing."""

    thing: str
    text: str
    weight: float
    """Below 1 for what is said of the procedure, or inside it."""
    words: tuple[str, ...]
    """Its telling words, by their stems."""


@dataclass(slots=True)
class Evidence:
    """How a sentence and a thing compare, each from 0 to 1 but the amounts and the leanings."""

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
    words_lean: float = 0.0
    """How much its words, all together, lean towards the thing; may be below 0."""
    sounds_lean: float = 0.0
    """How much its runs of sounds do."""
    best: Way | None = None
    best_said: float = 0.0
    """How much of its best way is said."""


class Index:
    """Built once from all ways; then compares any sentence with them."""

    def __init__(
        self,
        ways: Iterable[tuple[str, str, float]],
        meanings: Meanings,
        literal: frozenset[str] = frozenset(),
        senses: Senses | None = None,
        any_sense: frozenset[str] = frozenset(),
        fold: Fold = folded,
    ) -> None:
        """``literal`` things are known by their own words only, not by words of the same meaning.

        Words that ``senses`` turns speak of them, and of those of ``any_sense``. ``fold`` may remember the ways.
        """
        self._meanings = meanings
        self._senses = senses or Senses({})
        self._any_sense = literal | any_sense
        self._literal = literal
        read = _each_once(ways, fold)
        sounds = sounds_of(tuple({word for *_, words in read for word in words}))
        self.ways = self._listen(read, sounds)
        self.things = sorted({way.thing for way in self.ways})
        self._weigh_words()
        parts = holding([self._parts_of(way.words) for way in self.ways])
        self._words_lean = Leaning([(way.thing, way.weight) for way in self.ways], parts)
        lines = [
            (thing, weight, line_of(map(sounds.__getitem__, words)))
            for thing, _, weight, words in read
            if weight > MUFFLED
        ]
        runs = holding_runs([line for _, _, line in lines])
        self._sounds_lean = Leaning([(thing, weight) for thing, weight, _ in lines], runs)

    def _listen(self, read: Iterable[tuple[str, str, float, Words]], sounds: Mapping[str, str]) -> list[Way]:
        stem_of = cache(stem)  # Of authored words only, and only while the index is built.
        self._by_sound: dict[str, dict[str, None]] = defaultdict(dict)
        ways: list[Way] = []
        for thing, text, weight, words in read:
            told = telling(words)
            for word in told:
                self._by_sound[sounds[word]][stem_of(word)] = None
            stems = tuple(dict.fromkeys(map(stem_of, told or words)))
            ways.append(Way(thing, text, weight, stems))
        return ways

    def _parts_of(self, stems: Sequence[str]) -> set[str]:
        return {*stems, *(f"={meaning}" for word in stems for meaning in self._meanings.of_word(word))}

    def _weigh_words(self) -> None:
        users: dict[str, dict[str, float]] = defaultdict(dict)
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, way in enumerate(self.ways):
            thing, weight = way.thing, way.weight
            for word in way.words:
                things = users[word]
                if weight > things.get(thing, 0.0):
                    things[thing] = weight
                self._with[word].append(number)
        total = len(self.things)
        self._users = users
        self._rarity = {word: math.log(1 + total / len(found)) for word, found in users.items()}
        self._rarest = math.log(1 + total)
        self._sum = [sum(self._rarity[word] for word in way.words) for way in self.ways]
        self.vocabulary = sorted(self._with)
        self._sounds = sorted(sound for sound in self._by_sound if len(sound) > 3)
        self._across: dict[str, dict[str, None]] = defaultdict(dict)
        for sound in self._sounds:
            if len(sound) >= SHORTEST_ACROSS:
                self._across[_coarse(sound)].update(self._by_sound[sound])
        self._by_meaning: dict[str, list[str]] = defaultdict(list)
        for word in self.vocabulary:
            for meaning in self._meanings.of_word(word):
                self._by_meaning[meaning].append(word)

    # One sentence

    def likenesses(self, words: Sequence[str]) -> Likenesses:
        """For each telling word: the words of the ways that it may be, and how surely."""
        meant = self._meanings.of_sentence(words)
        found = [(word, self._like(word, meant.get(word, ()))) for word in dict.fromkeys(telling(tuple(words)))]
        found = self._with_words_cut_elsewhere(words, found)
        if len(found) == 1 and 1.0 not in found[0][1].values():  # Perhaps a word that is still being typed.
            found[0][1].update(self._beginning_with(found[0][0]))
        return found

    def _with_words_cut_elsewhere(self, words: Sequence[str], found: Likenesses) -> Likenesses:
        """ "des ménages" may be "déménage": words known by their sounds across the spaces that a recogniser put.

        They stand for the words that they are made of, but for those that are known as they are.
        """
        sounds = in_a_row(_coarse(sound_of(word)) for word in words)
        starts = list(accumulate(map(len, sounds), initial=0))
        line = "".join(sounds)
        joined: dict[str, dict[str, float]] = {}
        inside: set[str] = set()
        for sound, stems in self._across.items():
            if (at := line.find(sound)) < 0:
                continue
            end = at + len(sound)
            if end not in starts and line[end : end + 1] == MUTE:  # "dété" for "dette": folding took the accents.
                end += 1
            if at in starts or (BETWEEN_LETTERS in next(iter(stems)) and _after_an_article(line, starts, at)):
                at = max(start for start in starts if start <= at)
            if at in starts and end in starts:
                first, last = starts.index(at), starts.index(end)
                if last - first > 1 or line[at:end] != sound:
                    joined["".join(words[first:last])] = dict.fromkeys(stems, LIKE_SOUND)
                    inside.update(words[first:last])
        if not joined:
            return found
        return [one for one in found if one[0] not in inside or 1.0 in one[1].values()] + list(joined.items())

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
        turned = self._senses.turned(words)
        likenesses = self.likenesses(words)
        evidence = {thing: Evidence() for thing in self.things}
        self._compare_words(likenesses, evidence, turned)
        lean = self._leanings(words, likenesses)
        if turned:
            left = [word for word in words if word not in turned]
            ours = self._leanings(left, [(word, {} if word in turned else found) for word, found in likenesses])
        else:
            ours = lean
        for thing, one in evidence.items():
            by_words, by_sounds = lean if thing in self._any_sense else ours
            one.words_lean, one.sounds_lean = by_words.get(thing, 0.0), by_sounds.get(thing, 0.0)
        return evidence

    def _leanings(self, words: Sequence[str], likenesses: Likenesses) -> tuple[dict[str, float], dict[str, float]]:
        """By words, by sounds: thing → how much the sentence leans towards it."""
        runs = dict.fromkeys(runs_of(line_of(map(sound_of, words))), 1.0)
        return self._words_lean.of(self._said_parts(likenesses)), self._sounds_lean.of(runs)

    def _said_parts(self, likenesses: Likenesses) -> Parts:
        parts: dict[str, float] = {}
        for word, found in likenesses:
            surest = max(found.values(), default=0.0)
            if surest <= LIKE_MEANING:
                parts[f"?{word}"] = 1.0  # Known to nobody: it takes its share of the sentence.
            for other, like in found.items():
                if like > LIKE_MEANING and like >= surest - 0.05:
                    parts[other] = max(parts.get(other, 0.0), like)
                for meaning in self._meanings.of_word(other):
                    parts[f"={meaning}"] = max(parts.get(f"={meaning}", 0.0), min(1.0, like / LIKE_SOUND))
        return parts

    def _speaks_of(self, thing: str, like: float, elsewhere: bool) -> bool:
        """Whether a word that is so alike one of the thing's says something of it; ``elsewhere``: in another sense."""
        if thing in self._any_sense:
            return like > LIKE_MEANING or thing not in self._literal
        return not elsewhere

    def _compare_words(
        self, likenesses: Likenesses, evidence: dict[str, Evidence], turned: frozenset[str] = frozenset()
    ) -> None:
        weights = [
            max((self._rarity[o] * like for o, like in found.items()), default=UNKNOWN_WEIGHT)
            for _, found in likenesses
        ]
        total = sum(weights) or 1.0
        explained: dict[int, float] = defaultdict(float)
        covered: dict[int, dict[str, float]] = defaultdict(dict)
        for (word, found), weight in zip(likenesses, weights, strict=True):
            elsewhere = word in turned
            best_here: dict[int, float] = {}
            known: dict[str, float] = {}
            for other, like in found.items():
                for number in self._with[other]:
                    if not self._speaks_of(self.ways[number].thing, like, elsewhere):
                        continue
                    if like > best_here.get(number, 0.0):
                        best_here[number] = like
                    so_far = covered[number]
                    if like > so_far.get(other, 0.0):
                        so_far[other] = like
                for thing, use in self._users[other].items():
                    if not self._speaks_of(thing, like, elsewhere):
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


def _after_an_article(line: str, starts: Sequence[int], at: int) -> bool:
    """Whether only "la", "ma", "l'" stand between the beginning of the word and ``at``: "lerca" is "le RSA"."""
    begun = max((start for start in starts if start <= at), default=at)
    return line[begun:at] in ARTICLES


def _coarse(sound: str) -> str:
    """With one nasal for "an" and "in", that recognisers take for each other."""
    return sound.replace("4", "2")


def _each_once(ways: Iterable[tuple[str, str, float]], fold: Fold) -> list[tuple[str, str, float, Words]]:
    """Thing, phrase, weight, words of every reading of every way."""
    met: set[tuple[str, Words]] = set()
    read: list[tuple[str, str, float, Words]] = []
    for thing, text, weight in ways:
        for words in _readings(text, fold):
            if words and (thing, words) not in met:
                met.add((thing, words))
                read.append((thing, text, weight, words))
    return read


def _readings(text: str, fold: Fold) -> list[Words]:
    """The words of a way; an acronym in capitals is read as a word, and by its letters too."""
    words = fold(text)
    if text.islower():
        return [words]
    acronyms = {
        token.casefold()
        for token in text.replace("’", " ").replace("'", " ").split()
        if token.isupper() and 2 <= len(token) <= 4
    }
    if acronyms.isdisjoint(words):
        return [words]
    return [words, tuple(spelled(word) if word in acronyms else word for word in words)]
