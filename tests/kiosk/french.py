# SPDX-License-Identifier: EUPL-1.2
"""Finds French in what should be English."""

from __future__ import annotations

import re

_FRENCH = re.compile(
    r"(?<![\w’'])(?:au|aux|avec|avez|ce|ces|cette|chez|dans|de|des|du|elle|en|est|et|il|ils|je|la|le|les|leur|ma"
    r"|mais|mes|mon|ne|non|nous|ou|où|oui|par|pas|pour|que|quel|quelle|qui|quoi|sans|ses|si|sont|suite|sur|ta|tout|un"
    r"|une|vos|votre|vous|retour|aide|effacer|répéter|imprimer|jour|nuit|voix|touchez|appuyez|écrivez|merci|bonjour)"
    r"(?![\w’'])|\b[dljnmcsqDLJNMCSQ][’'](?=[aeiouyhéèêà])|[«»]|\w\s[?:;]",
    re.IGNORECASE,
)
NAMES = (
    "Pas à pas",
    "Français",
)
"""Names that are French in every language."""


def without_glosses(text: str) -> str:
    """``text`` without addresses, nor the French name of a thing beside its English one: in brackets, or in quotes."""
    return re.sub(r"“[^”]*”", "“”", re.sub(r"\s*\([^)]*\)|https?://\S+", "", text))


def french_in(text: str, names: tuple[str, ...] = NAMES) -> str:
    """``text`` where some of it is French; "" where none is. ``names`` are let through."""
    for name in names:
        text = text.replace(name, "")
    return text if _FRENCH.search(text) else ""
