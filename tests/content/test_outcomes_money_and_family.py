# SPDX-License-Identifier: EUPL-1.2
"""Taxes, debts, energy, pensions, births and grants: what presses comes first, the road map agrees with the answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.model import Possession
from tests.content.test_outcomes import TODAY, texts, walked


@pytest.mark.parametrize(
    ("name", "said", "question", "first"),
    [
        ("payer-impots", {"besoin": "message"}, "message_donne", "message-banque"),
        ("surendettement", {"besoin": "arnaque"}, "arnaque_paye", "arnaque-banque"),
    ],
)
@pytest.mark.parametrize(("given", "bank"), [("oui", True), ("unknown", True), ("non", False)])
def test_a_card_given_to_a_swindler_is_blocked_before_anything_else(
    name: str, said: dict[str, str], question: str, first: str, given: str, bank: bool
) -> None:
    trail, found = walked(name, **said, **{question: given})
    assert (first in trail) == bank
    if bank:
        assert trail.index(first) == 3
    assert ("bloquer la carte" in texts(found)) == bank
    assert "0 805 805 817" in texts(found)


@pytest.mark.parametrize(
    ("given", "told"), [("carte", "bloquer la carte"), ("cheque", "Déclarez la perte"), ("rien", "")]
)
def test_what_was_given_at_the_door_says_what_to_protect(given: str, told: str) -> None:
    _, found = walked("cheque-energie", besoin="arnaque", arnaque_donne=given)
    for text in ("bloquer la carte", "Déclarez la perte"):
        assert (text in texts(found)) == (text == told), text


@pytest.mark.parametrize(
    ("name", "said", "act"),
    [
        ("payer-impots", {"besoin": "payer", "comment": "internet"}, "ecrire"),
        ("retraite", {"besoin": "demander", "comment": "internet"}, "demande"),
        ("surendettement", {"besoin": "dettes", "budget": "dossier", "comment": "internet"}, "deposer"),
        ("cheque-energie", {"besoin": "manque", "demande_moyen": "internet"}, "demande"),
        (
            "bourse-scolaire",
            {"niveau": "lycee", "besoin": "demander", "automatique": "non", "ouverte": "oui", "comment": "internet"},
            "remplir",
        ),
    ],
)
def test_once_sent_online_nothing_is_left_to_bring_and_nothing_to_ask_for_again(
    name: str, said: dict[str, str], act: str
) -> None:
    checklist = "papiers" if name == "bourse-scolaire" else "pieces"
    papers = dict.fromkeys(("compte", "impots", "avis", "fiscal"), Possession.MISSING)
    _, done = walked(name, **said, **{checklist: papers, act: "done"})
    assert done.bring == ()
    assert "est faite" in texts(done) or "est envoyée" in texts(done) or "est déposé" in texts(done)
    _, stuck = walked(name, **said, **{act: "stuck"})
    assert stuck.bring != ()
    assert "France Services" in texts(stuck)


@pytest.mark.parametrize(("days", "late"), [(0, False), (5, False), (6, True), (40, True)])
def test_a_birth_is_declared_in_five_days_and_late_ones_are_sent_to_the_town_hall(days: int, late: bool) -> None:
    trail, found = walked("naissance", besoin="declarer", pays="france", naissance=TODAY - timedelta(days=days))
    assert ("retard" in trail) == late
    assert ("Le délai de 5 jours est passé" in texts(found)) == late
    assert [deadline.due for deadline in found.deadlines] == ([] if late else [TODAY + timedelta(days=5 - days)])


@pytest.mark.parametrize(
    ("parents", "recognised", "asked"), [("maries", "", False), ("non", "oui", False), ("non", "non", True)]
)
def test_only_a_father_who_has_not_yet_recognised_the_child_is_asked_to(
    parents: str, recognised: str, asked: bool
) -> None:
    said = {"reconnu": recognised} if recognised else {}
    _, found = walked("naissance", besoin="declarer", pays="france", parents=parents, **said)
    assert ("Reconnaissez l’enfant" in texts(found)) == asked
    assert ("Un papier avec l’adresse" in texts(found)) == asked


@pytest.mark.parametrize(("days", "late"), [(30, False), (700, True)])
def test_a_reversion_counts_from_the_death_when_it_is_asked_for_within_a_year(days: int, late: bool) -> None:
    death = TODAY - timedelta(days=days)
    _, found = walked(
        "retraite", besoin="reversion", reversion="oui", reversion_date=death, reversion_comment="telephone"
    )
    assert ("les 12 mois sont passés" in texts(found)) == late
    assert bool(found.deadlines) != late
    assert "dans l’année" not in texts(found)


def test_a_lost_baby_is_not_met_with_congratulations_or_deadlines() -> None:
    trail, found = walked("naissance", besoin="deuil")
    assert trail == ["besoin", "deuil", "deuil-maternite", "fin"]
    assert found.deadlines == ()
    assert "prime" not in texts(found)


def test_a_forgotten_grant_leads_to_another_help_and_to_next_year() -> None:
    _, found = walked("bourse-scolaire", niveau="college", besoin="retard")
    assert "fonds social" in texts(found)
    assert "étude automatique" in texts(found)
    assert "Faites la demande" not in texts(found)


@pytest.mark.parametrize(
    ("work", "counter", "employer"),
    [("prive", "39 60", True), ("agricole", "MSA", True), ("public", "personnel", True), ("compte", "39 60", False)],
)
def test_a_pension_is_asked_for_at_the_counter_of_ones_own_work(work: str, counter: str, employer: bool) -> None:
    _, found = walked("retraite", besoin="demander", quand="proche", metier=work, comment="rendez-vous")
    assert [counter in place.text for place in found.where] == [True]
    assert ("à votre employeur" in texts(found)) == employer
    assert ("bulletins de paie" in texts(found)) == employer


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"besoin": "dettes", "compte": "oui"}, True),
        ({"besoin": "dettes", "urgence": "saisie", "compte": "non"}, True),
        ({"besoin": "suite", "suite_quoi": "refus"}, True),
        ({"besoin": "fiche", "fiche_quoi": "savoir"}, False),
    ],
)
def test_who_must_contest_or_find_a_court_is_told_of_free_legal_advice(said: dict[str, str], told: bool) -> None:
    _, found = walked("surendettement", **said)
    assert ("30 39" in texts(found)) == told


@pytest.mark.parametrize("need", ["rendre", "arret"])
def test_money_to_return_or_cut_is_answered_in_time_and_hunger_has_a_door(need: str) -> None:
    _, found = walked("rsa", deja="oui", besoin=need, caisse_suivi="caf")
    assert "avant la date écrite sur la lettre" in texts(found)
    assert "manger" in texts(found)
    assert ("contester" in texts(found)) == (need == "rendre")
