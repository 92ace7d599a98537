# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content check`` on imported sheets: how hard they read. Advice only: the words are not ours to change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from content.check import Text
from content.importers.vosdroits.serving import texts_of_store
from content.model import Problem
from kiosk.content_review import Review, review_words


def review_official(folder: Path) -> Review:
    """Everything that the rules of plain language say of the store ``folder``, as advice on official text."""
    problems: list[Problem] = []
    for name, held in texts_of_store(folder):
        file = str(folder / name)
        texts = [Text(file, 1, key, sentences, (1,) * len(sentences)) for key, sentences in held]
        _, found = review_words(texts, "fr")
        problems += [replace(one, message=f"Texte officiel. {one.message}", warning=True) for one in found]
    return Review(tuple(sorted(set(problems))), ())
