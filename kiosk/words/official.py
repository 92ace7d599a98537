# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk says around an official sheet, in each language. ``{…}`` are filled in by who uses the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OfficialWords:
    """The texts of one language."""

    credit: str
    """Under every screen of a sheet, and on the road map: what its licence asks for."""
    credit_undated: str
    old: tuple[str, ...]
    """On the first screen of a sheet that nobody changed for a long time."""
    row: str
    """Heads the sources on the road map."""
    in_french: str
    """Before a sheet, for who reads another language; "" in French."""


FRENCH = OfficialWords(
    credit="Source\u00a0: {credit}. Fiche {number} du {day}.",
    credit_undated="Source\u00a0: {credit}. Fiche {number}.",
    old=("Attention, ce texte est ancien.", "Demandez à une personne s'il est encore juste."),
    row="D'où vient ce texte",
    in_french="",
)
ENGLISH = OfficialWords(
    credit="Source: {credit}. Sheet {number}, {day}.",
    credit_undated="Source: {credit}. Sheet {number}.",
    old=("Be careful, this text is old.", "Ask a person if it is still right."),
    row="Where this text comes from",
    in_french="This official text is in French only.",
)


def official_words_in(language: str) -> OfficialWords:
    """The words of ``language``; French for one that the interface does not speak."""
    return ENGLISH if language == "en" else FRENCH
