# SPDX-License-Identifier: EUPL-1.2
"""Sentences that people say, and what they want: to tune the finder (``tuning``) and to judge it (``held_out``).

``second_tuning`` and ``second_held_out`` are two halves of what another hand wrote.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from content.model import Catalogue
from content.search import Finder, Kind
from content.search.beyond import read_beyond
from content.search.finder import ways_of
from content.search.folding import folded

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody says; ``wants`` is a procedure, "mediator" or "none"."""

    text: str
    wants: str
    heard: tuple[str, ...] | None = None
    """None when it is typed; when it is said, what else the ear may have heard."""


@dataclass(frozen=True, slots=True)
class Score:
    """Parts (0 to 1) of the sentences, and those that were not answered as wanted."""

    first: float
    in_three: float
    refused: float
    """Of the sentences that want nothing of the kiosk."""
    mediator: float
    wrong: tuple[tuple[Sentence, str], ...]
    """The sentence, and what came first."""


def sentences(name: str, catalogue: Catalogue) -> tuple[Sentence, ...]:
    """The set ``name``, without what asks for a procedure that the catalogue has not got."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    wanted = {id: texts for id, texts in data["procedures"].items() if id in catalogue.procedures}
    wanted |= {"mediator": data["mediator"], "none": data["off_topic"]}
    return tuple(Sentence(text, wants) for wants, texts in wanted.items() for text in texts)


def written_misheard(name: str) -> tuple[Sentence, ...]:
    """Sentences of the set ``name`` that were written as a recogniser may spoil them."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return tuple(Sentence(text, wants, ()) for wants, texts in data["misheard"].items() for text in texts)


def heard(catalogue: Catalogue, name: str = "heard") -> tuple[Sentence, ...]:
    """Sentences as the kiosk's ear wrote them down."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    wanted = {*catalogue.procedures, "mediator", "none"}
    return tuple(
        Sentence(one["heard"], one["wants"], tuple(one["others"])) for one in data["heard"] if one["wants"] in wanted
    )


def unseen(said: Iterable[Sentence], catalogue: Catalogue) -> tuple[Sentence, ...]:
    """Those that stand nowhere word for word in what the finder knows."""
    ways = [*ways_of(catalogue), *read_beyond().ways()]
    known = {folded(text) for _, text, _ in ways}
    return tuple(sentence for sentence in said if folded(sentence.text) not in known)


def score(finder: Finder, said: Iterable[Sentence], spoilt: Callable[[str], str] = str) -> Score:
    """How ``finder`` answers, each sentence being ``spoilt`` first."""
    first, three, refused, mediator = list[bool](), list[bool](), list[bool](), list[bool]()
    wrong: list[tuple[Sentence, str]] = []
    for sentence in said:
        answer = finder.ask(spoilt(sentence.text), heard=sentence.heard)
        found = [match.procedure.id for match in answer.matches]
        came = found[0] if found else answer.kind.value
        right = came == sentence.wants
        if sentence.wants == "none":
            right = answer.kind is not Kind.PROCEDURES
            refused.append(right)
        elif sentence.wants == "mediator":
            mediator.append(right)
        else:
            first.append(right)
            three.append(sentence.wants in found)
        if not right:
            wrong.append((sentence, ", ".join(found) or came))
    parts = [sum(part) / max(1, len(part)) for part in (first, three, refused, mediator)]
    return Score(parts[0], parts[1], parts[2], parts[3], tuple(wrong))
