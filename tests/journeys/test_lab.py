# SPDX-License-Identifier: EUPL-1.2
"""A volunteer tries a draft at the kiosk; its author reads how it went."""

from __future__ import annotations

import json
from pathlib import Path

from tests.journeys.person import GOODBYE, RATE, THEMES, WELCOME, person_at
from tests.journeys.short_procedure import write_short_procedure
from tests.journeys.site import make_site
from tests.printouts import reading

TRIAL = "C’est un essai"


def test_a_draft_is_tried_and_told_of(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    refused = site.run("run", "--lab")
    assert refused.returncode == 1
    assert "aucun brouillon" in refused.stderr
    write_short_procedure(site.folder / "var/drafts")
    with person_at(site, options=("--lab",)) as person:
        person.sees(TRIAL)
        person.presses("Commencer", THEMES)
        assert TRIAL in person.presses("Papiers", "Refaire ma carte")
        person.presses("Refaire ma carte", "Pourquoi refaire")
        person.presses("C’est difficile", "La mairie le demande")
        for label, then in (("Perdue", "Une photo"), ("Je l’ai", "feuille de route"), ("Imprimer", "papier est prêt")):
            person.presses(label, then)
        person.answers(("Finir", RATE), ("Oui", GOODBYE))
        person.sees(WELCOME)
        person.leaves()
    assert "ESSAI" in reading.text(site.papers[0].read_bytes())
    told = json.loads(site.run("content", "lab", "essai", "--json").stdout)
    assert told["draft"]["visits"] == 1
    assert told["draft"]["finished"] == {"count": 1, "of": 1}
    assert told["draft"]["faces"] == {"happy": 1}
    assert [step["step"] for step in told["steps"] if step["stuck"]] == ["besoin"]
    assert site.run("content", "difficulties", "--json").stdout.strip() == "[]", (
        "what volunteers met is not the public's"
    )
