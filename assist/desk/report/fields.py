# SPDX-License-Identifier: EUPL-1.2
"""A report as named texts, as forms, exports and the API hold it; and back, from anything that may be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assist.desk.report.codes import (
    AdministrativeTheme,
    Age,
    Autonomy,
    Coded,
    CraType,
    Equipment,
    Level,
    Place,
    Referral,
    Status,
    Theme,
)
from assist.desk.report.cra import Cra, Wrong, tidy, wrongs

C = TypeVar("C", bound=Coded)
V = TypeVar("V")
Texts = Mapping[str, Sequence[str]]
"""Field -> its values, in the order in which they were sent."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a report, under the name it has everywhere. ``several``: more than one code may be given."""

    name: str
    label: str
    codes: type[Coded] | None = None
    several: bool = False


FIELDS = (
    Field("type", "Type", CraType),
    Field("date", "Date"),
    Field("minutes", "Durée en minutes"),
    Field("place", "Lieu", Place),
    Field("city", "Code de la commune"),
    Field("equipment", "Matériel", Equipment, several=True),
    Field("themes", "Thèmes", Theme, several=True),
    Field("administrative_themes", "Thèmes administratifs", AdministrativeTheme, several=True),
    Field("autonomy", "Autonomie", Autonomy),
    Field("level", "Niveau", Level),
    Field("people", "Nombre de personnes"),
    Field("age", "Âge", Age),
    Field("status", "Situation", Status),
    Field("referral", "Orientation", Referral),
    Field("follow_up", "Suite à donner"),
    Field("procedures", "Démarches de la borne", several=True),
    Field("notes", "Note"),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}


def texts_of(cra: Cra) -> dict[str, tuple[str, ...]]:
    """Every field of ``cra`` as texts; an empty tuple for what was not said."""
    given: dict[str, tuple[str, ...]] = {}
    for field in FIELDS:
        value = getattr(cra, field.name)
        if field.several:
            given[field.name] = tuple(str(code) for code in value)
        elif isinstance(value, bool):
            given[field.name] = ("oui" if value else "non",)
        elif isinstance(value, date):
            given[field.name] = (value.isoformat(),)
        else:
            given[field.name] = () if value is None or value == "" else (str(value),)
    return given


def read(texts: Texts, today: date) -> tuple[Cra | None, tuple[Wrong, ...]]:
    """The report that ``texts`` hold, or None and what is wrong: never an exception, whatever was sent.

    A field that is absent takes its usual value; the date and the duration have none. What the type of the report
    does not ask for (the level of a workshop, for one person) is left out.
    """
    reader = _Reader(texts)
    cra = Cra(
        date=reader.day(),
        minutes=reader.number("minutes", "Il manque la durée : choisissez-en une.", None),
        type=reader.code("type", CraType) or CraType.INDIVIDUEL,
        place=reader.code("place", Place) or Place.LIEU_ACTIVITE,
        city=reader.text("city").upper(),
        equipment=tuple(reader.codes("equipment", Equipment)),
        themes=tuple(reader.codes("themes", Theme)),
        administrative_themes=tuple(reader.codes("administrative_themes", AdministrativeTheme)),
        autonomy=reader.code("autonomy", Autonomy),
        level=reader.code("level", Level),
        people=reader.number("people", "Le nombre de personnes s'écrit en chiffres : corrigez-le.", 1),
        age=reader.code("age", Age) or Age.NON_COMMUNIQUE,
        status=reader.code("status", Status) or Status.NON_COMMUNIQUE,
        referral=reader.code("referral", Referral),
        follow_up=reader.text("follow_up") == "oui",
        procedures=tuple(value for value in texts.get("procedures", ()) if value)[:20],
        notes=reader.text("notes"),
    )
    if reader.wrong:
        return None, tuple(reader.wrong)
    cra = tidy(cra)
    found = wrongs(cra, today)
    return (None, found) if found else (cra, ())


class _Reader:
    """Reads one field after another, and remembers what was wrong."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.wrong: list[Wrong] = []

    def text(self, name: str) -> str:
        values = self._texts.get(name, ())
        return values[-1].strip() if values else ""

    def code(self, name: str, kind: type[C]) -> C | None:
        found = self.text(name)
        return next(iter(self._known(name, kind, (found,))), None) if found else None

    def codes(self, name: str, kind: type[C]) -> Iterator[C]:
        return self._known(name, kind, [value for value in self._texts.get(name, ()) if value])

    def day(self) -> date:
        return self._parsed("date", date.fromisoformat, "Il manque la date : choisissez un jour.", date.min)

    def number(self, name: str, why: str, usual: int | None) -> int:
        if not self.text(name) and usual is not None:
            return usual
        return self._parsed(name, _small, why, 0)

    def _known(self, name: str, kind: type[C], values: Sequence[str]) -> Iterator[C]:
        for value in values:
            try:
                yield kind(value)
            except ValueError:
                self.wrong.append(Wrong(name, f"{BY_NAME[name].label} : cette réponse n'est pas dans la liste."))

    def _parsed(self, name: str, parse: Callable[[str], V], why: str, otherwise: V) -> V:
        try:
            return parse(self.text(name))
        except ValueError:
            self.wrong.append(Wrong(name, why))
            return otherwise


def _small(text: str) -> int:
    """Digits only, and few: a longer one is no duration and no number of people."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError
    return int(text)
