# SPDX-License-Identifier: EUPL-1.2
"""A word is known by its neighbours; somebody is asked for in a few words, whatever the matter."""

from __future__ import annotations

import pytest

from content.search import Kind, finder_of
from content.search.beyond import read_beyond
from content.search.folding import folded
from content.search.senses import Senses, read_senses
from tests.our_procedures import CATALOGUE

FINDER = finder_of(CATALOGUE)
SENSES = Senses(
    {
        "retraite": {"among": ["moines"], "near": ["couvent"], "but": ["carrière"], "beside": ["battre en retraite"]},
        "permis": {"beside": ["c'est permis"]},
        "voter vote": {"near": ["chanson"]},
    }
)


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("une retraite dans un couvent", {"retraite"}),
        ("le couvent fait une retraite", {"retraite"}),
        ("ma retraite, j'ai travaillé vingt ans au couvent", set[str]()),
        ("les moines sont partis hier soir en voiture pour une retraite", {"retraite"}),
        ("battre en retraite", {"retraite"}),
        ("ma retraite", set[str]()),
        ("la retraite au couvent, moi je veux demander quand vient ma retraite", set[str]()),
        ("tondre, c'est permis", {"permis"}),
        ("mon permis", set[str]()),
        ("ma carrière, ma retraite, mon couvent", set[str]()),
        ("je vote une chanson", {"vote"}),
        ("voter une chanson", {"voter"}),
    ],
)
def test_a_word_is_turned_by_its_neighbours(said: str, turned: set[str]) -> None:
    assert SENSES.turned(folded(said)) == turned


@pytest.mark.parametrize(
    "said",
    [
        "une retraite de silence chez les moines",
        "la bourse a encore baissé, le CAC perd deux points",
        "un logement de vacances au bord d'un lac",
        "j'ai battu mon ami aux cartes",
        "la carte des vins",
        "déclarer sa flamme",
        "le casier de la salle de gym",
        "une salade d'avocats",
        "investir à la bourse",
        "voter pour une candidate à la télé",
        "une retraite de yoga en juin",
    ],
)
def test_a_word_of_ours_in_another_sense_is_refused(said: str) -> None:
    assert FINDER.ask(said).kind is Kind.NONE


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("ma carte d'identité est tombée dans le bus", "carte-identite"),
        ("une bourse pour que ma fille étudie", "bourse-scolaire"),
        ("je vends ma voiture, elle fait du bruit", "carte-grise"),
    ],
)
def test_a_word_keeps_its_sense_when_the_neighbour_is_another_s(said: str, wanted: str) -> None:
    assert wanted in [match.procedure.id for match in FINDER.ask(said).matches]


@pytest.mark.parametrize(
    "said",
    [
        "appelez la conseillère pour ma carte de séjour",
        "je ne sais pas lire, c'est pour le RSA",
        "mon passeport, je voudrais en parler à quelqu'un",
    ],
)
def test_somebody_is_given_whatever_the_matter(said: str) -> None:
    assert FINDER.ask(said).kind is Kind.MEDIATOR


def test_who_does_not_know_how_to_begin_is_shown_what_is_clear() -> None:
    assert FINDER.ask("je sais pas par où commencer").kind is Kind.MEDIATOR
    found = FINDER.ask("mon père est mort hier, je sais pas par où commencer")
    assert found.matches[0].procedure.id == "deces-proche"


@pytest.mark.parametrize("each", [6, pytest.param(1, marks=pytest.mark.long)])
def test_what_is_said_whole_is_never_refused(each: int) -> None:
    """Each way of asking for a procedure finds it, whatever other matter has its words."""
    ways = [text for languages in CATALOGUE.procedures.values() for text in languages["fr"].also][::each]
    lost = [text for text in ways if FINDER.ask(text).kind is Kind.NONE]
    assert lost == []


def test_every_sense_has_a_neighbour() -> None:
    """A group of one word would turn that word each time."""
    assert read_senses().turned(folded("retraite bourse avocat voter permis carte titre acte logement")) == set()
    assert all(len(group) > 1 for group in read_beyond().asked)
