# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: E501
"""A small feed written for the tests: every element of the schema that the importer knows, and a few that it does not.

The real sample, where it is found, is asked for with :func:`sample`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def document(
    number: str, kind: str, title: str, inner: str, day: str = "2026-05-04", root: str = "Publication"
) -> bytes:
    """One file of the feed."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {DC} ID="{number}" type="{kind}" '
        f'spUrl="https://www.service-public.fr/particuliers/vosdroits/{number}">\n'
        f"<dc:title>{title}</dc:title><dc:date>modified {day}</dc:date>\n"
        f"<SurTitre>x</SurTitre><Audience>Particuliers</Audience>{inner}</{root}>"
    ).encode()


def titled(text: str) -> str:
    """``Titre`` with its paragraph."""
    return f"<Titre><Paragraphe>{text}</Paragraphe></Titre>"


def branch(text: str, inner: str = "", sets: str = "", link: str = "", tag: str = "Branche") -> str:
    """An answer of a guided tree."""
    chosen = f'<SiSelectionne><affecteVrai var="{sets}"/></SiSelectionne>' if sets else ""
    led = f'<LienInterne LienPublication="{link}" type="Fiche" audience="Particuliers"/>' if link else ""
    return f"<{tag}>{titled(text)}{chosen}{inner}{led}</{tag}>"


def when(variable: str) -> str:
    """``Condition`` on one variable."""
    return f'<Condition><estVrai var="{variable}"/></Condition>'


HELP = "<Aide><Paragraphe>Un canoë est un petit bateau.</Paragraphe><Rappel><Titre>Rappel</Titre><Paragraphe>il flotte.</Paragraphe></Rappel></Aide>"

TREE = document(
    "F9001",
    "Recherche guidée",
    "**Mon bateau",
    '<Theme ID="N19812"><Titre>Transports</Titre></Theme><Problematiques>'
    + branch(
        "Vous avez perdu les papiers de votre bateau",
        branch(
            "Il est à moteur",
            branch("Il est neuf", sets="V1", link="F9002") + branch("Il est ancien", sets="V2", link="F9002"),
            sets="VM",
        )
        + branch(
            "Il s'agit d'un canoë (ou d'un kayak) que vous gardez toute l'année chez vous",
            HELP,
            sets="VC",
            link="F9002",
        ),
        tag="Problematique",
    )
    + branch("Vous voulez connaître le prix", link="R9100", tag="Problematique")
    + branch("Vous voulez savoir autre chose", link="F9999", tag="Problematique")
    + "</Problematiques>",
)

SHEET = document(
    "F9002",
    "Fiche d'information conditionnée",
    "Papiers d'un bateau",
    '<Introduction><Texte><Paragraphe>Un bateau a des <LienIntra LienID="R9300" type="Définition de glossaire">papiers</LienIntra>.'
    "</Paragraphe></Texte></Introduction>"
    '<Avertissement ID="A1" date="2026-01-01"><Titre>La règle change</Titre><Texte><Paragraphe>Elle change en mai.</Paragraphe></Texte></Avertissement>'
    '<ListeSituations affichage="onglet">'
    f"<Situation><Titre>À moteur</Titre>{when('VM')}<Texte>"
    '<Chapitre type="pieces"><Titre><Paragraphe>Pièces à fournir</Paragraphe></Titre>'
    '<Paragraphe>Donnez les originaux.</Paragraphe><Liste type="puce"><Item><Paragraphe>Votre pièce d\'identité</Paragraphe></Item>'
    "<Item><Paragraphe>Deux photos</Paragraphe></Item></Liste>"
    f'<BlocCas affichage="radio"><Cas><Titre>Neuf</Titre>{when("V1")}<Liste type="puce"><Item><Paragraphe>La facture</Paragraphe></Item></Liste></Cas>'
    f'<Cas><Titre>Ancien</Titre>{when("V2")}<Tableau><Titre>Selon l\'âge</Titre><Colonne largeur="50" type="normal"/>'
    '<Rangée type="header"><Cellule><Paragraphe>Âge</Paragraphe></Cellule><Cellule><Paragraphe>Papier</Paragraphe></Cellule></Rangée>'
    '<Rangée type="normal"><Cellule fusionVerticale="2"><Paragraphe>10 ans</Paragraphe></Cellule><Cellule><Paragraphe>Ancien titre</Paragraphe></Cellule></Rangée>'
    '<Rangée type="normal"><Cellule><Paragraphe>Contrôle</Paragraphe></Cellule></Rangée></Tableau></Cas></BlocCas></Chapitre>'
    "<Chapitre><Titre><Paragraphe>Coût</Paragraphe></Titre><Paragraphe>Le titre coûte <Valeur>38 €</Valeur>. Il se paie en timbres.</Paragraphe></Chapitre>"
    "<Chapitre><Titre><Paragraphe>Délai</Paragraphe></Titre><Paragraphe>Comptez 15 jours.</Paragraphe>"
    "<Attention><Titre>Attention</Titre><Paragraphe>L'été, c'est plus long.</Paragraphe></Attention>"
    f"<FragmentConditionne>{when('V2')}<Paragraphe>Un bateau ancien attend plus.</Paragraphe></FragmentConditionne></Chapitre>"
    "</Texte></Situation>"
    f"<Situation><Titre>Sans moteur</Titre>{when('VC')}<Texte><Paragraphe>Un canoë n'a pas de titre.</Paragraphe>"
    '<BlocCas affichage="onglet"><Cas><Titre>En mer</Titre><Paragraphe>En mer, portez un gilet.</Paragraphe></Cas>'
    "<Cas><Titre>En rivière</Titre><Paragraphe>En rivière, regardez la météo.</Paragraphe></Cas></BlocCas>"
    "<ANoter><Titre>À noter</Titre><Paragraphe>votre club peut aider.</Paragraphe></ANoter></Texte></Situation></ListeSituations>"
    '<OuSAdresser ID="R9400" sve="non" type="Local personnalisé sur SP"><Titre>Mairie</Titre><PivotLocal>mairie</PivotLocal>'
    '<RessourceWeb URL="https://lannuaire.example.fr/mairie"/></OuSAdresser>'
    '<OuSAdresser ID="R9401" sve="non" type="Centre de contact"><Titre>Allô bateau</Titre><Texte><Chapitre><Titre><Paragraphe>Par téléphone</Paragraphe></Titre>'
    "<Paragraphe>01 23 45 67 89</Paragraphe><Paragraphe>Du lundi au vendredi de 9h à 17h</Paragraphe></Chapitre></Texte></OuSAdresser>"
    '<ServiceEnLigne ID="R9101" URL="https://www.example.fr/titre" type="Formulaire" numerocerfa="12345*06"><Titre>Demande de titre</Titre>'
    '<Source ID="R1">Ministère</Source></ServiceEnLigne>'
    f'<ServiceEnLigne ID="R9102" URL="https://www.example.fr/moteur" type="Téléservice">{when("VM")}<Titre>Déclarer un moteur</Titre><Source>x</Source></ServiceEnLigne>'
    '<Reference type="Texte de référence" URL="https://legifrance.example.fr/x" ID="R2"><Titre>Code des bateaux</Titre></Reference>'
    '<Definition ID="R9300"><Titre>Papiers de bateau</Titre><Texte><Paragraphe>Documents qui suivent un bateau.</Paragraphe></Texte></Definition>'
    '<QuestionReponse ID="F9003" audience="Particuliers">Que faire en panne ?</QuestionReponse>'
    "<NouveauBloc><Paragraphe>Un texte d'un schéma à venir.</Paragraphe></NouveauBloc><DateCreation>2026-01-01</DateCreation>",
)

EVENT = document(
    "F9003",
    "Fiche Comment faire si - simulateur",
    "Je pars en mer",
    "<Questionnaire><Question>"
    + titled("Vous partez")
    + "<Choix><Titre><Paragraphe>Seul</Paragraphe></Titre><IntituleSiSelectionne><Paragraphe>Vous partez seul</Paragraphe></IntituleSiSelectionne>"
    '<SiSelectionne><affecteVrai var="SEUL"/><affecteFaux var="GROUPE"/></SiSelectionne></Choix>'
    "<Choix><Titre><Paragraphe>En groupe</Paragraphe></Titre><IntituleSiSelectionne><Paragraphe>x</Paragraphe></IntituleSiSelectionne>"
    '<SiSelectionne><affecteVrai var="GROUPE"/><affecteFaux var="SEUL"/></SiSelectionne></Choix></Question></Questionnaire><Texte>'
    f"<Chapitre><Titre><Paragraphe>Prévenir</Paragraphe></Titre>{when('SEUL')}<Paragraphe>Prévenez un proche.</Paragraphe></Chapitre>"
    '<Chapitre><Titre><Paragraphe>Radio</Paragraphe></Titre><Condition><ou><estVrai var="GROUPE"/><estIndefini var="SEUL"/></ou></Condition>'
    "<Paragraphe>Prenez une radio.</Paragraphe></Chapitre>"
    '<Chapitre><Titre><Paragraphe>Gilet</Paragraphe></Titre><Condition><non><estFaux var="GROUPE"/></non></Condition>'
    "<Paragraphe>Un gilet par personne.</Paragraphe></Chapitre></Texte>",
)

SERVICE = document(
    "R9100",
    "Simulateur",
    "Simulateur : prix d'un titre de bateau",
    "<Texte><Paragraphe>Il faut la puissance du moteur.</Paragraphe></Texte>"
    '<LienWeb URL="https://www.example.fr/prix"><Source>Ministère</Source></LienWeb>',
    root="ServiceComplementaire",
)

FOLDER_SHEET = document(
    "N9200",
    "Dossier",
    "Bateaux",
    '<SousDossier ID="N9200-1"><Titre>Papiers</Titre><Fiche ID="F9002">Papiers</Fiche><Fiche ID="F9999">Une fiche absente</Fiche></SousDossier>',
)

FEED = {"F9001.xml": TREE, "F9002.xml": SHEET, "F9003.xml": EVENT, "R9100.xml": SERVICE, "N9200.xml": FOLDER_SHEET}


def write_feed(folder: Path, **more: bytes) -> Path:
    """The feed in a folder, with other files beside (``name=bytes``; the name takes ".xml")."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**FEED, **{f"{name}.xml": data for name, data in more.items()}}.items():
        (folder / name).write_bytes(data)
    return folder


def find_sample() -> Path | None:
    """The real sample: below ``PAS_A_PAS_DATA``, or in ``shared/data`` beside one of the folders above."""
    named = os.environ.get("PAS_A_PAS_DATA")
    roots = [Path(named)] if named else [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
    return next((found for root in roots if (found := root / "vosdroits-2020-11" / "sample").is_dir()), None)


def sample() -> Path:
    """The real sample; the test is skipped where it is absent."""
    found = find_sample()
    if found is None:
        pytest.skip("the sample of the official feed is not here")
    return found
