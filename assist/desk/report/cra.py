# SPDX-License-Identifier: EUPL-1.2
"""One report, and what may be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from assist.desk.report.codes import (
    AdministrativeTheme,
    Age,
    Autonomy,
    CraType,
    Equipment,
    Level,
    Place,
    Referral,
    Status,
    Theme,
)

C = TypeVar("C", Equipment, Theme, AdministrativeTheme)

LONGEST = 23 * 60 + 59
"""Minutes."""
MOST_PEOPLE = 500
LONGEST_NOTE = 500
KEPT_DAYS = 366
"""Twelve months: a report is kept no longer, only counted."""


@dataclass(frozen=True, slots=True)
class Cra:
    """A report. Nothing in it names the person; what was not said is empty or ``non_communique``."""

    date: date
    minutes: int
    type: CraType = CraType.INDIVIDUEL
    place: Place = Place.LIEU_ACTIVITE
    city: str = ""
    """INSEE code of the commune."""
    equipment: tuple[Equipment, ...] = ()
    themes: tuple[Theme, ...] = ()
    administrative_themes: tuple[AdministrativeTheme, ...] = ()
    autonomy: Autonomy | None = None
    """Of one person only."""
    level: Level | None = None
    """Of a workshop only."""
    people: int = 1
    age: Age = Age.NON_COMMUNIQUE
    status: Status = Status.NON_COMMUNIQUE
    referral: Referral | None = None
    follow_up: bool = False
    """Something remains to be done together."""
    procedures: tuple[str, ...] = ()
    """Procedures of the kiosk that were walked through."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field. ``why`` is a French sentence: what is wrong, and what to do."""

    field: str
    why: str


def tidy(cra: Cra) -> Cra:
    """The same report with each list in the order of the codes, and without what its type does not ask for."""
    several = cra.type is CraType.COLLECTIF
    return replace(
        cra,
        equipment=_in_order(Equipment, cra.equipment),
        themes=_in_order(Theme, cra.themes),
        administrative_themes=_in_order(AdministrativeTheme, cra.administrative_themes),
        autonomy=None if several else cra.autonomy,
        level=cra.level if several else None,
        people=cra.people if several else 1,
        age=Age.NON_COMMUNIQUE if several else cra.age,
        status=Status.NON_COMMUNIQUE if several else cra.status,
        procedures=tuple(dict.fromkeys(cra.procedures)),
        notes=" ".join(cra.notes.split()),
    )


def _in_order(kind: type[C], given: tuple[C, ...]) -> tuple[C, ...]:
    return tuple(code for code in kind if code in given)


def wrongs(cra: Cra, today: date) -> tuple[Wrong, ...]:
    """Everything wrong with ``cra``; nothing when it may be kept."""
    return (*_about_the_day(cra, today), *_about_the_people(cra), *_about_the_subject(cra), *_about_the_words(cra))


def _about_the_day(cra: Cra, today: date) -> Iterator[Wrong]:
    if cra.date > today:
        yield Wrong("date", "La date n'est pas encore venue : choisissez aujourd'hui ou un jour passé.")
    elif cra.date < today - timedelta(days=KEPT_DAYS):
        yield Wrong("date", "La date a plus de douze mois : choisissez un jour plus récent.")
    if not 1 <= cra.minutes <= LONGEST:
        yield Wrong("minutes", "La durée va de 1 minute à 23 h 59 : choisissez une durée entre les deux.")


def _about_the_people(cra: Cra) -> Iterator[Wrong]:
    if cra.type is CraType.INDIVIDUEL:
        if cra.people != 1:
            yield Wrong("people", "Il y a plusieurs personnes : choisissez « Un atelier ».")
        if cra.level is not None:
            yield Wrong("level", "Le niveau ne se dit que d'un atelier : enlevez-le.")
        return
    if not 2 <= cra.people <= MOST_PEOPLE:
        yield Wrong("people", f"Un atelier compte de 2 à {MOST_PEOPLE} personnes : corrigez le nombre.")
    if cra.autonomy is not None:
        yield Wrong("autonomy", "L'autonomie ne se dit que d'une personne : enlevez-la pour un atelier.")
    if cra.age is not Age.NON_COMMUNIQUE or cra.status is not Status.NON_COMMUNIQUE:
        yield Wrong("age", "L'âge et la situation ne se disent que d'une personne : enlevez-les pour un atelier.")


def _about_the_subject(cra: Cra) -> Iterator[Wrong]:
    if not cra.themes:
        yield Wrong("themes", "Il manque le thème : choisissez-en au moins un.")
    elif cra.administrative_themes and Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES not in cra.themes:
        yield Wrong(
            "administrative_themes",
            "Un thème administratif va avec « Aide aux démarches administratives » : ajoutez-la, ou enlevez-le.",
        )
    if Equipment.AUCUN in cra.equipment and len(cra.equipment) > 1:
        yield Wrong("equipment", "« Aucun » ne va avec aucun autre matériel : gardez l'un ou l'autre.")


_CITY = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}")
_PROCEDURE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d[\s.\-]?){6,}")
_ADDRESS = re.compile(r"\S@\S")


def may_be_procedure(name: str) -> bool:
    """Whether ``name`` is written as the name of a procedure; it may be unknown to this server."""
    return _PROCEDURE.fullmatch(name) is not None


def _about_the_words(cra: Cra) -> Iterator[Wrong]:
    if cra.city and not _CITY.fullmatch(cra.city):
        yield Wrong("city", "Le code de la commune a cinq caractères, comme 46042 : corrigez-le, ou effacez-le.")
    if not all(may_be_procedure(name) for name in cra.procedures):
        yield Wrong("procedures", "Le nom d'une démarche n'est pas connu : enlevez-le.")
    if len(cra.notes) > LONGEST_NOTE:
        yield Wrong("notes", f"La note a plus de {LONGEST_NOTE} caractères : raccourcissez-la.")
    if any(not letter.isprintable() for letter in cra.notes):
        yield Wrong("notes", "La note contient un caractère que l'on ne voit pas : retapez-la.")
    if _NUMBER.search(cra.notes) or _ADDRESS.search(cra.notes):
        yield Wrong("notes", "La note contient un numéro ou une adresse e-mail : enlevez-les.")
