# SPDX-License-Identifier: EUPL-1.2
"""What a road map says, as the lines of a paper: for a kiosk's receipt, and for that of who comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from content.model import Deadline, DocumentToBring, Place, Possession, RoadMap, Task, Visit
from content.pictograms import alternative, path
from printouts.model import DeadlineLine, DocumentLine, Line, PlaceLine, Receipt

COUNTER = "fr"
"""The language of the counter: who works there reads what the person has in hand."""


class Named(Protocol):
    """A site, as papers name it."""

    @property
    def name(self) -> str:
        """What stands at the top."""
        ...

    @property
    def details(self) -> tuple[str, ...]:
        """Address, hours, telephone."""
        ...


def receipt(road_map: RoadMap, language: str, code: str, site: Named, today: date) -> Receipt:
    """What every paper says of a road map; whoever prints adds what is its own."""
    return Receipt(
        language=language,
        code=code,
        title=road_map.title,
        printed_on=today,
        site=site.name,
        site_details=site.details,
        do=lines(road_map.do, language),
        bring=documents(road_map.bring),
        where=places(road_map.where),
        when=lines(road_map.when, language),
        cost=lines(road_map.cost, language),
        deadlines=deadlines(road_map.deadlines),
        contacts=places(road_map.contacts),
        source=road_map.source.title,
        source_url=road_map.source.url,
        checked_on=road_map.checked_on,
        pictogram=path(road_map.pictogram, "svg"),
    )


def lines(tasks: Iterable[Task], language: str) -> tuple[Line, ...]:
    """What pictures show is said in French only: elsewhere they decorate, and the line says it all."""
    french = language == "fr"
    return tuple(
        Line(task.text, path(task.pictogram, "svg"), alternative(task.pictogram) if french else "") for task in tasks
    )


def documents(bring: Iterable[DocumentToBring]) -> tuple[DocumentLine, ...]:
    """Each ticked when the person has it."""
    return tuple(
        DocumentLine(each.name, each.possession is Possession.HAVE, each.where, path(each.pictogram, "svg"))
        for each in bring
    )


def deadlines(dues: Iterable[Deadline]) -> tuple[DeadlineLine, ...]:
    """By what date."""
    return tuple(DeadlineLine(each.text, each.due, path(each.pictogram, "svg")) for each in dues)


def places(visits: Iterable[Visit]) -> tuple[PlaceLine, ...]:
    """Where to go, whom to call."""
    return tuple(_place(visit.text, visit.pictogram, visit.place) for visit in visits)


def _place(text: str, pictogram: str, place: Place | None) -> PlaceLine:
    picture = path(pictogram, "svg")
    if place is None:
        return PlaceLine(text, pictogram=picture)
    return PlaceLine(text, place.name, place.phone, place.phone_note, place.hours, place.url, picture)
