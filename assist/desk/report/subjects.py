# SPDX-License-Identifier: EUPL-1.2
"""What a report says of the procedures that were walked through: ``subjects.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assist.desk.report.codes import AdministrativeTheme, Referral, Theme
from content.model import Place, Procedure

TABLE = Path(__file__).with_name("subjects.toml")


@dataclass(frozen=True, slots=True)
class Subject:
    """What one procedure also teaches."""

    administrative: bool
    themes: tuple[Theme, ...]
    steps: Mapping[str, Theme]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Places known by a word of their name (a pattern). ``referral`` is None for a house like ours."""

    words: tuple[str, ...]
    referral: Referral | None


@dataclass(frozen=True, slots=True)
class Subjects:
    """The whole table."""

    procedures: Mapping[str, Subject]
    places: tuple[PlaceWords, ...]

    def themes(self, procedure: Procedure, shown: Collection[str]) -> tuple[Theme, ...]:
        """What was taught at the steps that were ``shown``; the last theme too when help was given with a procedure."""
        subject = self.procedures.get(procedure.id)
        if subject is None:
            return (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)
        taught = (*subject.themes, *(theme for step, theme in subject.steps.items() if step in shown))
        last = (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,) if subject.administrative else ()
        return tuple(dict.fromkeys((*taught, *last)))

    def referral(self, place: Place) -> Referral | None:
        """To whom ``place`` sends the person; None when it is a house like ours."""
        name = place.name.lower().replace("'", "’")
        found = (line.referral for line in self.places if any(re.search(rf"\b{word}", name) for word in line.words))
        return next(found, Referral.AUTRE)


def administrative_themes(procedure: Procedure) -> tuple[AdministrativeTheme, ...]:
    """Its own theme, when it is one of the eleven."""
    return tuple(theme for theme in AdministrativeTheme if theme.value == procedure.theme)


@cache
def subjects() -> Subjects:
    """The table of Pas à pas."""
    table: dict[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    procedures = {
        name: Subject(
            line["administrative"],
            tuple(Theme(code) for code in line["themes"]),
            {step: Theme(code) for step, code in line["steps"].items()},
        )
        for name, line in table["procedures"].items()
    }
    places = tuple(
        PlaceWords(
            tuple(re.escape(word) for word in line["words"]), None if line.get("here") else Referral(line["referral"])
        )
        for line in table["places"]
    )
    return Subjects(procedures, places)
