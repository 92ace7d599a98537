# SPDX-License-Identifier: EUPL-1.2
"""9/10 is the ninth of October in "le 9/10", and nine out of ten in "9/10 des personnes": what stands around it tells.

Pure, for French. Where nothing tells, a part of a whole that a date may be (9/10, 3/5) is a part, and what is more than
its whole (25/12) is a day.
"""

from __future__ import annotations

import re

_LOOKED_AT = 80
"""Signs on each side, at most."""
_WEEK = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_PAIR = r"\d{1,2}/\d{1,2}"
_BETWEEN = r"(?:, ?| et | ou | à | ?- ?)"
_LISTED_BEFORE = rf"(?:{_PAIR}{_BETWEEN})*$"
_LISTED_AFTER = re.compile(rf"(?:{_BETWEEN}{_PAIR})+")
_ITSELF = re.compile(rf"(?i)\b(?:le|du|au|{_WEEK}) {_LISTED_BEFORE}")
"""Only a day is called so."""
_ITSELF_OF_SEVERAL = re.compile(rf"(?i)\b(?:les|des|aux) {_LISTED_BEFORE}")
_TIME = re.compile(
    r"(?i)\b(?:dès|avant|après|depuis|jusqu'à|entre|dates?|limite|échéance|jours?|ouverte?s?|fermée?s?|ouverture|"
    rf"fermeture|permanences?|réunions?|rendez-vous|vacances|fériés?|née?s?)(?: :)? {_LISTED_BEFORE}"
)
_MARK = re.compile(
    r"(?i)\b(?:notes?|scores?|moyennes?|tension|vue|acuité|réponses?|résultats?|niveau)(?: :| de| à| est)? $"
)
_OF_A_WHOLE = re.compile(rf"(?i) (?:des|du|de la|de|d') ?(?!{_WEEK})(?=[^\W\d_])")


def is_day(found: re.Match[str]) -> bool:
    """Whether the two numbers of ``found``, "9/10", are a day and its month, where they might be.

    Args:
        found: the match in its text; groups 1 and 2 are the numbers.
    """
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - _LOOKED_AT) : start], text[end : end + _LOOKED_AT]
    listed = _LISTED_AFTER.match(after)
    of_a_whole = _OF_A_WHOLE.match(after)
    if _ITSELF.search(before):
        return True
    if of_a_whole or _MARK.search(before):
        return False
    several = re.search(_LISTED_BEFORE, before)
    pairs = re.findall(_PAIR, f"{several[0] if several else ''}{found[0]}{listed[0] if listed else ''}")
    if len(pairs) > 1 and _ITSELF_OF_SEVERAL.search(before):
        return True
    return _TIME.search(before) is not None or any(map(_only_a_day, pairs))


def _only_a_day(pair: str) -> bool:
    """01/04 is written as days are; 25/12 is more than the whole."""
    first, second = pair.split("/")
    return pair.startswith("0") or second.startswith("0") or int(first) > int(second)
