# SPDX-License-Identifier: EUPL-1.2
"""What a mediator writes to a person: short, and nothing in it but letters and signs. Pure."""

from __future__ import annotations

import unicodedata

from content.text_rules import FORBIDDEN_CATEGORIES, INVISIBLE

LONGEST = 200
"""Characters of a message or of a note."""

_READY = {
    "fr": (
        "Prenez votre temps.",
        "Lisez l’écran. Puis touchez une image.",
        "Touchez l’image qui s’éclaire.",
        "Avez-vous ce papier avec vous ?",
        "C’est très bien. Continuez.",
        "J’arrive près de vous.",
    ),
    "en": (
        "Take your time.",
        "Read the screen. Then touch a picture.",
        "Touch the picture that glows.",
        "Do you have this paper with you?",
        "Very good. Go on.",
        "I am coming to you.",
    ),
}


def ready(language: str) -> tuple[tuple[str, str], ...]:
    """Ready-made messages in the person's language, each with its French; in French where they are not written."""
    return tuple(zip(_READY.get(language, _READY["fr"]), _READY["fr"], strict=True))


def tidy(text: str) -> str:
    """The text on one line, without any sign that commands, hides or turns around. It may still be too long."""
    kept = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _plain(sign))
    return " ".join(kept.split())


def _plain(sign: str) -> bool:
    return unicodedata.category(sign) not in FORBIDDEN_CATEGORIES and sign not in INVISIBLE
