# SPDX-License-Identifier: EUPL-1.2
"""The few words of our own around official text: plain, in "vous", one name for one thing."""

from __future__ import annotations

from datetime import date

from content.typed_answers import MONTHS

CHOOSE_ONE = "Choisissez une réponse."
WHAT_DO_YOU_WANT = "Que voulez-vous savoir\u00a0?"
YOUR_CASE = "Quel est votre cas\u00a0?"
YOU_SAID = "Vous avez choisi\u00a0: {answer}"
ANSWER = "Réponse {number}"
"""For an answer of which the feed gives no words."""
OTHER = "Autre réponse"
NONE_OF_THESE = "Aucun de ces cas"
READ = "Lire cette partie"
SKIP = "Partie suivante"
FINISH = "Ma feuille de route"
READ_ALSO = ("lire", "oui", "écouter cette partie")
SKIP_ALSO = ("passer", "la suite", "non")
FINISH_ALSO = ("feuille de route", "mon résumé", "terminer")
GATE = "Voulez-vous lire cette partie\u00a0?"
ROAD_MAP = "Votre feuille de route"
ROAD_MAP_SAY = ("Voici ce que dit la fiche officielle.", "Les adresses internet sont sur le papier.")
UNKNOWN_TITLE = "Demandez à une personne"
UNKNOWN_SAY = (
    "Ce n'est pas grave.",
    "Une personne de l'accueil peut trouver votre cas avec vous.",
    "L'adresse de la fiche officielle sera sur votre papier.",
)
SHEET_OPENS = "La fiche officielle {number} répond à votre cas."
SHEET_DATED = "Elle date du {day}."
SHEET_UNDATED = "Sa date n'est pas connue."
NOT_HERE = "Cette fiche n'est pas dans la borne."
NOT_HERE_SAY = ("Son adresse sera sur votre papier.", "Une personne de l'accueil peut la chercher avec vous.")
WHICH_SHEET = "Quelle fiche voulez-vous\u00a0?"
ONLINE = "En ligne"
FORM = "Formulaire"
CERFA = "Formulaire Cerfa n°\u00a0{number}"
SIMULATOR = "Simulateur en ligne"
LETTER = "Modèle de lettre"
ON_SITE = "Sur place"
BY_PHONE = "Pour vous renseigner"
SHEET_LINE = "Fiche officielle {number}"
LIST_DEPENDS = "La liste «\u00a0{title}\u00a0» dépend de votre cas. Demandez-la à l'accueil."


def full_date(day: date) -> str:
    """ "1er janvier 2026"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"
