# SPDX-License-Identifier: EUPL-1.2
"""Choosing by number: "le deux", "numéro trois", "la première", as each card of a screen bears one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accessibility.listening.protocol import Phrase

_FR = (
    ("un", "une", "premier", "première"),
    ("deux", "deux", "deuxième", "deuxième", "second", "seconde"),
    ("trois", "trois", "troisième", "troisième"),
    ("quatre", "quatre", "quatrième", "quatrième"),
    ("cinq", "cinq", "cinquième", "cinquième"),
    ("six", "six", "sixième", "sixième"),
    ("sept", "sept", "septième", "septième"),
    ("huit", "huit", "huitième", "huitième"),
    ("neuf", "neuf", "neuvième", "neuvième"),
)
_EN = (
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
)
MOST = len(_FR)
"""Numbers that a card may bear."""


def with_numbers(phrases: Sequence[Phrase], language: str) -> tuple[Phrase, ...]:
    """The same phrases, in the order in which their cards are numbered from 1, each with the ways of saying its number.

    Phrases beyond :data:`MOST`, and languages that are not written here, stay as they are. A screen whose answers are
    numbers ("2 enfants") must not use it.
    """
    return tuple(
        replace(phrase, ways=(*phrase.ways, *_ways(place, len(phrases), language)))
        for place, phrase in enumerate(phrases)
    )


def _ways(place: int, count: int, language: str) -> tuple[str, ...]:
    if place >= MOST:
        return ()
    if language == "fr":
        masculine, feminine, *ordinals = _FR[place]
        ways = [masculine, f"le {masculine}", f"la {feminine}", f"le numéro {masculine}", f"la réponse {masculine}"]
        ways += [
            f"c'est le {masculine}",
            f"c'est la {feminine}",
            f"numéro {masculine}",
            f"réponse {masculine}",
            f"le chiffre {masculine}",
            f"l'image {masculine}",
        ]
        ways += [f"{article} {ordinal}" for ordinal in ordinals for article in ("le", "la")]
        ways += [f"la {ordinals[1]} réponse", f"la {ordinals[1]} image", *ordinals]
        last = ("le dernier", "la dernière", "la dernière réponse", "la dernière image")
    elif language == "en":
        cardinal, ordinal = _EN[place]
        ways = [cardinal, f"number {cardinal}", f"answer {cardinal}", f"the {ordinal}", f"the {ordinal} one", ordinal]
        ways += [f"the {ordinal} answer", f"the {ordinal} picture"]
        last = ("the last", "the last one", "the last answer")
    else:
        return ()
    return (*dict.fromkeys(ways), *(last if place == count - 1 > 0 else ()))
