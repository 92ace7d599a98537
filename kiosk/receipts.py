# SPDX-License-Identifier: EUPL-1.2
"""From a road map to the receipt that goes home. Pure."""

from __future__ import annotations

from assist.session.commands import Mode
from assist.session.state import SessionState
from content.model import Catalogue, Place, Possession, RoadMap, Task, Visit
from content.pictograms import alternative, path
from kiosk.config import SiteSettings
from kiosk.official import credit
from kiosk.road_map import road_map_of
from printouts.model import DeadlineLine, DocumentLine, Line, PlaceLine, Receipt

COUNTER = "fr"
"""The language of the counter: who works there reads what the person has in hand."""


def receipt_of(
    state: SessionState, catalogue: Catalogue, code: str, site: SiteSettings, *, duplicate: bool = False
) -> Receipt | None:
    """The receipt of a session on its road map, in the person's language, then in the counter's; None elsewhere.

    It holds what the procedure says, never what the person typed. A procedure that is not written in her language is
    printed once, in its own.
    """
    procedure = state.procedure
    if procedure is None or (road_map := road_map_of(state)) is None:
        return None

    def receipt(road_map: RoadMap, language: str, french: Receipt | None = None) -> Receipt:
        return Receipt(
            language=language,
            code=code,
            title=road_map.title,
            printed_on=state.today,
            site=site.name,
            site_details=site.details,
            do=_lines(road_map.do, language),
            bring=tuple(
                DocumentLine(d.name, d.possession is Possession.HAVE, d.where, path(d.pictogram, "svg"))
                for d in road_map.bring
            ),
            where=_places(road_map.where),
            when=_lines(road_map.when, language),
            cost=_lines(road_map.cost, language),
            deadlines=tuple(DeadlineLine(d.text, d.due, path(d.pictogram, "svg")) for d in road_map.deadlines),
            contacts=_places(road_map.contacts),
            source=road_map.source.title,
            source_url=road_map.source.url,
            checked_on=road_map.checked_on,
            duplicate=duplicate,
            draft=state.mode is Mode.LAB,
            credits=tuple(credit(sheet, language) for sheet in road_map.official),
            pictogram=path(road_map.pictogram, "svg"),
            french=french,
        )

    known = catalogue.get(procedure.id, COUNTER)
    if procedure.language == COUNTER or known is None or (again := road_map_of(state, known)) is None:
        return receipt(road_map, procedure.language)
    return receipt(road_map, procedure.language, receipt(again, COUNTER))


def _lines(tasks: tuple[Task, ...], language: str) -> tuple[Line, ...]:
    """What pictures show is said in French only: elsewhere they decorate, and the line says it all."""
    told = {task.pictogram: alternative(task.pictogram) for task in tasks} if language == "fr" else {}
    return tuple(Line(task.text, path(task.pictogram, "svg"), told.get(task.pictogram, "")) for task in tasks)


def _places(visits: tuple[Visit, ...]) -> tuple[PlaceLine, ...]:
    return tuple(_place(visit.text, visit.pictogram, visit.place) for visit in visits)


def _place(text: str, pictogram: str, place: Place | None) -> PlaceLine:
    picture = path(pictogram, "svg")
    if place is None:
        return PlaceLine(text, pictogram=picture)
    return PlaceLine(text, place.name, place.phone, place.phone_note, place.hours, place.url, picture)
