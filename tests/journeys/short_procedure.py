# SPDX-License-Identifier: EUPL-1.2
"""The shortest whole procedure: one choice, one document, the road map. What it takes to say it is made in a minute."""

from __future__ import annotations

from pathlib import Path

from tests.sample_procedures import write_procedure

_STRUCTURE = """\
id = "essai"
theme = "papiers_elections_citoyennete"
pictogram = "identity-card"
start = "besoin"

[[sources]]
title = "Carte d'essai"
url = "https://www.example.fr/carte"
checked_on = 2026-11-20
check_by = 2027-05-20

[[steps]]
id = "besoin"
kind = "choose"
pictogram = "identity-card"
choices = [
  { id = "perdue", pictogram = "magnifier" },
  { id = "abimee", pictogram = "broken-card" },
]
next = "pieces"

[[steps]]
id = "pieces"
kind = "checklist"
pictogram = "bag"
documents = [{ id = "photo", pictogram = "portrait" }]
next = "fin"

[[steps]]
id = "fin"
kind = "end"
pictogram = "road-map"

[[road_map]]
id = "demander"
section = "do"
pictogram = "identity-card"
"""
_WORDS = """\
title = "Refaire ma carte"
summary = "Carte perdue ou abîmée."
also = ["refaire ma carte"]

[steps.besoin]
title = "Pourquoi refaire la carte ?"
say = ["Choisissez une réponse."]
explain = ["La mairie le demande."]

[steps.besoin.choices.perdue]
label = "Perdue"
also = ["je l’ai perdue"]

[steps.besoin.choices.abimee]
label = "Abîmée"
also = ["elle est abîmée"]

[steps.pieces]
title = "Le papier à préparer"
say = ["Dites si vous l’avez."]
explain = ["La mairie le demande."]

[steps.pieces.documents.photo]
name = "Une photo d’identité"
what = ["C’est une petite photo de votre visage."]
where = ["Allez chez un photographe."]

[steps.fin]
title = "C’est fini"
say = ["Voici votre feuille de route."]

[road_map.demander]
text = "Demandez la carte à la mairie."
"""


def write_short_procedure(content: Path) -> Path:
    """Write it into the folder of procedures ``content``; returns that folder."""
    write_procedure(content / "essai", {"procedure.toml": _STRUCTURE, "fr.toml": _WORDS})
    return content
