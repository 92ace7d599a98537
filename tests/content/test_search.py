# SPDX-License-Identifier: EUPL-1.2
"""What people type finds what they want, among three; what means nothing here finds nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import loader
from content.loader import load_catalogue
from content.model import Catalogue
from content.search import SENSIBLE, search, words_of
from tests.sample_procedures import sample_procedure

CATALOGUE = load_catalogue(Path(loader.__file__).parent / "procedures")

ASKED = {
    "carte-identite": [
        "j'ai perdu ma carte d'identité",
        "refaire mes papiers",
        "CARTE IDENTITE",
        "on m'a volé mes papiers dans le bus",
        "carte didentite perimee",
        "ma carte d identiter est cassé",
        "je veux une nouvelle carte nationale d'identité pour mon fils",
        "bonjour je voudrais renouveler ma carte d'identité s'il vous plaît",
    ],
    "rsa": [
        "rsa",
        "je voudrais le RSA",
        "j'ai plus d'argent",
        "je n'ai aucun revenu pour vivre",
        "toucher le rsa",
        "aide de la caf",
    ],
    "france-travail": [
        "pole emploi",
        "je cherche du travail",
        "je suis au chomage",
        "m'inscrire à pôle emploi",
        "j'ai perdu mon travail",
        "franse travaille",
    ],
    "declarer-revenus": [
        "declarer mes impots",
        "la feuille d'impôts",
        "faire ma déclaration",
        "déclaration de revenus",
        "je dois payer les impots",
    ],
    "carte-vitale-perdue": [
        "carte vitale",
        "on m'a volé ma carte vitale",
        "carte de sécu perdue",
        "ma carte vital ne marche plus",
        "carte de la sécurité sociale",
    ],
    "changer-adresse": [
        "je déménage",
        "changer d'adresse",
        "j'ai une nouvelle maison",
        "demenagement",
        "on vient de demenager",
    ],
}
QUERIES = [(wanted, query) for wanted, queries in ASKED.items() for query in queries]


@pytest.mark.parametrize(("wanted", "query"), QUERIES, ids=lambda value: value.replace(" ", "_"))
def test_what_is_wanted_is_among_the_three(wanted: str, query: str) -> None:
    found = search(CATALOGUE, query, "fr")
    assert wanted in [match.procedure.id for match in found]
    assert len(found) <= 3
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_most_come_first() -> None:
    found = [(wanted, search(CATALOGUE, query, "fr", limit=1)) for wanted, query in QUERIES]
    first = [wanted for wanted, matches in found if matches and matches[0].procedure.id == wanted]
    assert len(first) >= 0.85 * len(QUERIES)


@pytest.mark.parametrize(
    "query",
    ["", " ", "bonjour", "je voudrais", "xyzzy", "la météo de demain", "une pizza", "123456", "... ?", "le la les"],
)
def test_what_means_nothing_here_finds_nothing(query: str) -> None:
    assert search(CATALOGUE, query, "fr") == ()


def test_accents_capitals_and_endings_do_not_count() -> None:
    assert words_of("J'ai PERDU mes Cartes d’Identité") == words_of("j ai perdue ma carte d'identite")


def test_an_empty_catalogue_finds_nothing() -> None:
    assert search(Catalogue({}), "carte", "fr") == ()


def test_the_limit_holds() -> None:
    assert len(search(CATALOGUE, "carte perdue", "fr", limit=1)) == 1


@given(st.text(max_size=300))
def test_anything_typed_is_searched_without_an_exception(query: str) -> None:
    for match in search(CATALOGUE, query, "fr"):
        assert SENSIBLE <= match.score <= 100.0001


def test_two_hundred_procedures_are_searched_while_the_person_types() -> None:
    many = {f"p{n}": {"fr": replace(sample_procedure(), id=f"p{n}", title=f"Refaire {n}")} for n in range(200)}
    catalogue = Catalogue(MappingProxyType(many))
    start = time.perf_counter()
    assert len(search(catalogue, "refaire ma carte perdue", "fr")) == 3
    assert time.perf_counter() - start < 0.2
    assert search(CATALOGUE, "carte " * 2_000_000, "fr")
