# SPDX-License-Identifier: EUPL-1.2
"""Health cards and cover, housing, work, handicap and age: danger first, then what agrees with the answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from content.model import Possession
from tests.content.test_outcomes import TODAY, texts, walked

PAPERS = dict.fromkeys(("identite", "impot", "formulaire"), Possession.MISSING)


@pytest.mark.parametrize(
    ("name", "said", "first", "number"),
    [
        ("complementaire-sante", {"situation": "soins"}, "soins", None),
        ("aide-logement", {"situation": "impaye"}, "impaye", "0 805 16 00 75"),
        ("logement-social", {"situation": "rue"}, "rue", "115"),
        ("logement-social", {"situation": "attente", "cas": "expulsion"}, "expulsion", "0 805 16 00 75"),
        ("personne-agee", {"situation": "danger"}, "danger", "31 33"),
    ],
)
def test_what_presses_comes_right_after_the_question(
    name: str, said: dict[str, str], first: str, number: str | None
) -> None:
    trail, found = walked(name, **said)
    assert trail[len(said)] == first
    assert number is None or number in [visit.place.phone for visit in found.contacts if visit.place]


@pytest.mark.parametrize(("given", "bank"), [("oui", True), ("unknown", True), ("non", False)])
def test_a_bank_card_given_to_a_false_message_is_blocked(given: str, bank: bool) -> None:
    trail, found = walked("carte-vitale", sujet="compte", compte="message", donne=given)
    assert ("banque" in trail) == ("bloquer la carte bancaire" in texts(found)) == bank
    assert ("sans toucher le lien" in texts(found)) != bank
    assert ("c’est une preuve" in texts(found)) == bank
    assert "Commandez" not in texts(found)


@pytest.mark.parametrize("fund", ["assurance-maladie", "msa", "autre", "unknown"])
def test_a_certificate_asks_for_no_photo_and_no_order(fund: str) -> None:
    trail, found = walked("carte-vitale", sujet="attestation", caisse=fund)
    assert {"pieces", "soins", "commande"} & set(trail) == set()
    assert found.bring == ()
    assert "attestation de droits" in texts(found)
    assert "Commandez" not in texts(found)


def test_a_first_card_without_a_number_asks_for_the_number_first() -> None:
    trail, found = walked("carte-vitale", sujet="premiere", premiere="arrivee", numero_sante="non")
    assert trail[-2] == "ouvrir-droits"
    assert "un numéro" in texts(found)


@pytest.mark.parametrize(
    ("days", "step"),
    [(-400, "trop-tot"), (-124 + 1, "bon-moment"), (-30, "bon-moment"), (0, "bon-moment"), (1, "droits-finis")],
)
def test_health_cover_is_asked_for_again_in_its_last_months(days: int, step: str) -> None:
    end = TODAY - timedelta(days=days)
    trail, found = walked("complementaire-sante", situation="renouveler", date_fin=end)
    assert step in trail
    assert ("4 mois avant" in texts(found)) == (step == "trop-tot")
    assert ("Faites la demande" in texts(found)) == (step != "trop-tot")


def test_with_the_rsa_health_cover_is_only_checked() -> None:
    trail, found = walked("complementaire-sante", situation="demander", aides="rsa", avec_rsa="oui")
    assert "pieces" not in trail
    assert "Faites la demande" not in texts(found)


@pytest.mark.parametrize(
    ("asked", "step", "late"),
    [
        (date(2025, 3, 15), "depassee", False),
        (date(2026, 1, 15), "maintenant", True),
        (date(2026, 9, 15), "pas-encore", True),
    ],
)
def test_a_housing_request_is_renewed_within_its_year(asked: date, step: str, late: bool) -> None:
    trail, found = walked("logement-social", situation="renouveler", date_demande=asked, **renewal(step))
    assert step in trail
    assert [one.due for one in found.deadlines] == ([asked.replace(year=2027)] if late else [])
    assert ("existe encore" in texts(found)) == (step == "depassee")


def renewal(step: str) -> dict[str, str]:
    return {} if step == "pas-encore" else {"renouveler": "guichet"}


@pytest.mark.parametrize(
    ("name", "said", "checklist", "act"),
    [
        (
            "complementaire-sante",
            {"situation": "demander", "caisse": "assurance-maladie", "moyen": "internet"},
            "pieces",
            "envoyer-ameli",
        ),
        ("aide-logement", {"situation": "demander", "caisse": "caf", "moyen": "internet"}, "pieces", "demander-caf"),
        ("prime-activite", {"situation": "demander", "caisse": "msa", "moyen": "internet"}, "pieces", "demander-msa"),
        ("logement-social", {"situation": "demander", "moyen": "internet"}, "pieces", "envoyer"),
        ("handicap", {"situation": "demander", "moyen": "internet"}, "pieces", "envoyer"),
        ("personne-agee", {"situation": "maison", "moyen": "internet"}, "pieces", "envoyer"),
    ],
)
def test_once_sent_online_nothing_is_left_to_bring(name: str, said: dict[str, str], checklist: str, act: str) -> None:
    key = act.replace("-", "_")
    _, found = walked(name, **said, **{checklist: PAPERS, key: "done"})
    assert found.bring == ()
    assert [
        task.text for task in found.do if "C’est fait" in task.text or "parti" in task.text or "Gardez" in task.text
    ]
    _, found = walked(name, **said, **{checklist: PAPERS, key: "stuck"})
    assert found.bring != ()
    assert [visit.place.name for visit in found.where if visit.place and "France Services" in visit.place.name]


@pytest.mark.parametrize(("received", "late"), [(TODAY - timedelta(days=10), False), (date(2026, 3, 1), True)])
def test_a_refusal_of_the_mdph_is_contested_in_two_months(received: date, late: bool) -> None:
    _, found = walked("handicap", situation="refus", date_lettre=received)
    assert ("passé" in texts(found)) == late
    assert bool(found.deadlines) != late


def test_an_old_card_has_its_last_day() -> None:
    _, found = walked("handicap", situation="carte", carte="ancienne")
    assert [one.due for one in found.deadlines] == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("fund", "who"),
    [("generale", "assurance-retraite"), ("agricole", "msa"), ("aucune", "mairie"), ("unknown", "aide")],
)
def test_a_small_pension_is_asked_for_where_the_pension_comes_from(fund: str, who: str) -> None:
    trail, found = walked("personne-agee", situation="argent", age_argent="plus", retraite=fund)
    assert trail[-2] == {"assurance-retraite": "demande-retraite"}.get(who, f"demande-{who}")
    assert "Aspa" in texts(found)
    assert found.contacts
