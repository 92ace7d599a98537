# SPDX-License-Identifier: EUPL-1.2
"""The words of the authors: rare ones that are kept, those that have a simpler one, those that name the same thing.

The data stands in ``glossary.toml``, which says what each part is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True, slots=True)
class OneName:
    """One thing, the name to keep for it, and what else it is called."""

    say: str
    names: re.Pattern[str]
    """Any of its names, the kept one too; group "except" where a name is a part of something else."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """What one language has."""

    known: frozenset[str] = frozenset()
    say_instead: tuple[tuple[re.Pattern[str], str], ...] = ()
    one_name: tuple[OneName, ...] = ()
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondName:
    """A thing that has a name already. ``at`` is the index of the text where the other name comes first."""

    at: int
    found: str
    say: str


@cache
def glossary(language: str) -> Glossary:
    """The glossary of a language; an empty one where there is none."""
    data: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8")).get(language, {})
    return Glossary(
        known=frozenset(data.get("known", {})),
        say_instead=tuple((_any_of([word]), say) for word, say in data.get("say_instead", {}).items()),
        one_name=tuple(_one_name(entry) for entry in data.get("one_name", ())),
        accepted=tuple(data.get("accepted", ())),
    )


def second_names(texts: Iterable[str], language: str) -> tuple[SecondName, ...]:
    """Where one whole gives two names to one thing: each name that is not the one to keep, at its first place.

    What stands between quotation marks is what a site or a paper writes: it is not judged.
    """
    plain = [plain_of(_QUOTED.sub(" ", text)) for text in texts]
    found: list[SecondName] = []
    for thing in glossary(language).one_name:
        first: dict[str, int] = {}
        for at, text in enumerate(plain):
            for match in thing.names.finditer(text):
                if not match["except"]:
                    first.setdefault(_singular(match[0]), at)
        kept = _singular(thing.say)
        if len(first) > 1:
            found += [SecondName(at, name, thing.say) for name, at in first.items() if name != kept]
    return tuple(found)


_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")


def plain_of(text: str) -> str:
    """The text as words are looked for in it: small letters, straight apostrophes, ordinary spaces."""
    return re.sub(r"\s", " ", text.casefold().replace("’", "'"))


def _singular(name: str) -> str:
    return " ".join(word.rstrip("sx") for word in name.split())


def _one_name(entry: Mapping[str, Any]) -> OneName:
    names = _alternatives([entry["say"], *entry["instead_of"]])
    spared = _alternatives(entry.get("except", ()))
    # Longer first: an exception that begins with a name is met before that name.
    spared_first = f"(?P<except>{spared})|" if spared else "(?P<except>(?!))|"
    return OneName(entry["say"], re.compile(f"{_BEFORE}(?:{spared_first}(?:{names})){_AFTER}"))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}(?:{_alternatives(words)}){_AFTER}")


_BEFORE = r"(?<![\w-])"
_AFTER = r"(?![\w-])"


def _alternatives(words: Iterable[str]) -> str:
    """Longest first. "*" is any end of a word; each word of an entry may be plural; "d'" may lean on what follows."""
    return "|".join(_one(word) for word in sorted(words, key=lambda word: -len(word)))


def _one(entry: str) -> str:
    if entry.endswith("'"):
        return re.escape(entry) + r"\w+"
    return r"\s".join(
        re.escape(word[:-1]) + r"\w*'?\w*" if word.endswith("*") else re.escape(word) + "(?:s|x)?"
        for word in entry.split()
    )
