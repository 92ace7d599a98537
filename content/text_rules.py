# SPDX-License-Identifier: EUPL-1.2
"""What a text of a procedure may hold, and how long it may be.

Two kinds of rules. *Safety*: nothing that could command a terminal, a page or a printer, or show something else than
what was checked (control characters, escape sequences, direction changes, invisible or private characters, markup).
*Plain language*: short titles, short labels, short sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEXT = 400
MAX_TITLE = 40
MAX_LABEL = 24
MAX_NAME = 60
MAX_NOTE = 120
LABEL_WORDS = 3
SENTENCE_WORDS = 12
MAX_SENTENCE_WORDS = 15

FORBIDDEN_CATEGORIES = {
    "Cc": "un caractère de commande",
    "Cf": "un caractère invisible",
    "Cs": "un demi-caractère",
    "Co": "un caractère privé",
    "Cn": "un caractère inconnu",
    "Zl": "une fin de ligne cachée",
    "Zp": "une fin de paragraphe cachée",
}
"""Unicode general categories refused. ``Cf`` holds every direction change and zero-width character."""
DIRECTION_CHANGES = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
"""Blank characters that Unicode does not class as format characters (Hangul fillers, empty braille…)."""
LAYOUT = frozenset("\t\n\r")
"""Allowed in a file between its values, never inside a text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a text breaks."""

    code: str
    message: str
    warning: bool = False


def shown(text: str, limit: int = 60) -> str:
    """The text as it may safely be shown in a message: short, every dangerous character written as a code."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(f"\\u{ord(c):04x}" if _forbidden(c) or c in LAYOUT else c for c in cut)


def _forbidden(char: str) -> str:
    """What is wrong with a character, or ""."""
    if char in DIRECTION_CHANGES:
        return "un changement de sens d'écriture"
    if char in INVISIBLE:
        return "un caractère invisible"
    return FORBIDDEN_CATEGORIES.get(unicodedata.category(char), "")


_SUSPECT = re.compile(r"[^\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u201f\u2026\u202f\u20ac]")
"""Anything but Latin letters and usual punctuation: only these characters are looked up one by one."""


def forbidden_characters(text: str, allowed: frozenset[str] = frozenset()) -> Iterator[tuple[int, Fault]]:
    """(offset, fault) for each character that must not be there; ``allowed`` ones pass."""
    for found in _SUSPECT.finditer(text):
        char = found[0]
        if char not in allowed and (what := _forbidden(char)):
            yield found.start(), _character_fault(char, what)
    for found in re.finditer(r"[\t\n\r]", "" if allowed >= LAYOUT else text):
        yield found.start(), _character_fault(found[0], FORBIDDEN_CATEGORIES["Cc"])


def _character_fault(char: str, what: str) -> Fault:
    return Fault("forbidden-character", f"Il y a {what} (U+{ord(char):04X}). Retirez-le.")


_MARKUP = re.compile(r"[<>\[\]{}`|\\&]|//")
"""Tags, entities, terminal and template markup, addresses: never in a text (an address has its own key)."""
_PLAIN = re.compile(r"[ !\"#$%'()*+,./0-9:;=?@A-Z^_a-z~\u00a0-\u00ac\u00ae-\u017f\u2018-\u201d\u2026\u20ac-]*")
"""Nearly every text is made of these only, and needs no closer look."""


def safety(text: str, *, markup_allowed: bool = False) -> Iterator[Fault]:
    """What makes a text unsafe: its length, its characters, markup of any kind, piled-up accents."""
    if len(text) > MAX_TEXT:
        yield Fault("too-long", f"Ce texte est trop long : {len(text)} signes ({MAX_TEXT} au plus). Coupez-le.")
        return
    if "//" not in text and _PLAIN.fullmatch(text):
        return
    first = next(forbidden_characters(text), None)
    if first:
        yield first[1]
    if not markup_allowed and (found := _MARKUP.search(text)):
        yield Fault("markup", f"« {shown(found[0])} » ne peut pas être dans un texte. Écrivez des mots simples.")
    if _piled_accents(text):
        yield Fault("forbidden-character", "Il y a des accents empilés sur une lettre. Retapez ce mot.")


def _piled_accents(text: str) -> bool:
    """True with three combining marks in a row: they would spill over the neighbouring lines."""
    run, after = 0, -1
    for found in _SUSPECT.finditer(unicodedata.normalize("NFC", text)):
        marks = unicodedata.category(found[0]) in ("Mn", "Me")
        run = (run + 1 if found.start() == after else 1) if marks else 0
        after = found.end()
        if run > 2:
            return True
    return False


_DRAWN = re.compile("[\ufe00-\ufe0f\U0001f000-\U0001faff]")
"""Small drawings, and what changes them: no voice reads them, and a terminal may take their width for another."""
_COMMANDING = str.maketrans(dict.fromkeys("<>[]{}|\\`", " "))


def harmless(text: str) -> str:
    """What somebody typed, without anything that could command a terminal or a voice, or show something else: one
    line, no control, invisible or direction-changing character, no drawing, no markup, no piled-up accents."""
    kept = "".join(" " if char in LAYOUT else "" if _forbidden(char) else char for char in _DRAWN.sub(" ", text))
    kept = " ".join(unicodedata.normalize("NFC", kept).translate(_COMMANDING).split())
    if not _piled_accents(kept):
        return kept
    return "".join(char for char in kept if unicodedata.category(char) not in ("Mn", "Me"))


# Words. In French an elided word (l', d', qu'…) leans on the next one and is not a word of its own:
# "l'identité" is one word; but "jusqu'à" or "lorsqu'il" are two, and "aujourd'hui" is one. Elsewhere an apostrophe is
# taken for a part of the word: "parent's" is one.

_APOSTROPHES = re.compile("['’ʼ]")
_ONE_WORD = ("aujourd", "quelqu", "prud", "presqu")
_NUMBER_GROUP = re.compile(r"(?<=\d)[ \u00a0\u202f.](?=\d)")
"""Inside "06 12 34 56 78" or "25 000": one number is one word."""


def count_words(text: str, language: str = "fr") -> int:
    """How many words a reader meets. Punctuation alone is not one; "Avez-vous" is one; a long number is one."""
    tokens = _NUMBER_GROUP.sub("", text).split()
    if language != "fr":
        return sum(any(c.isalnum() for c in token) for token in tokens)
    count = 0
    for token in tokens:
        parts = [part for part in _APOSTROPHES.split(token) if any(c.isalnum() for c in part)]
        heads = parts[:-1]
        count += 1 if parts else 0
        count += sum(1 for head in heads if len(head) > 2 and not head.casefold().endswith(_ONE_WORD))
    return count


_SENTENCE_END = re.compile(r"(?<=[.!?…])[ \u00a0\u202f]+(?=[A-ZÀ-ÖØ-Þ«“¿¡])")


def sentence(text: str, language: str = "fr") -> Iterator[Fault]:
    """Rules of one item of ``say``, ``explain``, ``what``, ``where``, or of a road map line: one short sentence."""
    parts = _SENTENCE_END.split(text)
    if len(parts) > 1:
        yield Fault("two-sentences", "Il y a plusieurs phrases ici. Mettez une phrase par élément.", warning=True)
    at_most = text.count(" ") + 1 + sum(map(text.count, "'’ʼ"))
    words = max(count_words(part, language) for part in parts) if at_most > SENTENCE_WORDS else 0
    if words > MAX_SENTENCE_WORDS:
        yield Fault(
            "long-sentence", f"Phrase trop longue : {words} mots ({MAX_SENTENCE_WORDS} au plus). Faites deux phrases."
        )
    elif words > SENTENCE_WORDS:
        yield Fault("long-sentence", f"Phrase longue : {words} mots (mieux : {SENTENCE_WORDS} au plus).", warning=True)


def title(text: str) -> Iterator[Fault]:
    """Rules of the title of a procedure or of a step."""
    if len(text) > MAX_TITLE:
        yield Fault("long-title", f"Titre trop long : {len(text)} signes ({MAX_TITLE} au plus). Raccourcissez-le.")


def title_again(title: str, text: str) -> Iterator[Fault]:
    """Rule of a sentence below a title: it does not say, word for word, what the title has said."""
    if _words_alone(text) == _words_alone(title):
        yield Fault(
            "title-again",
            "Cette phrase redit le titre : on l'entend 2 fois. Retirez-la, ou dites autre chose.",
            warning=True,
        )


def _words_alone(text: str) -> str:
    """The text without capitals, kinds of spaces, and the signs at its ends."""
    return " ".join(text.casefold().split()).strip(" .:!?…")


def label(text: str, language: str = "fr") -> Iterator[Fault]:
    """Rules of the words on a card."""
    words = count_words(text, language)
    if len(text) > MAX_LABEL:
        yield Fault("long-label", f"Réponse trop longue : {len(text)} signes ({MAX_LABEL} au plus). Raccourcissez-la.")
    elif words > LABEL_WORDS:
        yield Fault("long-label", f"Réponse longue : {words} mots (mieux : {LABEL_WORDS} au plus).", warning=True)


def name(text: str) -> Iterator[Fault]:
    """Rules of the name of a document, of a place or of a source."""
    if len(text) > MAX_NAME:
        yield Fault("long-name", f"Nom trop long : {len(text)} signes ({MAX_NAME} au plus). Raccourcissez-le.")


def note(text: str) -> Iterator[Fault]:
    """Rules of hours, of the price of a call, of another way of saying something."""
    if len(text) > MAX_NOTE:
        yield Fault("long-note", f"Texte trop long : {len(text)} signes ({MAX_NOTE} au plus). Raccourcissez-le.")


# French typography: authors type ordinary spaces, nobody should see « ? » alone at the start of a line.

_BEFORE = re.compile(r"[ \u00a0\u202f]+(?=[:;?!»%€])")
_AFTER = re.compile(r"(?<=«)[ \u00a0\u202f]+")


def typeset(text: str, language: str) -> str:
    """The text as it is shown: NFC, without spaces at both ends; in French, non-breaking spaces where they belong."""
    clean = unicodedata.normalize("NFC", text).strip(" ")
    if language != "fr":
        return clean
    return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", clean))
