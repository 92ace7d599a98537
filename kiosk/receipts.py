# SPDX-License-Identifier: EUPL-1.2
"""From a road map to the receipt that goes home. Pure."""

from __future__ import annotations

from assist.server.road_map_lines import deadlines, documents, lines, places
from assist.session.commands import Mode
from assist.session.state import SessionState
from content.model import Catalogue, RoadMap
from content.pictograms import path
from kiosk.config import SiteSettings
from kiosk.official import credit
from kiosk.road_map import road_map_of
from printouts.model import Receipt

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
