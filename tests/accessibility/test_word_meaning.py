# SPDX-License-Identifier: EUPL-1.2
"""What sentences mean that nobody listed: which are asked back as a command, and which are not."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.listening import word_meaning
from accessibility.listening.commands import COMMANDS, commands
from accessibility.listening.limits import LIMITS
from accessibility.listening.protocol import Phrase, Vocabulary
from accessibility.listening.understanding import meant
from accessibility.listening.word_meaning import plainly, shares_of
from benchmarks.teaching.sentences import taught, written

VOCABULARY = Vocabulary(commands("fr"))
SHARES = st.dictionaries(st.sampled_from(COMMANDS), st.floats(0, 1 / len(COMMANDS)))


@given(SHARES, SHARES)
def test_what_is_meant_is_a_command_or_nothing(sound: Mapping[str, float], words: Mapping[str, float]) -> None:
    command, likely = meant(sound, words, VOCABULARY)
    assert command in COMMANDS if words else (command, likely) == ("", 0.0)
    assert 0 <= likely <= 1


@pytest.mark.parametrize(
    ("sound", "words", "believed"),
    [
        ({"repeat": 0.7}, {"repeat": 0.85}, "repeat"),
        ({"repeat": 0.3}, {"repeat": 0.98}, "repeat"),
        ({"repeat": 0.45}, {"repeat": 0.9}, ""),
        ({"repeat": 0.2}, {"repeat": 0.99}, ""),
        ({"repeat": 0.2}, {"repeat": 0.2}, ""),
        ({"next": 0.9}, {"repeat": 0.7}, ""),
        ({"repeat": 0.99}, {"repeat": 0.05}, ""),
        ({"repeat": 0.99}, {}, ""),
    ],
    ids=[
        "both think of it",
        "the words are sure, the sound thinks of it",
        "neither is sure",
        "the words are sure, the sound hardly thinks of it",
        "the words are not so sure",
        "the sound is another command's",
        "the sound alone",
        "no words",
    ],
)
def test_the_sound_and_the_words_are_believed_together(
    sound: Mapping[str, float], words: Mapping[str, float], believed: str
) -> None:
    command, likely = meant(sound, words, VOCABULARY)
    assert (command if likely >= LIMITS.meant else "") == believed


def test_what_may_not_be_said_now_is_not_meant() -> None:
    only_next = Vocabulary((Phrase("next", ("Suivant",)),))
    assert meant({"repeat": 0.9}, {"repeat": 0.9, "next": 0.01}, only_next)[1] < LIMITS.meant
    assert meant({"repeat": 0.9}, {"repeat": 0.9}, Vocabulary((Phrase("card", ("Une carte",)),))) == ("", 0.0)


@given(st.text(max_size=1000))
def test_words_are_written_plainly(text: str) -> None:
    plain = plainly(text)
    assert plain
    assert plainly(plain) == plain


def test_whatever_the_vector_shares_are_shares() -> None:
    vectors = np.random.default_rng(4).standard_normal((50, 384)).astype(np.float32)
    said = shares_of(vectors)
    assert said.shape == (50, len(COMMANDS) + 1)
    assert np.allclose(said.sum(axis=1), 1, atol=1e-5)


def test_what_it_knows_is_numbers_alone() -> None:
    with np.load(word_meaning.FILE, allow_pickle=False) as kept:
        assert all(kept[name].dtype == np.float16 and np.isfinite(kept[name]).all() for name in kept.files)


def test_without_the_package_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert word_meaning.word_meaning() is None


def test_one_that_does_not_load_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("failed to load model")

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(importlib, "import_module", broken)
    assert word_meaning.word_meaning() is None


NEVER_TAUGHT = {
    "pourriez-vous m'énoncer la question une deuxième fois": "repeat",
    "ôtez de votre mémoire tout ce que je vous ai raconté": "erase",
    "faites venir un conseiller, je vous en prie": "help",
    "sortez-moi une copie à emporter": "print",
    "mon beau-frère a changé de métier cet hiver": "",
    "le facteur a laissé un colis chez la concierge": "",
    "mon oncle est parti vivre en Bretagne": "",
}


@pytest.mark.skipif(importlib.util.find_spec(word_meaning.PACKAGE) is None, reason="the extra « meaning »")
def test_sentences_that_nobody_taught_are_understood() -> None:
    known = {plainly(text) for _, text in [*taught(), *written()]}
    assert not known & {plainly(text) for text in NEVER_TAUGHT}
    model = word_meaning.word_meaning()
    assert model is not None

    def understood(sentences: Sequence[str]) -> str:
        shares = model.shares(sentences)
        best = max(COMMANDS, key=shares.__getitem__)
        return best if shares[best] >= LIMITS.meant else ""

    assert {text: understood([text]) for text in NEVER_TAUGHT} == NEVER_TAUGHT
    assert understood(["sortez-moi une copie à emporter", "le pain est encore chaud"]) == ""
