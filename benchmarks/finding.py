# SPDX-License-Identifier: EUPL-1.2
"""Finding the procedure that is meant: how often it is right, and what it costs.

``python -m benchmarks.finding [SET]`` prints the table of the sets of sentences, clean, misspelt and misheard (and as
Whisper wrote some of them down), and what was wrong in SET. Times are compared with bare rapidfuzz over the same
phrases.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from rapidfuzz import fuzz, process

from benchmarks.finding_noise import misheard, misspelt
from content.loader import load_catalogue
from content.model import Catalogue
from content.search import Finder
from tests.content.said import Score, Sentence, heard, score, sentences, unseen, written_misheard

SPOILT: Mapping[str, Callable[[str], str]] = {"clean": str, "misspelt": misspelt, "misheard": misheard}
BUILD_GOAL_MS, QUERY_GOAL_MS = 300.0, 10.0


def catalogue() -> Catalogue:
    """The kiosk's own procedures."""
    return load_catalogue(Path(__file__).resolve().parent.parent / "content/procedures")


def table(finder: Finder, known: Catalogue) -> dict[tuple[str, str], Score]:
    """Set and spoiling -> score. What the finder knows word for word is left out of the set kept apart."""
    sets = {"tuning": sentences("tuning", known), "held_out": unseen(sentences("held_out", known), known)}
    found = {(name, how): score(finder, said, spoil) for name, said in sets.items() for how, spoil in SPOILT.items()}
    second = "second_held_out"
    found |= {
        (second, "clean"): score(finder, unseen(sentences(second, known), known)),
        (second, "by ear"): score(finder, written_misheard(second)),
        (second, "misheard"): score(finder, unseen(sentences(second, known), known), misheard),
    }
    return found | {("held_out", "Whisper"): score(finder, heard(known))}


def times(known: Catalogue, said: tuple[Sentence, ...]) -> dict[str, float]:
    """Milliseconds: the index built, the median and the 95th percentile of a query, and both of bare rapidfuzz."""
    built = min(_ms(lambda: Finder(known)) for _ in range(3))
    finder = Finder(known)
    phrases = [text for one in known.titles("fr") for text in (one.title, *one.also)]
    ours, bare = list[float](), list[float]()
    for sentence in said:
        text = sentence.text
        ours.append(_ms(lambda text=text: finder.ask(text)))
        bare.append(_ms(lambda text=text: process.extract(text, phrases, scorer=fuzz.token_set_ratio, limit=3)))
    p50, p95 = (quantiles(ours, n=20)[n] for n in (9, 18))
    bare50, bare95 = (quantiles(bare, n=20)[n] for n in (9, 18))
    return {"build": built, "p50": p50, "p95": p95, "bare_p50": bare50, "bare_p95": bare95}


def measure() -> dict[str, float]:
    """Percent not found and percent not refused, of the set kept apart; and the times."""
    known = catalogue()
    found = table(Finder(known), known)
    clean, spoilt = found["held_out", "clean"], found["held_out", "misheard"]
    return {
        "not_first": 100 * (1 - clean.first),
        "not_in_three": 100 * (1 - clean.in_three),
        "not_refused": 100 * (1 - clean.refused),
        "misheard_not_first": 100 * (1 - spoilt.first),
        "misheard_not_in_three": 100 * (1 - spoilt.in_three),
    } | times(known, sentences("tuning", known))


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print the table, the times, and the mistakes of the set that is named."""
    known = catalogue()
    finder = Finder(known)
    print(f"{'':<26}{'first':>8}{'in 3':>8}{'refused':>9}{'mediator':>10}")  # noqa: T201
    for (name, how), found in table(finder, known).items():
        row = (found.first, found.in_three, found.refused, found.mediator)
        print(f"{name:<17}{how:<9}" + "".join(f"{100 * part:>8.1f}%" for part in row))  # noqa: T201
        if how == "clean" and name in sys.argv[1:]:
            for sentence, came in found.wrong:
                print(f"    {sentence.wants:<20} « {sentence.text} » : {came}")  # noqa: T201
    cost = times(known, sentences("tuning", known))
    print("; ".join(f"{name} {ms:.2f} ms" for name, ms in cost.items()))  # noqa: T201


if __name__ == "__main__":
    main()
