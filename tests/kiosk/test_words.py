# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's words in its languages: all there, each in its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields

import pytest

from assist.session.commands import PrintStatus
from kiosk.words import ASKING_FOR, LANGUAGES, Words, words_in
from printouts.words import words as paper_words
from tests.kiosk.french import french_in

FRENCH, ENGLISH = words_in("fr"), words_in("en")
OTHERS = [code for code in LANGUAGES if code != "fr"]


def texts(words: object) -> Iterator[tuple[str, str]]:
    """Every text, and where it stands."""
    for each in fields(words):  # type: ignore[arg-type]
        value = getattr(words, each.name)
        if isinstance(value, str):
            yield each.name, value
        elif isinstance(value, Mapping):
            yield from ((f"{each.name}.{key}", text) for key, text in value.items())
        else:
            yield from ((f"{each.name}.{n}", text) for n, text in enumerate(value))


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_in_its_own_language(code: str) -> None:
    words = words_in(code)
    assert words.language == code
    for each in fields(Words):
        one, other = getattr(FRENCH, each.name), getattr(words, each.name)
        if isinstance(one, Mapping):
            assert one.keys() == other.keys()
            assert [key for key in one if one[key] == other[key]] == [], each.name
        elif each.name.endswith("_also"):
            assert other, each.name
            assert not set(one) & set(other), each.name
        else:
            assert one != other, each.name


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_filled_in_is_the_same_everywhere(code: str) -> None:
    there = dict(texts(words_in(code)))
    for where, text in texts(FRENCH):
        if not re.search(r"_also\.", where):
            assert holes(there[where]) == holes(text), where
    assert all(there.values())


def test_english_holds_no_french() -> None:
    assert [found for where, text in texts(ENGLISH) if where != "language" and (found := french_in(text))] == []


def test_every_outcome_of_a_printer_has_its_sentence() -> None:
    for words in (FRENCH, ENGLISH):
        assert set(words.print_outcomes) == set(PrintStatus)


def test_a_language_that_is_not_spoken_is_french() -> None:
    assert words_in("zz") is FRENCH
    assert set(ASKING_FOR) == set(LANGUAGES)


@pytest.mark.parametrize("code", OTHERS)
def test_one_asks_for_a_language_in_the_words_of_another(code: str) -> None:
    """« Anglais » is said on a French screen: asking in the language itself only would help nobody."""
    assert any(not french_in(way) for way in ASKING_FOR[code])
    ways = [way.casefold() for asked in ASKING_FOR.values() for way in asked]
    assert len(set(ways)) == len(ways)


@pytest.mark.parametrize("code", OTHERS)
def test_the_paper_has_its_words_too(code: str) -> None:
    here, there = dict(texts(paper_words("fr"))), dict(texts(paper_words(code)))
    assert {where for where in here if here[where] == there[where]} == set()
    assert [text for where, text in there.items() if french_in(text)] == []


def test_only_the_language_that_is_used_is_read() -> None:
    script = "import sys, kiosk.config, kiosk.opening; kiosk.opening.welcome_view('fr'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "kiosk.words.french" in loaded
    assert "kiosk.words.english" not in loaded


@pytest.mark.parametrize("code", LANGUAGES)
def test_apostrophes_are_typographic_on_screen_and_on_paper(code: str) -> None:
    straight = [name for words in (words_in(code), paper_words(code)) for name, text in texts(words) if "'" in text]
    assert straight == []
