# SPDX-License-Identifier: EUPL-1.2
"""From a road map to the receipt that goes home. Pure."""

from __future__ import annotations

from datetime import date

from content.model import Place, Possession, RoadMap, Task, Visit
from content.pictograms import alternative, path
from kiosk.config import SiteSettings
from printouts.model import DeadlineLine, DocumentLine, Line, PlaceLine, Receipt


def receipt_of(
    road_map: RoadMap, *, code: str, language: str, site: SiteSettings, today: date, duplicate: bool = False
) -> Receipt:
    """The receipt of ``road_map``. It holds what the procedure says, never what the person typed."""
    return Receipt(
        language=language,
        code=code,
        title=road_map.title,
        printed_on=today,
        site=site.name,
        site_details=site.details,
        do=_lines(road_map.do),
        bring=tuple(
            DocumentLine(d.name, d.possession is Possession.HAVE, d.where, path(d.pictogram, "svg"))
            for d in road_map.bring
        ),
        where=_places(road_map.where),
        when=_lines(road_map.when),
        cost=_lines(road_map.cost),
        deadlines=tuple(DeadlineLine(d.text, d.due, path(d.pictogram, "svg")) for d in road_map.deadlines),
        contacts=_places(road_map.contacts),
        source=road_map.source.title,
        source_url=road_map.source.url,
        checked_on=road_map.checked_on,
        duplicate=duplicate,
        pictogram=path(road_map.pictogram, "svg"),
    )


def _lines(tasks: tuple[Task, ...]) -> tuple[Line, ...]:
    return tuple(Line(task.text, path(task.pictogram, "svg"), alternative(task.pictogram)) for task in tasks)


def _places(visits: tuple[Visit, ...]) -> tuple[PlaceLine, ...]:
    return tuple(_place(visit.text, visit.pictogram, visit.place) for visit in visits)


def _place(text: str, pictogram: str, place: Place | None) -> PlaceLine:
    picture = path(pictogram, "svg")
    if place is None:
        return PlaceLine(text, pictogram=picture)
    return PlaceLine(text, place.name, place.phone, place.phone_note, place.hours, place.url, picture)
