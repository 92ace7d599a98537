# SPDX-License-Identifier: EUPL-1.2
"""Written sentences made into words for the ear: no digit, no symbol, no capital word is left. Pure.

What comes out goes in again unchanged, so that it does no harm to be called twice.
"""

from __future__ import annotations

import re
import unicodedata

from accessibility.acronyms import ACRONYMS
from accessibility.speaking.numerals import numbers_in_words

LONGEST = 400
"""Signs in one breath; a longer sentence is cut between two words."""

_ABBREVIATIONS = (
    (r"(?<![A-Z] )\bM\. ?(?=[A-ZÀ-Ý][a-zà-ÿ])", "monsieur "),
    (r"\bMmes\b", "mesdames"),
    (r"\bMme\b", "madame"),
    (r"\bMM\. ", "messieurs "),
    (r"\betc\b\.*", "et cetera."),
    (r"(?i)\b[ts]\.?v\.?p\b\.?", "s'il vous plaît"),
    (r"(?i)\btél\.", "téléphone"),
    (r"(?i)\bn[°º]s? ?", "numéro "),
    (r"(?i)\bex\. ?:", "exemple :"),
    (r"\((?:s|e|es|x|ne|nes)\)", ""),
)
_SYMBOLS = {
    "&": " et ",
    "@": " arobase ",
    "+": " plus ",
    "=": " égale ",
    "%": " pour cent ",
    "€": " euros ",
    "°": " degrés ",
    "§": " paragraphe ",
    "#": " dièse ",
    "*": " étoile ",
    "/": " ou ",
    "\\": " ",
    "_": " ",
    "’": "'",
    "…": ".",
    "–": ", ",
    "—": ", ",
    "(": ", ",
    ")": ", ",
    "[": ", ",
    "]": ", ",
}
_SPOKEN_MARKS = ".,;:?!'-"
_ADDRESS = re.compile(
    r"(?i)(?:https?://)?(?<![\w@.-])"
    r"(?P<user>[\w.+-]+@)?(?P<host>(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|info|re|gp|mq|yt|nc|pf|bzh|be|ch))"
    r"(?![\w-])(?P<path>/[\w/.?=&%#~+-]*)?"
)
_DOMAINS_SPELLED = {"fr", "eu", "re", "gp", "mq", "yt", "nc", "pf", "be", "ch", "www"}
_SIGNS_OF_ADDRESSES = {".": "point", "-": "tiret", "_": "tiret bas", "/": "barre", "@": "arobase", "+": "plus"}
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")
_VOWELS = set("AEIOUYÀÂÉÈÊËÎÏÔÛÙ")


def for_the_ear(text: str, language: str = "fr") -> str:
    """The same sentence as words to be heard. Never raises; "." when nothing in it can be said.

    Other languages than French only lose what no engine should read (control signs, quotes, pictures).
    """
    text = _cleaned(text)
    if language == "fr":
        text = _ADDRESS.sub(_address, text)
        for pattern, words in _ABBREVIATIONS:
            text = re.sub(pattern, words, text)
        text = _CAPITALS.sub(lambda found: _capitals(found[0]), text)
        text = numbers_in_words(text)
        text = _CAPITALS.sub(lambda found: _capitals(found[0]), text)  # those that a number was stuck to
        text = "".join(_SYMBOLS.get(sign, sign) for sign in text)
    return _spaced("".join(sign for sign in text if _is_spoken(sign, language))) or "."


def sentences_of(text: str) -> tuple[str, ...]:
    """A text cut where one breathes: at the end of sentences and lines, and never longer than :data:`LONGEST`."""
    pieces = re.split(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«\"\d])(?<!\bM\.\s)|\s*\n+\s*", text)
    return tuple(short for piece in pieces for short in _short(" ".join(piece.split())) if short)


def _short(sentence: str) -> list[str]:
    shorts: list[str] = []
    while len(sentence) > LONGEST:
        cut = max(sentence.rfind(", ", 0, LONGEST), 0) + 1
        if cut == 1:
            cut = max(sentence.rfind(" ", 0, LONGEST), 0) or LONGEST
        shorts.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [*shorts, sentence]


def _cleaned(text: str) -> str:
    """One line, without what has no sound: control and direction signs, quotes, halves of surrogate pairs."""
    text = re.sub(r"(?<=\bm)²", "ètres carrés", text)
    text = unicodedata.normalize("NFKC", text.replace("…", ".").replace("°", "\uffff"))
    text = text.replace("\uffff", "°")
    kept = (" " if sign.isspace() or sign in '«»“”„"<>|•·→←' else sign for sign in text)
    return " ".join(
        "".join(sign for sign in kept if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}).split()
    )


def _address(found: re.Match[str]) -> str:
    """ "service-public.gouv.fr" as it is dictated. A deep path is left out: nobody can remember it."""
    path = (found["path"] or "").rstrip("/")
    tail = path[len(path.rstrip(".,")) :] if path else ""
    path = path.rstrip(".,")
    if path.count("/") > 1 or re.search(r"[?=&%#]", path):
        path = ""
    parts = re.split(r"([./@_+-])", (found["user"] or "") + re.sub(r"(?i)^www\.", "", found["host"]) + path)
    words = (_SIGNS_OF_ADDRESSES.get(part) or _label(part) for part in parts if part)
    return " ".join(words) + tail


def _label(label: str) -> str:
    if label.lower() in _DOMAINS_SPELLED:
        return " ".join(label.lower())
    known = ACRONYMS.get(label.upper())
    return known.said if known else label.lower()


def _capitals(word: str) -> str:
    if word in ACRONYMS:
        return ACRONYMS[word].said
    if not word.isalpha():
        return word
    if len(word) <= 3 or not _VOWELS & set(word):
        return " ".join(word)
    return word.lower()  # a word that is shouted


def _is_spoken(sign: str, language: str) -> bool:
    kind = unicodedata.category(sign)[0]
    return sign == " " or kind in "LM" or sign in _SPOKEN_MARKS or (kind == "N" and language != "fr")


def _spaced(text: str) -> str:
    """Single spaces, also after each mark; no doubled marks, no mark alone at the start."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:]\s*(?=[.?!])", "", text)
    text = re.sub(r"([.?!])(?:\s*[.,;:?!])+", r"\1", text)
    text = re.sub(r" +([.,])", r"\1", text)
    text = re.sub(r"([.,;:?!])(?=[^\W\d_])", r"\1 ", text)
    return text.lstrip(" .,;:?!-").rstrip(" ,;:")
