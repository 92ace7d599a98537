# SPDX-License-Identifier: EUPL-1.2
"""The words of a report: the codes of La Coop de la médiation numérique, each with the French words people read.

Exports and the API give the codes, and the database keeps them: never rename one. ``borne`` alone is ours.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code, and the words for it."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class CraType(Coded):
    """One person, or several together."""

    INDIVIDUEL = "individuel", "Une personne"
    COLLECTIF = "collectif", "Un atelier"


class Place(Coded):
    """Where it happened."""

    LIEU_ACTIVITE = "lieu_activite", "Ici"
    DOMICILE = "domicile", "Chez la personne"
    A_DISTANCE = "a_distance", "À distance"
    AUTRE = "autre", "Ailleurs"


class Equipment(Coded):
    """What was used."""

    BORNE = "borne", "Borne"
    ORDINATEUR = "ordinateur", "Ordinateur"
    TELEPHONE = "telephone", "Téléphone"
    TABLETTE = "tablette", "Tablette"
    AUTRE = "autre", "Autre"
    AUCUN = "aucun", "Aucun"


class Theme(Coded):
    """What it was about."""

    DIAGNOSTIC_NUMERIQUE = "diagnostic_numerique", "Diagnostic numérique"
    PRENDRE_EN_MAIN_DU_MATERIEL = "prendre_en_main_du_materiel", "Prendre en main du matériel"
    MAINTENANCE_DE_MATERIEL = "maintenance_de_materiel", "Maintenance de matériel"
    GERE_SES_CONTENUS_NUMERIQUES = "gere_ses_contenus_numeriques", "Gérer ses contenus numériques"
    NAVIGATION_SUR_INTERNET = "navigation_sur_internet", "Navigation sur internet"
    EMAIL = "email", "E-mail"
    BUREAUTIQUE = "bureautique", "Bureautique"
    RESEAUX_SOCIAUX = "reseaux_sociaux", "Réseaux sociaux"
    SANTE = "sante", "Santé en ligne"
    BANQUE_ET_ACHATS_EN_LIGNE = "banque_et_achats_en_ligne", "Banque et achats en ligne"
    ENTREPRENEURIAT = "entrepreneuriat", "Entrepreneuriat"
    INSERTION_PROFESSIONNELLE = "insertion_professionnelle", "Insertion professionnelle"
    SECURITE_NUMERIQUE = "securite_numerique", "Sécurité numérique"
    PARENTALITE = "parentalite", "Parentalité"
    SCOLARITE_ET_NUMERIQUE = "scolarite_et_numerique", "Scolarité et numérique"
    CREER_AVEC_LE_NUMERIQUE = "creer_avec_le_numerique", "Créer avec le numérique"
    CULTURE_NUMERIQUE = "culture_numerique", "Culture numérique"
    INTELLIGENCE_ARTIFICIELLE = "intelligence_artificielle", "Intelligence artificielle"
    AIDE_AUX_DEMARCHES_ADMINISTRATIVES = "aide_aux_demarches_administratives", "Aide aux démarches administratives"


class AdministrativeTheme(Coded):
    """What kind of procedure; they are the themes of our procedures (:data:`content.model.THEMES`)."""

    PAPIERS_ELECTIONS_CITOYENNETE = "papiers_elections_citoyennete", "Papiers, élections, citoyenneté"
    FAMILLE_SCOLARITE = "famille_scolarite", "Famille, scolarité"
    SOCIAL_SANTE = "social_sante", "Social, santé"
    TRAVAIL_FORMATION = "travail_formation", "Travail, formation"
    LOGEMENT = "logement", "Logement"
    TRANSPORTS_MOBILITE = "transports_mobilite", "Transports, mobilité"
    ARGENT_IMPOTS = "argent_impots", "Argent, impôts"
    JUSTICE = "justice", "Justice"
    ETRANGERS_EUROPE = "etrangers_europe", "Étrangers, Europe"
    LOISIRS_SPORTS_CULTURE = "loisirs_sports_culture", "Loisirs, sports, culture"
    ASSOCIATIONS = "associations", "Associations"


class Autonomy(Coded):
    """How much the person did alone."""

    ENTIEREMENT_ACCOMPAGNE = "entierement_accompagne", "Entièrement accompagnée"
    PARTIELLEMENT_AUTONOME = "partiellement_autonome", "En partie autonome"
    AUTONOME = "autonome", "Autonome"


class Level(Coded):
    """For whom a workshop was made."""

    DEBUTANT = "debutant", "Débutant"
    INTERMEDIAIRE = "intermediaire", "Intermédiaire"
    AVANCE = "avance", "Avancé"


class Age(Coded):
    """How old the person is, when they said so. ``coop`` is the name of the same span in La Coop's own data."""

    coop: str

    def __new__(cls, code: str, label: str, coop: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.coop = label, coop or code
        return member

    UNDER_12 = "<12", "Moins de 12 ans", "moins_de_douze"
    FROM_12 = "12–17", "12 à 17 ans", "douze_dix_huit"
    FROM_18 = "18–24", "18 à 24 ans", "dix_huit_vingt_quatre"
    FROM_25 = "25–39", "25 à 39 ans", "vingt_cinq_trente_neuf"
    FROM_40 = "40–59", "40 à 59 ans", "quarante_cinquante_neuf"
    FROM_60 = "60–69", "60 à 69 ans", "soixante_soixante_neuf"
    FROM_70 = "70+", "70 ans et plus", "soixante_dix_plus"
    NON_COMMUNIQUE = "non_communique", "Non dit"


class Status(Coded):
    """What the person lives from, when they said so."""

    RETRAITE = "retraite", "À la retraite"
    SANS_EMPLOI = "sans_emploi", "Sans emploi"
    EN_EMPLOI = "en_emploi", "En emploi"
    SCOLARISE = "scolarise", "À l'école, aux études"
    NON_COMMUNIQUE = "non_communique", "Non dit"


class Referral(Coded):
    """To whom the person was sent on."""

    ADMINISTRATION = "administration", "Une administration"
    MEDIATION_NUMERIQUE = "mediation_numerique", "Médiation numérique"
    OPERATEUR_OU_ORGANISME_EN_CHARGE = "operateur_ou_organisme_en_charge", "L'organisme en charge"
    AIDE_SOCIALE = "aide_sociale", "Aide sociale"
    INSERTION_PROFESSIONNELLE = "insertion_professionnelle", "Insertion professionnelle"
    AIDE_AUX_DEMARCHES_ADMINISTRATIVES = "aide_aux_demarches_administratives", "Aide aux démarches"
    AUTRE = "autre", "Autre"


class DurationClass(Coded):
    """The four spans of La Coop's statistics."""

    UNDER_30 = "<30", "Moins de 30 minutes"
    FROM_30 = "30–60", "De 30 minutes à 1 heure"
    FROM_60 = "60–120", "De 1 heure à 2 heures"
    FROM_120 = "≥120", "2 heures ou plus"


DURATION_BUTTONS = (15, 30, 45, 60, 90, 120)
"""Minutes."""


def duration_class(minutes: int) -> DurationClass:
    """The span of statistics that ``minutes`` falls in: each starts with its first minute."""
    if minutes < 30:
        return DurationClass.UNDER_30
    if minutes < 60:
        return DurationClass.FROM_30
    return DurationClass.FROM_60 if minutes < 120 else DurationClass.FROM_120
