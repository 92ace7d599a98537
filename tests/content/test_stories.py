# SPDX-License-Identifier: EUPL-1.2
"""Long stories, what is set aside, and dangers told beside a procedure."""

from __future__ import annotations

import pytest

from content.search import Kind, finder_of
from content.search.beyond import Danger
from content.search.contrasts import wanted
from content.search.stories import parts_of
from tests.our_procedures import CATALOGUE

FINDER = finder_of(CATALOGUE)
MARKET = (
    "Bonjour madame, je suis venue ce matin avec ma voisine parce que mon fils ne peut pas m'emmener, "
    "hier j'étais au marché, il y avait du monde, j'ai acheté des légumes et du poisson, "
    "j'ai discuté avec une dame que je connais depuis l'école, on a parlé du temps et des vacances, "
    "et quand je suis rentrée à la maison j'ai cherché partout, sous le lit, dans la cuisine, "
    "chez la voisine aussi, et je me suis dit que j'avais dû la laisser tomber sur la place, "
)


@pytest.mark.parametrize(
    ("end", "procedure"),
    [
        ("bref j'ai perdu ma carte d'identité", "carte-identite"),
        ("enfin ma carte vitale ne marche plus", "carte-vitale"),
        ("et maintenant je voudrais demander ma retraite", "retraite"),
    ],
)
def test_what_is_wanted_at_the_end_of_a_story_comes_first(end: str, procedure: str) -> None:
    assert len(MARKET) > 400
    assert FINDER.ask(MARKET + end).matches[0].procedure.id == procedure


def test_a_story_that_wants_nothing_of_ours_finds_nothing() -> None:
    assert FINDER.ask(MARKET + "et alors il faisait un soleil magnifique").kind is not Kind.PROCEDURES


def test_somebody_is_found_at_the_end_of_a_story() -> None:
    assert FINDER.ask(MARKET + "mais moi je ne sais pas lire").kind is Kind.MEDIATOR


def test_parts_are_few_whatever_the_length() -> None:
    assert parts_of("j'ai perdu ma carte") == ()
    assert len(parts_of("un mot, puis un autre mot encore et encore. " * 1000)) <= 20


@pytest.mark.parametrize(
    ("said", "procedure"),
    [
        ("je ne veux pas de carte d'identité, je veux un passeport", "passeport"),
        ("je veux un passeport, pas une carte d'identité", "passeport"),
        ("c'est pas pour le RSA, c'est pour la prime d'activité", "prime-activite"),
        ("pas le permis mais la carte grise", "carte-grise"),
    ],
)
def test_what_is_set_aside_is_not_proposed_first(said: str, procedure: str) -> None:
    assert FINDER.ask(said).matches[0].procedure.id == procedure


@pytest.mark.parametrize(
    "said",
    [
        "je veux pas payer mes impôts, je peux pas",
        "j'ai pas ma carte, je voudrais savoir où elle est",
        "je ne peux pas payer mon loyer",
        "je ne veux pas perdre mes droits, j'ai oublié de m'actualiser",
        "je veux pas de passeport",
    ],
)
def test_what_contrasts_nothing_is_read_whole(said: str) -> None:
    assert wanted(said) == said


@pytest.mark.parametrize(
    ("said", "danger", "kind"),
    [
        ("je sais pas où dormir ce soir", Danger.SHELTER, Kind.PROCEDURES),
        ("mon mari me frappe", Danger.VIOLENCE, Kind.PROCEDURES),
        ("il y a le feu", Danger.LIFE, Kind.MEDIATOR),
        ("mon fils est harcelé à l'école", Danger.BULLYING, Kind.MEDIATOR),
        ("mon mari veut me tuer", Danger.VIOLENCE, Kind.MEDIATOR),
        ("mon père est tombé, il bouge plus", Danger.LIFE, Kind.MEDIATOR),
        ("je me bats avec la préfecture pour mon titre de séjour", Danger.NONE, Kind.PROCEDURES),
        ("j'habite à la rue des Lilas, je déménage", Danger.NONE, Kind.PROCEDURES),
    ],
)
def test_who_to_call_is_said_beside_what_is_proposed(said: str, danger: Danger, kind: Kind) -> None:
    answer = FINDER.ask(said)
    assert (answer.urgent, answer.kind) == (danger, kind)


def test_each_of_several_needs_is_proposed() -> None:
    answer = FINDER.ask("j'ai perdu ma carte d'identité et je veux aussi le RSA et ma carte grise")
    assert [match.procedure.id for match in answer.matches] == ["carte-identite", "rsa", "carte-grise"]


@pytest.mark.parametrize("said", ["护照", "أريد جواز سفر", "паспорт"])
def test_who_writes_in_another_script_is_given_somebody(said: str) -> None:
    assert FINDER.ask(said).kind is Kind.MEDIATOR
