# SPDX-License-Identifier: EUPL-1.2
"""Sentences as they arrive: typed with mistakes, or written down by a recogniser that misheard them.

The same sentence is always spoilt in the same way: figures can be compared from one day to the next.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from zlib import crc32

_SAME_SOUND: tuple[tuple[str, str], ...] = (
    ("ai", "é"),
    ("eau", "o"),
    ("au", "o"),
    ("ph", "f"),
    ("qu", "k"),
    ("tion", "ssion"),
    ("ss", "c"),
    ("ain", "in"),
    ("en", "an"),
    ("an", "en"),
    ("c", "k"),
    ("ge", "je"),
    ("y", "i"),
    ("ch", "sh"),
    ("nn", "n"),
    ("ll", "l"),
    ("tt", "t"),
    ("rr", "r"),
    ("et", "ais"),
    ("in", "ain"),
    ("s", "ss"),
)
_ENDINGS = ("er", "é", "ée", "ez", "ais", "ait", "és")
_LITTLE = "le la les l de du des d un une ne me mes ma mon à au en je j y"
_DROPPED = frozenset(_LITTLE.split())
_HEARD_AS: dict[str, tuple[str, ...]] = {
    "j'ai": ("g", "jé", "j ai", "je", "jet"),
    "c'est": ("ces", "sait", "c"),
    "ma": ("m'a", "mas"),
    "mes": ("mais", "mai"),
    "mon": ("mont",),
    "je": ("j",),
    "pas": ("pa", "pour"),
    "carte": ("quarte", "carte"),
    "perdu": ("perdue", "père du"),
    "père": ("paire",),
    "mère": ("maire", "mer"),
    "voix": ("voie",),
    "compte": ("conte",),
    "aide": ("aides", "est de"),
    "payer": ("paillé", "payé"),
    "droit": ("trois",),
    "toit": ("toi",),
    "mort": ("mors", "mord"),
    "prime": ("primes", "prim"),
    "vote": ("votre",),
    "plainte": ("plinthe",),
    "grise": ("grises", "cerise"),
    "caf": ("cave", "café"),
    "permis": ("permit", "père mis"),
    "dettes": ("dette", "des têtes"),
    "mail": ("maille", "mél"),
}
_NEIGHBOURS = {"a": "z", "e": "r", "i": "o", "o": "p", "n": "b", "t": "r", "s": "d", "r": "t", "l": "m", "m": "l"}


def misspelt(sentence: str) -> str:
    """Typed in a hurry: no accents, a slip in about one long word of three, and no apostrophe."""
    chance = _chance("typed", sentence)
    bare = "".join(c for c in unicodedata.normalize("NFKD", sentence) if not unicodedata.combining(c))
    words = bare.replace("'", chance.choice((" ", ""))).split()
    return " ".join(_slip(word, chance) if len(word) > 3 and chance.random() < 0.4 else word for word in words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    slips: tuple[Callable[[], str], ...] = (
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + word[at] + word[at:],
        lambda: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        lambda: word[:at] + _NEIGHBOURS.get(word[at], "e") + word[at + 1 :],
        lambda: _by_ear(word, chance),
    )
    return chance.choice(slips)()


def misheard(sentence: str) -> str:
    """Written down by ear: words of the same sound, lost little words, wrong endings, words cut or joined."""
    chance = _chance("heard", sentence)
    words: list[str] = []
    for word in re.split(r"[ ’]", sentence.lower()):
        said = word
        if word in _DROPPED and chance.random() < 0.3:
            continue
        if word in _HEARD_AS and chance.random() < 0.5:
            said = chance.choice(_HEARD_AS[word])
        elif len(word) > 3 and chance.random() < 0.45:
            said = _by_ear(word, chance)
        elif len(word) > 6 and chance.random() < 0.2:
            at = chance.randrange(2, len(word) - 2)
            said = f"{word[:at]} {word[at:]}"
        words.append(said)
    return " ".join(words)


def _by_ear(word: str, chance: random.Random) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and chance.random() < 0.5:
            return word.removesuffix(ending) + chance.choice(_ENDINGS)
    possible = [(old, new) for old, new in _SAME_SOUND if old in word[1:]]
    if not possible:
        return word
    old, new = chance.choice(possible)
    at = word.index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def _chance(kind: str, sentence: str) -> random.Random:
    return random.Random(crc32(f"{kind}:{sentence}".encode()))  # noqa: S311 - the same for the same sentence
