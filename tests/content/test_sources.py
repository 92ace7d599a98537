# SPDX-License-Identifier: EUPL-1.2
"""The paper names the official page that fits what was answered, and always one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from content.conditions import holds
from content.model import AnswerFormat, AnswerIs, Answers, AnswerValue, Outcome, Possession, Procedure, Step
from content.road_map import build, keep, told
from content.routing import next_step
from content.sources import general, nameable
from tests.content.test_outcomes import walked
from tests.our_procedures import CATALOGUE
from tests.sample_procedures import TODAY, sample_procedure

SAMPLE = sample_procedure()
MISSING = {"carte": Possession.MISSING}

ours = pytest.mark.parametrize("procedure", CATALOGUE.titles(), ids=lambda procedure: procedure.id)


# Which one


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        ({"besoin": "perdue", "pour-qui": "enfant"}, "child"),
        ({"besoin": "perdue", "pour-qui": "adulte"}, "lost"),
        ({"besoin": "abimee", "pour-qui": "enfant"}, "child"),
        ({"besoin": "abimee"}, "plain"),
        ({"besoin": "unknown"}, "plain"),
        ({}, "plain"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 1, 3), (2, 3, 0, 1)])
def test_the_first_that_fits_else_the_general_one_wherever_it_stands(
    answers: Answers, page: str, order: tuple[int, ...]
) -> None:
    plain, lost = SAMPLE.sources
    pages = (
        replace(plain, url="child", when=AnswerIs("pour-qui", ("enfant",))),
        replace(lost, url="lost"),
        replace(plain, url="plain"),
        replace(plain, url="only compared"),
    )
    procedure = sample_procedure(sources=tuple(pages[at] for at in order))
    assert build(procedure, ("fin",), answers, TODAY).source.url == page
    assert general(procedure).url == "plain"
    assert {source.url for source in nameable(procedure)} == {"plain", "child", "lost"}


def test_the_day_of_the_comparison_is_that_of_the_oldest_page() -> None:
    """What the paper says comes from several pages: no day later than all of them is true of it."""
    recent, old = SAMPLE.sources
    found = build(SAMPLE, ("fin",), {"besoin": "abimee"}, TODAY)
    assert (found.source, found.checked_on) == (recent, old.checked_on)
    assert recent.checked_on > old.checked_on


def test_a_paper_told_again_names_the_same_page() -> None:
    general_one, lost = SAMPLE.sources
    kept = keep(SAMPLE, ("fin",), {"besoin": "perdue"}, TODAY)
    assert told(SAMPLE, kept, TODAY).source == lost
    assert told(SAMPLE, replace(kept, source=""), TODAY).source == general_one, "a copy of before"
    later = sample_procedure(sources=(general_one,))
    assert told(later, kept, TODAY).source == general_one, "a page that the procedure names no more"


# Ours


CASES: list[tuple[str, dict[str, AnswerValue], str]] = [
    ("carte-identite", {"pour_qui": "enfant", "besoin": "perdue"}, "F21090"),
    ("carte-identite", {"pour_qui": "enfant", "besoin": "volee"}, "F21090"),
    ("carte-identite", {"pour_qui": "enfant", "besoin": "date", "pieces": MISSING}, "F21090"),
    ("carte-identite", {"pour_qui": "adulte", "besoin": "perdue"}, "F1344"),
    ("carte-identite", {"pour_qui": "adulte", "besoin": "volee"}, "F1759"),
    ("carte-identite", {"pour_qui": "adulte", "besoin": "abimee", "pieces": MISSING}, "F1344"),
    ("carte-identite", {"pour_qui": "adulte", "besoin": "abimee"}, "F21089"),
    ("carte-identite", {"pour_qui": "adulte", "besoin": "changement"}, "F21089"),
    ("carte-identite", {"pour_qui": "adulte"}, "F21089"),
    ("passeport", {"pour_qui": "enfant", "besoin": "perdu"}, "F21244"),
    ("passeport", {"pour_qui": "enfant", "besoin": "premier"}, "F21092"),
    ("passeport", {"pour_qui": "enfant", "besoin": "vole"}, "F21092"),
    ("passeport", {"pour_qui": "adulte", "besoin": "premier"}, "F14929"),
    ("passeport", {"pour_qui": "adulte", "besoin": "perdu"}, "F21246"),
    ("passeport", {"pour_qui": "adulte", "besoin": "vole"}, "F21247"),
    ("passeport", {"pour_qui": "adulte", "besoin": "date"}, "F21091"),
    ("passeport", {"pour_qui": "adulte"}, "F21091"),
    ("permis-conduire", {"besoin": "perdu"}, "F1727"),
    ("permis-conduire", {"besoin": "vole"}, "F1450"),
    ("permis-conduire", {"besoin": "etranger", "pays": "autre"}, "F1460"),
    ("permis-conduire", {"besoin": "etranger", "pays": "europe"}, "permisdeconduire.ants.gouv.fr"),
    ("permis-conduire", {"besoin": "abime"}, "permisdeconduire.ants.gouv.fr"),
    ("carte-grise", {"besoin": "vente"}, "F1707"),
    ("carte-grise", {"besoin": "achat", "vendeur": "personne"}, "F1050"),
    ("carte-grise", {"besoin": "achat", "vendeur": "etranger"}, "immatriculation.ants.gouv.fr"),
    ("carte-grise", {"besoin": "adresse"}, "F12118"),
    ("carte-grise", {"besoin": "perdue"}, "F1731"),
    ("carte-grise", {"besoin": "volee"}, "F1731"),
    ("carte-grise", {}, "immatriculation.ants.gouv.fr"),
    ("carte-vitale", {"sujet": "compte"}, "nos-engagements-pour-ameliorer-la-qualite-de-service"),
    ("carte-vitale", {"sujet": "attestation"}, "F10662"),
    ("carte-vitale", {"sujet": "refaire"}, "F265"),
    ("titre-sejour", {"besoin": "adresse"}, "F35807"),
    ("titre-sejour", {"besoin": "renouveler"}, "administration-etrangers-en-france.interieur.gouv.fr"),
    ("voter", {"besoin": "procuration"}, "F1604"),
    ("voter", {"besoin": "inscrire"}, "F1367"),
    ("naissance", {"besoin": "reconnaitre"}, "F887"),
    ("naissance", {"besoin": "deuil"}, "F19224"),
    ("naissance", {"besoin": "conge"}, "www.ameli.fr"),
    ("naissance", {"besoin": "declarer"}, "F961"),
    ("bourse-scolaire", {"niveau": "college"}, "F984"),
    ("bourse-scolaire", {"niveau": "lycee"}, "F616"),
    ("bourse-scolaire", {"niveau": "etudes"}, "A17171"),
    ("handicap", {"situation": "demander", "besoin": "argent"}, "F12242"),
    ("handicap", {"situation": "demander", "besoin": "stationnement"}, "F34049"),
    ("handicap", {"situation": "carte"}, "F34049"),
    ("handicap", {"situation": "enfant"}, "N12230"),
    ("logement-social", {"situation": "renouveler"}, "F32880"),
    ("logement-social", {"situation": "attente"}, "F18005"),
    ("logement-social", {"situation": "rue", "deja": "oui"}, "F18005"),
    ("logement-social", {"situation": "demander"}, "F10007"),
    ("personne-agee", {"situation": "maison", "gestes": "corps"}, "F10009"),
    ("personne-agee", {"situation": "maison", "gestes": "menage"}, "www.pour-les-personnes-agees.gouv.fr"),
    ("personne-agee", {"situation": "argent", "age_argent": "plus"}, "F16871"),
    ("personne-agee", {"situation": "argent", "age_argent": "moins"}, "www.pour-les-personnes-agees.gouv.fr"),
    ("prime-activite", {"situation": "demander", "travail": "etudes"}, "F33375"),
    ("prime-activite", {"situation": "demander", "travail": "salarie"}, "F2882"),
    ("retraite", {"besoin": "reversion"}, "F13104"),
    ("retraite", {"besoin": "demander"}, "www.info-retraite.fr"),
    ("surendettement", {"besoin": "suite", "suite_quoi": "refus"}, "F34642"),
    ("surendettement", {"besoin": "dettes"}, "F134"),
    ("complementaire-sante", {"situation": "renouveler"}, "renouvellement-de-la-complementaire-sante-solidaire"),
    ("complementaire-sante", {"situation": "renouveler", "caisse": "msa"}, "F10027"),
    ("complementaire-sante", {"situation": "demander"}, "F10027"),
    ("compte-en-ligne", {"besoin": "franceconnect"}, "franceconnect.gouv.fr"),
    ("compte-en-ligne", {"besoin": "passe"}, "mots-de-passe"),
    ("declarer-revenus", {"besoin": "premiere"}, "F369"),
    ("declarer-revenus", {"besoin": "changement", "evenement": "union"}, "F388"),
    (
        "declarer-revenus",
        {"besoin": "changement", "evenement": "deces"},
        "quelles-demarches-dois-je-accomplir-en-cas-de-deces-dun-proche",
    ),
    (
        "declarer-revenus",
        {"besoin": "declarer", "message": "automatique"},
        "declaration-automatique-impot-revenus",
    ),
    (
        "declarer-revenus",
        {"besoin": "corriger", "deja_comment": "automatique"},
        "declaration-automatique-impot-revenus",
    ),
    (
        "declarer-revenus",
        {"besoin": "retard"},
        "comment-creer-votre-espace-particulier-pour-declarer-en-ligne",
    ),
    ("payer-impots", {"besoin": "payer", "payer_combien": "remise"}, "F34392"),
    ("payer-impots", {"besoin": "payer", "payer_combien": "temps"}, "F3124"),
    ("payer-impots", {"besoin": "erreur"}, "F110"),
    ("payer-impots", {"besoin": "mensuel"}, "www.impots.gouv.fr"),
    ("france-travail", {"besoin": "actualiser", "actu_besoin": "mois"}, "www.francetravail.fr"),
    (
        "france-travail",
        {"besoin": "actualiser", "actu_besoin": "oubli", "actu_oubli": "apres"},
        "linscription-et-le-rendez-vous-e.html",
    ),
    ("arnaque", {"quoi": "carte"}, "carte-paiement"),
    ("arnaque", {"quoi": "argent", "argent_comment": "carte"}, "carte-paiement"),
    ("arnaque", {"quoi": "argent", "argent_comment": "especes"}, "F1520"),
    ("arnaque", {"quoi": "message", "message_geste": "carte"}, "carte-paiement"),
    ("arnaque", {"quoi": "message", "message_geste": "rien", "message_type": "appel"}, "www.33700.fr"),
    ("arnaque", {"quoi": "message", "message_geste": "rien", "message_type": "email"}, "17cyber.gouv.fr"),
    ("arnaque", {"quoi": "ecran"}, "17cyber.gouv.fr"),
]


@pytest.mark.parametrize(("name", "said", "page"), CASES, ids=str)
def test_the_page_fits_what_was_answered(name: str, said: dict[str, AnswerValue], page: str) -> None:
    _, found = walked(name, **said)
    assert found.source.url.rstrip("/").rpartition("/")[2] == page, found.source.title


@ours
def test_each_page_that_a_paper_may_name_is_in_the_cases(procedure: Procedure) -> None:
    pages = {page for name, _, page in CASES if name == procedure.id}
    conditional = [source for source in procedure.sources if source.when]
    assert {source.url.rpartition("/")[2] for source in conditional} <= pages
    urls = [source.url for source in procedure.sources]
    assert len(urls) == len(set(urls)), "a page is kept by its address"


@ours
def test_every_path_ends_with_a_page_that_fits(procedure: Procedure) -> None:
    for seed in range(60):
        trail, answers = by_chance(procedure, random.Random(seed))  # noqa: S311 - answers, no secrets
        for text in CATALOGUE.procedures[procedure.id].values():
            named = build(text, trail, answers, TODAY).source
            assert named in nameable(text)
            assert holds(named.when, answers, TODAY), named


def by_chance(procedure: Procedure, by: random.Random) -> tuple[list[str], Answers]:
    """One way through a procedure, down to an end or until it goes round."""
    answers: dict[str, AnswerValue] = {}
    trail = [procedure.start]
    while (step := procedure.steps[trail[-1]]).routes or step.choices:
        if (given := any_answer(step, by)) is not None:
            answers[step.id] = given
        trail.append(next_step(procedure, step, answers, TODAY))
        if len(trail) > 120:
            break
    return trail, answers


def any_answer(step: Step, by: random.Random) -> AnswerValue | None:
    if step.choices:
        return by.choice([choice.id for choice in step.choices] + ["unknown"] * step.may_not_know)
    if step.documents:
        return {document.id: by.choice(list(Possession)) for document in step.documents}
    if step.url:
        return by.choice(list(Outcome))
    if step.question is None:
        return None
    if step.question.format is AnswerFormat.DATE:
        return TODAY + timedelta(days=by.choice((-4000, -400, -3, 3, 40)))
    return 3 if step.question.format is AnswerFormat.NUMBER else "Rennes"
