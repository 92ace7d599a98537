# SPDX-License-Identifier: EUPL-1.2
"""The rules of plain language that a program can check."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility import sentence_checks
from accessibility.plain_language import Kind, Severity, review, review_whole
from accessibility.reading_score import REFUSE_BELOW, WARN_BELOW, reading_score

REFUSED = {
    "roman": ["Louis XIV est là.", "Allez au IIe étage.", "Le chapitre VIII.", "François Ier."],
    "abbreviation": ["Prenez des papiers, etc.", "Appelez au tél. du bas.", "Le papier n° 3."],
    "sign": ["Vous & nous.", "Vous êtes mineur(e).", "Un·e ami·e.", "Le père et/ou la mère.", "Tapez le code #."],
    "capitals": ["C'est IMPORTANT.", "Le sigle XYZ."],
    "tu": ["Prends ton papier.", "Tu viens.", "On te donne un papier."],
    "date": ["Venez le 12/03/2027.", "Avant le 31/5.", "Le 2027-03-12.", "Le 3 janv. 2027.", "Le 3 mars 27."],
    "long": ["Voici une phrase qui a vraiment beaucoup trop de mots pour une personne qui lit mal."],
}
WARNED = {
    "negative": [
        "Vous ne devez pas payer.",
        "N'oubliez jamais la photo.",
        "Ne la jetez plus.",
        "Vous ne payez que le timbre.",
        "Toutes les mairies ne font pas les cartes.",
    ],
    "passive": [
        "La demande est traitée par la mairie.",
        "Votre carte sera faite par l'État.",
        "La demande doit être faite ici.",
        "Le papier sera envoyé.",
        "Votre carte a été volée.",
        "La demande peut être déposée ici.",
    ],
    "number": ["Venez avec deux photos.", "Les deux parents viennent."],
    "sign": ["C'est 30 % du prix.", "Venez demain…"],
    "rare": ["Une réponse obséquieuse.", "Une carte zorglubine."],
    "jargon": ["Effectuez la demande.", "Afin de payer, appelez.", "Le cas échéant, appelez."],
    "ideas": ["La carte qui arrive est celle dont je parle."],
    "acronym": ["Allez à la CPAM.", "Demandez le RSA."],
    "long": ["Voici une phrase simple qui a un peu plus que la bonne longueur."],
}
FINE = [
    "Votre carte est-elle perdue ?",
    "Regardez les images, puis choisissez.",
    "Apportez 2 photos d'identité.",
    "Le timbre coûte 25 €.",
    "Envoyez un SMS, ou un CV en PDF.",
    "Gravez un CD.",
    "La réponse est donnée.",
    "Un papier est demandé par exemple.",
    "Touchez « Je n'y arrive pas ».",
    "Si vous n'avez pas la carte, venez.",
    "La carte ne marche plus.",
    "Ce n'est pas grave.",
    "La gendarmerie est ouverte 7/7.",
    "Ouvrez le site francetravail.fr.",
    "Présentez votre passeport neuf.",
    "Choisissez les deux.",
    "Le site demande 12,50 euros.",
    "La date peut être passée.",
    "L'enfant doit être majeur.",
]


def codes(*sentences: str, kind: Kind = Kind.SENTENCE) -> set[tuple[str, Severity]]:
    return {(finding.code, finding.severity) for finding in review(sentences, kind=kind)}


@pytest.mark.parametrize(("code", "sentence"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_refused(code: str, sentence: str) -> None:
    assert (code, Severity.REFUSE) in codes(sentence)


@pytest.mark.parametrize(("code", "sentence"), [(code, text) for code, texts in WARNED.items() for text in texts])
def test_warned(code: str, sentence: str) -> None:
    assert codes(sentence) == {(code, Severity.WARN)}


@pytest.mark.parametrize("sentence", FINE)
def test_fine(sentence: str) -> None:
    assert review([sentence]) == ()


@pytest.mark.parametrize(
    ("count", "severity"), [(12, None), (13, Severity.WARN), (15, Severity.WARN), (16, Severity.REFUSE)]
)
def test_twelve_words_then_fifteen(count: int, severity: Severity | None) -> None:
    sentence = " ".join(["carte"] * count) + "."
    assert codes(sentence) == (set() if severity is None else {("long", severity)})


def test_an_acronym_is_explained_once_and_first() -> None:
    assert codes("Allez à la caisse d'allocations familiales.", "La CAF vous aide.") == set()
    assert codes("La CAF vous aide.", "La CAF est la caisse d'allocations familiales.") == {("acronym", Severity.WARN)}
    assert codes("Le revenu (RSA) vous aide.", "Le RSA est versé.") == set()
    assert len(review(["La CAF.", "Encore la CAF."])) == 1


def test_a_label_is_three_words_and_may_say_no() -> None:
    assert codes("Je ne sais pas trop", kind=Kind.LABEL) == {("long", Severity.WARN)}
    assert codes("Pas encore", kind=Kind.LABEL) == set()


def test_a_title_is_forty_signs() -> None:
    assert codes("Une carte " * 5, kind=Kind.TITLE) == {("long", Severity.WARN)}


def test_without_wordfreq_no_word_is_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_checks, "zipf", lambda: None)
    assert codes("Une réponse obséquieuse.") == set()


SIMPLE = ["Prenez votre carte.", "Allez à la mairie avec un papier.", "La mairie garde votre demande."] * 10
HEAVY = [
    "La reconnaissance administrative nécessite la production de justificatifs complémentaires.",
    "Toute modification de la situation familiale nécessite une déclaration immédiate.",
] * 10


def test_two_names_for_one_thing_are_seen_in_the_whole_only() -> None:
    def named(*sentences: str) -> list[tuple[int, str]]:
        return [(at, f.code) for at, f in review_whole(sentences)[1] if f.code == "two-names"]

    assert named("Prenez ce papier.", "Donnez le document.") == [(1, "two-names")]
    assert named("Prenez ce document.", "Donnez les documents.") == [], "one name, though not the one to keep"
    assert named("Prenez ce papier.", "Un justificatif de domicile.") == [], "the name of a paper"
    assert named("Prenez ce papier.", "Touchez « Mes documents ».") == [], "what a site writes"
    assert named("Votre fiche de paie.", "Vos fiches de paie.") == []


def test_the_reading_score_tells_simple_from_heavy() -> None:
    simple, heavy = reading_score(SIMPLE, "fr"), reading_score(HEAVY, "fr")
    assert simple is not None
    assert heavy is not None
    assert simple.score > WARN_BELOW > REFUSE_BELOW > heavy.score
    assert (simple.severity, heavy.severity) == (None, Severity.REFUSE)
    assert [(f.code, f.severity) for _, f in review_whole(HEAVY)[1]] == [("hard-to-read", Severity.REFUSE)]


def test_a_short_text_is_scored_and_not_judged() -> None:
    short = reading_score(HEAVY[:2], "fr")
    assert short is not None
    assert short.severity is None
    assert reading_score([], "fr") is None
    assert reading_score(["…"], "fr") is None
    assert reading_score(SIMPLE, "xx") is None


def test_the_formula_is_the_published_one() -> None:
    """One sentence of 4 words and 6 syllables: 207 - 1.015 × 4 - 73.6 × 1.5."""
    found = reading_score(["Prenez la carte demain."], "fr")
    assert found is not None
    assert found.score == pytest.approx(207 - 1.015 * 4 - 73.6 * 1.5, abs=0.06)


@settings(deadline=None)  # the first call loads wordfreq
@given(st.lists(st.text()), st.sampled_from(Kind))
def test_never_raises_and_speaks_of_the_sentences_given(sentences: list[str], kind: Kind) -> None:
    for finding in review(sentences, kind=kind):
        assert finding.sentence in sentences
        assert finding.message.endswith((".", "?"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The paper must be sent.", "passive"),
        ("The card is made by the town hall.", "passive"),
        ("Do not pay.", "negative"),
        ("You don't pay.", "contracted"),
        ("Bring two photos.", "number"),
        ("Submit the paper.", "jargon"),
        ("Before 3 Jan 2027.", "date"),
        ("Come & see.", "sign"),
    ],
)
def test_english_has_rules_of_its_own(sentence: str, code: str) -> None:
    assert code in {finding.code for finding in review([sentence], language="en")}


@pytest.mark.parametrize(
    "sentence",
    ["The old card is no longer good.", "Touch “I don’t know”.", "If you do not have the card, come.", "It is free."],
)
def test_english_without_false_alarms(sentence: str) -> None:
    assert review([sentence], language="en") == ()
