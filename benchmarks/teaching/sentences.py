# SPDX-License-Identifier: EUPL-1.2
"""What the networks are taught: each sentence and the command that it is, or "" for none.

Commands: the kiosk's own ways and, in ``ways.toml``, ways that it does not know. Others: what may be said in front of
it, written near to the commands on purpose (``others.toml``), requests, answers, strings of the procedures. In both
files what is ``apart`` is taught nothing: it tells what was learnt from what was learnt by heart. Both, by authors who
had seen no list: ``authors.toml``.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from typing import Any

from accessibility.listening.commands import asides, commands
from benchmarks.listening_set import REQUESTS, SAID_ANSWERS, Part

Sentence = tuple[str, str]
"""The command, and what is said."""

_HERE = Path(__file__).parent
_LABELS = (14, 5, 5)
"""How often the label and the two most frequent ways of each command are said, each time by another voice."""
_LABELS_AGAIN = 9
_TWICE = 2
_PARTS = (Part.TUNING, Part.FORMER)
"""Never the halves that are kept apart."""
_STRINGS = 500
_STRING = re.compile(r'"([^"\n]{8,45})"')
_PROCEDURES = Path("content/procedures")


def taught() -> list[Sentence]:
    """What is said and learnt, in an order drawn by lot once: any beginning of it is a fair sample."""
    known = [(phrase.id, way) for phrase in commands("fr") for way in phrase.ways]
    often = [
        (phrase.id, phrase.ways[place])
        for phrase in commands("fr")
        for place, times in enumerate(_LABELS)
        for _ in range(times)
    ]
    unknown = [(command, way) for command, ways in _read("ways")["taught"].items() for way in ways] * _TWICE
    drawn = random.Random(11)  # noqa: S311
    everything = known + often + unknown + [("", text) for text in _others(drawn)]
    drawn.shuffle(everything)
    return everything


def further() -> list[Sentence]:
    """What half of the networks of the sound goes on to learn (ADR 0186): what authors wrote, and again, lest it be
    forgotten, every way that the kiosk knows, the labels often, and half of what is no command."""
    known = [(phrase.id, way) for phrase in commands("fr") for way in phrase.ways]
    labels = [(phrase.id, phrase.ways[0]) for phrase in commands("fr")] * _LABELS_AGAIN
    drawn = random.Random(12)  # noqa: S311
    others = _others(drawn)
    everything = authored() + known + labels + [("", text) for text in drawn.sample(others, len(others) // 2)]
    drawn.shuffle(everything)
    return everything


COURSES = {"first": taught, "further": further}
"""What is taught, by name: to networks that know nothing, and to these once they know it."""


def written() -> list[Sentence]:
    """What teaches the meaning of words alone."""
    return [sentence for file in ("written", "authors") for sentence in _both(_read(file))]


def authored() -> list[Sentence]:
    """What authors wrote who had seen no list (``authors.toml``)."""
    return _both(_read("authors"))


def _both(read: dict[str, Any]) -> list[Sentence]:
    ways = [(command, way) for command, ways in read["ways"].items() for way in ways]
    return ways + [("", text) for text in read["others"]]


def apart() -> list[Sentence]:
    """What was kept out of the teaching."""
    ways = [(command, way) for command, said in _read("ways")["apart"].items() for way in said]
    return ways + [("", text) for text in _read("others")["apart"]]


def _others(drawn: random.Random) -> list[str]:
    written: list[str] = _read("others")["taught"]
    asked = [text for part in _PARTS for texts in REQUESTS[part].values() for text in texts]
    answered = [text for part in _PARTS for texts in SAID_ANSWERS[part].values() for text in texts]
    return [*written, *drawn.sample(written, len(written) // 2), *asked, *answered, *asides("fr"), *_strings(drawn)]


def _strings(drawn: random.Random) -> list[str]:
    """What procedures are made of: titles, labels, short sentences."""
    files = sorted(_PROCEDURES.glob("*/*.toml"))
    found = {text for file in files for text in _STRING.findall(file.read_text(encoding="utf-8")) if _said(text)}
    return drawn.sample(sorted(found), _STRINGS)


def _said(text: str) -> bool:
    return " " in text and text[0].isalpha() and not any(sign in text for sign in ("/", "_", "http"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
