# SPDX-License-Identifier: EUPL-1.2
"""From a road map to the receipt that goes home. Pure."""

from __future__ import annotations

from dataclasses import replace

from assist.server.road_map_lines import COUNTER, receipt
from assist.session.commands import Mode
from assist.session.state import SessionState
from content.model import Catalogue, RoadMap
from kiosk.config import SiteSettings
from kiosk.official import credit
from kiosk.road_map import road_map_of
from printouts.model import Receipt


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

    def made(road_map: RoadMap, language: str, french: Receipt | None = None) -> Receipt:
        return replace(
            receipt(road_map, language, code, site, state.today),
            duplicate=duplicate,
            draft=state.mode is Mode.LAB,
            credits=tuple(credit(sheet, language) for sheet in road_map.official),
            french=french,
        )

    known = catalogue.get(procedure.id, COUNTER)
    if procedure.language == COUNTER or known is None or (again := road_map_of(state, known)) is None:
        return made(road_map, procedure.language)
    return made(road_map, procedure.language, made(again, COUNTER))
