# SPDX-License-Identifier: EUPL-1.2
"""The rules of plain language that a program can check."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility import plain_language
from accessibility.plain_language import Kind, Severity, review

REFUSED = {
    "roman": ["Louis XIV est là.", "Allez au IIe étage.", "Le chapitre VIII.", "François Ier."],
    "abbreviation": ["Prenez des papiers, etc.", "Appelez au tél. du bas."],
    "sign": ["Vous & nous.", "Vous êtes mineur(e).", "Un·e ami·e."],
    "capitals": ["C'est IMPORTANT.", "Le sigle XYZ."],
    "tu": ["Prends ton papier.", "Tu viens."],
    "long": ["Voici une phrase qui a vraiment beaucoup trop de mots pour une personne qui lit mal."],
}
WARNED = {
    "negative": ["Vous ne devez pas payer.", "N'oubliez jamais la photo."],
    "passive": ["La demande est traitée par la mairie.", "Votre carte sera faite par l'État."],
    "number": ["Venez avec deux photos."],
    "rare": ["Une réponse obséquieuse."],
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
    monkeypatch.setattr(plain_language, "_zipf", lambda: None)
    assert codes("Une réponse obséquieuse.") == set()


@settings(deadline=None)  # the first call loads wordfreq
@given(st.lists(st.text()), st.sampled_from(Kind))
def test_never_raises_and_speaks_of_the_sentences_given(sentences: list[str], kind: Kind) -> None:
    for finding in review(sentences, kind=kind):
        assert finding.sentence in sentences
        assert finding.message.endswith((".", "?"))
