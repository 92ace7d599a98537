# SPDX-License-Identifier: EUPL-1.2
"""Scams, accounts, complaints, legal aid, a death, first gestures: what presses comes first, nothing contradicts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from content.model import Answers
from tests.content.test_outcomes import TODAY, texts, walked


@pytest.mark.parametrize(
    ("said", "gesture"),
    [
        ({"quoi": "carte", "carte_ou": "volee"}, "opposition"),
        ({"quoi": "argent", "argent_comment": "carte"}, "opposition"),
        ({"quoi": "argent", "argent_comment": "virement"}, "banque"),
        ({"quoi": "message", "message_geste": "carte"}, "opposition"),
        ({"quoi": "message", "message_geste": "code", "code_lequel": "banque"}, "banque"),
        ({"quoi": "compte", "compte_lequel": "banque"}, "banque"),
        ({"quoi": "ecran", "ecran_appel": "main"}, "banque"),
        ({}, "banque"),
    ],
)
def test_money_in_danger_is_protected_before_anything_is_asked_for(said: Answers, gesture: str) -> None:
    trail, found = walked("arnaque", **said)
    assert trail.index(gesture) < trail.index("preuves") < trail.index("plainte")
    assert found.do[0].text.startswith("Bloquez la carte" if gesture == "opposition" else "Appelez votre banque")


@pytest.mark.parametrize(("where", "reported"), [("main", True), ("volee", False), ("perdue", False)])
def test_perceval_is_for_those_who_still_have_the_card(where: str, reported: bool) -> None:
    trail, _ = walked("arnaque", quoi="carte", carte_ou=where, argent_parti="oui")
    assert ("perceval" in trail) == reported


def test_a_card_is_blocked_before_any_question_and_a_lost_one_asks_no_complaint() -> None:
    trail, found = walked("arnaque", quoi="carte", carte_ou="perdue", argent_parti="non")
    assert trail == ["quoi", "opposition", "carte-ou", "argent-parti", "fin"]
    assert not {"plainte", "remboursement", "fraude"} & set(texts(found).lower().split())
    assert "Regardez votre compte" in texts(found)


def test_a_code_given_and_no_money_gone_asks_for_no_payment_date() -> None:
    said: Answers = {"quoi": "message", "message_geste": "code", "code_lequel": "banque", "argent_parti": "non"}
    trail, found = walked("arnaque", **said)
    assert "date-paiement" not in trail
    assert "70 jours" not in texts(found)


def test_a_cheque_is_stopped_by_the_bank() -> None:
    trail, found = walked("arnaque", quoi="argent", argent_comment="especes")
    assert trail.index("cheque") < trail.index("preuves")
    assert "demandez à la banque de le bloquer" in texts(found)


@pytest.mark.parametrize(("days", "open_still"), [(0, True), (300, True), (500, False)])
def test_thirteen_months_to_contest(days: int, open_still: bool) -> None:
    _, found = walked(
        "arnaque", quoi="carte", carte_ou="main", argent_parti="oui", date_paiement=TODAY - timedelta(days=days)
    )
    assert bool(found.deadlines) == open_still
    assert ("Le délai est passé" in texts(found)) != open_still


@pytest.mark.parametrize(("how", "bank"), [("rien", False), ("coupon", False), ("especes", True), ("virement", True)])
def test_the_bank_is_called_when_it_can_do_something(how: str, bank: bool) -> None:
    _, found = walked("arnaque", quoi="argent", argent_comment=how)
    assert ("Appelez votre banque" in texts(found)) == ("Appelez la banque tout de suite" in texts(found)) == bank


def test_a_false_message_left_unanswered_only_has_to_be_erased() -> None:
    trail, found = walked("arnaque", quoi="message", message_geste="rien", message_type="sms")
    assert "plainte" not in trail
    assert "Effacez le faux message." in texts(found)
    assert "preuves" not in texts(found)


@pytest.mark.parametrize(("how", "hurried"), [("attendre", False), ("guichet", True)])
def test_who_is_not_ready_to_complain_is_not_hurried(how: str, hurried: bool) -> None:
    _, found = walked("porter-plainte", quoi="violences", danger_maintenant="non", comment=how)
    assert ("Portez plainte vite" in texts(found)) == hurried


def test_who_has_no_telephone_is_not_asked_to_bring_one() -> None:
    _, found = walked("compte-en-ligne", besoin="creer", telephone="non")
    assert "téléphone portable" not in texts(found)


@pytest.mark.parametrize("situation", ["danger", "violences"])
def test_danger_is_answered_first(situation: str) -> None:
    trail, found = walked("porter-plainte", quoi=situation)
    assert trail.index("urgence") <= 2
    assert found.do[0].text.startswith("En danger")
    assert next(visit.place.phone for visit in found.contacts if visit.place) == "17"


@pytest.mark.parametrize(
    ("who", "phone"), [("couple", "39 19"), ("enfant", "119"), ("fragile", "31 33"), ("autre", "116 006")]
)
def test_each_victim_has_somebody_to_call(who: str, phone: str) -> None:
    _, found = walked("porter-plainte", quoi="violences", danger_maintenant="non", violences_qui=who)
    assert phone in {visit.place.phone for visit in found.contacts if visit.place}


@pytest.mark.parametrize(
    ("what", "who", "step"),
    [("vol", "inconnu", "plainte-internet"), ("vol", "connu", "video"), ("autre", "inconnu", "plainte-internet")],
)
def test_the_online_complaint_is_for_goods_and_a_stranger(what: str, who: str, step: str) -> None:
    trail, _ = walked("porter-plainte", quoi=what, auteur=who, comment="internet")
    assert step in trail
    assert len({"plainte-internet", "video"} & set(trail)) == 1


def test_violence_is_never_sent_to_the_online_complaint() -> None:
    trail, _ = walked("porter-plainte", quoi="violences", danger_maintenant="non", comment="internet")
    assert "plainte-internet" not in trail


@pytest.mark.parametrize(("days", "urgent"), [(-3, True), (0, True), (30, True), (31, False), (200, False)])
def test_a_near_hearing_is_urgent(days: int, urgent: bool) -> None:
    when = TODAY + timedelta(days=days)
    trail, found = walked("aide-juridictionnelle", besoin="avocat", audience="oui", date_audience=when)
    assert ("urgent" in trail) == urgent
    assert ("Appelez le tribunal aujourd’hui" in texts(found)) == urgent


@pytest.mark.parametrize(
    ("case", "due"), [("famille", True), ("argent", True), ("convoque", False), ("etranger", False)]
)
def test_the_stamp_is_spoken_of_where_it_exists(case: str, due: bool) -> None:
    _, found = walked("aide-juridictionnelle", besoin="avocat", affaire=case)
    assert ("50 euros" in texts(found)) == due


@pytest.mark.parametrize(("days", "late"), [(0, False), (15, False), (16, True)])
def test_fifteen_days_against_a_refusal(days: int, late: bool) -> None:
    _, found = walked("aide-juridictionnelle", besoin="refus", date_refus=TODAY - timedelta(days=days))
    assert ("Le délai de 15 jours est passé" in texts(found)) == late
    assert bool(found.deadlines) != late


def test_after_a_death_one_may_stop_once_what_presses_is_seen() -> None:
    trail, found = walked("deces-proche", quand="recent", ou="maison", suite="tard")
    assert trail.index("maison") < trail.index("pompes") < trail.index("mairie")
    assert "banque" not in trail
    assert "Prévenez la banque" not in texts(found)
    assert "Revenez ici pour la suite" in texts(found)
    assert "dans les 24 heures" in texts(found)


def test_after_the_funeral_nothing_is_said_of_it() -> None:
    trail, found = walked("deces-proche", quand="apres", date=date(2026, 10, 1), lien="epoux")
    assert not {"maison", "pompes", "mairie"} & set(trail)
    assert "obsèques" not in texts(found)
    assert {deadline.due for deadline in found.deadlines} == {date(2027, 4, 1), date(2027, 10, 1)}


@pytest.mark.parametrize(("tie", "shared"), [("epoux", True), ("compagnon", False), ("parent", False)])
def test_only_the_married_are_told_of_the_reversion(tie: str, shared: bool) -> None:
    _, found = walked("deces-proche", quand="apres", lien=tie)
    assert ("Demandez la retraite de réversion." in texts(found)) == shared


def test_after_the_death_of_a_child_neither_bank_nor_inheritance_is_spoken_of() -> None:
    trail, found = walked("deces-proche", quand="apres", date=date(2026, 10, 1), lien="enfant", enfant_age="mineur")
    assert not {"banque", "logement", "heritage", "impots"} & set(trail)
    assert not found.deadlines
    assert "banque" not in texts(found)
    assert "32 30" in {visit.place.phone for visit in found.contacts if visit.place}


def test_after_a_death_abroad_the_consulate_stands_for_the_town_hall() -> None:
    _, found = walked("deces-proche", quand="recent", ou="etranger")
    places = {visit.place.name for visit in [*found.where, *found.contacts] if visit.place}
    assert "Le consulat de France dans le pays" in places
    assert "La mairie du lieu du décès" not in places


@pytest.mark.parametrize("answer", ["soleil", "maison", "voiture", "unknown"])
def test_a_wrong_answer_in_an_exercise_goes_on_all_the_same(answer: str) -> None:
    trail, found = walked("premiers-gestes", bienvenue="tout", ex_maison=answer, pause_ecran="non")
    assert ("maison-bravo" in trail) == (answer == "maison")
    assert "toucher et faire glisser" in texts(found)
    assert "taper, effacer" not in texts(found)


def test_the_whole_course_fits_in_one_sitting() -> None:
    trail, found = walked("premiers-gestes")
    assert 35 <= len(trail) <= 45
    assert sum(task.text.startswith("Appris") for task in found.do) == 5


def test_who_can_only_speak_types_no_letter() -> None:
    trail, _ = walked("premiers-gestes", essai_mot="passer")
    assert "mot" not in trail
