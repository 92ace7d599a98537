# SPDX-License-Identifier: EUPL-1.2
"""A receipt in English, with the same in French after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from printouts.model import DeadlineLine, DocumentLine, Line, PlaceLine, Receipt
from tests.printouts.receipts import full


def bilingual(pictogram: Path | None = None, *, duplicate: bool = False) -> Receipt:
    """Every section, twice."""
    french = full(pictogram, duplicate=duplicate)
    return replace(
        french,
        language="en",
        title="Renew my identity card",
        do=(Line("Fill in a request online. Write down the number.", pictogram), Line("See a town hall.", pictogram)),
        bring=(
            DocumentLine("An identity photo", True, pictogram=pictogram),
            DocumentLine("A proof of address", False, ("Take an electricity bill.",), pictogram),
        ),
        where=(
            PlaceLine(
                "Go to the town hall.",
                "Town hall of Souillac",
                "0565327100",
                "Free call.",
                "Monday to Friday, 8.30 am to 12 noon.",
                "https://www.ville-souillac.fr",
                pictogram,
            ),
        ),
        when=(Line("Wait about 3 weeks.", pictogram),),
        cost=(Line("It costs 25 euros.", pictogram),),
        deadlines=(
            DeadlineLine("Collect the card. After 3 months, it is destroyed.", date(2027, 3, 1), pictogram),
            DeadlineLine("Hand in your request.", date(2027, 1, 4), pictogram),
        ),
        contacts=(PlaceLine("Ask your questions.", "Allô Service Public", "3939", pictogram=pictogram),),
        source="Identity card",
        french=french,
    )
