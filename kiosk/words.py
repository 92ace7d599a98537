# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's own words, in French: short, with "vous", without blame. One word for one thing."""

from __future__ import annotations

from collections.abc import Mapping

from assist.session.commands import PrintStatus

HOUSE_AND_CREDIT = "Pas à pas · images OpenMoji (CC BY-SA 4.0)"
"""The head of the welcome: the credit that the licence of the pictograms asks for (docs/licences.md)."""
GREETING = (
    "Bonjour.",
    "Je vous aide pour vos démarches.",
    "Touchez « Commencer ».",
)
START = "Commencer"
LANGUAGES: Mapping[str, str] = {
    "fr": "Français",
    "en": "English",
    "es": "Español",
    "pt": "Português",
    "de": "Deutsch",
    "it": "Italiano",
}
"""Language code -> its own name."""
WHAT = "Que voulez-vous faire ?"
WHAT_SAY = ("Touchez une image.",)
SOMEONE = "Quelqu’un"
SOMEONE_ALSO = ("une personne", "je veux parler à quelqu’un", "un conseiller", "aidez-moi")

NEXT = "Suite"
UNKNOWN = "Je ne sais pas"
UNKNOWN_ALSO = ("j’en sais rien", "aucune idée", "je sais pas", "sais pas")
HAVE = "Je l’ai"
HAVE_ALSO = ("oui", "oui je l’ai", "c’est bon", "j’ai")
MISSING = "Je ne l’ai pas"
MISSING_ALSO = ("non", "je l’ai pas", "il me manque", "j’ai pas")
WHAT_IS_IT = "C’est quoi ?"
WHAT_IS_IT_ALSO = ("je ne comprends pas", "qu’est-ce que c’est", "expliquez")
DONE = "C’est fait"
DONE_ALSO = ("oui", "c’est bon", "fait", "ça y est")
STUCK = "Je n’y arrive pas"
STUCK_ALSO = ("non", "j’y arrive pas", "ça marche pas", "je suis bloqué")
DOCUMENT_SAY = "Avez-vous cette pièce ?"

PRINT = "Imprimer"
PRINT_AGAIN = "Imprimer encore"
LISTEN_AGAIN = "Écouter encore"
FINISH = "Finir"
ROAD_MAP = "Voici votre feuille de route."

RATE = "Cela vous a-t-il aidé ?"
RATE_SAY = ("Touchez un visage.", "Vous pouvez passer.")
HAPPY, NEUTRAL, UNHAPPY, SKIP = "Oui", "Un peu", "Non", "Passer"

GOODBYE = "Au revoir"
GOODBYE_DONE = ("Merci de votre visite.", "Vos réponses sont effacées.")
GOODBYE_WIPED = ("Tout est effacé.",)
GOODBYE_PAPER = "Prenez votre papier."

ERASE = "Tout effacer ?"
ERASE_SAY = ("Vos réponses seront effacées.", "Vous reviendrez au début.")
ERASE_YES = "Oui, tout effacer"
ERASE_NO = "Non, je continue"

IDLE = "Êtes-vous là ?"
IDLE_SAY = ("Touchez l’écran pour continuer.", "Sinon, j’efface tout pour vous protéger.")
IDLE_YES = "Oui, je suis là"
IDLE_MORE = "Encore du temps"

PAUSE = "Prenez votre temps"
PAUSE_SAY = ("Je vous attends.", "Touchez « Je continue » quand vous voulez.")
RESUME = "Je continue"

HELP = "Une personne peut vous aider"
HELP_SOMEONE = "Allez voir une personne à l’accueil."
HELP_KNOWN = "Demandez {person} à l’accueil."
HELP_STAYS = "Cet écran vous attend."
HELP_WAIT = "L’attente est d’environ {minutes} minutes."
HELP_PHONE = "Vous pouvez aussi appeler ce numéro."
HELP_CONTINUE = "Continuer en attendant"
HELP_CANCEL = "Annuler"

DIFFICULTY_NOTED = "C’est noté, merci."
HELP_COMING = "Vous avez demandé de l’aide."
NO_JOURNAL = "La borne ne peut pas tout noter. Vous pouvez continuer."

VOICE_SAMPLE = "Voici ma voix."

TOOL_BACK, TOOL_REPEAT, TOOL_HELP, TOOL_DIFFICULTY, TOOL_ERASE = (
    "Retour",
    "Répéter",
    "Aide",
    "C’est difficile",
    "Tout effacer",
)

PRINTING = "J’imprime votre papier."
PRINT_OUTCOMES: Mapping[PrintStatus, str] = {
    PrintStatus.DONE: "Votre papier est prêt.",
    PrintStatus.NO_PRINTER: "Il n’y a pas d’imprimante ici. Prenez une photo de l’écran.",
    PrintStatus.NO_PAPER: "Il n’y a plus de papier. Demandez à l’accueil.",
    PrintStatus.OFFLINE: "L’imprimante ne répond pas. Demandez à l’accueil.",
    PrintStatus.FAILED: "Je n’ai pas pu imprimer. Demandez à l’accueil.",
    PrintStatus.CANCELLED: "L’impression est arrêtée.",
}

ROW_DO, ROW_BRING, ROW_WHERE, ROW_COST, ROW_DEADLINE, ROW_CONTACT = (
    "À faire",
    "À apporter",
    "Où et quand",
    "Combien",
    "Avant le",
    "Qui appeler",
)
HAS_IT = "{name} : vous l’avez."
LACKS_IT = "{name} : à trouver."

THEMES: Mapping[str, tuple[str, str]] = {
    "papiers_elections_citoyennete": ("Papiers", "identity-card"),
    "famille_scolarite": ("Famille, école", "family"),
    "social_sante": ("Santé, aides", "health"),
    "travail_formation": ("Travail", "work"),
    "logement": ("Logement", "housing"),
    "transports_mobilite": ("Transports", "transport"),
    "argent_impots": ("Argent, impôts", "money"),
    "justice": ("Justice", "justice"),
    "etrangers_europe": ("Étrangers", "globe"),
    "loisirs_sports_culture": ("Loisirs", "culture"),
    "associations": ("Associations", "people"),
}
"""Theme code -> its short name and its pictogram."""
