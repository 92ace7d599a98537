# SPDX-License-Identifier: EUPL-1.2
"""What a person says she does not want, beside what she wants, is not what she asks for."""

from __future__ import annotations

import re

from content.search.folding import folded, telling

_OF = r"(?:pour|une?|des?|du|d['’]|la|les?|l['’]|ma|mon|mes|sur|(?:re)?faire|renouveler|demander)"
_IS = r"(?:c['’]?\s?est|ce\s+n['’]\s?est)"
_WANT = r"(?:veux|veut|voudrais|cherche|demande|viens|parle)"
_NOT = rf"(?:\b{_WANT}\s+(?:surtout\s+)?pas|\b{_IS}\s+pas|\bpas\s+besoin|^\s*(?:non\s+)?pas)\s+{_OF}"
_BUT = r"(?:\s*[,;.!]\s*(?:non\s+)?(?:mais\s+)?|\s+mais\s+)"
_I_WANT = r"je\s+(?:veux|voudrais|cherche|demande|viens)|il\s+(?:me\s+)?faut"
_WANTED = rf"(?=(?:moi\s+|plutôt\s+|bien\s+)*(?:{_I_WANT}|c['’]?\s?est|pour|une?|l[ea]|mon|ma)\b)"
_ASIDE = re.compile(rf"^[^,;.!]*?{_NOT}[^,;.!]*?{_BUT}{_WANTED}", re.IGNORECASE)
"""« je ne veux pas de A, je veux B », « c'est pas pour A, c'est pour B », « pas A mais B »: what comes before B."""
_AFTER = re.compile(
    r"(?<=\w)(?:\s*,\s*|\s+et\s+)pas\s+(?:pour\s+)?(?:une?|l[ea]s?|l['’]|ma|mon|mes)(?:\s+|\b)[^,;.!]*", re.IGNORECASE
)
_SAYS_WHAT = re.compile(rf"\b(?:{_WANT}\s+(?!pas\b)|{_IS}\s+pour\b|il\s+(?:me\s+)?faut\s+)", re.IGNORECASE)
_LONGEST = 200
"""Signs: nothing is looked for in a long story."""


def wanted(text: str) -> str:
    """``text`` without what it sets aside; as it is when it contrasts nothing."""
    if len(text) > _LONGEST or "pas" not in text.casefold():
        return text
    left = text
    if found := _ASIDE.match(text):
        left = text[found.end() :]
    elif (found := _AFTER.search(text)) and _SAYS_WHAT.search(text, 0, found.start()):
        left = text[: found.start()] + text[found.end() :]
    return left if telling(folded(left)) else text
