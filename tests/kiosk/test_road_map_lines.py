# SPDX-License-Identifier: EUPL-1.2
"""Where to go and whom to call, on the screen: no line loses its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assist.session.state import Crumb, Phase, SessionState
from content.model import Place, Visit
from kiosk.road_map import road_map_of, rows_of
from tests.sample_procedures import TODAY, sample_procedure

PROCEDURE = sample_procedure()
CAF = Place("La CAF, caisse d’allocations familiales", "place", phone="3230")
HOUSE = Place("Une maison France Services", "place")
POLICE = Place("La police ou la gendarmerie", "place")
HEALTH = Place("L’Assurance maladie", "place")
VICTIMS = Place("France Victimes", "place", phone="116 006")
TOWN_HALL = Place("La mairie de Lyon", "place", phone="04 72 10 30 30")


def contact_line(text: str, place: Place | None) -> str:
    here = SessionState(phase=Phase.WALKING, session="s", procedure=PROCEDURE, here=Crumb("fin"), today=TODAY)
    road_map = road_map_of(here)
    assert road_map is not None
    rows = rows_of(replace(road_map, contacts=(Visit(text, "place", place),)), "fr")
    return next(row for row in rows if row.id == "contact").lines[0]


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("Pour une question", TOWN_HALL, "Pour une question : la mairie de Lyon, 04 72 10 30 30."),
        ("Pour déclarer le vol", POLICE, "Pour déclarer le vol : la police ou la gendarmerie."),
        ("Au bureau", CAF, "Au bureau : la CAF, caisse d’allocations familiales, 3230."),
        ("Pour les soins", HEALTH, "Pour les soins : l’Assurance maladie."),
        ("Pour les faux SMS", VICTIMS, "Pour les faux SMS : France Victimes, 116 006."),
        ("Appelez la mairie.", TOWN_HALL, "Appelez la mairie. La mairie de Lyon, 04 72 10 30 30."),
        ("Besoin d’aide ?", TOWN_HALL, "Besoin d’aide ? La mairie de Lyon, 04 72 10 30 30."),
        ("Appelez le 04 72 10 30 30.", TOWN_HALL, "Appelez le 04 72 10 30 30. La mairie de Lyon."),
        ("Appelez la CAF au 3230.", CAF, "Appelez la CAF au 3230."),
        ("Appelez la CAF.", CAF, "Appelez la CAF. 3230"),
        ("Un conseiller France Services vous aide.", HOUSE, "Un conseiller France Services vous aide."),
        ("Un conseiller vous aide.", HOUSE, "Un conseiller vous aide. Une maison France Services."),
        ("Demandez de l’aide au guichet.", None, "Demandez de l’aide au guichet."),
    ],
)
def test_a_line_says_its_place_once(text: str, place: Place | None, line: str) -> None:
    assert contact_line(text, place).replace("\u00a0", " ") == line
