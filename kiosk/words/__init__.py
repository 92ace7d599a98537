# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's own words, a module a language; only the language that is used is read.

A new language: a module here (``spanish.py``), its line in :data:`LANGUAGES` and in :func:`words_in`, and the words
of the paper (:mod:`printouts.words`). See ``docs/langues.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kiosk.words.model import Words

LANGUAGES: Mapping[str, str] = {"fr": "Français", "en": "English"}
"""Language code -> its own name: every language that the interface speaks."""

ASKING_FOR: Mapping[str, tuple[str, ...]] = {
    "fr": ("en français", "je parle français", "parlez français", "French", "in French"),
    "en": ("in English", "I speak English", "speak English", "anglais", "en anglais", "je parle anglais"),
}
"""Language code -> how one asks for it aloud, in whatever language is spoken then."""


@cache
def words_in(language: str) -> Words:
    """The words of ``language`` ("fr", "en"); French for one that the interface does not speak."""
    if language == "en":
        from kiosk.words.english import ENGLISH

        return ENGLISH
    from kiosk.words.french import FRENCH

    return FRENCH


def sentence(text: str) -> str:
    """``text`` as the voice says it alone: a whole sentence."""
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."


__all__ = ["ASKING_FOR", "LANGUAGES", "Words", "sentence", "words_in"]
