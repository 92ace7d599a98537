# SPDX-License-Identifier: EUPL-1.2
"""The ear: what it makes of what is said, clean and in noise, by its real path (detector, engine, understanding).

    python -m benchmarks.listening                  the half kept apart, every noise: the honest table
    python -m benchmarks.listening --part tuning    the half on which limits were settled; former: another such
    python -m benchmarks.listening --part everyday  another, by another author: what most people would say (ADR 0178)
    python -m benchmarks.listening --part sealed    one that was kept apart until ADR 0176
    python -m benchmarks.listening --quick          the half kept apart, clean and at 10 dB: what script/bench shows
    … --remembered                                  from what Whisper wrote last time; no times
    … --only label --only way                       these kinds of sentences alone
    … --each                                        also each sentence not done at once: never of the half kept apart

"right" is what was meant, done at once or asked back; "asked" the share of it that is asked back ("Vous avez dit … ?");
"wrong" is something else, done or asked back; "done wrong" is what was done at once and should not have been.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

from accessibility.listening.commands import commands
from accessibility.listening.engines import choose
from accessibility.listening.from_file import FileEar, FileHearing
from accessibility.listening.numbering import with_numbers
from accessibility.listening.protocol import Certainty, Expected, Phrase, Vocabulary
from accessibility.listening.recogniser import FRAME
from benchmarks import listening_sounds as sounds
from benchmarks.listening_remembered import RememberedWhisper
from benchmarks.listening_set import ANSWERS, CHOICES, Kind, Line, Part, spoken, with_an_accent
from content.loader import load_catalogue
from content.model import Catalogue
from content.search import finder_of
from tests import speech

COMMANDS = commands("fr")
ONLY_COMMANDS = Vocabulary(COMMANDS)
CARDS = with_numbers([Phrase(id, ways) for id, ways in ANSWERS.items()], "fr")
SCREEN = Vocabulary((*CARDS, *COMMANDS), own=len(CARDS))
LISTS = {part: Vocabulary(tuple(Phrase(str(n), (c,)) for n, c in enumerate(CHOICES[part]))) for part in Part}
REQUESTED = Vocabulary(COMMANDS, expected=Expected.REQUEST)
QUICK = ("clean", "pink 10")
GOALS = {"not right, clean": 10.0, "wrong, clean": 1.0, "wrong, 10 dB": 2.0, "others accepted": 0.0, "median ms": 600.0}
"""Percent, percent, percent, sentences, milliseconds."""


@dataclass(slots=True)
class Count:
    """What became of the sentences of one row."""

    right: int = 0
    asked: int = 0
    rejected: int = 0
    wrong: int = 0
    done_wrong: int = 0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many were said."""
        return self.right + self.rejected + self.wrong


@dataclass(frozen=True, slots=True)
class Trial:
    """One sound, what may be said, and what it means; ``row`` names where it counts."""

    row: str
    sound: sounds.Sound
    vocabulary: Vocabulary
    line: Line


Table = dict[tuple[str, str], Count]
"""(row, noise) → what became of it."""


def trials(part: Part, noise: str, kinds: Collection[Kind] = tuple(Kind)) -> Iterator[Trial]:
    """Everything said in one part, in one noise; what must be refused, in those of :data:`QUICK` only."""
    here = sounds.people(spoken(part))
    lines = [line for line in spoken(part) if line.voice in here and line.kind in kinds]
    sounds.make([(line.voice, line.text) for line in lines])
    for line in lines:
        sound = sounds.among(sounds.said(line.voice, line.text), noise, line.voice + line.text)
        if line.kind is Kind.REQUEST:
            yield Trial("requests, when one is expected", sound, REQUESTED, line)
            if noise in QUICK:
                yield Trial("requests, when only commands are", sound, ONLY_COMMANDS, line)
        else:
            name, vocabulary = {
                Kind.LABEL: ("commands, their labels", ONLY_COMMANDS),
                Kind.WAY: ("commands, other ways", ONLY_COMMANDS),
                Kind.ANSWER: ("answers of a screen", SCREEN),
                Kind.CHOICE: ("a short list", LISTS[part]),
            }[line.kind]
            accent = ", accent" if with_an_accent(line.voice) else ""
            yield Trial(name + accent, sound, vocabulary, line)
    for path in sounds.prompts(part) if noise in QUICK and Kind.OTHER in kinds else ():
        line = Line(part, Kind.OTHER, "person", path.name, "")
        sound = sounds.among(sounds.prompt(path), noise, path.name)
        yield Trial("a person's other sentences, commands", sound, ONLY_COMMANDS, line)
        yield Trial("a person's other sentences, a screen", sound, SCREEN, line)
        yield Trial("a person's other sentences, a list", sound, LISTS[part], line)


def measure(
    part: Part,
    noises: Sequence[str],
    ear: FileEar,
    kinds: Collection[Kind] = tuple(Kind),
    tell: Callable[[str], None] | None = None,
) -> Table:
    """Hear everything; ``tell`` gets a line on each sentence that was not done as it was meant, at once."""
    table: Table = defaultdict(Count)
    for noise in noises:
        for trial in trials(part, noise, kinds):
            heard = ear.hear_frames(frames(trial.sound), trial.vocabulary)
            verdict = _add(table[trial.row, noise], trial, heard)
            if tell and (verdict, heard.certainty) not in (("right", Certainty.CLEAR), ("right", Certainty.REJECTED)):
                line = trial.line
                tell(f"{noise} {line.voice} « {line.text} » {verdict} {heard.certainty} {heard.phrase} : {heard.text}")
    return table


def frames(sound: sounds.Sound) -> Iterator[sounds.Sound]:
    """As a microphone gives it."""
    for start in range(0, sound.size - FRAME + 1, FRAME):
        yield sound[start : start + FRAME]


def _add(count: Count, trial: Trial, heard: FileHearing) -> str:
    verdict = _verdict(trial, heard)
    count.right += verdict == "right"
    count.rejected += verdict == "rejected"
    count.wrong += verdict == "wrong"
    count.asked += verdict == "right" and heard.certainty is Certainty.UNSURE
    count.done_wrong += verdict == "wrong" and heard.certainty is Certainty.CLEAR
    if heard.seconds:
        count.milliseconds.append(1000 * heard.seconds)
    return verdict


def _verdict(trial: Trial, heard: FileHearing) -> str:
    """A request is right when its procedure is among the three proposed, or when it is handed over and has none."""
    if trial.vocabulary is REQUESTED:
        if heard.phrase:
            return "wrong"
        matches = finder_of(_catalogue()).ask(heard.value).matches
        proposed = [match.procedure.id for match in matches]
        return "right" if heard.value and (not trial.line.means or trial.line.means in proposed) else "rejected"
    means = "" if trial.line.kind in (Kind.REQUEST, Kind.OTHER) else trial.line.means
    if heard.certainty is Certainty.REJECTED:
        return "rejected" if means else "right"
    return "right" if heard.phrase == means else "wrong"


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(Path("content/procedures"))


def ear(*, remembered: bool = False) -> FileEar | None:
    """Whisper, on the models of the tests; None where it is not installed."""
    choice = choose("whisper", speech.MODELS, "fr")
    if choice is None or not speech.installed():
        return None
    hearing = FileEar(choice)
    if remembered:
        hearing.recogniser = RememberedWhisper(choice.model)
    return hearing


def figures(table: Table) -> dict[str, float]:
    """What :data:`GOALS` speaks of, from a table of the half kept apart."""
    clean = _sum(table, "commands", "clean")
    noisy = _sum(table, "commands", "pink 10")
    others = _sum(table, "a person's", "clean")
    found = {"others accepted": float(others.wrong)} if others.all else {}
    if clean.all:
        found |= {
            "not right, clean": 100 - 100 * clean.right / clean.all,
            "wrong, clean": 100 * clean.wrong / clean.all,
        }
        found |= {"median ms": median(clean.milliseconds)}
    if noisy.all:
        found |= {"wrong, 10 dB": 100 * noisy.wrong / noisy.all}
    return found


def _sum(table: Table, row: str, noise: str) -> Count:
    whole = Count()
    for (name, around), count in table.items():
        if name.startswith(row) and around == noise:
            whole.right += count.right
            whole.asked += count.asked
            whole.rejected += count.rejected
            whole.wrong += count.wrong
            whole.done_wrong += count.done_wrong
            whole.milliseconds += count.milliseconds
    return whole


def shown(table: Table) -> str:
    """The table, in Markdown."""
    lines = ["| said | noise | sentences | right | of which asked | rejected | wrong | done wrong |"]
    lines.append("|---|---|---:|---:|---:|---:|---:|---:|")
    for (row, noise), c in table.items():
        right, rejected, wrong = (f"{n} ({100 * n / c.all:.1f} %)" for n in (c.right, c.rejected, c.wrong))
        lines.append(f"| {row} | {noise} | {c.all} | {right} | {c.asked} | {rejected} | {wrong} | {c.done_wrong} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description="What the ear makes of what is said.")
    asked.add_argument("--part", choices=[str(part) for part in Part], default=str(Part.HELD_OUT))
    asked.add_argument("--noise", action="append", choices=sounds.NOISES)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--remembered", action="store_true")
    asked.add_argument("--each", action="store_true")
    asked.add_argument("--only", action="append", choices=[str(kind) for kind in Kind])
    given = asked.parse_args()
    part = Part(given.part)
    if given.each and part in (Part.HELD_OUT, Part.EVERYDAY):
        raise SystemExit("what is kept apart is looked at in sums only")
    hearing = ear(remembered=given.remembered)
    if hearing is None:
        raise SystemExit("kiosk voice install --default kokoro-82m kokoro-test-voices")
    noises = QUICK if given.quick else given.noise or sounds.NOISES
    kinds = [Kind(kind) for kind in given.only or Kind]
    table = measure(part, noises, hearing, kinds, print if given.each else None)
    print(f"{part}: {', '.join(sounds.people(spoken(part)))}; {len(sounds.prompts(part))} prompts\n")  # noqa: T201
    print(shown(table))  # noqa: T201
    found = figures(table)
    if given.remembered:
        found.pop("median ms", None)
    print("\n" + json.dumps({name: round(value, 1) for name, value in found.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
