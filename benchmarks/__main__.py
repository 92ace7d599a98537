# SPDX-License-Identifier: EUPL-1.2
"""``script/bench``: every figure, its baseline, its ratio, its goal. ``--json`` prints them as data.

Exit code 1 when a goal is missed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from benchmarks import ear, finding, journal, listening, memory, official_import, receipt, review, screen, site, voice


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value`` and ``baseline`` are in ``unit``; ``measured`` is what the goal speaks of."""

    name: str
    value: float
    baseline: float | None
    unit: str
    measured: float
    goal: float

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.measured <= self.goal


def figures() -> Iterator[Figure]:
    """Every figure, as it is measured."""
    paint = screen.measure_first_paint()
    yield _ratio("first paint / empty Textual app", paint)
    step = screen.measure_step()
    yield _ratio("tap to next step / bare push_screen", step)
    kept = journal.measure()
    yield Figure(
        "event durable / bare SQLite commit",
        kept["journal_us"] / 1000,
        kept["bare_us"] / 1000,
        "ms",
        kept["ratio"],
        kept["goal"],
    )
    made = receipt.measure()
    for paper in ("a4", "ticket"):
        yield Figure(
            f"receipt warm, {paper} / bare WeasyPrint",
            made[f"{paper}_ms"],
            made[f"{paper}_bare_ms"],
            "ms",
            made[f"{paper}_ratio"],
            made["goal"],
        )
    said = voice.measure()
    if "start_ms" in said:
        yield Figure(
            "spoken prompt after paint, from cache",
            said["start_ms"],
            None,
            "ms",
            said["start_ms"],
            said["start_goal_ms"],
        )
        yield Figure("silence after a touch", said["hush_ms"], None, "ms", said["hush_ms"], said["hush_goal_ms"])
        late = said["word_p95_ms"]
        yield Figure("word told vs heard, p95", late, None, "ms", late, said["word_goal_ms"])
    listened = ear.measure()
    if listened:
        answer, weight = listened["answer_ms"], listened["ear_mb"]
        yield Figure("answer after a phrase, live, Whisper", answer, None, "ms", answer, listened["answer_goal_ms"])
        yield Figure("memory, the ear's process", weight, None, "MB", weight, listened["ear_goal_mb"])
    yield from _listening()
    yield from _official()
    yield from _finding()
    yield from _site()
    yield from _review()
    used = memory.measure()
    yield Figure("memory, welcome screen", used["welcome_mb"], None, "MB", used["welcome_mb"], used["goal"])
    yield Figure("memory, on a step", used["step_mb"], None, "MB", used["step_mb"], used["goal"])


def _site() -> Iterator[Figure]:
    """A server with all the kiosks and desks of a large site."""
    found = site.measure()
    late, weight = found["p95_ms"], found["server_mb"]
    yield Figure("event to desk, 50 kiosks, 20 desks, p95", late, None, "ms", late, found["goal_ms"])
    yield Figure("memory, the site's server", weight, None, "MB", weight, found["goal_mb"])


def _review() -> Iterator[Figure]:
    """A small year of sessions, as a manager asks for it; ``docs/mesures.md`` has those of ten million."""
    found = review.measure()
    for kind, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        late, year = found[f"{kind}_list_ms"], found[f"{kind}_year_ms"]
        yield Figure(f"list of sessions, {name}, p95", late, None, "ms", late, found["goal_ms"])
        yield Figure(f"figures of 12 months, {name}, p95", year, None, "ms", year, found["goal_ms"])
        sums, raw, counting = found[f"{kind}_sums_ms"], found[f"{kind}_raw_ms"], found[f"{kind}_counting"]
        yield Figure(f"12 months, sums / raw rows, {name}", sums, raw, "ms", sums / raw, 1.0)
        yield Figure(f"rows taken, counted / bare, {name}", counting, 1.0, "x", counting, found["goal_counting"])


def _finding() -> Iterator[Figure]:
    """Which procedure is meant, on sentences kept apart."""
    found = finding.measure()
    for key, name, goal in (
        ("not_first", "requests, not right first", 15.0),
        ("not_in_three", "requests, not among the three", 5.0),
        ("not_refused", "other matters, not refused", 10.0),
        ("misheard_not_first", "requests misheard, not right first", 20.0),
        ("misheard_not_in_three", "requests misheard, not among the three", 8.0),
    ):
        yield Figure(name, found[key], None, "%", found[key], goal)
    yield Figure("index of all ways of saying", found["build"], None, "ms", found["build"], finding.BUILD_GOAL_MS)
    for part in ("p50", "p95"):
        ours, bare = found[part], found[f"bare_{part}"]
        yield Figure(f"request found, {part} / bare rapidfuzz", ours, bare, "ms", ours, finding.QUERY_GOAL_MS)


def _listening() -> Iterator[Figure]:
    """What the ear makes of the half of its set that is kept apart; nothing where no model is installed."""
    names = {
        "not right, clean": ("commands not understood, clean", "%"),
        "wrong, clean": ("commands taken for another, clean", "%"),
        "wrong, 10 dB": ("commands taken for another, 10 dB", "%"),
        "others accepted": ("a person's other sentences accepted", ""),
        "median ms": ("end of speech to answer, median", "ms"),
    }
    hearing = listening.ear()
    if hearing is None:
        return
    table = listening.measure(listening.Part.HELD_OUT, listening.QUICK, hearing)
    for key, value in listening.figures(table).items():
        name, unit = names[key]
        yield Figure(name, value, None, unit, value, listening.GOALS[key])


def _official() -> Iterator[Figure]:
    """Importing official sheets, and what a kiosk waits for once they are there."""
    found = official_import.measure()
    once, bare, ratio = found["import_ms"], found["bare_ms"], found["ratio"]
    yield Figure("an official file / bare ElementTree", once, bare, "ms", ratio, found["goal"])
    weight, tree = found["megabytes"], found["largest_tree_ms"]
    yield Figure("memory, import of 5,000 files", weight, None, "MB", weight, found["goal_megabytes"])
    yield Figure("largest guided tree, first look", tree, None, "ms", tree, found["tree_goal"])


def _ratio(name: str, found: dict[str, float]) -> Figure:
    return Figure(name, found["kiosk_ms"], found["baseline_ms"], "ms", found["ratio"], found["goal"])


def main() -> int:
    """Measure, and print each figure as soon as it is known."""
    as_json = "--json" in sys.argv[1:]
    if not as_json:
        print(f"{'figure':<42}{'ours':>12}{'baseline':>12}{'measured':>10}{'goal':>8}")  # noqa: T201
    found: list[Figure] = []
    for f in figures():
        found.append(f)
        if not as_json:
            base = f"{f.baseline:.2f} {f.unit}" if f.baseline is not None else ""
            mark = "" if f.met else "  missed"
            line = f"{f.name:<42}{f.value:>9.2f} {f.unit}{base:>12}{f.measured:>10.2f}{f.goal:>8.2f}{mark}"
            print(line, flush=True)  # noqa: T201
    if as_json:
        print(json.dumps([asdict(figure) | {"met": figure.met} for figure in found], indent=2))  # noqa: T201
    return 0 if all(figure.met for figure in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
