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
    "ADIL": ("adil", "agence départementale d'information sur le logement"),
    "CAF": ("caf", "caisse d'allocations familiales"),
    "ANAH": ("ana", "agence nationale de l'habitat"),
    "AGIRC": ("agirc", "association générale des institutions de retraite des cadres"),
    "ARRCO": ("arco", "association pour le régime de retraite complémentaire des salariés"),
    "ASPA": ("aspa", "allocation de solidarité aux personnes âgées"),
    "CARSAT": ("carsatte", "caisse d'assurance retraite et de la santé au travail"),
    "CESU": ("cézu", "chèque emploi service universel"),
    "CNAV": ("knav", "caisse nationale d'assurance vieillesse"),
    "CNAF": ("knaf", "caisse nationale des allocations familiales"),
    "CNIL": ("knil", "commission nationale de l'informatique et des libertés"),
    "CNED": ("knède", "centre national d'enseignement à distance"),
    "CROUS": ("crousse", "centre régional des œuvres universitaires et scolaires"),
    "DALO": ("dalo", "droit au logement opposable"),
    "EHPAD": ("épade", "établissement d'hébergement pour personnes âgées dépendantes"),
    "ESAT": ("ésatte", "établissement et service d'aide par le travail"),
    "FALC": ("falc", "facile à lire et à comprendre"),
    "GIR": ("gir", "groupe iso-ressources, degré de perte d'autonomie"),
    "INSEE": ("insé", "institut national de la statistique et des études économiques"),
    "OFII": ("ofi", "office français de l'immigration et de l'intégration"),
    "OFPRA": ("ofpra", "office français de protection des réfugiés et apatrides"),
    "PAJE": ("page", "prestation d'accueil du jeune enfant"),
    "SIREN": ("sirène", "numéro d'une entreprise"),
    "SIRET": ("sirette", "numéro d'un établissement"),
    "URSSAF": ("ursaf", "union de recouvrement des cotisations de sécurité sociale"),
}
_SPELLED = {
    "AAH": "allocation aux adultes handicapés",
    "AESH": "accompagnant d'élève en situation de handicap",
    "AEEH": "allocation d'éducation de l'enfant handicapé",
    "AJPP": "allocation journalière de présence parentale",
    "AME": "aide médicale de l'État",
    "ANPE": "agence nationale pour l'emploi",
    "ANTS": "agence nationale des titres sécurisés",
    "APA": "allocation personnalisée d'autonomie",
    "APL": "aide personnalisée au logement",
    "ARE": "allocation d'aide au retour à l'emploi",
    "ASE": "aide sociale à l'enfance",
    "ASF": "allocation de soutien familial",
    "ASS": "allocation de solidarité spécifique",
    "CCAS": "centre communal d'action sociale",
    "CDD": "contrat à durée déterminée",
    "CDI": "contrat à durée indéterminée",
    "CDAD": "conseil départemental de l'accès au droit",
    "CIDFF": "centre d'information sur les droits des femmes et des familles",
    "CMI": "carte mobilité inclusion",
    "CMU": "couverture maladie universelle",
    "CNI": "carte nationale d'identité",
    "CNSA": "caisse nationale de solidarité pour l'autonomie",
    "CPAM": "caisse primaire d'assurance maladie",
    "CPF": "compte personnel de formation",
    "CSS": "complémentaire santé solidaire",
    "DGFIP": "direction générale des finances publiques",
    "FAQ": "foire aux questions",
    "FICP": "fichier des incidents de remboursement des crédits aux particuliers",
    "FSL": "fonds de solidarité pour le logement",
    "HLM": "habitation à loyer modéré",
    "MDPH": "maison départementale des personnes handicapées",
    "MSA": "mutualité sociale agricole",
    "NIR": "numéro de sécurité sociale",
    "OQTF": "obligation de quitter le territoire français",
    "PCH": "prestation de compensation du handicap",
    "PMI": "protection maternelle et infantile",
    "RGPD": "règlement général sur la protection des données",
    "RQTH": "reconnaissance de la qualité de travailleur handicapé",
    "RSA": "revenu de solidarité active",
    "SIP": "service des impôts des particuliers",
}
_HOUSEHOLD = {
    "CD": "C D",
    "CV": "C V",
    "DVD": "D V D",
    "IBAN": "ibanne",
    "OK": "O K",
    "PACS": "pax",
    "PDF": "P D F",
    "PIN": "pine",
    "QR": "Q R",
    "RATP": "R A T P",
    "RDV": "rendez-vous",
    "RIB": "rib",
    "SAMU": "samu",
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
