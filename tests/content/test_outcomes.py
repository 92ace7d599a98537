# SPDX-License-Identifier: EUPL-1.2
"""What the real procedures say at the end must agree with what the person just said and did."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from content.model import Answers, AnswerValue, Possession, RoadMap, StepKind
from content.road_map import build
from content.routing import next_step
from tests.our_procedures import CATALOGUE

TODAY = date(2026, 11, 21)
BEFORE, LATER = TODAY - timedelta(days=20), TODAY + timedelta(days=20)


def walked(name: str, **said: AnswerValue) -> tuple[list[str], RoadMap]:
    """The steps met and the road map, "Je ne sais pas" or "C'est fait" being answered where nothing else is said."""
    procedure = CATALOGUE.get(name)
    assert procedure is not None
    given = {key.replace("_", "-"): value for key, value in said.items()}
    assert given.keys() <= procedure.steps.keys()
    answers: dict[str, AnswerValue] = {}
    trail = [procedure.start]
    while (step := procedure.steps[trail[-1]]).kind is not StepKind.END:
        if step.id in given:
            answers[step.id] = given[step.id]
        elif step.kind is StepKind.ACT:
            answers[step.id] = "done"
        elif step.kind in (StepKind.CHOOSE, StepKind.ASK):
            assert step.may_not_know, f"{step.id} must be answered"
            answers[step.id] = "unknown"
        trail.append(next_step(procedure, step, answers, TODAY))
        assert len(trail) < 60
    assert given.keys() <= set(trail), f"never met: {given.keys() - set(trail)}"
    return trail, build(procedure, trail, answers, TODAY)


def texts(found: RoadMap) -> str:
    lines = [*found.do, *found.where, *found.when, *found.cost, *found.deadlines, *found.contacts]
    return "\n".join([*(line.text for line in lines), *(document.name for document in found.bring)])


@pytest.mark.parametrize("situation", ["fini", "bientot", "retour"])
@pytest.mark.parametrize("means", ["internet", "agence", "telephone", "aide", "unknown"])
@pytest.mark.parametrize("days", [-400, -20, -1, 0, 1, 20])
def test_france_travail_waits_for_the_end_of_the_contract_and_no_longer(situation: str, means: str, days: int) -> None:
    end = TODAY + timedelta(days=days)
    trail, found = walked("france-travail", situation=situation, fin_contrat=end, automatique="aucun", comment=means)
    waits = days >= 0
    assert ("attendre" in trail) == ("plus-tard" in trail) == waits
    assert ({"ouvrir", "agence", "telephone", "france-services"} & set(trail) == set()) == waits
    registered = means == "internet" and not waits
    assert ("lendemain de la fin" in texts(found)) == waits
    assert ("dès maintenant" in texts(found)) == (days in (-20, -1) and not registered)
    assert ("Le délai de 12 mois est passé" in texts(found)) == (days == -400 and not registered)


def test_a_contract_soon_ended_on_an_unknown_day_waits_too() -> None:
    trail, found = walked("france-travail", situation="bientot", automatique="aucun", comment="internet")
    assert "ouvrir" not in trail
    assert "lendemain de la fin" in texts(found)
    assert "dès maintenant" not in texts(found)


def test_a_person_who_is_registered_already_is_not_told_to_register() -> None:
    _, found = walked("france-travail", situation="bientot", fin_contrat=LATER, automatique="rsa", lettre="oui")
    assert "Inscrivez-vous" not in texts(found)


@pytest.mark.parametrize("worked", ["rien", "travail", "arret", "formation", "unknown"])
@pytest.mark.parametrize("means", ["internet", "telephone", "aide", "unknown"])
def test_france_travail_is_told_each_month_and_no_registration_is_asked(worked: str, means: str) -> None:
    said = {"besoin": "actualiser", "actu_besoin": "mois", "actu_travail": worked, "actu_comment": means}
    trail, found = walked("france-travail", **said)
    assert "pieces" not in trail
    assert found.bring == ()
    assert "Inscrivez-vous" not in texts(found)
    done = means == "internet"
    assert ("Votre actualisation est faite" in texts(found)) == done
    assert ("le dernier jour est le 15" in texts(found)) != done
    assert ("bulletins de paie" in texts(found)) == (worked == "travail" and not done)


@pytest.mark.parametrize(("past", "again"), [("avant", False), ("apres", True), ("unknown", False)])
def test_a_forgotten_month_is_registered_again_once_the_fifteenth_is_past(past: str, again: bool) -> None:
    _, found = walked("france-travail", besoin="actualiser", actu_besoin="oubli", actu_oubli=past)
    assert ("Inscrivez-vous" in texts(found)) == again
    assert ("encore inscrit" in texts(found)) == (past == "unknown")
    assert "dès maintenant" in texts(found)


def test_a_foreigner_hears_nothing_of_the_vote() -> None:
    _, found = walked("changer-adresse", date=BEFORE, vehicule="non", commune="autre", sejour="oui", moyen="personne")
    for word in ("vote", "voter", "Vote", "carte d’identité"):
        assert word not in texts(found)
    assert "Titre de séjour" in texts(found)
    assert [visit.place and visit.place.url for visit in found.contacts] == [
        "https://administration-etrangers-en-france.interieur.gouv.fr"
    ]
    _, found = walked("changer-adresse", date=BEFORE, commune="autre", sejour="non")
    assert "Pour voter" in texts(found)


@pytest.mark.parametrize("why", ["date", "abimee", "changement"])
@pytest.mark.parametrize("card", list(Possession))
def test_a_card_that_cannot_be_found_is_lost(why: str, card: Possession) -> None:
    trail, found = walked("carte-identite", pour_qui="adulte", besoin=why, pieces={"carte": card})
    lost = card is Possession.MISSING
    assert ("carte-introuvable" in trail) == lost
    for text in ("Déclarez la perte", "25 euros par timbre", "Un timbre fiscal", "acte de naissance"):
        assert (text in texts(found)) == lost or (text == "acte de naissance" and why == "date"), text
    for text in ("Rendez l’ancienne carte", "Gratuit"):
        assert (text in texts(found)) != lost, text


@pytest.mark.parametrize(
    ("name", "said", "act"),
    [
        ("carte-vitale", {"sujet": "refaire", "caisse": "assurance-maladie", "moyen": "internet"}, "commande"),
        ("rsa", {"deja": "non", "metier": "non", "comment": "internet"}, "demander-caf"),
        ("rsa", {"deja": "non", "metier": "oui", "comment": "internet"}, "demander-msa"),
        ("declarer-revenus", {"besoin": "declarer", "comment": "internet", "ouverte": "oui"}, "valider"),
        ("changer-adresse", {"vehicule": "oui", "sejour": "non", "moyen": "internet"}, "carte-grise"),
    ],
)
def test_once_done_online_nothing_is_left_to_bring(name: str, said: dict[str, str], act: str) -> None:
    papers = {"photo": Possession.MISSING, "adresse": Possession.MISSING}
    _, found = walked(name, **said, pieces=papers, **{act: "done"})
    assert found.bring == ()
    assert "Demandez une adresse" not in texts(found)
    _, found = walked(name, **said, pieces=papers, **{act: "stuck"})
    assert found.bring != ()


@pytest.mark.parametrize(("care", "told"), [("oui", True), ("non", False), ("unknown", True)])
def test_without_care_soon_no_certificate_to_ask_for(care: str, told: bool) -> None:
    _, found = walked("carte-vitale", sujet="refaire", soins=care)
    assert ("attestation de droits" in texts(found)) == ("feuille de soins" in texts(found)) == told


@pytest.mark.parametrize(("declared", "late"), [("oui", False), ("non", True)])
def test_a_closed_declaration_is_done_or_late(declared: str, late: bool) -> None:
    said: dict[str, AnswerValue] = {"besoin": "declarer", "message": "rien", "comment": "internet", "ouverte": "non"}
    trail, found = walked("declarer-revenus", **said, deja_declare=declared)
    assert ("printemps" in trail) != late
    assert ("Au printemps" in texts(found)) != late
    for text in ("dès maintenant", "Faites votre déclaration avec", "rendez-vous au service des impôts"):
        assert (text in texts(found)) == late, text


def test_the_telephone_answers_questions_and_the_declaration_stays_to_be_done() -> None:
    _, found = walked("declarer-revenus", besoin="declarer", comment="telephone")
    assert {"Posez vos questions au téléphone, puis déclarez.", "Déclarez vos revenus sur internet ou sur papier."} <= {
        task.text for task in found.do
    }


@pytest.mark.parametrize(
    ("name", "said", "late"),
    [
        ("changer-adresse", {"date": date(2026, 1, 5), "vehicule": "oui", "moyen": "personne"}, "Carte grise"),
        ("changer-adresse", {"date": date(2026, 1, 5), "sejour": "oui"}, "Titre de séjour"),
        (
            "declarer-revenus",
            {"besoin": "retard", "mise_en_demeure": "oui", "date_lettre": date(2026, 9, 1)},
            "Mise en",
        ),
        (
            "declarer-revenus",
            {"besoin": "changement", "evenement": "union", "date_evenement": date(2026, 1, 5), "signaler": "stuck"},
            "60 jours",
        ),
    ],
)
def test_a_deadline_that_is_past_is_said_to_be_past(name: str, said: Answers, late: str) -> None:
    _, found = walked(name, **said)
    assert [task.text for task in found.when if "passé" in task.text and late in task.text]
    assert all(deadline.due >= TODAY for deadline in found.deadlines)
    assert not [deadline for deadline in found.deadlines if late in deadline.text]


def test_a_person_who_does_not_know_the_fund_gets_both() -> None:
    _, found = walked("rsa", deja="oui", besoin="declarer")
    said = texts(found)
    assert "CAF au 32 30" in said
    assert "MSA sur msa.fr" in said
