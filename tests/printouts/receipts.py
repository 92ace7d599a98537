# SPDX-License-Identifier: EUPL-1.2
"""Receipts for the tests: the shortest, and one that fills every section."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from printouts.model import DeadlineLine, DocumentLine, Line, PlaceLine, Receipt

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">
<rect x="8" y="8" width="56" height="56" fill="#ea5a47" stroke="#000000" stroke-width="2"/></svg>"""


def short() -> Receipt:
    """One thing to do, and nothing else."""
    return Receipt(
        language="fr",
        code="K7RMX42A59BCDEFG",
        title="Déclarer mes revenus",
        printed_on=date(2026, 11, 21),
        site="France Services de Souillac",
        site_details=(),
        do=(Line("Allez sur le site des impôts."),),
        bring=(),
        where=(),
        when=(),
        cost=(),
        deadlines=(),
        contacts=(),
        source="",
        source_url="",
        checked_on=date(2026, 11, 20),
    )


def full(pictogram: Path | None = None, *, times: int = 1, duplicate: bool = False, draft: bool = False) -> Receipt:
    """Every section; ``times`` repeats the documents to make it longer."""
    return Receipt(
        language="fr",
        code="K7RMX42A59BCDEFG",
        title="Refaire ma carte d’identité",
        printed_on=date(2026, 11, 21),
        site="France Services de Souillac",
        site_details=("12 avenue Gambetta, 46200 Souillac", "Lundi au vendredi : 9 h à 12 h"),
        do=(
            Line("Faites une pré-demande sur internet. Notez le numéro donné.", pictogram, "Un carré rouge"),
            Line("Prenez rendez-vous dans une mairie.", pictogram),
        ),
        bring=(
            DocumentLine("Une photo d’identité", True, pictogram=pictogram),
            *(
                DocumentLine("Un justificatif de domicile", False, ("Prenez une facture d’électricité.",), pictogram)
                for _ in range(times)
            ),
        ),
        where=(
            PlaceLine(
                "Allez à la mairie.",
                "Mairie de Souillac",
                "0565327100",
                "Appel gratuit.",
                "Du lundi au vendredi, de 8 h 30 à 12 h.",
                "https://www.ville-souillac.fr",
                pictogram,
            ),
        ),
        when=(Line("Attendez environ 3 semaines.", pictogram),),
        cost=(Line("Cela coûte 25 euros.", pictogram),),
        deadlines=(
            DeadlineLine("Allez chercher la carte. Après 3 mois, elle est détruite.", date(2027, 3, 1), pictogram),
            DeadlineLine("Déposez votre demande : œuvre, Noël, « avant ».", date(2027, 1, 4), pictogram),
        ),
        contacts=(PlaceLine("Posez vos questions.", "Allô Service Public", "3939", pictogram=pictogram),),
        source="Carte d’identité",
        source_url="https://www.service-public.gouv.fr/particuliers/vosdroits/N358",
        checked_on=date(2026, 11, 20),
        duplicate=duplicate,
        draft=draft,
        pictogram=pictogram,
    )
