# SPDX-License-Identifier: EUPL-1.2
"""French administrative acronyms: how they are said, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Acronym:
    """``said`` is for the ear; ``meaning`` in full; ``household`` when it is better known than what it stands for."""

    said: str
    meaning: str
    household: bool = False


_AS_WORDS = {
    "CAF": ("caf", "caisse d'allocations familiales"),
    "ANAH": ("ana", "agence nationale de l'habitat"),
    "AGIRC": ("agirc", "association générale des institutions de retraite des cadres"),
    "ARRCO": ("arco", "association pour le régime de retraite complémentaire des salariés"),
    "CARSAT": ("carsat", "caisse d'assurance retraite et de la santé au travail"),
    "CESU": ("cézu", "chèque emploi service universel"),
    "CNAV": ("knav", "caisse nationale d'assurance vieillesse"),
    "CNIL": ("knil", "commission nationale de l'informatique et des libertés"),
    "CROUS": ("crousse", "centre régional des œuvres universitaires et scolaires"),
    "EHPAD": ("épad", "établissement d'hébergement pour personnes âgées dépendantes"),
    "FALC": ("falc", "facile à lire et à comprendre"),
    "INSEE": ("insé", "institut national de la statistique et des études économiques"),
    "OFII": ("ofi", "office français de l'immigration et de l'intégration"),
    "OFPRA": ("ofpra", "office français de protection des réfugiés et apatrides"),
    "SIRET": ("siret", "numéro d'un établissement"),
    "URSSAF": ("ursaf", "union de recouvrement des cotisations de sécurité sociale"),
}
_SPELLED = {
    "AAH": "allocation aux adultes handicapés",
    "AME": "aide médicale de l'État",
    "ANTS": "agence nationale des titres sécurisés",
    "APA": "allocation personnalisée d'autonomie",
    "APL": "aide personnalisée au logement",
    "ARE": "allocation d'aide au retour à l'emploi",
    "ASS": "allocation de solidarité spécifique",
    "ASPA": "allocation de solidarité aux personnes âgées",
    "CCAS": "centre communal d'action sociale",
    "CDD": "contrat à durée déterminée",
    "CDI": "contrat à durée indéterminée",
    "CMU": "couverture maladie universelle",
    "CNI": "carte nationale d'identité",
    "CPAM": "caisse primaire d'assurance maladie",
    "CSS": "complémentaire santé solidaire",
    "DGFIP": "direction générale des finances publiques",
    "HLM": "habitation à loyer modéré",
    "MDPH": "maison départementale des personnes handicapées",
    "MSA": "mutualité sociale agricole",
    "NIR": "numéro de sécurité sociale",
    "PMI": "protection maternelle et infantile",
    "RGPD": "règlement général sur la protection des données",
    "RSA": "revenu de solidarité active",
    "SIP": "service des impôts des particuliers",
}
_HOUSEHOLD = {
    "CD": "C D",
    "CV": "C V",
    "DVD": "D V D",
    "IBAN": "iban",
    "OK": "O K",
    "PACS": "pax",
    "PDF": "P D F",
    "PIN": "pine",
    "QR": "Q R",
    "RDV": "rendez-vous",
    "RIB": "rib",
    "SMIC": "smic",
    "SMS": "S M S",
    "SNCF": "S N C F",
    "TV": "T V",
    "TVA": "T V A",
    "USB": "U S B",
}

ACRONYMS: Mapping[str, Acronym] = MappingProxyType(
    {name: Acronym(said, meaning) for name, (said, meaning) in _AS_WORDS.items()}
    | {name: Acronym(" ".join(name), meaning) for name, meaning in _SPELLED.items()}
    | {"C2S": Acronym("C deux S", "complémentaire santé solidaire")}
    | {name: Acronym(said, "", household=True) for name, said in _HOUSEHOLD.items()}
)
"""By their capital letters."""
