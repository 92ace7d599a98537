# SPDX-License-Identifier: EUPL-1.2
"""Five real sheets, their conditions read by hand in the files: what is met for some answers, and only that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from content.importers.vosdroits.importing import import_feed
from content.importers.vosdroits.serving import official_procedures
from content.importers.vosdroits.store import read_index, read_publication_of
from content.model import Step
from tests.content.importers.feed import sample
from tests.content.importers.walker import begin, down, paths, reading, road_map, to_the_end

SHEET, END = "Perte du permis de conduire", "Votre feuille de route"

EXPECTED = [
    # F1727: three situations (T10576, T11206, T11207), cases on the class of licence, on how long one has lived there.
    ("F34482", ("Permis de conduire perdu en France", "Permis de catégorie A ou B"), [SHEET, "Cas général", END]),
    (
        "F34482",
        (
            "Permis de conduire perdu dans un autre pays",
            "Vous vivez dans dans ce pays",
            "Vous y vivez depuis plus de 18 mois",
        ),
        [SHEET, "Perte dans un autre pays", "Vous vivez dans ce pays", "Vous y vivez depuis plus de 18 mois", END],
    ),
    # F1636: the way in online (T12624) or on the spot (T12625), only for a first time (T12623).
    (
        "F35433",
        ("Vous vous inscrivez pour la première fois", "Vous vous inscrivez en ligne"),
        ["Chômage : inscription à Pôle emploi", "Première inscription", "En ligne", END],
    ),
    # F1420: "Né en outre-mer" also stands for who was asked nothing (estIndefini); who was born elsewhere was asked.
    (
        "F35272",
        ("Vous êtes né en Métropole", "Demande par courrier"),
        [
            "Demande d'extrait de casier judiciaire (bulletin n°3)",
            "Qui peut faire la demande ?",
            "Procédure",
            "Par courrier",
            "Coût",
            "Durée de validité",
            END,
        ],
    ),
    # F1342: cases within cases (T10695 then T10694 or T10686); the age of the child is in no condition, so it is asked.
    (
        "F34487",
        (
            "Demande en France",
            "Pour un enfant mineur",
            "Première demande",
            "L'enfant a un passeport",
            "Le passeport est périmé",
            "Date d'expiration : + de 5 ans",
        ),
        [
            "Carte d'identité d'un mineur : première demande",
            "Où et comment faire la demande ?",
            "Quel est votre cas ?",
            "À partir de 13 ans",
            "Pièces à fournir",
            "Passeport périmé depuis + de 5 ans",
            "Coût",
            "Délai de fabrication",
            "Retrait de la carte",
            "Durée de validité",
            END,
        ],
    ),
    # F10009: at home (T11422), in Paris (T11853): the case "Cas général" (T11663) is never met.
    (
        "F35136",
        ("Vous vivez à votre domicile", "Vous habitez à Paris"),
        [
            "Allocation personnalisée d'autonomie (Apa)",
            "De quoi s'agit-il ?",
            "Conditions",
            "Condition d'âge",
            "Condition de perte d'autonomie",
            "Condition de résidence",
            "Ressources non cumulables avec l'Apa",
            "Demande",
            "Quel est votre cas ?",
            "Dossier papier",
            "Procédure d'instruction",
            "Instruction de la demande",
            "Proposition de l'équipe médico-sociale (EMS)",
            "Décision d'attribution",
            "Montant",
            "Mode de calcul",
            "Participation financière du bénéficiaire",
            "Versement",
            "Conditions de versement",
            "Suspension",
            'Remboursement d\'un indu (ou "trop-perçu")',
            "Récupération sur succession",
            "Déclaration obligatoire du bénéficiaire",
            "Révision du montant",
            "À Paris",
            "En cas de litige",
            END,
        ],
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("official")
    source = str(sample())
    import_feed(source, folder, datetime(2026, 11, 28), downloading=lambda *_: None, reading=lambda *_: None)
    return folder


def loose(text: str) -> str:
    return text.replace("\u00a0", " ")


def walked(store: Path, number: str, answers: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The titles met when every chapter is read, and what is to be brought."""
    index = read_index(store)
    assert index is not None
    tree = read_publication_of(store, index.entries[number])
    assert tree is not None
    path = next(p for p in paths(tree.branches) if tuple(loose(branch.title) for branch in p) == answers)
    met: list[Step] = []
    state = to_the_end(down(begin(official_procedures(store)[f"sp-{number.lower()}"]["fr"]), path), reading, met)
    titles = list(dict.fromkeys(loose(step.title) for step in met))
    return titles, [loose(document.name) for document in road_map(state).bring]


@pytest.mark.parametrize(("number", "answers", "titles"), EXPECTED)
def test_only_what_the_answers_select_is_met(
    store: Path, number: str, answers: tuple[str, ...], titles: list[str]
) -> None:
    assert walked(store, number, answers)[0] == titles


def test_documents_are_those_of_the_case(store: Path) -> None:
    valid = ("Demande en France", "Pour un enfant mineur", "Première demande", "L'enfant a un passeport")
    _, bring = walked(store, "F34487", (*valid, "Le passeport est valide"))
    assert bring[:2] == ["Passeport de l'enfant", "Photo d'identité de moins de 6 mois et conforme aux normes"]
    assert not any("nationalité" in name for name in bring)
    _, bring = walked(store, "F34487", (*valid, "Le passeport est périmé", "Date d'expiration : + de 5 ans"))
    assert "Passeport de l'enfant" not in bring
    assert any("Justificatif de nationalité française" in name for name in bring)
