# SPDX-License-Identifier: EUPL-1.2
"""Pictograms for official words. A step has pictures only when each of its answers has one of its own: a picture that
could stand for two answers would mislead who does not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BY_WORD = (
    (r"perdu|perte\b", "lost-card"),
    (r"volé|\bvol\b", "stolen-card"),
    (r"périmé|expir", "expired-card"),
    (r"abîmé|détérior", "broken"),
    (r"passeport", "passport"),
    (r"carte d'identité|\bcni\b", "identity-card"),
    (r"permis de conduire", "driving-licence"),
    (r"titre de séjour|carte de séjour", "residence-permit"),
    (r"carte grise|immatricul", "car-registration"),
    (r"\bprix\b|\bcoût|\btarif", "euro"),
    (r"acte de naissance", "birth-certificate"),
    (r"\bmineur|\benfant", "child"),
    (r"\bmajeur|\badulte", "adult"),
    (r"étranger\b|hors de france|union européenne", "globe"),
    (r"en france|\bfrançais", "flag-france"),
    (r"décès|décéd|mort\b", "death"),
    (r"divorc|sépar", "separated"),
    (r"mari(?:é|age)", "wedding"),
    (r"voiture|véhicule", "car"),
    (r"déménag|adresse", "moving-box"),
    (r"domicile\b|logement|\bhlm\b", "housing"),
    (r"établissement|hôpital", "hospital"),
    (r"retrait(?:e|é)", "retired"),
    (r"emploi|chômage|travail|salarié", "work"),
    (r"élection|élector|\bvot", "vote"),
    (r"handicap", "disability"),
    (r"avion", "plane"),
    (r"^oui\b", "yes"),
    (r"^non\b", "no"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _BY_WORD)

BY_THEME = {
    "N19803": ("argent_impots", "money"),
    "N19804": ("etrangers_europe", "globe"),
    "N19805": ("famille_scolarite", "family"),
    "N19806": ("travail_formation", "work"),
    "N19807": ("justice", "justice"),
    "N19808": ("logement", "housing"),
    "N19809": ("loisirs_sports_culture", "culture"),
    "N19810": ("papiers_elections_citoyennete", "identity-card"),
    "N19811": ("social_sante", "health"),
    "N19812": ("transports_mobilite", "transport"),
}
"""Theme of the feed -> one of :data:`content.model.THEMES`, and its pictogram."""
_THEME_BY_WORD = (
    (r"enfant|naissance|décès|proche|sépar|divorc|mari(?:e|age)|pacs", "N19805"),
    (r"handicap|santé|autonomie|maladie", "N19811"),
    (r"emploi|retraite|travail|chômage", "N19806"),
    (r"logement|déménag|parents|loyer", "N19808"),
    (r"impôt|argent|dette|banque", "N19803"),
    (r"étranger", "N19804"),
    (r"véhicule|permis|voyag", "N19812"),
)
PAPERS = "N19810"
"""The theme of what speaks of no other."""


def theme_of(title: str) -> str:
    """The theme that a title speaks of, for a publication that names none; "" when it speaks of none."""
    found = (theme for pattern, theme in _THEME_BY_WORD if re.search(pattern, title, re.IGNORECASE))
    return next(found, "")


_DENIED = re.compile(r"\bn'|\bne\b|\bpas\b|\bsans\b|\baucun|\bautre", re.IGNORECASE)


def picture(text: str, otherwise: str = "") -> str:
    """The pictogram of the first thing that ``text`` names, else ``otherwise``; none shows that a thing is not."""
    if _DENIED.search(text):
        return otherwise
    return next((name for pattern, name in _COMPILED if pattern.search(text)), otherwise)


def pictures(texts: Sequence[str]) -> tuple[str, ...]:
    """One pictogram an answer, or none at all."""
    found = tuple(picture(text) for text in texts)
    return found if all(found) and len(set(found)) == len(found) else ("",) * len(texts)
