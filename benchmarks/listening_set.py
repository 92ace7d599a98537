# SPDX-License-Identifier: EUPL-1.2
"""What is said to the ear, by whom, and what it means. Parts to settle thresholds on, and parts kept apart.

The parts share no voice, and no phrase but the labels of the always-present commands (:data:`LABELS`), which cannot be
said otherwise: a table tells them apart. Nothing is settled on the parts kept apart (``listening_held_out``,
``listening_everyday``); ``listening_sealed`` was one until ADR 0176.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from benchmarks import listening_everyday as everyday
from benchmarks import listening_held_out as held_out
from benchmarks import listening_sealed as sealed


class Part(StrEnum):
    """Which part a recording belongs to."""

    TUNING = "tuning"
    FORMER = "former"
    """Kept apart until November 2026, and looked at too often since: it may be tuned on."""
    HELD_OUT = "held-out"
    SEALED = "sealed"
    """Heard three times for ADR 0176: it may be looked at."""
    EVERYDAY = "everyday"
    """What most people would say; heard once before and once after ADR 0178."""


class Kind(StrEnum):
    """What is expected of the ear."""

    LABEL = "label"
    """The label of a command; the commands may be said."""
    WAY = "way"
    """Another way of saying a command; the commands may be said."""
    ANSWER = "answer"
    """An answer of the screen "Pourquoi refaire la carte ?"; its answers and the commands may be said."""
    CHOICE = "choice"
    """One of a few words of a short list; nothing else may be said (``kiosk voice hear --choices``)."""
    REQUEST = "request"
    """What the person came for; a request is expected, the commands may be said."""
    OTHER = "other"
    """Something else; the commands may be said, and nothing may be taken for one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, said by one voice. ``means`` is a phrase's id, a procedure's id, or "" for nothing."""

    part: Part
    kind: Kind
    voice: str
    text: str
    means: str


VOICES: Mapping[Part, tuple[str, ...]] = {
    Part.TUNING: ("kokoro:im_nicola", "kokoro:ef_dora", "kokoro:bf_emma", "mbrola:fr1", "mbrola:fr2", "mbrola:fr3"),
    Part.FORMER: ("kokoro:ff_siwis", "kokoro:if_sara", "kokoro:pm_alex", "pico:fr-FR", "mbrola:fr4"),
    Part.HELD_OUT: held_out.VOICES,
    Part.SEALED: sealed.VOICES,
    Part.EVERYDAY: everyday.VOICES,
}
"""Kokoro's ff_siwis, Pico and mbrola are French; Kokoro's others read French with a strong accent, as some people do.

``one~ff_siwis``: the sound of the first, the rhythm and melody of the second. ``@``: quicker or slower, and how high.
"""


def with_an_accent(voice: str) -> bool:
    """Whether it is a voice of another language that reads French."""
    return voice.startswith("kokoro:") and "ff_siwis" not in voice


LABELS: Mapping[str, str] = {
    "yes": "Oui",
    "no": "Non",
    "unknown": "Je ne sais pas",
    "repeat": "Répéter",
    "back": "Retour",
    "help": "Aide",
    "louder": "Plus fort",
    "softer": "Moins fort",
    "slower": "Plus lentement",
    "faster": "Plus vite",
    "bigger": "Plus grand",
    "smaller": "Plus petit",
    "stop": "Stop",
    "next": "Suivant",
    "erase": "Tout effacer",
    "print": "Imprimer",
    "difficulty": "C’est difficile",
}

WAYS: Mapping[Part, Mapping[str, tuple[str, ...]]] = {
    Part.TUNING: {
        "yes": ("ouais", "d’accord", "oui, s’il vous plaît", "oui monsieur", "c’est correct", "oui oui", "bien sûr"),
        "no": ("nan", "non merci", "non non", "pas encore", "non je n’en veux pas"),
        "unknown": (
            "j’en sais rien",
            "euh, je sais pas trop",
            "aucune idée",
            "je ne suis pas certain",
            "ça, je l’ignore",
            "peut-être",
        ),
        "repeat": (
            "répétez",
            "j’ai pas entendu",
            "vous avez dit quoi ?",
            "redites la question",
            "encore",
            "pouvez-vous répéter la question",
            "je n’ai pas suivi, répétez",
        ),
        "back": (
            "revenir en arrière",
            "c’est pas ça",
            "annuler",
            "en arrière",
            "précédent",
            "je veux revenir à la page d’avant",
            "retourner",
        ),
        "help": (
            "aidez-moi",
            "je veux quelqu’un",
            "au secours",
            "je voudrais parler à un conseiller",
            "à l’aide",
            "il me faut un coup de main",
        ),
        "louder": (
            "parlez plus fort",
            "j’entends rien",
            "augmentez le volume",
            "monte le son",
            "mettez le son plus fort",
        ),
        "softer": ("baissez le son", "c’est trop fort", "moins de volume", "baisse un peu", "mettez le son moins fort"),
        "slower": (
            "ça va trop vite",
            "parlez lentement",
            "ralentissez",
            "moins vite",
            "pas si vite",
            "parlez plus doucement",
        ),
        "faster": ("accélérez", "vous pouvez aller plus vite ?", "accélérer", "plus rapide", "allez plus vite"),
        "bigger": ("c’est trop petit", "plus gros", "agrandir", "je ne vois pas bien", "des lettres plus grandes"),
        "smaller": ("c’est trop grand", "écrivez moins gros", "diminuez la taille", "moins grand", "rétrécir"),
        "stop": (
            "arrêtez",
            "taisez-vous",
            "arrête",
            "pause",
            "taisez-vous un moment",
            "arrêtez de parler s’il vous plaît",
        ),
        "next": ("la suite", "continuer", "suivante", "continuez", "on passe à la suite", "étape suivante"),
        "erase": (
            "effacez tout",
            "supprimez tout",
            "tout supprimer",
            "effacez mes réponses",
            "je veux tout recommencer",
        ),
        "print": ("imprimez", "je veux le papier", "impression", "imprimez le document", "je veux une copie papier"),
        "difficulty": (
            "je comprends rien",
            "c’est dur",
            "je suis perdu",
            "trop difficile",
            "je n’y arrive pas",
            "je ne comprends rien du tout",
        ),
    },
    Part.FORMER: {
        "yes": ("oui, c’est bien ça", "ben oui", "ok, d’accord"),
        "no": ("non, pas du tout", "ah non"),
        "unknown": ("franchement, j’en ai aucune idée", "je ne sais plus"),
        "repeat": ("vous pouvez répéter s’il vous plaît ?", "j’ai pas bien entendu", "encore une fois"),
        "back": ("revenez en arrière", "je me suis trompée"),
        "help": ("est-ce que quelqu’un peut m’aider ?", "j’ai besoin d’aide"),
        "louder": ("montez le son s’il vous plaît", "je vous entends mal"),
        "softer": ("vous parlez trop fort", "moins de bruit"),
        "slower": ("parlez moins vite", "plus doucement s’il vous plaît, c’est trop rapide"),
        "faster": ("c’est trop lent", "un peu plus rapide"),
        "bigger": ("je n’arrive pas à lire, c’est trop petit", "agrandissez"),
        "smaller": ("c’est écrit trop gros", "réduisez"),
        "stop": ("arrêtez de parler", "silence"),
        "next": ("on continue", "passez à la suite"),
        "erase": ("effacez tout s’il vous plaît", "je veux tout supprimer"),
        "print": ("je voudrais imprimer la feuille", "donnez-moi le papier"),
        "difficulty": ("je ne comprends pas", "c’est trop compliqué pour moi"),
    },
    Part.HELD_OUT: held_out.WAYS,
    Part.SEALED: sealed.WAYS,
    Part.EVERYDAY: everyday.WAYS,
}

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "perdue": ("Perdue", "je l’ai perdue", "je la trouve plus", "je sais plus où elle est", "elle est égarée"),
    "volee": ("Volée", "on me l’a volée", "on m’a pris mon sac", "on m’a piqué mon portefeuille", "c’est un vol"),
    "abimee": ("Abîmée", "elle est cassée", "elle est déchirée", "on lit plus rien dessus", "elle est fichue"),
    "date": ("Date passée", "elle est périmée", "elle est trop vieille", "elle est plus valable", "elle finit bientôt"),
    "changement": ("Nom ou adresse", "j’ai changé de nom", "je me suis mariée", "j’ai déménagé", "j’ai divorcé"),
    "have": ("Je l’ai", "oui je l’ai"),
    "missing": ("Je ne l’ai pas", "je l’ai pas", "il me manque"),
}
"""The answers that the screen lists, the label first (content/procedures/carte-identite/fr.toml, and a checklist)."""

SAID_ANSWERS: Mapping[Part, Mapping[str, tuple[str, ...]]] = {
    Part.TUNING: {
        "perdue": ("perdue", "je l’ai perdue"),
        "volee": ("on me l’a volée", "la volée"),
        "abimee": ("elle est déchirée", "elle est abîmée"),
        "date": ("elle est périmée", "date passée"),
        "changement": ("j’ai changé de nom", "la cinq"),
        "have": ("je l’ai",),
        "missing": ("je ne l’ai pas",),
    },
    Part.FORMER: {
        "perdue": ("je la trouve plus", "le premier"),
        "volee": ("volée", "on m’a piqué mon portefeuille"),
        "abimee": ("abîmée", "la réponse trois"),
        "date": ("elle est trop vieille", "la date est passée"),
        "changement": ("nom ou adresse", "j’ai déménagé"),
        "have": ("oui, je l’ai",),
        "missing": ("je l’ai pas", "non, je ne l’ai pas"),
    },
    Part.HELD_OUT: held_out.SAID_ANSWERS,
    Part.SEALED: sealed.SAID_ANSWERS,
    Part.EVERYDAY: everyday.SAID_ANSWERS,
}

CHOICES: Mapping[Part, tuple[str, ...]] = {
    Part.TUNING: ("Un adulte", "Un enfant", "Mes deux parents"),
    Part.FORMER: ("Passeport", "Carte grise", "Permis de conduire", "Carte d’identité"),
    Part.HELD_OUT: held_out.CHOICES,
    Part.SEALED: sealed.CHOICES,
    Part.EVERYDAY: everyday.CHOICES,
}
"""Short lists, told and matched without the commands; the meaning of each is its place."""

REQUESTS: Mapping[Part, Mapping[str, tuple[str, ...]]] = {
    Part.TUNING: {
        "carte-identite": (
            "j’ai perdu ma carte d’identité",
            "je dois refaire mes papiers",
            "ma carte d’identité est périmée",
        ),
        "carte-vitale": ("j’ai perdu ma carte Vitale", "je voudrais une nouvelle carte Vitale"),
        "changer-adresse": ("je déménage", "je viens de changer d’adresse", "il faut que je dise ma nouvelle adresse"),
        "declarer-revenus": ("je viens pour les impôts", "il faut que je déclare mes revenus"),
        "france-travail": ("j’ai perdu mon travail", "je cherche un emploi", "je veux m’inscrire au chômage"),
        "rsa": ("je voudrais demander le RSA", "j’ai plus d’argent pour vivre"),
        "": ("je viens chercher un colis", "où sont les toilettes ?", "il fait chaud ici", "mon fils m’attend dehors"),
    },
    Part.FORMER: {
        "carte-identite": (
            "bonjour, on m’a volé ma carte d’identité dans le bus",
            "je voudrais renouveler ma carte d’identité",
            "la carte d’identité de mon fils n’est plus valable",
            "ma carte d’identité est toute cassée",
            "je n’ai plus de papiers d’identité",
            "je me suis mariée, il faut changer mon nom sur la carte",
            "c’est pour refaire une carte d’identité",
            "je ne retrouve plus ma carte d’identité",
        ),
        "carte-vitale": (
            "ma carte Vitale ne marche plus à la pharmacie",
            "on m’a pris mon sac avec ma carte Vitale dedans",
            "comment on fait pour refaire la carte Vitale ?",
            "je n’ai pas reçu ma carte Vitale",
            "la carte de la sécu est perdue",
            "je voudrais commander une carte Vitale",
            "ma carte verte de la sécurité sociale est cassée",
        ),
        "changer-adresse": (
            "je vais habiter chez ma fille à Lyon",
            "je change d’appartement le mois prochain",
            "je voudrais signaler mon changement d’adresse",
            "j’ai déménagé la semaine dernière",
            "on a une nouvelle maison",
            "à qui je dois dire que j’ai déménagé ?",
            "il faut changer l’adresse sur ma carte grise",
        ),
        "declarer-revenus": (
            "c’est pour la déclaration d’impôts",
            "je suis en retard pour mes impôts",
            "j’ai reçu une lettre des impôts",
            "je ne sais pas remplir ma feuille d’impôts",
            "je crois que j’ai fait une erreur dans ma déclaration de revenus",
            "c’est la première fois que je déclare mes revenus",
            "je voudrais mon avis d’imposition",
        ),
        "france-travail": (
            "mon contrat s’est fini hier et je n’ai plus de travail",
            "j’ai été licencié le mois dernier",
            "je veux toucher le chômage",
            "je cherche du travail comme maçon",
            "il faut que je m’inscrive à France Travail",
            "c’est pour Pôle emploi",
            "je suis au chômage depuis lundi",
        ),
        "rsa": (
            "je n’ai plus rien pour vivre",
            "est-ce que j’ai droit au RSA ?",
            "on m’a coupé mon RSA",
            "je dois faire ma déclaration pour le RSA",
            "la CAF ne me donne plus rien",
            "je voudrais une aide, je n’ai pas de revenus",
            "comment on demande le RSA ?",
        ),
        "": (
            "je cherche le bureau de madame Martin",
            "à quelle heure ça ferme ?",
            "je viens pour l’école de mes enfants",
            "il me faut un acte de naissance",
            "vous avez un stylo ?",
            "ma voisine m’a dit de venir ici",
            "j’attends depuis une heure",
            "le bus est encore en panne",
            "je voudrais voter dans cette ville",
            "mon mari est à l’hôpital",
            "vous prenez la carte bleue ?",
            "il y a beaucoup de monde aujourd’hui",
            "je reviens demain avec ma sœur",
            "c’est bientôt Noël",
            "mon téléphone n’a plus de batterie",
            "on m’a dit de prendre un ticket",
            "tu as vu le match hier soir ?",
            "passe-moi le sac, il est lourd",
            "je n’ai pas encore mangé",
            "fermez la porte derrière vous",
        ),
    },
    Part.HELD_OUT: held_out.REQUESTS,
    Part.SEALED: sealed.REQUESTS,
    Part.EVERYDAY: everyday.REQUESTS,
}
"""By the procedure that answers it; "" when none does. Each is also said where only commands are expected."""


def spoken(part: Part) -> Iterator[Line]:
    """Every line of one part, each phrase by each voice; each request by one voice after the other."""
    voices = VOICES[part]
    for voice in voices:
        for means, label in LABELS.items():
            yield Line(part, Kind.LABEL, voice, label, means)
        for kind, said in ((Kind.WAY, WAYS[part]), (Kind.ANSWER, SAID_ANSWERS[part])):
            for means, texts in said.items():
                for text in texts:
                    yield Line(part, kind, voice, text, means)
        for place, text in enumerate(CHOICES[part]):
            yield Line(part, Kind.CHOICE, voice, text, str(place))
    requests = [(means, text) for means, texts in REQUESTS[part].items() for text in texts]
    for number, (means, text) in enumerate(requests):
        for shift in (0, 2):
            yield Line(part, Kind.REQUEST, voices[(number + shift) % len(voices)], text, means)
