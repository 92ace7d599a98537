# SPDX-License-Identifier: EUPL-1.2
"""What ``kiosk doctor`` says of finding by meaning. It is optional: nothing of it is ever a fault of the kiosk."""

from __future__ import annotations

from kiosk.command_line import count_of
from kiosk.config import Settings
from kiosk.diagnosis import Check
from kiosk.meaning import catalogue_of, vector_file, wanted


def meaning_check(settings: Settings) -> Check:
    """Whether it serves, and what is left to prepare."""
    if settings.finding.meaning == "off":
        return Check("meaning", True, "Éteinte dans kiosk.toml. La borne cherche et écoute par les mots.")
    if not wanted(settings):
        return Check("meaning", True, "Non installée : c'est facultatif. La borne cherche et écoute par les mots.")
    from content.search.e5 import model_name
    from content.search.finder import all_ways
    from content.search.vector_file import missing, read_rows

    sentences = [text for _, text, _ in all_ways(catalogue_of(settings))]
    rows = read_rows(vector_file(settings), model_name())
    left = len(missing(sentences, rows))
    if not left:
        return Check("meaning", True, f"Prête : {count_of(len(rows), 'phrase préparée', 'phrases préparées')}.")
    return Check(
        "meaning",
        True,
        f"{count_of(left, 'phrase', 'phrases')} à préparer. La borne le fait seule, en marchant ; "
        "tout de suite : « kiosk content prepare ». D'ici là, elle cherche par les mots.",
    )
