# SPDX-License-Identifier: EUPL-1.2
"""The words that the paper itself says, around those of the procedure. One word for one thing, as on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from printouts.typography import NBSP


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed sentences of a receipt in one language."""

    do: str = "À faire"
    bring: str = "À apporter"
    where: str = "Où aller"
    when: str = "Quand"
    cost: str = "Combien"
    deadline: str = "Avant le"
    contact: str = "À qui demander"
    have: str = "Vous l'avez déjà"
    missing: str = "Il vous manque"
    ticked: str = "Case cochée"
    empty: str = "Case vide"
    phone: str = "Téléphone"
    web: str = "Sur internet"
    duplicate: str = "DUPLICATA"
    duplicate_note: str = "Ce papier a déjà été imprimé."
    reminder: str = "Avec un téléphone, visez le carré. Le rappel entre dans votre agenda."
    reminder_picture: str = "Code à scanner. Il ajoute un rappel dans votre agenda pour cette date"
    keep: str = "Gardez ce papier."
    code: str = "Le numéro de ce papier"
    printed: str = "Imprimé le"
    source: str = "Ces informations viennent de"
    checked: str = "Nous les avons vérifiées le"
    # What CC BY-SA 4.0 (section 3.a) asks for: author, licence, and that drawings were changed.
    credit: str = (
        f"Pictogrammes{NBSP}: OpenMoji (openmoji.org), licence CC{NBSP}BY-SA{NBSP}4.0. Certains dessins sont modifiés."
    )
    page: str = "Page"
    page_of: str = "sur"


FRENCH = Words()
_WORDS = {"fr": FRENCH}


def words(language: str) -> Words:
    """The words of ``language`` ("fr", "fr-FR"), French when it has none yet."""
    return _WORDS.get(language.split("-")[0].lower(), FRENCH)
