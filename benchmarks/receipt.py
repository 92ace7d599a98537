# SPDX-License-Identifier: EUPL-1.2
"""A warm receipt against bare WeasyPrint writing the same HTML and CSS, turn by turn. Goal: at most 1.2 times.

The bare side is as warm as ours: same fonts unpacked, same style sheets parsed, same pictures at hand. What is left on
our side alone: cleaning the texts, the template, the iCalendar files, the QR codes, the cut of the ticket.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from printouts.model import DeadlineLine, DocumentLine, Line, Paper, PlaceLine, Receipt
from printouts.receipt_code import new_code
from printouts.render import PICTOGRAMS
from printouts.renderer import Renderer

ROUNDS = 15
GOAL = 1.2


def receipt() -> Receipt:
    """An ordinary one: three things to do, four documents, a place, two deadlines."""
    (folder,) = PICTOGRAMS
    pictograms = sorted(folder.glob("*.svg"))[:12]
    pick = iter(pictograms + [None] * 12)
    return Receipt(
        language="fr",
        code=new_code(),
        title="Refaire ma carte d'identité",
        printed_on=date(2026, 11, 21),
        site="France Services",
        site_details=("12 avenue Gambetta", "Lundi au vendredi : 9 h à 12 h"),
        do=tuple(Line("Faites une pré-demande. Notez le numéro.", next(pick)) for _ in range(3)),
        bring=tuple(
            DocumentLine("Un justificatif de domicile", n % 2 == 0, ("Prenez une facture.",), next(pick))
            for n in range(4)
        ),
        where=(PlaceLine("Allez à la mairie.", "Mairie", "0565000000", "Appel gratuit.", pictogram=next(pick)),),
        when=(Line("Attendez environ 3 semaines.", next(pick)),),
        cost=(Line("Cela coûte 25 euros.", next(pick)),),
        deadlines=(
            DeadlineLine("Allez chercher la carte.", date(2027, 3, 1), next(pick)),
            DeadlineLine("Déposez votre demande.", date(2027, 1, 4), next(pick)),
        ),
        contacts=(PlaceLine("Posez vos questions.", "Allô Service Public", "3939"),),
        source="Carte d'identité",
        source_url="https://www.service-public.gouv.fr/particuliers/vosdroits/N358",
        checked_on=date(2026, 11, 20),
    )


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Median milliseconds of each side and their ratio, by paper (``ratio``: the worse);
    and the child process: cold, warm, its memory."""
    import weasyprint

    from printouts import render as ours

    figures: dict[str, Any] = {"goal": GOAL}
    one = receipt()
    for paper in Paper:
        page, styles = ours._composed(one, paper, PICTOGRAMS)

        def bare(page: ours.Page = page, styles: tuple[str, ...] = styles) -> None:
            weasyprint.HTML(string=page.html, url_fetcher=page.album).write_pdf(
                font_config=ours._fonts(),
                counter_style=ours._counters(),
                stylesheets=ours._stylesheets(styles),
                pdf_variant="pdf/ua-1",
            )

        def full(paper: Paper = paper) -> None:
            # A new code each time: its QR codes were never made before.
            ours.render(replace(one, code=new_code()), paper)

        times: dict[str, list[float]] = {"receipt": [], "bare": []}
        bare()
        full()
        for _ in range(rounds):
            times["receipt"].append(_milliseconds(full))
            times["bare"].append(_milliseconds(bare))
        receipt_ms, bare_ms = (statistics.median(times[side]) for side in ("receipt", "bare"))
        figures[f"{paper}_ms"] = round(receipt_ms, 1)
        figures[f"{paper}_bare_ms"] = round(bare_ms, 1)
        figures[f"{paper}_ratio"] = round(statistics.median(a / b for a, b in zip(*times.values(), strict=True)), 3)
    figures.update(_child(one))
    figures["ratio"] = max(figures[f"{paper}_ratio"] for paper in Paper)
    return figures


def _child(one: Receipt) -> dict[str, float]:
    import psutil

    renderer = Renderer()
    try:
        cold = _milliseconds(lambda: renderer.render(one, Paper.A4))
        warm = statistics.median(_milliseconds(lambda: renderer.render(one, Paper.A4)) for _ in range(5))
        memory = psutil.Process(renderer.pid).memory_full_info()
        return {
            "child_cold_ms": round(cold, 1),
            "child_warm_ms": round(warm, 1),
            "child_own_mb": round(memory.uss / 2**20, 1),
        }
    finally:
        renderer.close()


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
