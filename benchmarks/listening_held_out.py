# SPDX-License-Identifier: EUPL-1.2
"""What is said in the half kept apart since November 2026: no voice and no phrase of it was tuned on.

Written without a look at the lists of ways, by who changed the rules afterwards: heard once before, and once after.
"""

from __future__ import annotations

from collections.abc import Mapping

VOICES = (
    "kokoro:am_michael~ff_siwis",
    "kokoro:af_heart~ff_siwis@1.15",
    "pico:fr-FR@85,75",
    "kokoro:pf_dora",
    "kokoro:em_alex@1.1",
)

WAYS: Mapping[str, tuple[str, ...]] = {
    "yes": ("oui, tout à fait", "c’est exactement ça", "oui, allez"),
    "no": ("non, je veux pas", "ah non, surtout pas", "non, c’est faux"),
    "unknown": ("là, je sais pas", "je peux pas vous dire", "alors là, aucune idée"),
    "repeat": ("redites-moi ça", "vous pouvez redire s’il vous plaît ?", "comment ? j’ai rien entendu"),
    "back": ("on revient en arrière", "j’ai fait une erreur", "revenir à la question d’avant"),
    "help": ("vous pouvez m’aider ?", "je voudrais parler à une personne", "appelez quelqu’un"),
    "louder": ("un peu plus fort s’il vous plaît", "je n’entends presque rien"),
    "softer": ("c’est beaucoup trop fort", "parlez moins fort"),
    "slower": ("doucement", "vous allez trop vite pour moi"),
    "faster": ("allez, plus vite", "c’est long, accélérez un peu"),
    "bigger": ("écrivez plus grand", "j’ai pas mes lunettes"),
    "smaller": ("les lettres sont trop grosses", "un peu plus petit"),
    "stop": ("chut", "ça suffit, arrêtez"),
    "next": ("d’accord, la suite", "allez à la page suivante", "on avance"),
    "erase": ("effacez ce que j’ai dit", "j’aimerais tout effacer"),
    "print": ("vous pouvez me l’imprimer ?", "sortez-moi la feuille"),
    "difficulty": ("j’y comprends rien", "c’est pas clair"),
}

SAID_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "perdue": ("je l’ai égarée", "elle est perdue"),
    "volee": ("on m’a pris mon sac", "elle a été volée"),
    "abimee": ("elle est cassée", "la trois"),
    "date": ("elle n’est plus valable", "elle est périmée depuis un an"),
    "changement": ("je me suis mariée", "le nom ou l’adresse"),
    "have": ("oui je l’ai là",),
    "missing": ("non, il me manque",),
}

CHOICES = ("Aujourd’hui", "Demain", "La semaine prochaine", "Je ne viens pas")

REQUESTS: Mapping[str, tuple[str, ...]] = {
    "carte-identite": ("ma carte d’identité n’est plus bonne", "il me faut une CNI pour ma fille"),
    "passeport": ("je pars au Maroc et je n’ai pas de passeport",),
    "carte-vitale": ("ma carte Vitale est cassée",),
    "rsa": ("mon RSA n’est pas arrivé ce mois-ci", "j’ai zéro revenu, il me faut une aide"),
    "prime-activite": ("je travaille mais je gagne pas beaucoup, j’ai droit à la prime ?",),
    "aide-logement": ("je voudrais demander les APL", "une aide pour payer mon loyer"),
    "france-travail": ("mon patron m’a mis dehors", "je dois m’actualiser"),
    "complementaire-sante": ("je n’ai plus de mutuelle", "comment on demande la CSS ?"),
    "permis-conduire": ("j’ai perdu mon permis",),
    "carte-grise": ("je vends ma voiture",),
    "acte-naissance": ("je veux un extrait de naissance",),
    "logement-social": ("je cherche un HLM",),
    "handicap": ("c’est pour un dossier MDPH", "je voudrais demander l’AAH"),
    "retraite": ("je pars à la retraite l’année prochaine",),
    "titre-sejour": ("mon titre de séjour se termine bientôt",),
    "declarer-revenus": ("je n’ai pas fait ma déclaration d’impôts",),
    "personne-agee": ("une aide à domicile pour ma mère, l’APA",),
    "deces-proche": ("mon mari est mort",),
    "": (
        "vous fermez à midi ?",
        "j’ai rendez-vous avec l’assistante sociale",
        "il pleut encore aujourd’hui",
        "où est-ce que je peux me garer ?",
        "mon petit-fils joue au foot samedi",
        "tu viens manger à la maison ?",
        "il n’y a pas de chaises ici",
        "j’ai oublié mon parapluie",
    ),
}
