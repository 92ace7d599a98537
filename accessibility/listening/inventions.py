# SPDX-License-Identifier: EUPL-1.2
"""What engines write when nobody said anything. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CREDITS = re.compile(
    r"sous-?titr|amara\.org|radio-?canada|subtitle|merci d.avoir (?:regard|suivi|écout)|abonne[zr]|"
    r"thank(?:s| you) for (?:watching|listening)|à la prochaine (?:vidéo|fois)|n.oubliez pas de (?:vous abonner|liker)|"
    r"copyright|www\.|\.(?:com|org)\b|[♪♫\[\]]|^\s*\(.*\)\s*$|^\W*musique\W*$|^\W*applaudissements\W*$",
    re.IGNORECASE,
)
"""Whisper learned from films: over silence and noise it writes their credits and their sound notes."""
_IN_A_ROW = 4
"""The same words more often than this in a row were not said: the engine is caught in a loop."""
_LONGEST_LOOP = 6


def invented(text: str, words: Sequence[str]) -> bool:
    """Whether an engine made ``text`` up: the credits of a film, or the same ``words`` again and again."""
    if _CREDITS.search(text):
        return True
    for length in range(1, _LONGEST_LOOP + 1):
        same = 0
        for place in range(length, len(words)):
            same = same + 1 if words[place] == words[place - length] else 0
            if same >= _IN_A_ROW * length:
                return True
    return False
