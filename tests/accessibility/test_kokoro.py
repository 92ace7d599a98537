# SPDX-License-Identifier: EUPL-1.2
"""The real Kokoro in its real process: what it says, heard by Whisper; killed, stopped, and out of everyone's way."""

from __future__ import annotations

import array
import io
import json
import math
import os
import signal
import tempfile
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from accessibility.models import installed
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.casting import Line
from accessibility.speaking.maker_process import SCRATCH
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import rendered_voice
from accessibility.speaking.rendering import RenderOutcome, all_processors, maker_of, render
from accessibility.speaking.sound import content_of, memory_file, seconds_of
from accessibility.speaking.supervised import Kind, SupervisedEngine
from accessibility.speaking.word_times import after_marks, unpacked
from accessibility.speaking.word_times_sound import Heard
from tests.accessibility.sounds import no_process_left
from tests.speech import MODELS

VOICE = rendered_voice("kokoro")
FRENCH, ENGLISH = "Votre carte est-elle perdue ?", "Someone can help you fill in the form."


def made_by(engine: SupervisedEngine, text: str, language: str = "fr", rate: float = 1.0) -> bytes:
    with memory_file() as (descriptor, path):
        assert engine.synthesise(text, Manner(language, rate), path), engine.fault
        return content_of(descriptor)


def samples_of(wav: bytes) -> array.array[int]:
    with wave.open(io.BytesIO(wav)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 24_000)
        return array.array("h", sound.readframes(sound.getnframes()))


@pytest.fixture(scope="module")
def kind() -> Kind:
    found = maker_of(VOICE, MODELS, all_processors())
    if not isinstance(found, Kind):
        pytest.skip(f"{found}")
    return found


@pytest.fixture(scope="module")
def engine(kind: Kind) -> Iterator[SupervisedEngine]:
    with no_process_left():
        engine = SupervisedEngine(kind)
        assert engine.wait_ready(), engine.broken
        yield engine
        engine.close()


@pytest.fixture(scope="module")
def sentences(engine: SupervisedEngine) -> dict[str, bytes]:
    return {"fr": made_by(engine, FRENCH), "en": made_by(engine, ENGLISH, "en")}


def test_each_language_has_its_voice(engine: SupervisedEngine, sentences: dict[str, bytes]) -> None:
    made_by(engine, "Oui.")
    assert engine.voice == "ff_siwis"
    assert engine.name("fr") == "kokoro-82m ff_siwis"
    made_by(engine, "Yes.", "en")
    assert engine.voice == "af_heart"
    with memory_file() as (_, path):
        assert not engine.synthesise("Sí.", Manner("es"), path)
    assert "es" in engine.fault


def test_it_is_understood_in_the_right_language(sentences: dict[str, bytes], tmp_path: Path) -> None:
    faster_whisper: Any = pytest.importorskip("faster_whisper")
    folder = installed(MODELS, "whisper-base")
    if folder is None:
        pytest.skip("no Whisper to listen")
    ear = faster_whisper.WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)
    for language, words in (("fr", {"votre", "carte"}), ("en", {"someone", "help", "form"})):
        (tmp_path / "said.wav").write_bytes(sentences[language])
        segments, heard = ear.transcribe(str(tmp_path / "said.wav"), beam_size=1, without_timestamps=True)
        text = " ".join(segment.text for segment in segments).lower()
        assert heard.language == language
        assert words <= set("".join(sign if sign.isalnum() else " " for sign in text).split())


def test_it_is_as_loud_as_the_other_voice_and_has_no_silence_around(sentences: dict[str, bytes]) -> None:
    for wav in sentences.values():
        samples = samples_of(wav)
        level = math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / 32768
        assert 0.06 < level < 0.11  # espeak-ng: 0.07 to 0.12
        assert max(map(abs, samples)) < 32767
        edge = round(0.03 * 24_000)
        assert max(map(abs, samples[:edge])) > 50
        assert max(map(abs, samples[-edge:])) > 50


def test_it_tells_when_each_word_begins(engine: SupervisedEngine) -> None:
    made_by(engine, FRENCH)
    starts = json.loads(engine.words)
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert 0 <= starts[0] < 0.2
    assert starts[-1] < 1


@pytest.mark.parametrize(
    ("said", "language", "rate"),
    [
        ("Attendez. Ensuite vous venez. Merci. Bonsoir.", "fr", 0.75),
        ("Wait here. Please come in. Thanks. Now you pay.", "en", 1.0),
        pytest.param("Attendez. Ensuite vous venez. Merci. Bonsoir.", "fr", 1.0, marks=pytest.mark.long),
        pytest.param("Wait here. Please come in. Thanks. Now you pay.", "en", 0.75, marks=pytest.mark.long),
    ],
)
def test_a_word_begins_where_the_rest_before_it_ends(
    engine: SupervisedEngine, said: str, language: str, rate: float
) -> None:
    wav = made_by(engine, said, language, rate)
    heard = Heard(samples_of(wav), 24_000)
    starts = unpacked(engine.words, said, seconds_of(wav) or 0)
    rested = [at for at, rest in zip(starts, after_marks(said), strict=True) if rest]
    assert heard.rests  # Kokoro runs through some marks
    assert max(min(abs(at - end) for at in rested) for _, end in heard.rests) <= 0.12


def test_another_rate_is_the_same_voice_stretched(engine: SupervisedEngine) -> None:
    usual, slow = (seconds_of(made_by(engine, "Bonjour.", rate=rate)) or 0 for rate in (1.0, 0.5))
    assert slow == pytest.approx(2 * usual, rel=0.08)


@pytest.mark.parametrize("text", ["", "…", "\ud800 bonjour", "[[a]]", "日本"], ids=ascii)
def test_a_strange_text_does_not_end_the_process(engine: SupervisedEngine, text: str) -> None:
    before = engine.pid
    with memory_file() as (descriptor, path):
        if engine.synthesise(text, Manner(), path):
            assert seconds_of(content_of(descriptor))
    assert engine.pid == before


def test_it_steps_aside_for_everyone(engine: SupervisedEngine) -> None:
    assert engine.pid
    process = psutil.Process(engine.pid)
    assert process.nice() == 19
    assert os.sched_getscheduler(engine.pid) == os.SCHED_IDLE
    assert process.memory_info().rss < 550_000_000


def test_it_does_not_step_aside_for_who_waits() -> None:
    found = maker_of(VOICE, MODELS, all_processors(), awaited=True)
    if not isinstance(found, Kind):
        pytest.skip(f"{found}")
    awaited = SupervisedEngine(found)
    try:
        assert seconds_of(made_by(awaited, "Oui.") or b"")
        assert awaited.pid
        assert os.sched_getscheduler(awaited.pid) == os.SCHED_OTHER
    finally:
        awaited.close()


def test_killed_in_the_middle_of_a_sentence_it_says_it_all_the_same(engine: SupervisedEngine) -> None:
    """And nothing is left of it: the phonemizer copies espeak-ng's library into a temporary folder, each time."""
    before = engine.pid
    assert before
    assert scratch_folders(before)
    made: list[bytes] = []
    caller = threading.Thread(target=lambda: made.append(made_by(engine, FRENCH)))
    caller.start()
    os.kill(before, signal.SIGKILL)
    caller.join(60)
    assert seconds_of(made[0])
    assert engine.pid != before
    assert scratch_folders(before) == []


def scratch_folders(process: int) -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{SCRATCH}{process}-*"))


def test_a_model_that_cannot_be_read_is_said(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    folder = kind.command.index(str(MODELS / "kokoro-82m"))
    command = (*kind.command[:folder], str(tmp_path), *kind.command[folder + 1 :])
    broken = Kind(kind.name, command, kind.start_limit, kind.sentence_limit)
    with no_process_left():
        done = render([Line("Oui.", Manner())], VOICE, AudioCache(tmp_path / "cache", 10), broken)
    assert done.outcome is RenderOutcome.NO_VOICE
    assert str(tmp_path) in done.why
