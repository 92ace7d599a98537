# SPDX-License-Identifier: EUPL-1.2
"""The voice engine in its own process: what it makes, and what happens when it is killed, stopped or missing."""

from __future__ import annotations

import array
import io
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from accessibility.speaking.protocol import Manner
from accessibility.speaking.sound import content_of, memory_file, seconds_of
from accessibility.speaking.supervised import Kind, SupervisedEngine, sentence_limit
from tests.accessibility.sounds import no_process_left, wait_until

SENTENCE = "Votre carte est-elle perdue ?"


@pytest.fixture(scope="module")
def engine() -> Iterator[SupervisedEngine]:
    with no_process_left():
        engine = SupervisedEngine()
        assert engine.wait_ready(10)
        yield engine
        engine.close()


def make(engine: SupervisedEngine, text: str = SENTENCE, rate: float = 1.0, language: str = "fr") -> bytes:
    with memory_file() as (descriptor, path):
        assert engine.synthesise(text, Manner(language, rate), path)
        return content_of(descriptor)


def length(engine: SupervisedEngine, text: str = SENTENCE, rate: float = 1.0, language: str = "fr") -> float:
    seconds = seconds_of(make(engine, text, rate, language))
    assert seconds
    return seconds


def test_it_speaks_french(engine: SupervisedEngine) -> None:
    assert 1.0 < length(engine) < 2.0
    assert engine.voice == "roa/fr"


@pytest.mark.clause("EN 5.1.3.14")
def test_one_process_speaks_every_language_at_every_rate(engine: SupervisedEngine) -> None:
    """A change of voice brings a rate of its own, and may be lost as a change of rate is."""
    sentence = "Beaucoup d'eau, aujourd'hui, les oiseaux."  # an English voice needs longer
    wanted = {(tongue, r): length(engine, sentence, r, tongue) for tongue in ("fr", "en") for r in (1.0, 0.5)}
    assert wanted["en", 1.0] > 1.2 * wanted["fr", 1.0]
    assert wanted["fr", 0.5] == pytest.approx(2 * wanted["fr", 1.0], rel=0.2)
    for _ in range(8):
        for (language, rate), seconds in wanted.items():
            assert length(engine, sentence, rate, language) == pytest.approx(seconds, rel=0.06)
            assert engine.voice == {"fr": "roa/fr", "en": "gmw/en"}[language]


def test_a_sound_is_stretched_at_the_same_pitch(engine: SupervisedEngine) -> None:
    usual = make(engine)
    for speed in (0.5, 0.75, 1.5, 2.0):
        with memory_file() as (descriptor, path):
            assert engine.stretch(usual, speed, path)
            stretched = content_of(descriptor)
        seconds = seconds_of(stretched)
        assert seconds
        assert seconds == pytest.approx(length(engine) / speed, rel=0.08)
        assert pitch(stretched) == pytest.approx(pitch(usual), rel=0.12)


@pytest.mark.parametrize("wav", [b"", b"RIFF", b"RIFF" + bytes(100)])
def test_what_cannot_be_stretched_is_refused(engine: SupervisedEngine, wav: bytes) -> None:
    before = engine.pid
    with memory_file() as (_, path):
        assert not engine.stretch(wav, 2.0, path)
        assert not engine.stretch(make(engine), 0.0, path)
    assert engine.pid == before


def pitch(wav: bytes) -> float:
    """Crossings of zero a second: speech played faster without care has more of them."""
    with wave.open(io.BytesIO(wav)) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
        crossings = sum(a < 0 <= b for a, b in itertools.pairwise(samples))
        return crossings * sound.getframerate() / len(samples)


@pytest.mark.clause("PAP 6")
def test_every_change_of_rate_is_obeyed(engine: SupervisedEngine) -> None:
    """pyttsx3 alone loses one change in three."""
    usual = length(engine)
    for _ in range(15):
        for rate, least, most in ((0.5, 1.7, 2.3), (2.0, 0.4, 0.6), (1.0, 0.95, 1.05)):
            assert least < length(engine, rate=rate) / usual < most


def test_the_rate_of_the_first_sentence_is_obeyed(engine: SupervisedEngine) -> None:
    usual = length(engine)
    for _ in range(5):
        engine.forget()
        assert 1.7 < length(engine, rate=0.5) / usual < 2.3


def test_silence_around_the_words_is_cut(engine: SupervisedEngine) -> None:
    with wave.open(io.BytesIO(make(engine))) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
        edge = round(0.03 * sound.getframerate())
    assert max(map(abs, samples[:edge])) > 100
    assert max(map(abs, samples[-edge:])) > 100


@pytest.mark.parametrize("text", ["", " ", "...", "\0", "—", "\ud800a"])
def test_what_has_no_sound_is_no_failure_of_the_process(engine: SupervisedEngine, text: str) -> None:
    engine.wait_ready()
    before = engine.pid
    with memory_file() as (_, path):
        assert not engine.synthesise(text, Manner(), path)
    assert length(engine)
    assert engine.pid == before


def test_a_place_where_nothing_can_be_written(engine: SupervisedEngine, tmp_path: Path) -> None:
    assert not engine.synthesise(SENTENCE, Manner(), tmp_path / "nowhere" / "a.wav")
    assert length(engine)


@pytest.mark.clause("PAP 20")
@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV], ids=lambda fault: fault.name)
def test_a_fault_costs_less_than_three_seconds(engine: SupervisedEngine, fault: signal.Signals) -> None:
    broken = engine.pid
    assert broken
    os.kill(broken, fault)
    begun = time.monotonic()
    make(engine)
    assert time.monotonic() - begun < 3
    assert engine.pid != broken
    assert not psutil.pid_exists(broken)


def test_it_is_restarted_even_when_nobody_asks(engine: SupervisedEngine) -> None:
    engine.wait_ready()
    dead = engine.pid
    assert dead
    os.kill(dead, signal.SIGKILL)
    assert wait_until(lambda: engine.pid not in (None, dead)) < 3


def test_forgetting_replaces_the_process(engine: SupervisedEngine) -> None:
    make(engine, "Un secret.")
    old = engine.pid
    engine.forget()
    wait_until(lambda: engine.pid not in (None, old))
    assert length(engine)


def test_a_sentence_that_always_hangs_is_given_up(tmp_path: Path) -> None:
    script = tmp_path / "hanging.py"
    script.write_text('import sys, time\nprint(\'{"event": "ready"}\', flush=True)\ntime.sleep(600)\n')
    with no_process_left():
        engine = SupervisedEngine(Kind(command=(sys.executable, str(script))))
        assert engine.wait_ready(10)
        begun = time.monotonic()
        with memory_file() as (_, path):
            assert not engine.synthesise(SENTENCE, Manner(), path)
        assert time.monotonic() - begun < 2 * sentence_limit(SENTENCE) + 2
        engine.close()


def test_an_engine_that_dies_at_once_is_given_up(tmp_path: Path) -> None:
    script = tmp_path / "dying.py"
    script.write_text('print(\'{"event": "ready"}\', flush=True)\ninput()\n')
    with no_process_left():
        engine = SupervisedEngine(Kind(command=(sys.executable, str(script))))
        begun = time.monotonic()
        with memory_file() as (_, path):
            assert not engine.synthesise(SENTENCE, Manner(), path)
        assert time.monotonic() - begun < 3
        engine.close()


def test_a_language_without_a_voice_is_said(engine: SupervisedEngine) -> None:
    before = engine.pid
    begun = time.monotonic()
    with memory_file() as (_, path):
        assert not engine.synthesise(SENTENCE, Manner("xx"), path)
    assert "xx" in engine.fault
    assert time.monotonic() - begun < 1
    assert length(engine)
    assert engine.pid == before


def test_closing_frees_whoever_waits(tmp_path: Path) -> None:
    script = tmp_path / "hanging.py"
    script.write_text('import time\nprint(\'{"event": "ready"}\', flush=True)\ntime.sleep(600)\n')
    with no_process_left():
        engine = SupervisedEngine(Kind(command=(sys.executable, str(script))))
        assert engine.wait_ready(10)
        answers: list[bool] = []
        with memory_file() as (_, path):
            caller = threading.Thread(target=lambda: answers.append(engine.synthesise("long " * 5000, Manner(), path)))
            caller.start()
            engine.close()
            caller.join(5)
        assert answers == [False]


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
def test_it_does_not_outlive_a_parent_that_is_killed(stopped: bool) -> None:
    program = """
        from accessibility.speaking.supervised import SupervisedEngine
        engine = SupervisedEngine()
        assert engine.wait_ready(10)
        print(engine.pid, flush=True)
        input()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        if stopped:
            os.kill(child, signal.SIGSTOP)
        parent.kill()
        parent.wait()
    wait_until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)
