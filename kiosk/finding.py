# SPDX-License-Identifier: EUPL-1.2
"""What a few words, typed or spoken, may mean, as the screens offer it."""

from __future__ import annotations

from assist.session.commands import Pick
from content.model import Catalogue
from kiosk.view import Option


def found(catalogue: Catalogue, text: str, language: str) -> tuple[Option, ...]:
    """Up to three procedures that ``text`` may mean, the likeliest first. Takes a moment: not for the loop."""
    from content.search import search

    return tuple(
        Option(m.procedure.id, m.procedure.title, m.procedure.pictogram, Pick(m.procedure))
        for m in search(catalogue, text, language)
    )
