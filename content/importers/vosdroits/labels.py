# SPDX-License-Identifier: EUPL-1.2
"""Short words for cards, from long official answers; the whole answer stays on the step, and is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.importers.vosdroits.cleaning import shortened

WHOLE = 40
"""Signs of two lines of a card: an answer that fits stays whole, a longer one is cut there. Cut at the 24 signs of what
we write, most official answers would say nothing ("Vous avez effectué une…")."""
_LONGEST = 60
_STATES = "né|marié|pacsé|majeur|mineur|français|étranger|propriétaire|locataire|retraité|salarié|veuf|seul|en |à "
_OPENINGS = re.compile(
    r"^(?:il s'agit (?:d'une?\b|de la\b|de l'|du\b|des\b|de\b|d')\s*|(?:il|elle) est\s+|ils sont\s+"
    rf"|vous êtes\s+(?={_STATES})|vous (?:voulez|souhaitez|désirez)\s+|je (?:veux|souhaite|suis|fais)\s+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")


def short_labels(texts: Sequence[str]) -> tuple[str, ...]:
    """A label for each of the answers of one step, all different; an answer that is short already is its own."""
    if all(len(text) <= WHOLE for text in texts):
        return _unlike([_capital(text) for text in texts], texts)
    bare = [_OPENINGS.sub("", _ASIDE.sub("", text).strip()) or text for text in texts]
    shared = _shared_start(bare)
    labels = [
        text if len(text) <= WHOLE else shortened(rest[shared:].rstrip(" .;:,") or text, WHOLE)
        for text, rest in zip(texts, bare, strict=True)
    ]
    return _unlike([_capital(label) for label in labels], texts)


def _shared_start(texts: Sequence[str]) -> int:
    """How many signs begin every text alike, up to the end of a word; 0 when what is left would say too little."""
    words = [text.split(" ") for text in texts]
    count = 0
    while all(len(line) > count + 1 for line in words) and len({line[count].casefold() for line in words}) == 1:
        count += 1
    if count < 2 or len(texts) < 2:
        return 0
    return len(" ".join(words[0][:count])) + 1


def _unlike(labels: list[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Longer labels for those that are alike; numbered when even the whole texts begin alike."""
    for limit in (WHOLE, _LONGEST, 200):
        doubles = {label for label in labels if labels.count(label) > 1}
        if not doubles:
            break
        labels = [
            _capital(shortened(text, limit)) if label in doubles else label
            for label, text in zip(labels, texts, strict=True)
        ]
    seen: dict[str, int] = {}
    for index, label in enumerate(labels):
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            labels[index] = f"{label} ({seen[label]})"
    return tuple(labels)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
