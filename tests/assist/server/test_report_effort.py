# SPDX-License-Identifier: EUPL-1.2
"""What a report costs its mediator, in taps: the figures of ``docs/mediateurs.md`` are these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assist.made_databases import database_in
from tests.assist.server.forms import Form, forms
from tests.assist.server.report_site import LEA, OpenSite, helped_session, open_site

GUIDE = Path(__file__).parents[3] / "docs" / "mediateurs.md"

COOP_MINIMUM = ("type", "date", "duration", "place", "themes", "administrative_themes")
"""What its list of fields and its published checks ask of one person's report, before the button that saves it."""
COOP_SAME = (*COOP_MINIMUM, "equipment", "autonomy", "referral", "follow_up")
"""The same report as ours drafts: the fields that it fills in."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[OpenSite]:
    with open_site(database_in(tmp_path), tmp_path) as site:
        with site.database.begin() as transaction:
            helped_session(transaction, "s1", LEA)
        site.as_(LEA)
        yield site


SECONDS_A_GESTURE = 1.35 + 1.1 + 0.2
"""To think, to reach, to press: Card, Moran and Newell, "The keystroke-level model", 1980. An estimate."""


def the_form(site: OpenSite, address: str) -> Form:
    return next(form for form in forms(site.client.get(address).text) if form.action == "/reports")


def taps(site: OpenSite) -> dict[str, int]:
    """Each way of writing a report, tried and kept: the taps on its page, the button that saves it included."""
    ways = {
        "session": ("/reports/session/s1", [], {}),
        "correction": ("/reports/session/s1", [("minutes", "30")], {}),
        "walk-in": ("/reports/new", [("administrative_themes", "logement"), ("minutes", "15")], {}),
        "workshop": ("/reports/new?type=collectif", [("themes", "email"), ("minutes", "120")], {"people": "8"}),
    }
    counted: dict[str, int] = {}
    for name, (address, tapped, typed) in ways.items():
        form = the_form(site, address)
        sent, counted[name] = form.with_taps(tapped, typed)
        if name != "correction":
            assert site.client.post("/reports", data=sent).status_code == 303, name
        if name == "session":
            site.client.post(f"/reports/{site.client.get('/api/reports').json()['reports'][0]['id']}/remove")
    return counted


def test_the_taps_are_those_of_the_guide(site: OpenSite) -> None:
    counted = taps(site)
    assert counted == {"session": 1, "correction": 2, "walk-in": 3, "workshop": 5}
    opened = {way: counted[way] + 1 for way in ("walk-in", "workshop")}
    assert all(gestures * SECONDS_A_GESTURE < 20 for gestures in opened.values()), "once « Une personne » is touched"
    told = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {
        "après une session à la borne, tout est juste": str(counted["session"]),
        "après une session à la borne, un bouton à corriger": str(counted["correction"]),
        "une personne, sans la borne": str(counted["walk-in"]),
        "un atelier de 8 personnes": str(counted["workshop"]),
        "le même compte rendu dans La Coop, le moins possible": str(len(COOP_MINIMUM) + 1),
        "le même compte rendu dans La Coop, aussi complet": str(len(COOP_SAME) + 1),
    }


def test_the_button_that_keeps_a_draft_comes_before_every_field(site: OpenSite) -> None:
    page = site.client.get("/reports/session/s1").text
    main = page[page.index("<main") :]
    assert main.index("C’est bon</button>") < main.index('<input type="radio"')
    assert "Refaire ma carte d’identité (Papiers, élections, citoyenneté)." in main
    assert "Mardi 1er décembre 2026, 20 minutes, borne." in main.replace("\u00a0", " ")
