# SPDX-License-Identifier: EUPL-1.2
"""The second look of the finder: what it brings, and its numbers fitted again when the ways have changed.

``python -m benchmarks.finding_second_look [FILE]`` prints the sets of sentences by words, and by words and meaning.
FILE: sentences of another hand, a line each, "what it wants, tabulation, sentence". With ``--fit`` the numbers are
fitted first, and printed, on the tuning sets and on one half of FILE; the other half judges, then the other way round.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.finding import catalogue
from benchmarks.finding_noise import misheard, misspelt
from content.model import Catalogue
from content.search import Finder
from content.search.beyond import ELSEWHERE, SOMEONE, read_beyond
from content.search.e5 import E5Vectors
from content.search.finder import all_ways
from content.search.nearness import Nearness
from content.search.second_look import NUMBERS, NUMBERS_HEARD, ByMeaning, columns
from content.search.vector_file import complete, read_rows
from content.search.vectors import Vectors, key_of
from content.search.weighing import NOTHING, weigh
from tests.content.said import Score, Sentence, heard, score, unseen, written_misheard
from tests.content.said import sentences as sentences_of

FILE = Path(__file__).resolve().parent.parent / "var/meaning/benchmark.npz"
START = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NOTHING)
"""Words alone: what the fit is drawn to where the sentences say nothing."""
FIRMNESS = 0.5
HIDDEN_OURS, HIDDEN_OTHERS = 0.5, 0.67
"""The parts of the ways that are hidden, so that what is fitted is how sentences are found that no way says."""
Sets = Mapping[str, Sequence[Sentence]]


@dataclass(frozen=True)
class Remembered:
    """Vectors that are made already."""

    rows: Mapping[str, Vectors]
    model: str

    def of(self, sentences: Sequence[str]) -> Vectors:
        """See :class:`content.search.vectors.SentenceVectors`."""
        return np.stack([self.rows[key_of(one)] for one in sentences])


@dataclass(frozen=True)
class Case:
    """One sentence: its columns, thing by thing and then nothing; which of these are right; how much it counts."""

    columns: Any
    right: Any
    share: float


def spoilt(said: Sequence[Sentence], how: Any) -> list[Sentence]:
    """The same, as they may arrive."""
    return [Sentence(how(one.text), one.wants, () if how is misheard else None) for one in said]


def sets_of(known: Catalogue, file: Path | None) -> dict[str, Sequence[Sentence]]:
    """Every set of sentences by its name; those of ``file`` in two halves."""
    found: dict[str, Sequence[Sentence]] = {}
    for name in ("tuning", "second_tuning", "held_out", "second_held_out"):
        said = sentences_of(name, known)
        found[name] = unseen(said, known) if "held_out" in name else said
        found[f"{name}, misheard"] = spoilt(found[name], misheard)
        found[f"{name}, misspelt"] = spoilt(found[name], misspelt)
    for name in ("heard", "second_heard", "tuning_heard", "second_tuning_heard"):
        found[name] = heard(known, name)
    found["second_tuning, by ear"] = written_misheard("second_tuning")
    found["second_held_out, by ear"] = written_misheard("second_held_out")
    if file:
        lines = [line.split("\t", 1) for line in file.read_text("utf-8").splitlines()]
        said = [Sentence(text, wants) for wants, text in lines]
        for half in (0, 1):
            found[f"half {half}"] = said[half::2]
            found[f"half {half}, misheard"] = spoilt(said[half::2], misheard)
    return found


def remembered(known: Catalogue, sets: Sets) -> Remembered:
    """The vectors of all ways and of all sentences; only what is new is made."""
    vectors = E5Vectors()
    texts = [text for _, text, _ in all_ways(known)] + [
        text for said in sets.values() for one in said for text in (one.text, *(one.heard or ()))
    ]
    complete(texts, vectors, FILE)
    return Remembered(read_rows(FILE, vectors.model), vectors.model)


def cases(finder: Finder, vectors: Remembered, said: Iterable[Sentence], share: float) -> Iterator[Case]:
    """``said`` as ``finder`` weighs them by words, with how near they are to its ways."""
    nearness = Nearness(finder.ways, vectors.rows)
    for one in said:
        weights = {thing: weigh(thing, evidence) for thing, evidence in finder.compare(one.text).items()}
        near = nearness.of(vectors.of([one.text])[0])
        counted = columns(near, weights)
        counted = np.vstack([np.c_[counted, np.zeros(len(counted))], [0.0] * counted.shape[1] + [1.0]])
        yield Case(
            counted, np.array([*(_right(thing, one.wants) for thing in near.things), one.wants == "none"]), share
        )


def _right(thing: str, wants: str) -> bool:
    if wants == "mediator":
        return thing.startswith(SOMEONE[0])
    return thing.startswith(ELSEWHERE) if wants == "none" else thing == wants


def with_ways_hidden(known: Catalogue) -> Finder:
    """A finder that has not got half of the ways."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    other = frozenset(read_beyond().elsewhere)
    kept = [w for w in all_ways(known) if chance.random() >= (HIDDEN_OTHERS if w[0] in other else HIDDEN_OURS)]
    return Finder(known, kept)


def fitted(found: Sequence[Case]) -> tuple[float, ...]:
    """The numbers of a conditional logit: those under which what is right is the likeliest."""
    start = np.array(START)
    numbers = start.copy()
    for _ in range(20):
        slope, bend = -FIRMNESS * (numbers - start), np.eye(len(numbers)) * FIRMNESS
        for case in found:
            weight = case.columns @ numbers
            likely = np.exp(weight - weight.max())
            likely /= likely.sum()
            right = likely * case.right
            if (sure := right.sum()) <= 0:
                continue
            mean = likely @ case.columns
            slope += case.share * (right @ case.columns / sure - mean)
            bend += case.share * ((case.columns.T * likely) @ case.columns - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        numbers = numbers + step * min(1.0, 2.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-3:
            break
    return tuple(round(float(one), 2) for one in numbers)


def common_cases(known: Catalogue, vectors: Remembered, sets: Sets, finder: Finder) -> list[Case]:
    """Those of the tuning sets."""
    found: list[Case] = []
    shares = {"tuning": 1.0, "tuning, misheard": 0.5, "second_tuning": 1.0}
    partial = with_ways_hidden(known)
    for name, share in shares.items():
        found += cases(partial, vectors, sets[name], share)
    for name, share in {"second_tuning_heard": 2.0, "tuning, misspelt": 0.5, "second_tuning, by ear": 1.0}.items():
        found += cases(finder, vectors, sets[name], share)
    return found


def heard_cases(known: Catalogue, vectors: Remembered, sets: Sets, finder: Finder) -> list[Case]:
    """Those of the tuning sets that a recogniser wrote, or that are spoilt as it might."""
    partial = with_ways_hidden(known)
    found = [*cases(partial, vectors, sets["tuning, misheard"][::2], 1.0)]
    found += cases(partial, vectors, sets["second_tuning, misheard"], 0.5)
    for name in ("second_tuning_heard", "tuning_heard"):
        for one in (partial, finder):
            found += cases(one, vectors, sets[name], 1.0)
    return found


def row(found: Score) -> str:
    """Its four parts, in percent."""
    return "".join(f"{100 * part:>7.1f}" for part in (found.first, found.in_three, found.refused, found.mediator))


def main() -> None:
    """Fit if it is asked, then print the sets."""
    known = catalogue()
    file = next((Path(word) for word in sys.argv[1:] if word != "--fit"), None)
    sets = sets_of(known, file)
    vectors = remembered(known, sets)
    finder, plain = Finder(known), Finder(known)
    halves: dict[int, tuple[float, ...]] = {}
    numbers, numbers_heard = NUMBERS, NUMBERS_HEARD
    if "--fit" in sys.argv:
        common = common_cases(known, vectors, sets, finder)
        own = {half: _own(finder, vectors, sets, half) for half in (0, 1)}
        halves = {1 - half: fitted([*common, *own[half]]) for half in (0, 1)} if file else {}
        numbers = fitted([*common, *own[0]])
        numbers_heard = fitted(heard_cases(known, vectors, sets, finder))
        print(f"NUMBERS = {numbers}", halves, f"NUMBERS_HEARD = {numbers_heard}", flush=True)  # noqa: T201
    print(f"{'':<26}{'words: first, in 3, refused, somebody':>28}   and meaning")  # noqa: T201
    for name, said in sets.items():
        judged = halves.get(int(name[5]), numbers) if name.startswith("half") else numbers
        finder.second_look = ByMeaning(finder.ways, vectors.rows, vectors, judged, numbers_heard)
        print(f"{name:<26}{row(score(plain, said))}   {row(score(finder, said))}", flush=True)  # noqa: T201


def _own(finder: Finder, vectors: Remembered, sets: Sets, half: int) -> list[Case]:
    clean, spoilt_ones = sets.get(f"half {half}", ()), sets.get(f"half {half}, misheard", ())
    return [*cases(finder, vectors, clean, 1.0), *cases(finder, vectors, spoilt_ones, 0.5)]


if __name__ == "__main__":
    main()
