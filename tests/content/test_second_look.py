# SPDX-License-Identifier: EUPL-1.2
"""Finding by what is meant: only where words leave a doubt, only with whole vectors, and never needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from content.model import Catalogue
from content.search import Finder, Kind
from content.search.e5 import E5Vectors, model_name
from content.search.second_look import NUMBERS, ByMeaning
from content.search.vector_file import AT_ONCE, complete, missing, read_rows, write_rows
from content.search.vectors import key_of, packed, readable, unpacked
from content.search.weighing import NOTHING
from tests.sample_procedures import sample_procedure
from tests.vectors import ScriptedVectors, vector

WAYS = ("perdre ses clés", "acheter du pain", "le facteur est passé")


def made(file: Path, sentences: tuple[str, ...] = WAYS) -> ScriptedVectors:
    """What was asked of the vectors to complete ``file``."""
    vectors = ScriptedVectors()
    assert complete(sentences, vectors, file)
    return vectors


# The file of vectors


def test_only_what_has_changed_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "vectors.npz"
    assert made(file).asked == list(WAYS)
    assert made(file).asked == []
    assert made(file, (*WAYS, "le chat", "le chat")).asked == ["le chat"]
    assert missing(WAYS, read_rows(file, "scripted-1")) == []
    assert [one.name for one in file.parent.iterdir()] == ["vectors.npz"]


def test_what_nobody_says_any_more_leaves_once_it_is_most_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    made(file)
    made(file, WAYS[:2])
    assert len(read_rows(file, "scripted-1")) == 3
    made(file, (*WAYS[:1], "le chat")[:1])
    made(file, (WAYS[0], "le chat")[1:])
    assert set(read_rows(file, "scripted-1")) == {key_of("le chat")}


@pytest.mark.parametrize("spoil", [b"", b"not a file of vectors", None], ids=["empty", "text", "cut"])
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, spoil: bytes | None) -> None:
    file = tmp_path / "vectors.npz"
    made(file)
    file.write_bytes(file.read_bytes()[:-40] if spoil is None else spoil)
    assert read_rows(file, "scripted-1") == {}
    assert made(file).asked == list(WAYS)
    assert len(read_rows(file, "scripted-1")) == 3


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    made(file)
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 0xFF
    file.write_bytes(held)
    kept = read_rows(file, "scripted-1")
    assert all(np.array_equal(kept[key_of(one)], np.float16(vector(one))) for one in WAYS if key_of(one) in kept)


def test_vectors_of_another_model_or_not_numbers_are_not_used(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    made(file)
    assert read_rows(file, "scripted-2") == {}
    write_rows(file, "scripted-1", {key_of("a"): np.full(8, np.nan, np.float32)})
    assert read_rows(file, "scripted-1") == {}


def test_what_was_made_before_a_stop_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.search.vector_file.SAVED_EVERY", AT_ONCE)
    file, vectors = tmp_path / "vectors.npz", ScriptedVectors()
    sentences = [f"phrase {number}" for number in range(3 * AT_ONCE)]

    def stop(count: int) -> None:
        vectors.late = len(vectors.asked) == 2 * AT_ONCE

    assert not complete(sentences, vectors, file, stop)
    assert len(read_rows(file, "scripted-1")) == 2 * AT_ONCE


# One sentence


def looking(finder: Finder, vectors: ScriptedVectors) -> Finder:
    rows = {key_of(text): vector(text) for _, text, _ in finder.ways}
    finder.second_look = ByMeaning(finder.ways, rows, vectors)
    return finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    procedure = sample_procedure()
    return Finder(Catalogue({procedure.id: {"fr": procedure}}))


def test_what_no_word_tells_is_found_by_its_meaning(finder: Finder) -> None:
    procedure = sample_procedure()
    told = "zorglub flibustier"
    finder.second_look = None
    assert finder.ask(told).kind is Kind.NONE
    answer = looking(finder, ScriptedVectors({told: procedure.title})).ask(told)
    assert [match.procedure.id for match in answer.matches] == [procedure.id]
    assert finder.ask(told) == answer
    assert looking(finder, ScriptedVectors({told: "parler à quelqu'un"})).ask(told).kind is not Kind.PROCEDURES


def test_what_words_are_sure_of_needs_no_second_look(finder: Finder) -> None:
    vectors = ScriptedVectors()
    title = sample_procedure().title
    assert looking(finder, vectors).ask(title).matches
    assert vectors.asked == []


def test_what_was_heard_is_weighed_by_numbers_of_its_own(finder: Finder) -> None:
    told = "zorglub flibustier"
    rows = {key_of(text): vector(text) for _, text, _ in finder.ways}
    deaf = (1.0, *[0.0] * (len(NUMBERS) - 2), NOTHING)
    finder.second_look = ByMeaning(finder.ways, rows, ScriptedVectors({told: sample_procedure().title}), heard=deaf)
    assert finder.ask(told).kind is Kind.PROCEDURES
    assert finder.ask(told, heard=()).kind is Kind.NONE
    finder.second_look = None


def test_all_readings_are_waited_for_once(finder: Finder) -> None:
    vectors = ScriptedVectors({"zorglub": sample_procedure().title})
    asked: list[list[str]] = []
    plain = vectors.of
    vectors.of = lambda sentences: (asked.append(list(sentences)), plain(sentences))[1]
    assert looking(finder, vectors).ask("zorglub", heard=("zorg", sample_procedure().title)).matches
    assert asked == [["zorglub", "zorg"]]


def test_without_a_vector_words_answer(finder: Finder) -> None:
    for told in ("zorglub flibustier", "chasser le lion", "parler à quelqu'un", ""):
        finder.second_look = None
        before = finder.ask(told)
        assert looking(finder, ScriptedVectors(late=True)).ask(told) == before


def test_a_vector_that_is_missing_is_not_done_without(finder: Finder) -> None:
    with pytest.raises(KeyError):
        ByMeaning(finder.ways, {}, ScriptedVectors())


# Vectors


def test_vectors_travel_as_text() -> None:
    several = np.stack([vector("a"), vector("b")])
    assert np.array_equal(unpacked(packed(several)), several)


@pytest.mark.parametrize("text", ["", "\0", "\ud800", " \n", "a\0b", "é" * 5000, "\u202e"])
def test_any_sentence_can_be_given_to_an_engine(text: str) -> None:
    given = readable(text)
    assert given.encode()
    assert "\0" not in given
    assert len(given) <= 400


@pytest.mark.skipif(not model_name(), reason="the extra « meaning » is not installed")
def test_the_real_engine_puts_together_what_means_alike() -> None:
    told, same, other = E5Vectors().of(
        ["on m'a chipé mon portefeuille", "j'ai été victime d'un vol", "quel temps fera-t-il demain"]
    )
    assert told @ same > told @ other
    assert np.allclose(E5Vectors().of(["on m'a chipé mon portefeuille"])[0], told, atol=1e-5)
