# SPDX-License-Identifier: EUPL-1.2
"""Written sentences made into words for the ear: no digit, no symbol, no capital word is left. Pure.

What comes out goes in again unchanged, so that it does no harm to be called twice. Each language has its own rules
(:mod:`pronounce_french`, :mod:`pronounce_english`); what is said always knows what it was written as (:class:`Run`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from accessibility.speaking import pronounce_english, pronounce_french
from accessibility.speaking.pronounce_language import Language
from accessibility.speaking.pronounce_traced import Rules, Run, Traced

LONGEST = 400
"""Signs in one breath; a longer sentence is cut between two words."""
MOST_SIGNS = 1_000
"""Of what is read in one go: more than a minute. Beyond, nobody wrote it to be heard, and it is not said."""
LANGUAGES: Mapping[str, Language] = {"fr": pronounce_french.LANGUAGE, "en": pronounce_english.LANGUAGE}

_KEPT = frozenset("°º²³½⅓⅔¼¾…")
"""What has a meaning that its plain form has lost."""
_MARKS = frozenset(".,;:?!'-")
_NOTHING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NO_LETTER = frozenset({"Me", "Nl", "No"})
_SPACES = re.compile(r" {2,}")
_EXOTIC = re.compile(r"[^\x00-\u02ff\u2018\u2019€][\u0300-\u036f]*|[^\W\d_][\u0300-\u036f]+|[\x80-\xbf]")
_SPACING = Rules()
for _pattern, _spaced in (
    (r"\s{2,}", " "),
    (r"(?:(?<=\s)|^)['-]+(?=[\s.,;:?!]|$)", " "),
    (r"\s{2,}", " "),
    (r"([,;:])(?:\s*[,;:])+", r"\1"),
    (r"[,;:]\s*([.?!])", r"\1"),
    (r"([.?!])(?:\s*[.,;:?!])+", r"\1"),
    (r" +([.,])", r"\1"),
    (r"([.,;:?!])(?=[^\W\d_])", r"\1 "),
):
    _SPACING.say(_pattern, _spaced)


def runs_for_the_ear(text: str, language: str = "fr") -> tuple[Run, ...]:
    """The same sentence as words to be heard, each with the signs of ``text`` that it is said for.

    Runs are in the order of the text and do not overlap. Never raises; empty when nothing in it can be said.
    """
    if len(text) > MOST_SIGNS:
        text = text[: text.rfind(" ", 0, MOST_SIGNS) if " " in text[:MOST_SIGNS] else MOST_SIGNS]
    traced = Traced(text)
    _clean(traced)
    spoken = LANGUAGES.get(language)
    if spoken:
        spoken.read(traced)
        traced.spell(lambda sign: _said(sign, spoken))
    else:
        traced.spell(lambda sign: sign if sign.isdecimal() else _said(sign, None))
    _SPACING.apply(traced)
    traced.strip(" .,;:?!'-", " ,;:'-")
    return traced.runs()


def for_the_ear(text: str, language: str = "fr") -> str:
    """The same sentence as words to be heard. Never raises; "." when nothing in it can be said.

    Languages without rules only lose what no engine should read (control signs, quotes, pictures).
    """
    return " ".join(run.said for run in runs_for_the_ear(text, language)) or "."


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


def _clean(traced: Traced) -> None:
    """One line, in plain letters, without what has no sound: control and direction signs, halves of surrogate pairs."""
    traced.spell(_visible)
    traced.sub(_EXOTIC, lambda found: _plain(found[0]))
    traced.sub(_SPACES, lambda found: " ")
    traced.strip(" ", " ")


def _visible(sign: str) -> str:
    if sign in "\n\t\r" or sign.isspace():
        return " "
    if sign.isascii():
        return sign if sign.isprintable() else ""
    if "\ufe00" <= sign <= "\ufe0f" or unicodedata.category(sign) in _NOTHING:
        return ""
    return "'" if sign in "’‘ʼ" else sign


def _plain(signs: str) -> str:
    """As compatibility forms say (NFKC); what would become a phrase is left as it is."""
    if signs in _KEPT:
        return signs
    plain = unicodedata.normalize("NFKC", signs)
    return plain if len(plain) <= 4 else signs


def _said(sign: str, spoken: Language | None) -> str:
    """What is heard for one sign, once all rules were applied."""
    if sign == " " or sign in _MARKS:
        return sign
    if spoken and sign in spoken.symbols:
        return spoken.symbols[sign]
    kind = unicodedata.category(sign)
    if kind[0] in "LM" and kind not in _NO_LETTER:
        return sign
    return " "
