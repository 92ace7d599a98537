# SPDX-License-Identifier: EUPL-1.2
"""The public quality programme, Services Publics+, and what a kiosk can measure of it. Pure; the texts are French.

The commitments and indicators are told in our own words; what they rest on is in :data:`SOURCES` and in
docs/sources.md. What the kiosk cannot measure is said so, with the reason: an empty place would be read as a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CHECKED_ON = date(2026, 11, 29)
"""When the sources were last compared."""


class Measured(StrEnum):
    """How much of it the kiosk measures."""

    HERE = "here"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment of the programme, or one of its indicators."""

    name: str
    measured: Measured
    how: str
    """What is measured here; "" when nothing is."""
    why: str
    """What is not, and why; "" when everything is."""
    indicators: tuple[str, ...] = ()
    """Ids of :data:`assist.review.indicators.INDICATORS` that measure it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the list rests on."""

    title: str
    url: str


PROGRAMME = (
    "Services Publics+ est le programme de qualité commun aux services publics, depuis 2021. Il a huit engagements "
    "depuis 2023 (neuf au début). Son label remplace le label Marianne. Il s'impose aux services de l'État, à la "
    "sécurité sociale et aux hôpitaux publics ; les communes et les autres collectivités peuvent le suivre si elles le "
    "veulent."
)

COMMITMENTS: tuple[Promise, ...] = (
    Promise(
        "Un accueil bienveillant, et le droit à l'erreur",
        Measured.PARTLY,
        "Les visages disent si la personne repart contente.",
        "La borne ne voit ni l'accueil ni la politesse. Le droit à l'erreur s'exerce auprès de l'administration.",
        ("happy",),
    ),
    Promise(
        "Un service facile à joindre",
        Measured.PARTLY,
        "Les appels faits à la borne : quelqu'un est-il venu, et après combien de temps.",
        "Le téléphone, les courriels et le guichet ne passent pas par la borne.",
        ("joined", "wait", "long_wait", "kiosks_available"),
    ),
    Promise(
        "Un accompagnement adapté à la situation",
        Measured.PARTLY,
        "Combien de personnes demandent de l'aide, et combien de comptes rendus sont écrits.",
        "Savoir si l'aide convenait demande de parler avec la personne.",
        ("called", "reports"),
    ),
    Promise(
        "Une demande traitée dans le délai annoncé",
        Measured.NOT,
        "",
        "La borne guide et prépare. La demande est traitée ailleurs, et rien n'en revient ici.",
    ),
    Promise(
        "Une information claire, simple et accessible",
        Measured.HERE,
        "Pour les textes de la borne : les difficultés signalées, les démarches menées au bout, les sessions laissées "
        "en route ; étape par étape dans la page de chaque démarche.",
        "",
        ("difficult", "finished", "abandoned"),
    ),
    Promise(
        "Des résultats de qualité que tout le monde peut voir",
        Measured.PARTLY,
        "La revue fait l'affiche et le fichier de données ouvertes.",
        "Elle ne sait pas s'ils sont affichés et publiés : c'est vous qui le faites.",
    ),
    Promise(
        "Des avis qui servent à améliorer le service",
        Measured.PARTLY,
        "Les visages et « C'est difficile » sont comptés par étape, et chaque nouveau texte est comparé à l'ancien.",
        "Les avis donnés ailleurs, et les réponses qui leur sont faites, ne passent pas par la borne.",
        ("happy", "difficult"),
    ),
    Promise(
        "Un service attentif à l'environnement",
        Measured.NOT,
        "",
        "La borne ne mesure pas ce qu'elle consomme, ni les déplacements évités.",
    ),
)

PUBLISHED: tuple[Promise, ...] = (
    Promise(
        "Part des appels téléphoniques auxquels un agent répond",
        Measured.NOT,
        "",
        "Le téléphone ne passe pas par la borne. « Appels où quelqu'un est venu » compte autre chose.",
    ),
    Promise(
        "Part des demandes traitées dans le délai annoncé, pour une démarche importante",
        Measured.NOT,
        "",
        "La demande est traitée par l'administration : la borne ne connaît pas la suite.",
    ),
    Promise(
        "Part des démarches en ligne que leurs utilisateurs notent au moins 8 sur 10",
        Measured.NOT,
        "",
        "Ces notes sont données sur les sites officiels.",
    ),
    Promise(
        "Part des usagers satisfaits de la qualité du service, d'après une question posée après un contact",
        Measured.PARTLY,
        "Les trois visages, touchés à la fin.",
        "Ce n'est pas la même question, ni la même échelle : ne comparez pas les deux chiffres.",
        ("happy",),
    ),
)

SOURCES: tuple[Source, ...] = (
    Source("Services Publics+, le site du programme", "https://www.plus.transformation.gouv.fr"),
    Source(
        "Services Publics+, l'engagement sur les résultats et ses indicateurs",
        "https://www.plus.transformation.gouv.fr/engagement/6",
    ),
    Source(
        "Arrêté du 31 août 2023 portant création du label « Services Publics + »",
        "https://www.legifrance.gouv.fr/eli/arrete/2023/8/31/TFPT2322190A/jo/texte",
    ),
    Source(
        "Création du label « Services Publics+ », qui remplace le label Marianne (18 juillet 2024)",
        "https://www.modernisation.gouv.fr/presse/"
        "qualite-et-efficacite-des-services-publics-creation-du-label-services-publics",
    ),
)
