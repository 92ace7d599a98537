# SPDX-License-Identifier: EUPL-1.2
"""Official text made safe, and cut into sentences. Nothing is refused for its length or its words; nothing that could
command a terminal, a page or a printer is left (:func:`content.text_rules.safety` finds nothing in what comes out).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from content.text_rules import MAX_TEXT, forbidden_characters, typeset

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_NARROW = re.compile(r" ?[\u00a0\u202f][ \u00a0\u202f]*")
"""A space that does not break, and those around it: one is left, so that no rule ever meets megabytes of them."""
_LONE_STOP = re.compile(r"[ \u00a0](?=[.,](?:\s|$))")
_SAFE_URL = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][!#$%&'()*+,./:;=?@\w~-]*)?", re.ASCII
)
MAX_URL = 300
"""A longer address makes a code that no telephone reads."""
_MARKUP = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "|": ",", "`": "'", "\\": "/"})
_WORDED = (
    (re.compile(r" ?& ?"), " et "),
    (re.compile(r" ?(?:<=|≤) ?"), " au plus "),
    (re.compile(r" ?(?:>=|≥) ?"), " au moins "),
    (re.compile(r" ?< ?"), " moins de "),
    (re.compile(r" ?> ?"), " plus de "),
)
_ADDRESS_START = re.compile(r"(?:https?|ftp):/+")
_SLASHES = re.compile(r"/{2,}")
_SUSPECT = re.compile(r"[<>&≤≥\[\]{}|`\\]|//")
_RARE = re.compile(r"[^\x00-\u024f\u2010-\u2026\u202f\u20ac]")
"""Only beyond these characters may a text hold accents that pile up."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """``text`` on one line, in NFC, typeset in French, with nothing dangerous in it."""
    clean = _SPACES.sub(" ", text)
    clean = unicodedata.normalize("NFC", clean)
    bad = {offset for offset, _ in forbidden_characters(clean)}
    if bad:
        clean = "".join(char for at, char in enumerate(clean) if at not in bad)
    if _RARE.search(clean):
        clean = _without_piles(clean)
    if _SUSPECT.search(clean):
        clean = _ADDRESS_START.sub("", clean).translate(_MARKUP)
        for found, worded in _WORDED:
            clean = found.sub(worded, clean)
        clean = _SLASHES.sub("/", clean)
    clean = _LONE_STOP.sub("", _NARROW.sub("\u00a0", _SPACES.sub(" ", clean))).strip(" \u00a0")
    return typeset(clean, "fr")


def _without_piles(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if run < 3:
            kept.append(char)
    return "".join(kept)


def address(text: str | None) -> str:
    """An address that may be shown, printed and scanned, or ""."""
    bare = (text or "").strip()
    return bare if len(bare) <= MAX_URL and _SAFE_URL.fullmatch(bare) else ""


_END = re.compile(r"(?<=[.!?…])[)»]?[ \u00a0]+(?=[A-ZÀ-ÖØ-Þ«(0-9])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Mlle|Dr|Me|St|Ste|art|al|cf|ex|p|av|bd|n|tél|env|max|min|etc|[A-Z])\.)$", re.IGNORECASE
)
_ABBREVIATED = 8
"""Signs before a gap in which an abbreviation is looked for: more would be read again at each gap."""
_SOFT = re.compile(r"(?<=[;:,)])[ \u00a0]")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a safe text, each at most :data:`content.text_rules.MAX_TEXT` signs."""
    parts: list[str] = []
    start = 0
    for gap in _END.finditer(text):
        if _NOT_AN_END.search(text, max(start, gap.start() - _ABBREVIATED), gap.start()):
            continue
        whole = text[start : gap.end()].strip(" \u00a0")
        parts.append(whole)
        start = gap.end()
    parts.append(text[start:].strip(" \u00a0"))
    return tuple(piece for part in parts if part for piece in bounded(part))


def bounded(sentence: str, limit: int = MAX_TEXT) -> list[str]:
    """A text longer than one may be, cut where it breathes: after a semicolon, a comma, else between words."""
    pieces: list[str] = []
    start = 0
    while len(sentence) - start > limit:
        gaps = [gap.start() for gap in _SOFT.finditer(sentence, start + limit // 3, start + limit)]
        at = gaps[-1] if gaps else sentence.rfind(" ", start + 1, start + limit)
        at = at if at > start else start + limit
        pieces.append(sentence[start:at].rstrip(" \u00a0"))
        start = at
        while sentence[start : start + 1] in (" ", "\u00a0"):
            start += 1
    return [*pieces, sentence[start:]] if start < len(sentence) else pieces


def ended(text: str) -> str:
    """The text with a full stop where it has no end of its own."""
    text = text.rstrip(" ,;\u00a0")
    return text if not text or text[-1] in ".!?…:" else f"{text}."


def closed(text: str) -> str:
    """The text with a capital and a full stop, as an item of a list is said."""
    text = ended(text)
    return text[:1].upper() + text[1:]


def shortened(text: str, limit: int) -> str:
    """The first words of a text, with "…" when there were more."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at = max(cut.rfind(" "), cut.rfind("\u00a0"))
    return cut[: at if at > limit // 2 else len(cut)].rstrip(" \u00a0,;:('«-") + "…"
