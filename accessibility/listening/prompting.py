# SPDX-License-Identifier: EUPL-1.2
"""What an engine is told before it listens: the words it may expect, as sentences already said. Pure."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import zip_longest
from pathlib import Path

from accessibility.listening.protocol import Vocabulary

LONGEST = 560
"""Signs: Whisper takes 223 tokens before a sentence, and French needs one for 3 or 4 signs."""
WAYS = 2
"""Ways of each phrase that are told while there is room: the label and the one heard most."""


def prompt_for(vocabulary: Vocabulary, longest: int = LONGEST) -> str:
    """Sentences that hold what may be said now, at most ``longest`` signs; "" when nothing is known of it.

    Labels come before other ways. Written as sentences, each with its own capital and full stop: told as a list, the
    engine writes lists. Measured in ADR 0074.
    """
    told = [tuple(as_sentence(way) for way in phrase.ways[:WAYS]) for phrase in vocabulary.phrases if phrase.ways]
    kept: set[str] = set()
    room = longest
    for rank in zip_longest(*told):
        for way in rank:
            if way and way not in kept and len(way) < room:
                kept.add(way)
                room -= len(way) + 1
    return " ".join(dict.fromkeys(way for ways in told for way in ways if way in kept))


@cache
def said_at_counters(language: str) -> str:
    """Sentences with the names and letters that people's requests are made of; "" where none are written yet."""
    written = tomllib.loads(Path(__file__).with_name("ways").joinpath("requests.toml").read_text(encoding="utf-8"))
    return str(written.get(language, "")).strip()


def as_sentence(way: str) -> str:
    """``way`` as the engine would write it."""
    plain = way.strip().rstrip(" .…\u00a0").replace("’", "'")  # the model knows the typewriter's apostrophe
    return plain[:1].upper() + plain[1:] + ("" if plain.endswith(("?", "!")) else ".")
