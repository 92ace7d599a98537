# SPDX-License-Identifier: EUPL-1.2
"""Licence, carte grise, passport, residence permit, birth, vote, casier: the end agrees with the answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from content.model import Possession
from tests.content.test_outcomes import TODAY, texts, walked


@pytest.mark.parametrize(("since", "late"), [(30, False), (364, False), (366, True), (3000, True)])
def test_a_foreign_licence_is_exchanged_within_a_year_or_asked_about(since: int, late: bool) -> None:
    begun = TODAY - timedelta(days=since)
    trail, found = walked("permis-conduire", besoin="etranger", pays="autre", etudes="non", accord="oui", arrivee=begun)
    assert ("trop-tard" in trail) == late
    assert ("pieces-echange" in trail) != late
    assert ("Arrêtez de conduire" in texts(found)) == late
    assert ("le délai est passé" in texts(found)) == late
    assert ("Demandez l’échange sur le site" in texts(found)) != late


@pytest.mark.parametrize(
    "said",
    [
        {"besoin": "vieux", "modele": "rose", "rose": "garder"},
        {"besoin": "etranger", "pays": "europe", "europe": "non"},
        {"besoin": "etranger", "pays": "royaume-uni", "britannique": "avant"},
        {"besoin": "etranger", "pays": "autre", "etudes": "oui"},
    ],
)
def test_a_licence_that_is_still_good_asks_for_nothing(said: dict[str, str]) -> None:
    trail, found = walked("permis-conduire", **said)
    assert "garder" in trail
    assert "Gardez votre permis" in texts(found)
    assert not found.bring
    assert "Demandez" not in texts(found)


@pytest.mark.parametrize(("need", "pays"), [("perdu", True), ("vole", True), ("abime", False)])
def test_only_a_lost_or_stolen_licence_has_a_known_price(need: str, pays: bool) -> None:
    _, found = walked("permis-conduire", besoin=need, comment="aide")
    assert ("25 euros" in texts(found)) == pays


@pytest.mark.parametrize(("days", "late"), [(-10, False), (0, False), (15, False), (16, True)])
def test_a_sale_is_declared_within_a_fortnight(days: int, late: bool) -> None:
    sold = TODAY - timedelta(days=days)
    _, found = walked("carte-grise", besoin="vente", vendu="oui", date_vente=sold, comment="aide")
    assert ("le délai est passé" in texts(found)) == late
    assert [line.due for line in found.deadlines] == ([] if late else [sold + timedelta(days=15)])
    _, found = walked("carte-grise", besoin="vente", vendu="oui", date_vente=sold, comment="internet")
    assert not found.deadlines, "declared: nothing is left to do by a date"


def test_a_garage_buys_without_a_technical_check_and_a_neighbour_does_not() -> None:
    trail, _ = walked("carte-grise", besoin="vente", age_vehicule="oui", acheteur="garage")
    assert "controle" not in trail
    trail, _ = walked("carte-grise", besoin="vente", age_vehicule="oui", acheteur="personne")
    assert "controle" in trail


@pytest.mark.parametrize(
    ("who", "age", "price"),
    [("adulte", None, "86 euros"), ("enfant", "petit", "17 euros"), ("enfant", "grand", "42 euros")],
)
def test_the_price_of_a_passport_follows_the_age(who: str, age: str | None, price: str) -> None:
    _, found = walked("passeport", pour_qui=who, besoin="perdu", **({"age": age} if age else {}))
    assert [line.text for line in found.cost if price in line.text]
    assert len(found.cost) == 1


def test_a_passport_with_a_new_name_is_free_unless_the_old_one_is_missing() -> None:
    said = {"pour_qui": "adulte", "besoin": "changement", "changement": "nom"}
    _, found = walked("passeport", **said, pieces={"ancien": Possession.HAVE})
    assert "gratuit" in texts(found)
    assert "86 euros" not in texts(found)
    _, found = walked("passeport", **said, pieces={"ancien": Possession.MISSING})
    assert "gratuit" not in texts(found)
    assert "86 euros" in texts(found)
    assert "Un timbre fiscal" in texts(found)
    assert "Déclarez la perte à la mairie" in texts(found)


@pytest.mark.parametrize(
    ("end", "step"),
    [
        (TODAY - timedelta(days=1), "fini"),
        (TODAY, "vite"),
        (TODAY + timedelta(days=60), "vite"),
        (TODAY + timedelta(days=61), "moment"),
        (TODAY + timedelta(days=120), "moment"),
        (TODAY + timedelta(days=121), "attendre"),
    ],
)
def test_a_residence_permit_is_renewed_between_four_and_two_months_before_its_end(end: date, step: str) -> None:
    trail, found = walked("titre-sejour", besoin="renouveler", date_fin=end, comment="aide")
    assert {"fini", "vite", "moment", "attendre"} & set(trail) == {step}
    assert ("Demandez le renouvellement aujourd’hui" in texts(found)) == (step in ("fini", "vite"))
    assert ("entre 4 et 2 mois" in texts(found)) == (step in ("moment", "attendre"))


@pytest.mark.parametrize(("motive", "asked"), [("travail", True), ("famille", True), ("etudes", False)])
def test_a_student_is_not_asked_for_the_examen_civique(motive: str, asked: bool) -> None:
    trail, found = walked("titre-sejour", besoin="renouveler", motif=motive, duree="un-an", comment="aide")
    assert ("examen" in trail) == ("examen civique" in texts(found)) == asked


def test_a_refugee_is_not_sent_to_the_consulate() -> None:
    trail, found = walked("titre-sejour", besoin="perdue", passeport_aussi="refugie", comment="aide")
    assert "consulat" not in trail
    places = {visit.place.name for visit in [*found.where, *found.contacts] if visit.place}
    assert "Une association d’aide aux étrangers" in places
    assert "Le consulat de votre pays" not in places


def test_a_letter_of_refusal_leads_to_a_lawyer_at_once() -> None:
    trail, found = walked("titre-sejour", besoin="suivi", quel_suivi="refus")
    assert trail[:3] == ["besoin", "quel-suivi", "refus"]
    assert found.do[0].text.startswith("Voyez un avocat aujourd’hui")
    assert "30 39" in {visit.place.phone for visit in found.where if visit.place}


def test_a_separation_gives_the_numbers_for_violence_and_danger() -> None:
    _, found = walked("titre-sejour", besoin="situation", quelle_situation="separation")
    assert "39 19" in texts(found)
    assert "appelez le 17" in texts(found)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"lieu": "france", "comment": "guichet"}, "La mairie du lieu de naissance"),
        ({"lieu": "etranger", "nationalite": "francaise", "nantes": "lettre"}, "Le service central d’état civil"),
        ({"lieu": "independant", "nationalite": "refugie"}, "L’office de protection des réfugiés"),
        ({"lieu": "etranger", "nationalite": "autre"}, "Le consulat du pays de naissance"),
    ],
)
def test_the_place_of_birth_and_the_nationality_tell_who_keeps_the_record(said: dict[str, str], place: str) -> None:
    _, found = walked("acte-naissance", **said)
    assert [visit for visit in found.where if visit.place and visit.place.name.startswith(place)]
    assert "C’est gratuit" in texts(found)


def test_a_neighbour_gets_only_the_record_without_the_parents() -> None:
    trail, found = walked("acte-naissance", lieu="france", qui="autre")
    assert "sorte" not in trail
    assert "sans filiation" in texts(found)
    assert "Le nom des parents" not in texts(found)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("oui", "Allez à la police"),
        ("non", "venir chez vous"),
        ("etranger", "Allez au consulat"),
        ("unknown", "police"),
    ],
)
def test_a_proxy_is_given_where_the_person_can_be(where: str, told: str) -> None:
    _, found = walked("voter", besoin="procuration", quoi_procuration="donner", deplacer=where)
    assert told in "\n".join(line.text for line in found.do)


def test_who_has_other_papers_is_told_the_truth_about_voting() -> None:
    trail, found = walked("voter", besoin="inscrire", papiers="autre")
    assert trail == ["besoin", "papiers", "autre-pays", "fin"]
    assert "Inscrivez-vous" not in texts(found)


@pytest.mark.parametrize(
    ("born", "court"), [("france", False), ("etranger", False), ("pacifique", True), ("unknown", False)]
)
def test_who_was_born_in_the_pacific_writes_to_the_court_there(born: str, court: bool) -> None:
    trail, found = walked("casier-judiciaire", besoin="extrait", pourquoi="autre", naissance=born)
    assert ("greffe" in trail) == ("lettre-greffe" in trail) == court
    assert ("Écrivez au tribunal du lieu de naissance" in texts(found)) == court


def test_nobody_asks_for_the_record_of_somebody_else() -> None:
    trail, found = walked("casier-judiciaire", besoin="extrait", qui="autre")
    assert trail[-2:] == ["refuse", "fin"]
    assert not found.bring
