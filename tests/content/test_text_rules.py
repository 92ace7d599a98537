# SPDX-License-Identifier: EUPL-1.2
"""Words counted as a reader meets them, French spaces, what a text may hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text_rules import count_words, forbidden_characters, harmless, safety, sentence, shown, typeset


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("?", 0),
        ("Oui", 1),
        ("« Oui »", 1),
        ("Votre carte est-elle perdue ?", 4),
        ("l'identité", 1),
        ("L’identité d’un enfant", 3),
        ("jusqu'à demain", 3),
        ("lorsqu’il vient", 3),
        ("aujourd'hui", 1),
        ("quelqu’un", 1),
        ("un rendez-vous", 2),
        ("25 000 euros", 2),
        ("Appelez le 06 12 34 56 78.", 3),
        ("Cela coûte 12,50 €.", 3),
        ("C'est bon - merci", 3),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(("words", "codes"), [(12, []), (13, [True]), (15, [True]), (16, [False])])
def test_a_sentence_is_long_or_too_long(words: int, codes: list[bool]) -> None:
    for text in ("mot " * words, "l'eau " * words):
        assert [fault.warning for fault in sentence(text.strip() + ".")] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi ?", "Quoi\u00a0?"),
        ("Bravo !", "Bravo\u00a0!"),
        ("Ici : là ; là", "Ici\u00a0: là\u00a0; là"),
        ("« Oui »", "«\u00a0Oui\u00a0»"),
        ("25 € et 5 %", "25\u00a0€ et 5\u00a0%"),
        ("e\u0301te\u0301", "été"),
        (" bord ", "bord"),
        ("9:30", "9:30"),
    ],
)
def test_french_spaces(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected
    assert typeset(expected, "fr") == expected


@given(st.text(max_size=60))
def test_no_dangerous_character_gets_through(text: str) -> None:
    bad = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    dangerous = any(unicodedata.category(char) in bad for char in text)
    assert bool(list(forbidden_characters(text))) >= dangerous
    if dangerous or set(text) & set("<>[]{}`|\\&"):
        assert list(safety(text))
    assert not any(unicodedata.category(char) in bad for char in shown(text))


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüÿœæÀÉÈÊÎÔÇ'’ .,;:?!()0123456789«»€%-")))
def test_ordinary_french_is_never_refused(text: str) -> None:
    assert not list(safety(text[:400]))


@given(st.text(max_size=300))
def test_what_somebody_typed_is_made_harmless(text: str) -> None:
    kept = harmless(text)
    assert list(forbidden_characters(kept)) == []
    assert not set("<>[]{}|`\\") & set(kept)
    assert not any(fault.code == "forbidden-character" for fault in safety(kept, markup_allowed=True))
    assert harmless(kept) == kept


def test_plain_words_are_left_as_they_are() -> None:
    for text in ("Prenez votre carte, s’il vous plaît\u00a0: elle est là.", "25\u202f€ & 3 < 4".replace("<", "et")):
        assert harmless(text).split() == text.split()
    assert harmless("Bravo \U0001f44d\U0001f3fd, à demain \u2764\ufe0f") == "Bravo , à demain \u2764"


def test_marks_apart_from_each_other_are_not_piled() -> None:
    """Plain letters between them part them: three marks in a row spill over, one on each letter does not."""
    apart = unicodedata.normalize("NFC", "q\u0302\u0323 y q\u0302")
    assert list(safety(apart)) == []
    assert [fault.code for fault in safety("q\u0302\u0323\u0331")] == ["forbidden-character"]
    assert harmless(apart) == apart
