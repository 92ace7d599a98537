# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice say``: any text into a WAV file."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from accessibility.speaking.protocol import Manner
from accessibility.speaking.speaker import PAUSE
from accessibility.speaking.supervised import SupervisedEngine
from accessibility.speaking.to_file import FileOutcome, say_to_file
from tests.accessibility.sounds import no_process_left


@pytest.fixture(scope="module")
def engine() -> Iterator[SupervisedEngine]:
    with no_process_left():
        engine = SupervisedEngine()
        yield engine
        engine.close()


def test_a_plain_wav_is_written(tmp_path: Path) -> None:
    with no_process_left():
        spoken = say_to_file("Appelez le 3646.", tmp_path / "a.wav")
    assert spoken.outcome is FileOutcome.WRITTEN
    assert (spoken.engine, spoken.voice) == ("pyttsx3 espeak-ng fr", "roa/fr")
    with wave.open(str(tmp_path / "a.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22_050)
        assert sound.getnframes() / 22_050 == pytest.approx(spoken.seconds)
    assert "a.wav" in spoken.message
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_numbers_are_said_in_full(tmp_path: Path, engine: SupervisedEngine) -> None:
    digits = say_to_file("Appelez le 3646.", tmp_path / "a.wav", engine=engine)
    words = say_to_file("Appelez le trente-six quarante-six.", tmp_path / "b.wav", engine=engine)
    assert digits.seconds == pytest.approx(words.seconds, abs=0.02)


def test_sentences_are_parted_by_a_pause(tmp_path: Path, engine: SupervisedEngine) -> None:
    one = say_to_file("Bonjour.", tmp_path / "a.wav", engine=engine).seconds
    two = say_to_file("Bonjour.\nBonjour.", tmp_path / "b.wav", engine=engine).seconds
    assert two == pytest.approx(2 * one + PAUSE, abs=0.02)


def test_the_rate(tmp_path: Path, engine: SupervisedEngine) -> None:
    slow, quick = (
        say_to_file("Bonjour à vous.", tmp_path / "a.wav", Manner(rate=rate), engine).seconds for rate in (0.5, 2.0)
    )
    assert slow > 3 * quick


@pytest.mark.parametrize("text", ["", "  \n ", "?!…", "\0\x1b"])
def test_nothing_to_say(tmp_path: Path, engine: SupervisedEngine, text: str) -> None:
    spoken = say_to_file(text, tmp_path / "a.wav", engine=engine)
    assert spoken.outcome is FileOutcome.NOTHING_TO_SAY
    assert spoken.message
    assert not (tmp_path / "a.wav").exists()


@pytest.mark.parametrize(
    "text",
    ["\ud800 bonjour", "\x1b[31mrouge\x1b[0m", "<voice name='en'>bonjour</voice>", "[[bɔ̃ʒuʁ]]", "a" * 5000, "été 🪪 ½"],
)
def test_any_text(tmp_path: Path, engine: SupervisedEngine, text: str) -> None:
    assert say_to_file(text, tmp_path / "a.wav", engine=engine).outcome is FileOutcome.WRITTEN


def test_a_long_text_is_said_whole(tmp_path: Path, engine: SupervisedEngine) -> None:
    spoken = say_to_file("Bonjour à tous. " * 200, tmp_path / "a.wav", engine=engine)
    assert spoken.seconds > 200


def test_a_place_that_does_not_exist(tmp_path: Path, engine: SupervisedEngine) -> None:
    spoken = say_to_file("Bonjour.", tmp_path / "nowhere" / "a.wav", engine=engine)
    assert spoken.outcome is FileOutcome.NOT_WRITTEN
    assert "nowhere" in spoken.message


def test_an_old_file_is_replaced_whole(tmp_path: Path, engine: SupervisedEngine) -> None:
    (tmp_path / "a.wav").write_text("old")
    assert say_to_file("Bonjour.", tmp_path / "a.wav", engine=engine).outcome is FileOutcome.WRITTEN
    assert (tmp_path / "a.wav").read_bytes().startswith(b"RIFF")


def test_a_language_without_a_voice(tmp_path: Path) -> None:
    spoken = say_to_file("Bonjour.", tmp_path / "a.wav", Manner(language="xx"))
    assert spoken.outcome is FileOutcome.NO_VOICE
    assert not (tmp_path / "a.wav").exists()
