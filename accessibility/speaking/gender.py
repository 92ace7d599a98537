# SPDX-License-Identifier: EUPL-1.2
"""Whether what a French number counts is feminine: "une fille", "vingt et une personnes". Pure.

No dictionary of French is installed. Most nouns tell their gender by their ending, as -tion and -ette do; those that
do not, and are counted in procedures and at counters, are listed. What nobody knows stays masculine.
"""

from __future__ import annotations

import re

_ENDINGS = re.compile(
    r"(?:[sgxt]ion|aison|ité|ette|ance|ence|[dst]ure|ude|ille|esse|trice|euse|ée|ie|ine|elle|enne|onne|ière)$"
)
_MASCULINE = frozenset(
    ("bastion", "capitaine", "cimetière", "colisée", "comité", "derrière", "domaine", "gorille", "génie", "incendie",
     "libelle", "lycée", "magazine", "messie", "mille", "moine", "musée", "parapluie", "patrimoine", "quadrille",
     "silence", "sosie", "squelette", "trophée", "vermicelle", "violoncelle")
)  # fmt: skip
"""In spite of their ending."""
_FEMININE = frozenset(
    ("affiche", "aide", "alerte", "amende", "ampoule", "annexe", "annonce", "arnaque", "attente", "bague", "banque",
     "base", "borne", "bourse", "boutique", "boîte", "carte", "case", "cause", "chaise", "chambre", "chose",
     "classe", "clé", "commande", "commune", "couleur", "course", "croix", "crèche", "cure", "dame", "date",
     "demande", "dent", "dose", "douche", "démarche", "empreinte", "entreprise", "enveloppe", "erreur", "faute",
     "femme", "fenêtre", "fiche", "flèche", "fois", "fête", "heure", "horloge", "image", "insulte", "jambe",
     "langue", "lettre", "ligne", "liste", "loupe", "main", "majuscule", "marque", "minuscule", "minute", "moto",
     "mère", "note", "nuit", "page", "paire", "panne", "part", "pause", "perte", "phase", "photo", "phrase",
     "pile", "pièce", "place", "plage", "plainte", "planche", "plaque", "pompe", "porte", "preuve", "prime",
     "prise", "prothèse", "période", "radio", "recharge", "recherche", "remise", "reprise", "retraite", "roue",
     "rubrique", "récidive", "réponse", "sage-femme", "salle", "seconde", "soeur", "somme", "source", "suite",
     "syllabe", "sœur", "table", "tache", "tasse", "taxe", "tentative", "tombe", "touche", "traite", "tranche",
     "tête", "union", "vente", "vidéo", "virgule", "visite", "voix", "vue", "zone", "école", "étape", "étoile")
)  # fmt: skip
"""Nouns that no ending tells. Those of several genders ("livre", "poste", "mode") are not here."""
_QUALIFYING = frozenset(("fausse", "grande", "longue", "petite", "seule"))
"""Adjectives before a noun, that no ending tells either."""
_COMPOUND = re.compile(r"(?:porte|pare|garde|cure|brise|compte|couvre|lave|sèche|presse)-")
"""Made of a verb: masculine, whatever its noun is."""
_STREETS = frozenset(
    ("allée", "chaussée", "cité", "galerie", "montée", "place", "résidence", "ruelle", "venelle", "voie")
)  # fmt: skip
_NAME_OF_A_STREET = re.compile(r" (?:(?:d'|de )?[A-ZÀ-Ý]|d(?:u|es|e la) |de l')")
"""1 place du Marché is a number in a street: nothing is counted."""

COUNTED = (
    r"(?:(?:autre|jeune|même|simple|double|triple|demi)s?[ -]|(?:pré|mini|sous|micro|auto|ex)-)*"
    r"(?P<counted>(?![A-ZÀ-Ý])[^\W\d_]+(?:-[^\W\d_]+)*)"
)
"""What stands after the number and its space, as a pattern: words that say nothing of a gender, then one that may."""


def counts_feminine(found: re.Match[str]) -> bool:
    """Whether the word that :data:`COUNTED` found is feminine."""
    word = found["counted"]
    if word is None or _COMPOUND.match(word):
        return False
    one = word if word in _FEMININE else word.removesuffix("s")
    if one in _STREETS and _NAME_OF_A_STREET.match(found.string, found.end("counted")):
        return False
    return one in _FEMININE or one in _QUALIFYING or (one not in _MASCULINE and _ENDINGS.search(one) is not None)
