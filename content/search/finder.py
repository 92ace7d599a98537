# SPDX-License-Identifier: EUPL-1.2
"""Finds the procedures that a sentence, typed or spoken, may mean; or that somebody is wanted; or that nothing fits.

It never opens anything alone: the person chooses among at most three.
"""

from __future__ import annotations

import gc
import math
import threading
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Protocol

from content.model import Catalogue, Procedure, StepKind
from content.search.beyond import DISTRESS, PUZZLED, SOMEONE, Danger, read_beyond
from content.search.contrasts import wanted
from content.search.folding import Fold, folded, is_of_another_script, telling
from content.search.index import Evidence, Index
from content.search.meanings import read_meanings
from content.search.senses import read_senses
from content.search.stories import needs_of, parts_of, pooled
from content.search.weighing import NOTHING, likelihoods, mixed, together, weigh

MOST = 3
BEHIND = 6.0
"""What weighs so much less than the likeliest is not proposed beside it."""
UNLIKELY = 1.4
"""Nor what weighs so much less than "none of them"."""
FEWER_WAYS = 1.0
"""An official procedure is known by its title only, and leans less for it; ours, with more ways, stays before it."""
ABOUT_ANOTHER = 4.0
"""An official procedure may be about what is another matter for us: it needs to fit less well than that to be shown."""
WHOLE = 0.98
"""What is asked for by one of its ways, whole, and nothing else, is shown, whatever the sentence resembles."""
LOST = 2.0
"""Who does not know how to begin, and says with what, is shown it: it must be this much less clear for somebody."""
CLEAR = 0.9
"""How likely a need is, in its own part of the sentence, to be shown beside the likeliest."""
_SUMMARY, _CHOICE = 0.8, 0.5
"""What is said of a procedure, and in it, counts less than the ways of asking for it."""


class Kind(StrEnum):
    """What a sentence asks for."""

    PROCEDURES = "procedures"
    MEDIATOR = "mediator"
    NONE = "none"


Weights = Mapping[str, float]
"""Thing → weight."""


class SecondLook(Protocol):
    """Weighs again what a sentence may be about."""

    def __call__(self, texts: Sequence[str], weights: Sequence[Weights], *, heard: bool) -> Sequence[Weights]:
        """``texts``: the sentence, in each of its readings; ``weights``: what the words of each have weighed.

        ``heard``: a recogniser wrote them.
        """
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure that may be meant, how likely among all that may be (0 to 100), and what it was known by."""

    procedure: Procedure
    score: float
    known_by: str
    """The authored words that the sentence resembles; the person's own are never repeated."""
    said: bool
    """True when the sentence says these words; False when it only comes near."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sentence asks for, and at most three procedures, the likeliest first."""

    kind: Kind
    matches: tuple[Match, ...] = ()
    urgent: Danger = Danger.NONE
    """Somebody is needed at once: who to call is said, beside what is proposed."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What may have been said, how it compares with every thing, and what that is worth."""

    text: str
    compared: Mapping[str, Evidence]
    weights: Weights


def _best(readings: Sequence[_Reading], thing: str) -> _Reading:
    """The reading by which a thing is known."""
    return max(readings, key=lambda one: one.weights[thing])


@contextmanager
def _no_garbage() -> Generator[None]:
    """What is made in here stays: looking for what is lost among it takes a fifth of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


class Finder:
    """Knows every way of asking for every procedure of one catalogue. Built once; asked from any thread."""

    @_no_garbage()
    def __init__(self, catalogue: Catalogue, ways: Iterable[tuple[str, str, float]] | None = None) -> None:
        """``ways`` in the place of all those that are known, where some are left out to measure it."""
        self._catalogue = catalogue
        self._beyond = beyond = read_beyond()
        self._elsewhere = frozenset(beyond.elsewhere)
        self._official = frozenset(one.id for one in catalogue.titles() if one.official)
        fold = cache(folded)  # Of authored words only, and only while the index is built.
        self.ways = tuple(chain(ways_of(catalogue, fold), beyond.ways()) if ways is None else ways)
        """Thing, phrase, weight: all that the finder knows."""
        self._titled: defaultdict[str, set[str]] = defaultdict(set)
        """Word → our procedures in whose title it stands. Typed alone, it asks for them if it asks for nothing else."""
        for name, languages in catalogue.procedures.items():
            for word in chain.from_iterable(telling(fold(one.title)) for one in languages.values()):
                if name not in self._official and len(word) > 2:
                    self._titled[word].add(name)
        self.second_look: SecondLook | None = None
        """What weighs again, once it is ready; words alone answer until then."""
        self._index = Index(
            self.ways,
            read_meanings(),
            self._elsewhere | {SOMEONE, PUZZLED, DISTRESS},
            read_senses(),
            self._official,
            fold,
        )

    def ask(self, text: str, language: str = "fr", limit: int = MOST, *, heard: Sequence[str] | None = None) -> Answer:
        """What ``text`` asks for, whatever its language; procedures are given in ``language``, else in French.

        ``heard``: None when it was typed. Else a recogniser wrote it, and may have misheard: what it may be instead.
        """
        words = folded(text)
        danger = self._beyond.danger(words)
        text = wanted(text)
        if parts := parts_of(text):
            readings, weights = self._read_story(parts)
            asks = any(self._beyond.asks(folded(part)) for part in parts)
        else:
            readings = self._read((text, *(heard or ())), heard=heard is not None)
            weights = mixed([one.weights for one in readings])
            asks = self._beyond.asks(words) or is_of_another_script(text)
        mine = [thing for thing in weights if thing in self._catalogue.procedures]
        official = self._official & weights.keys()
        for thing in official:
            weights[thing] += FEWER_WAYS
        best = max((weights[thing] for thing in mine), default=-math.inf)
        someone = weights.get(SOMEONE, -math.inf)
        other = together((NOTHING, *(weight for thing, weight in weights.items() if thing in self._elsewhere)))
        distress, puzzled = (weights.get(thing, -math.inf) for thing in (DISTRESS, PUZZLED))
        if distress > max(best, other, someone):
            return Answer(Kind.MEDIATOR, urgent=danger or Danger.LIFE)
        if asks or someone > max(best, other) or puzzled > max(best + LOST, other):
            return Answer(Kind.MEDIATOR, urgent=danger)
        about = max((weights[thing] + ABOUT_ANOTHER for thing in official), default=-math.inf)
        whole = {thing for thing in mine if not parts and readings[0].compared[thing].both > WHOLE}
        if not whole and (best < NOTHING or max(best, about) < other):
            if heard is None and len(words) == 1 and not danger:
                whole = self._titled.get(words[0], set[str]())
            if not whole:
                return Answer(Kind.MEDIATOR if danger else Kind.NONE, urgent=danger)
        least = max(best - BEHIND, NOTHING - UNLIKELY)
        near = sorted(
            whole.union(thing for thing in mine if weights[thing] > least), key=lambda one: (-weights[one], one)
        )
        if not parts:
            near = self._with_other_needs(text, near)
        likely = likelihoods(weights)
        matches = (self._match(thing, likely[thing], _best(readings, thing), language) for thing in near[:limit])
        return Answer(Kind.PROCEDURES, tuple(match for match in matches if match), danger)

    def _with_other_needs(self, text: str, near: Sequence[str]) -> list[str]:
        """After the likeliest: what the sentence asks for besides, each in its own words; then the others."""
        needs = [need for part in needs_of(text) if (need := self._clear_in(part))]
        if not needs or needs == near[:1]:
            return list(near)
        return list(dict.fromkeys((near[0], *needs, *near)))

    def _clear_in(self, part: str) -> str | None:
        """The procedure that a part of a sentence is clearly about."""
        weights = {thing: weigh(thing, e) for thing, e in self.compare(part).items()}
        thing, likely = max(likelihoods(weights).items(), key=lambda one: one[1], default=("", 0.0))
        return thing if likely > CLEAR and thing in self._catalogue.procedures else None

    def _read_story(self, parts: Sequence[str]) -> tuple[list[_Reading], dict[str, float]]:
        compared = [self.compare(part) for part in parts]
        weights = [{thing: weigh(thing, e) for thing, e in one.items()} for one in compared]
        readings = [_Reading(*reading) for reading in zip(parts, compared, weights, strict=True)]
        return readings, pooled(weights, self._elsewhere, DISTRESS)

    def _read(self, texts: Sequence[str], *, heard: bool) -> list[_Reading]:
        compared = [self.compare(text) for text in texts]
        weights: Sequence[Weights] = [{thing: weigh(thing, e) for thing, e in one.items()} for one in compared]
        if look := self.second_look:
            weights = look(texts, weights, heard=heard)
        return [_Reading(*reading) for reading in zip(texts, compared, weights, strict=True)]

    def compare(self, text: str) -> dict[str, Evidence]:
        """How ``text`` compares with everything by its words."""
        return self._index.compare(text)

    def _match(self, thing: str, likely: float, reading: _Reading, language: str) -> Match | None:
        procedure = self._catalogue.get(thing, language)
        if procedure is None:
            return None
        score = round(100 * likely, 1)
        way = reading.compared[thing].best
        if way is None or way.text not in (procedure.title, *procedure.also):
            return Match(procedure, score, procedure.title, said=False)
        return Match(procedure, score, way.text, said=set(folded(reading.text)).issuperset(folded(way.text)))


def all_ways(catalogue: Catalogue) -> Iterator[tuple[str, str, float]]:
    """Thing, phrase, weight: of the procedures, and of what is beyond them."""
    yield from ways_of(catalogue)
    yield from read_beyond().ways()


def ways_of(catalogue: Catalogue, fold: Fold = folded) -> Iterator[tuple[str, str, float]]:
    """Thing, phrase, weight: in every language, for a person who reads English types "mairie" too."""
    for name, languages in catalogue.procedures.items():
        seen: set[str] = set()
        for procedure in languages.values():
            for text, weight in _phrases(procedure, fold):
                if text not in seen:
                    seen.add(text)
                    yield name, text, weight


def _phrases(procedure: Procedure, fold: Fold) -> Iterator[tuple[str, float]]:
    for text in (procedure.title, *procedure.also):
        yield text, 1.0
    yield procedure.summary, _SUMMARY
    if procedure.official:  # Its steps are made when somebody picks it.
        return
    for step in procedure.steps.values():
        if step.kind is StepKind.CHOOSE:
            for choice in step.choices:
                for text in (choice.label, *choice.also):
                    if len(telling(fold(text))) > 1:  # "Oui", "Perdue" say nothing alone.
                        yield text, _CHOICE


_lock = threading.Lock()
_latest: list[tuple[Catalogue, Finder]] = []


def finder_of(catalogue: Catalogue) -> Finder:
    """The finder of a catalogue; that of the latest one is kept."""
    with _lock:
        if not _latest or _latest[0][0] is not catalogue:
            _latest[:] = [(catalogue, Finder(catalogue))]
        return _latest[0][1]
