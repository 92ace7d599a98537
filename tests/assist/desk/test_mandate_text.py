# SPDX-License-Identifier: EUPL-1.2
"""The text of a mandate: dated, never changed once it served, and read by everyone."""

from __future__ import annotations

import pytest

from accessibility.plain_language import Severity, review, review_whole
from assist.desk.mandate_text import Around, MandateText, current, text_of, texts
from assist.desk.mandates import Domain, Duration

DIGESTS = {
    "2026-11-28": "f5ef1ca3a214f68ec274661ce72d3ed796636a1d4a6d3a758f29d7ca5bcd10fd",
    "2026-11-29": "92eb5beceda68119b6eb295aa8eba223d2c24b6c7935321da09e3991ab1b4133",
}
"""A text that served is never changed: for another one, copy it under another date and add its digest here."""


def around(**changes: object) -> Around:
    known = {
        "mediator": "Camille",
        "site": "France Services de Souillac",
        "domains": tuple(Domain),
        "duration": Duration.SEMESTER,
        "until": "samedi 29 mai 2027, à 13 h 05",
        "contact": ("12 avenue Gambetta",),
    }
    return Around(**(known | changes))  # type: ignore[arg-type]


def said(text: MandateText) -> list[str]:
    """Every sentence, as it is read, with ordinary spaces."""
    parts = text.filled(around())
    return [sentence.replace("\u00a0", " ") for part in parts for sentence in part.sentences]


def test_a_text_that_served_is_never_changed() -> None:
    assert {text.dated.isoformat(): text.digest for text in texts().values()} == DIGESTS
    assert current().dated.isoformat() == max(DIGESTS)
    assert text_of(current().digest) is current()
    assert text_of("0" * 64) is None


@pytest.mark.parametrize("text", texts().values(), ids=lambda text: str(text.dated))
def test_it_is_in_plain_words(text: MandateText) -> None:
    """No refusal and no warning, but for what a rule cannot know."""
    explained: set[str] = set()
    heard = [
        *review(said(text), explained=explained),
        *review([part.title for part in text.filled(around())], explained=explained),
        *review([name.replace("\u00a0", " ") for name in text.domains.values()], explained=explained),
        *review([*text.revocation("Camille", whole=True), *text.revocation("Camille", whole=False)]),
    ]
    assert [(f.code, f.sentence) for f in heard] == []
    score, problems = review_whole(said(text))
    assert score is not None
    assert score.severity is not Severity.REFUSE
    assert problems == ()


@pytest.mark.parametrize("text", texts().values(), ids=lambda text: str(text.dated))
def test_it_says_what_must_be_said(text: MandateText) -> None:
    whole = " ".join(said(text))
    for needed in ("libre de dire non", "à tout moment", "3 ans", "effacées", "corriger", "CNIL", "paiement", "secret"):
        assert needed in whole, needed
    assert "{" not in whole
    lines = [line for part in text.filled(around()) for line in part.lines]
    assert len([line for line in lines if ":" in line]) == len(Domain)
    assert "samedi 29 mai 2027, à 13 h 05." in lines
    assert "12 avenue Gambetta" in lines


def test_only_what_was_chosen_is_said() -> None:
    parts = current().filled(around(domains=(Domain.ARGENT,), mediator="{site}", site="Chez {mediator}"))
    lines = [line for part in parts for line in part.lines]
    assert [line for line in lines if line.startswith(("Argent", "Papiers"))] == [
        "Argent\u00a0: impôts, dettes, banque."
    ]


def test_a_name_that_begins_with_a_vowel_is_said_as_one_says_it() -> None:
    titles = [part.title for part in current().filled(around(mediator="Ana"))]
    assert not any(title.startswith("Ce que Ana") for title in titles)
    assert {"Ce que peut faire Ana", "Ce que respecte Ana"} <= set(titles)
