# SPDX-License-Identifier: EUPL-1.2
"""How hours, slots and appointments are shown: on a page, on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from assist.desk.appointments import Free, Opening, State
from assist.desk.report.codes import AdministrativeTheme
from assist.server.appointments.tables import AppointmentRow
from assist.server.site import HERE, Site
from content.model import Catalogue
from printouts.appointment import AppointmentPaper
from printouts.receipt_code import grouped
from printouts.typography import NBSP, full_date, hour

ANYTHING = "autre"
"""The person has not said what for."""
LANGUAGES = {
    "fr": "français",
    "en": "anglais",
    "ar": "arabe",
    "es": "espagnol",
    "pt": "portugais",
    "ro": "roumain",
    "ru": "russe",
    "tr": "turc",
    "uk": "ukrainien",
    "fsl": "langue des signes française",
}
"""What an appointment may be asked in: somebody must be found who speaks it."""
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_STATES = {State.BOOKED: "Prévu", State.CANCELLED: "Annulé", State.MISSED: "Pas venu"}


@dataclass(frozen=True, slots=True)
class Card:
    """One appointment, as its pages show it."""

    code: str
    read: str
    """The number in two groups."""
    day: str
    hour: str
    until: str
    subject: str
    language: str
    status: str
    begun: bool
    booked: bool


@dataclass(frozen=True, slots=True)
class Button:
    """One free slot: what its button sends, and says."""

    begins: str
    hour: str
    left: int


@dataclass(frozen=True, slots=True)
class Day:
    """The free slots of a day."""

    name: str
    buttons: Sequence[Button]


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a calendar week that have a free slot."""

    name: str
    days: Sequence[Day]


@dataclass(frozen=True, slots=True)
class Span:
    """One span of opening, in words."""

    id: str
    day: str
    hours: str
    each: str


def card(row: AppointmentRow, now: datetime, catalogue: Catalogue) -> Card:
    """The appointment of a row, at ``now``."""
    begins, ends, state = row.begins_at.astimezone(HERE), row.ends_at.astimezone(HERE), State(row.state)
    over = state is State.BOOKED and now >= row.ends_at
    return Card(
        code=row.code,
        read=grouped(row.code),
        day=full_date(begins.date()),
        hour=hour(begins),
        until=hour(ends),
        subject=subject_words(row.subject, catalogue),
        language=LANGUAGES.get(row.language, row.language),
        status="Passé" if over else _STATES[state],
        begun=now >= row.begins_at,
        booked=state is State.BOOKED,
    )


def weeks(found: Iterable[Free]) -> list[Week]:
    """The free slots, by week and by day."""
    made: list[Week] = []
    for _, slots in groupby(found, lambda each: each.slot.begins.astimezone(HERE).isocalendar()[:2]):
        days = [
            Day(full_date(day), [_button(each) for each in those])
            for day, those in groupby(slots, lambda each: each.slot.begins.astimezone(HERE).date())
        ]
        made.append(Week(f"À partir du {days[0].name}", days))
    return made


def _button(each: Free) -> Button:
    begins = each.slot.begins.astimezone(UTC)
    return Button(f"{begins:%Y-%m-%dT%H:%MZ}", hour(begins.astimezone(HERE)), each.left)


def span(id_: str, opening: Opening) -> Span:
    """One span of opening."""
    people = "1 personne" if opening.places == 1 else f"{opening.places}{NBSP}personnes"
    return Span(
        id=id_,
        day=WEEKDAYS[opening.weekday],
        hours=f"de {hour(opening.begins)} à {hour(opening.ends)}",
        each=f"{opening.minutes}{NBSP}minutes, {people} à la fois",
    )


def subjects(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """What an appointment may be about: title of a group -> code -> words."""
    return {
        "Une démarche": {procedure.id: procedure.title for procedure in catalogue.titles()},
        "Un thème": {theme.value: theme.label for theme in AdministrativeTheme},
    }


def subject_words(subject: str, catalogue: Catalogue) -> str:
    """A subject in words; its code when this server no longer knows it."""
    known = {code: words for group in subjects(catalogue).values() for code, words in group.items()}
    return "Une démarche à voir ensemble" if subject == ANYTHING else known.get(subject, subject)


def may_be_subject(subject: str, catalogue: Catalogue) -> bool:
    """Whether an appointment may be about it."""
    return subject == ANYTHING or any(subject in group for group in subjects(catalogue).values())


def paper(row: AppointmentRow, site: Site, catalogue: Catalogue, today: date) -> AppointmentPaper:
    """What the person takes home."""
    return AppointmentPaper(
        code=row.code,
        site=site.name,
        site_details=site.details,
        begins=row.begins_at.astimezone(HERE),
        ends=row.ends_at.astimezone(HERE),
        subject=subject_words(row.subject, catalogue),
        printed_on=today,
        cancelled=row.state == State.CANCELLED,
    )
