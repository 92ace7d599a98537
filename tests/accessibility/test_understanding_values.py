# SPDX-License-Identifier: EUPL-1.2
"""Numbers and days as they are said, and how near two sounds are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from accessibility.listening.clarity import signal_to_noise
from accessibility.listening.closeness import closeness, instead
from accessibility.listening.inventions import invented
from accessibility.listening.small_words import negative, readings, words_of
from accessibility.listening.spoken_values import day, whole_number

TODAY = date(2026, 11, 21)
SOUNDS = ["a", "e", "i", "ɔ̃", "ɑ̃", "p", "b", "t", "s", "ʁ", "l", "m", "ʒ", "w", "ə"]
UTTERANCES = st.lists(st.lists(st.sampled_from(SOUNDS), min_size=1, max_size=4), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("quatre-vingt-douze", 92),
        ("Quatre vingt douze.", 92),
        ("80 12", 92),
        ("septante", 70),
        ("nonante-deux", 92),
        ("soixante et onze", 71),
        ("2 enfants", 2),
        ("J’ai trois enfants.", 3),
        ("un", 1),
        ("zéro", 0),
        ("aucun", 0),
        ("4 2", 42),
        ("1 200 euros", 1200),
        ("mille deux cents", 1200),
        ("j’ai trois enfants et deux chats", None),
        ("12,50", None),
        ("moins cinq", None),
        ("06 12 34 56 78", None),
        ("beaucoup", None),
        ("", None),
    ],
)
def test_a_number_is_read_or_not_at_all(said: str, number: int | None) -> None:
    assert whole_number(said, "fr") == number


@given(st.integers(0, 9999), st.sampled_from(["fr", "fr_CH", "en"]))
def test_every_number_in_words_is_read_back(number: int, spoken: str) -> None:
    assert whole_number(num2words(number, lang=spoken).replace(",", ""), spoken[:2]) == number


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("le trois mars deux mille vingt-six", date(2026, 3, 3)),
        ("3/3/2026", date(2026, 3, 3)),
        ("C’était le 1er août 1950.", date(1950, 8, 1)),
        ("le premier août mille neuf cent cinquante", date(1950, 8, 1)),
        ("mardi 5 mai 2026", date(2026, 5, 5)),
        ("03.04.99", date(1999, 4, 3)),
        ("hier", date(2026, 11, 20)),
        ("avant-hier", date(2026, 11, 19)),
        ("Aujourd’hui.", TODAY),
        ("après-demain", date(2026, 11, 23)),
        ("le 31 février 2026", None),
        ("le 3 mars", None),
        ("mars 2026", None),
        ("je ne sais pas", None),
    ],
)
def test_a_day_is_read_or_not_at_all(said: str, meant: date | None) -> None:
    assert day(said, "fr", TODAY) == meant


def test_a_near_day_needs_to_know_today() -> None:
    assert day("hier", "fr") is None
    assert day("3/3/26", "fr") is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_in_words_is_read_back(meant: date) -> None:
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    first = "premier" if meant.day == 1 else num2words(meant.day, lang="fr")
    said = f"le {first} {months[meant.month - 1]} {num2words(meant.year, lang='fr')}"
    assert day(said, "fr", TODAY) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the third of March two thousand twenty-six", date(2026, 3, 3)),
        ("March 3rd 2026", date(2026, 3, 3)),
        ("July the fourth nineteen fifty", date(1950, 7, 4)),
        ("yesterday", TODAY - timedelta(days=1)),
    ],
)
def test_days_in_english(said: str, meant: date) -> None:
    assert day(said, "en", TODAY) == meant


@given(st.text(max_size=40), st.sampled_from(["fr", "en", "br"]))
def test_values_are_read_from_any_text(text: str, language: str) -> None:
    number = whole_number(text, language)
    assert number is None or number >= 0
    day(text, language, TODAY)


@given(UTTERANCES, UTTERANCES)
def test_closeness_is_a_share_and_nothing_is_nearer_than_the_same(one: list[list[str]], other: list[list[str]]) -> None:
    found = closeness(one, other)
    assert 0 <= found.whole <= 1
    assert 0 <= found.worst_word <= 1
    assert closeness(one, one) == closeness(other, other)
    assert closeness(one, one).whole == 0
    assert abs(closeness(other, one).whole - found.whole) < 1e-9


def test_near_sounds_are_nearer_than_far_ones() -> None:
    assert instead("p", "b") < instead("p", "s") < instead("p", "a")
    assert instead("e", "ɛ") < instead("e", "u")
    assert instead("ɑ̃", "ɔ̃") < instead("ɑ̃", "i")
    assert instead("ʁ", "ɹ") < instead("ʁ", "p")


@given(st.sampled_from(SOUNDS), st.sampled_from(SOUNDS))
def test_taking_a_sound_for_another_costs_the_same_both_ways(one: str, other: str) -> None:
    assert instead(one, other) == instead(other, one)
    assert (instead(one, other) == 0) == (one == other)


@given(
    st.lists(
        st.sampled_from(
            ["euh", "alors", "je", "voudrais", "pas", "non", "plus", "fort", "merci", "madame", "s'il", "vous", "plaît"]
        ),
        max_size=9,
    )
)
def test_peeling_never_takes_a_denial_off(words: list[str]) -> None:
    said = tuple(words)
    for reading in readings(said, "fr"):
        assert negative(reading, "fr") == negative(said, "fr")
        assert bool(reading) == bool(said)


def test_words_keep_their_inside_signs() -> None:
    assert words_of("« J’ai, là, quatre-vingts Œufs ! »") == ("j'ai", "là", "quatre-vingts", "oeufs")


def test_loops_are_inventions_and_insisting_is_not() -> None:
    assert invented("", ["non", "non", "non", "non", "non"])
    assert invented("", ["je", "ne", "sais", "pas"] * 5)
    assert not invented("", ["non", "non", "non"])
    assert not invented("", ["je", "ne", "sais", "pas", "je", "ne", "sais", "pas"])


@pytest.mark.parametrize("decibels", [5, 15, 30])
def test_noise_is_measured_around_the_voice(decibels: int) -> None:
    source = np.random.default_rng(1)
    voice = np.zeros(32_000, np.float32)
    voice[8_000:24_000] = 0.1 * np.sin(2 * np.pi * 200 * np.arange(16_000) / 16_000)
    noise = source.standard_normal(32_000) * 0.1 / np.sqrt(2) / 10 ** (decibels / 20)
    assert signal_to_noise((voice + noise).astype(np.float32)) == pytest.approx(decibels, abs=1.5)


def test_silence_has_no_voice_in_it() -> None:
    assert signal_to_noise(np.zeros(16_000, np.float32)) <= 0
    assert signal_to_noise(np.zeros(100, np.float32)) <= 0
