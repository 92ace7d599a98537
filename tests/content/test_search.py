# SPDX-License-Identifier: EUPL-1.2
"""What people type finds what they want, among three; what means nothing here finds nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.model import Catalogue, OfficialSheet
from content.search import Answer, Finder, Kind, finder_of
from content.search.beyond import Danger
from content.search.folding import bare, folded, stem, telling
from content.search.sounds import sound_of
from tests.our_procedures import CATALOGUE
from tests.sample_procedures import sample_procedure

FINDER = finder_of(CATALOGUE)

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
    ],
    "payer-impots": [
        "je dois payer les impots",
        "j'arrive pas à payer mes impôts",
        "taxe foncière trop chère",
        "prélèvement à la source",
    ],
    "retraite": ["je veux partir à la retraite", "mon relevé de carrière", "il me manque des trimestres"],
    "naissance": ["mon bébé est né", "déclarer une naissance", "reconnaître mon enfant", "je suis enceinte"],
    "surendettement": ["j'ai trop de dettes", "interdit bancaire", "je peux plus payer mes crédits"],
    "cheque-energie": ["chèque énergie", "j'ai pas reçu mon chèque énergie", "on va me couper l'électricité"],
    "bourse-scolaire": ["la bourse du lycée", "bourse étudiante", "une bourse pour mon fils"],
    "carte-vitale": [
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
SAID = {
    "carte-identite": ["j'ai perdu ma carte", "ma carte d'identité est finie", "papiers volés", "la CNI"],
    "rsa": ["aide pour vivre", "j'ai plus rien pour vivre", "la caf m'a coupé", "j'ai besoin d'argent"],
    "france-travail": ["chercher un emploi", "je suis viré", "fin de contrat", "inscription chômage"],
    "declarer-revenus": ["les impôts", "j'ai reçu une lettre des impôts", "j'ai oublié la déclaration"],
    "carte-vitale": ["carte verte", "la pharmacie veut pas de ma carte", "ma carte de sécu est cassée"],
    "changer-adresse": ["j'ai un nouvel appartement", "changer mon adresse", "l'adresse de la carte grise"],
}
"""As people say it."""
ENGLISH = {
    "carte-identite": [
        "I lost my ID card",
        "my identity card is expired",
        "hello I need new identity card please",
        "they stole my wallet with my papers",
        "the card for identity is broke",
        "i get married i want change name on card",
    ],
    "rsa": [
        "I need money to live",
        "please I want RSA",
        "I have no income any more",
        "they stop my RSA",
        "caf cut my money",
    ],
    "france-travail": [
        "looking for a job",
        "I am unemployed",
        "my contract is finish",
        "my boss fired me",
        "I search work",
        "job center",
    ],
    "declarer-revenus": [
        "I need to do my tax declaration",
        "how do I declare my income",
        "I am late for tax",
        "I got a letter from the tax office",
        "I do not know how fill tax paper",
    ],
    "carte-vitale": [
        "my green card for doctor is lost",
        "social security card",
        "the pharmacy cannot read my card",
        "my vitale card is broken",
    ],
    "changer-adresse": [
        "I am moving to another town",
        "I have new apartment",
        "I go live in other city",
        "change the address of my car",
    ],
}
"""As people say it in English, of whom many learnt it late."""


def ask(query: str, language: str = "fr") -> list[str]:
    return [match.procedure.id for match in FINDER.ask(query, language).matches]


def flat(asked: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(wanted, query) for wanted, queries in asked.items() for query in queries]


QUERIES = flat(ASKED) + flat(SAID)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("wanted", "query"), QUERIES + flat(ENGLISH), ids=lambda value: value.replace(" ", "_"))
def test_what_is_wanted_is_among_the_three(wanted: str, query: str, language: str) -> None:
    """Whatever the language that is shown: somebody who reads English types "mairie", and the other way round."""
    found = FINDER.ask(query, language).matches
    assert wanted in [match.procedure.id for match in found]
    assert len(found) <= 3
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    for match in found:
        assert match.procedure == CATALOGUE.get(match.procedure.id, language)
        assert match.known_by


@pytest.mark.parametrize(
    ("query", "other"),
    [("on m'a volé ma carte vitale", "carte-identite"), ("permis de conduire perdu", "carte-identite")],
)
def test_what_is_far_behind_the_likeliest_is_not_first(query: str, other: str) -> None:
    assert ask(query)[:1] != [other]


@pytest.mark.parametrize(
    "query",
    [
        *("je vais au marché", "", " ", "bonjour", "je voudrais", "xyzzy", "la météo de demain", "une pizza", "123456"),
        *("... ?", "le la les", "permis de chasse", "création d'entreprise", "adopter un enfant", "ta gueule"),
        *("j'ai perdu ma carte de bus", "ma carte de cantine", "un permis de pêche", "mon certificat de travail"),
        *("hello", "I would like", "the weather tomorrow", "a pizza", "my dog is sick", "the of a"),
    ],
)
def test_what_means_nothing_here_finds_nothing(query: str) -> None:
    assert FINDER.ask(query) == Answer(Kind.NONE)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("carte", "carte-identite"),
        ("Carte", "carte-vitale"),
        ("santé", "complementaire-sante"),
        ("refaire", "permis-conduire"),
    ],
)
def test_one_word_of_a_title_finds_it(word: str, wanted: str) -> None:
    """It is what a person types who looks at the cards, and what the screen gives as an example."""
    assert wanted in ask(word)
    assert FINDER.ask(word, heard=()).kind is Kind.NONE, "one word may be all that a recogniser wrote of something else"


@pytest.mark.parametrize(
    "query",
    [
        *("je veux parler à quelqu'un", "je ne sais pas lire", "j'ai besoin d'aide", "can you help me please"),
        *("je comprends rien à l'ordinateur, aidez-moi", "au secours", "jveu parlé a kelkun"),
    ],
)
def test_who_wants_somebody_is_given_somebody(query: str) -> None:
    assert FINDER.ask(query) == Answer(Kind.MEDIATOR)


@pytest.mark.parametrize(
    ("query", "words", "said"),
    [
        ("gé perdu ma carte vital", "carte Vitale", False),
        ("euh bonjour alors moi c'est que je déménage", "déménag", True),
        ("j'ai paumé mes papiers", "papiers", False),
    ],
)
def test_the_first_tells_by_which_authored_words_it_was_known(query: str, words: str, said: bool) -> None:
    first = FINDER.ask(query).matches[0]
    assert words in first.known_by
    assert first.known_by in (first.procedure.title, *first.procedure.also)
    assert first.said or not said


def test_a_procedure_that_is_not_translated_is_found_and_given_in_french() -> None:
    french = {name: {"fr": texts["fr"]} for name, texts in CATALOGUE.procedures.items()}
    mixed = Finder(Catalogue(MappingProxyType({**french, "rsa": CATALOGUE.procedures["rsa"]})))
    found = mixed.ask("déménagement", "en").matches[0]
    assert (found.procedure.id, found.procedure.language) == ("changer-adresse", "fr")
    assert mixed.ask("toucher le RSA", "en").matches[0].procedure.language == "en"


def test_accents_capitals_and_endings_do_not_count() -> None:
    said, typed = ("J'ai PERDU mes Cartes d’Identité", "j ai perdue ma carte d'identite")
    assert [stem(word) for word in telling(folded(said))] == [stem(word) for word in telling(folded(typed))]


@pytest.mark.parametrize("query", ["R.S.A.", "r s a", "le rsa", "érésa", "RSA", "le air esse a"])
def test_an_acronym_is_known_however_it_is_said(query: str) -> None:
    assert ask(query)[:1] == ["rsa"]


@pytest.mark.parametrize(
    ("heard", "wanted"),
    [
        ("je des ménages", "changer-adresse"),
        ("le pas sport du petit", "passeport"),
        ("je suis sur un dé té", "surendettement"),
        ("j'ai perdu mon père mis", "permis-conduire"),
    ],
)
def test_a_word_is_known_across_the_spaces_of_a_recogniser(heard: str, wanted: str) -> None:
    assert wanted in ask(heard)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("passep", "passeport"), ("chôm", "france-travail"), ("surend", "surendettement"), ("vitale", "carte-vitale")],
)
def test_a_word_is_found_while_it_is_typed(typed: str, wanted: str) -> None:
    assert wanted in ask(typed)


def test_an_official_procedure_comes_after_ours_asked_for_in_the_same_words() -> None:
    ours = CATALOGUE.procedures["passeport"]["fr"]
    sheet = OfficialSheet("F1", ours.title, "https://www.service-public.fr", None)
    official = replace(ours, id="sp-f1", also=(), official=sheet)
    both = Finder(Catalogue(MappingProxyType({"sp-f1": {"fr": official}, **CATALOGUE.procedures})))
    assert [match.procedure.id for match in both.ask(ours.title).matches][:2] == ["passeport", "sp-f1"]


def test_an_official_procedure_is_found_where_we_have_none() -> None:
    sheet = OfficialSheet("F1", "Permis bateau", "https://www.service-public.fr", None)
    ours = CATALOGUE.procedures["passeport"]["fr"]
    boat = replace(ours, id="sp-f1", title="Permis bateau", summary="Permis bateau", also=(), official=sheet)
    both = Finder(Catalogue(MappingProxyType({**CATALOGUE.procedures, "sp-f1": {"fr": boat}})))
    assert both.ask("permis bateau").matches[0].procedure.id == "sp-f1"


def test_nothing_of_what_was_said_is_kept() -> None:
    FINDER.ask("je m'appelle Zéphirine Quatrebarbes et j'ai perdu ma carte vitale")
    assert not [known for known in (bare, stem, sound_of) if hasattr(known, "cache_info")]


def test_what_else_may_have_been_heard_counts() -> None:
    """Each reading counts alike: the ear is never sure. Only authored words come back, of whichever it was."""
    assert FINDER.ask("je n'ai pas de Michel", heard=()).kind is Kind.NONE
    answer = FINDER.ask("je n'ai pas de Michel", heard=("je n'ai pas de mutuelle",))
    assert answer.matches[0].procedure.id == "complementaire-sante"
    assert answer.matches[0].score < FINDER.ask("je n'ai pas de mutuelle").matches[0].score
    assert "mutuelle" in answer.matches[0].known_by


def test_readings_that_agree_are_one_sentence() -> None:
    once, twice = FINDER.ask("le rsa"), FINDER.ask("le rsa", heard=("le rsa", "le rsa"))
    assert once == twice


def test_an_empty_catalogue_finds_nothing() -> None:
    empty = Finder(Catalogue({}))
    assert empty.ask("carte").matches == ()
    assert empty.ask("je veux parler à quelqu'un").kind is Kind.MEDIATOR


def test_the_limit_holds() -> None:
    assert len(FINDER.ask("carte perdue", limit=1).matches) == 1


def test_the_finder_of_a_catalogue_is_made_once() -> None:
    assert finder_of(CATALOGUE) is finder_of(CATALOGUE)
    assert finder_of(Catalogue({})) is not finder_of(CATALOGUE)


@given(st.text(max_size=300) | st.text(st.sampled_from("jaiprdumct vl'é 🙂\x00\u202e\ufdfa")))
def test_anything_is_answered_without_an_exception(query: str) -> None:
    answer = FINDER.ask(query)
    assert bool(answer.matches) is (answer.kind is Kind.PROCEDURES)
    for match in answer.matches:
        assert 0 <= match.score <= 100


@pytest.mark.parametrize(
    "query", ["carte " * 2_000_000, "🙂" * 10_000, "a" * 10_000, "a b " * 5_000, "\x00" * 10_000, "ﷺ" * 10_000]
)
def test_a_very_long_text_is_answered_quickly(query: str) -> None:
    def once() -> float:
        start = time.process_time()
        FINDER.ask(query)
        return time.process_time() - start

    assert min(once() for _ in range(5)) < 0.5  # A tenth for twelve million letters; best of five.


def test_two_hundred_procedures_are_searched_while_the_person_types() -> None:
    many = {f"p{n}": {"fr": replace(sample_procedure(), id=f"p{n}", title=f"Refaire {n}")} for n in range(200)}
    finder = Finder(Catalogue(MappingProxyType(many)))

    def once() -> float:
        start = time.process_time()
        assert len(finder.ask("refaire 137").matches) <= 3
        return time.process_time() - start

    assert min(once() for _ in range(5)) < 0.2  # best of five: the machine may be busy
    assert finder.ask("refaire 137").matches[0].procedure.id == "p137"


@pytest.mark.parametrize(
    "said",
    [
        "je veux mourir",
        "j'en peux plus je veux me suicider",
        "mes enfants ont faim",
        "I want to die",
        "mon fils se drogue",
    ],
)
def test_who_is_in_distress_is_given_somebody_and_who_to_call(said: str) -> None:
    answer = FINDER.ask(said)
    assert (answer.kind, answer.urgent, answer.matches) == (Kind.MEDIATOR, Danger.LIFE, ())


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("j'ai peur de mon mari", "porter-plainte"),
        ("je dors dehors", "logement-social"),
        ("mon mari est mort", "deces-proche"),
    ],
)
def test_a_procedure_that_says_what_to_do_comes_before(said: str, wanted: str) -> None:
    assert ask(said)[:1] == [wanted]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("je veux un avocat", "aide-juridictionnelle"),
        ("toucher ma retraite", "retraite"),
        ("payer mes impôts par chèque", "payer-impots"),
        ("la naissance de mon fils", "naissance"),
        ("vendre ma voiture", "carte-grise"),
        ("je veux voter dimanche", "voter"),
        ("une bourse pour le collège", "bourse-scolaire"),
        ("je cherche un logement", "logement-social"),
        ("mon chèque énergie", "cheque-energie"),
        ("on m'a arraché mon sac", "porter-plainte"),
    ],
)
def test_the_same_word_in_our_sense_finds_its_procedure(said: str, wanted: str) -> None:
    assert ask(said)[0] == wanted
