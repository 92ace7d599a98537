# SPDX-License-Identifier: EUPL-1.2
"""When each word of a sound begins: kept, guessed, told by espeak-ng, told by Kokoro; and the clock that tells it."""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.speaking.pronounce import for_the_ear, runs_for_the_ear
from accessibility.speaking.protocol import Manner, Word
from accessibility.speaking.sound import content_of, memory_file, seconds_of
from accessibility.speaking.supervised import SupervisedEngine
from accessibility.speaking.word_clock import WordClock
from accessibility.speaking.word_times import after_marks, guessed, packed, run_starts, unpacked, words_of
from accessibility.speaking.word_times_engine import TimedEngine
from accessibility.speaking.word_times_kokoro import LAG, starts
from accessibility.speaking.word_times_sound import brought
from accessibility.speaking.word_times_supervised import PATIENCE, SupervisedWordTimer
from tests.accessibility.sounds import ScriptedEngine, no_process_left, wait_until

SAID = "Prenez l'adresse, est-ce que la carte est là ? Oui."


@given(st.text(max_size=60), st.sampled_from(["fr", "en"]), st.floats(0.1, 60))
def test_a_guess_is_in_order_and_within_the_sound(text: str, language: str, seconds: float) -> None:
    said = for_the_ear(text, language)
    times = guessed(said, seconds)
    assert len(times) == len(words_of(said)) == len(after_marks(said))
    assert all(0 <= time < seconds for time in times)
    assert list(times) == sorted(times)


def test_what_is_kept_comes_back_whatever_the_length_of_the_sound() -> None:
    kept = packed([0.0, 1.0, 1.5], 2.0)
    assert unpacked(kept, "un, deux ? trois !", 2.0) == pytest.approx((0.0, 1.0, 1.5))
    assert unpacked(kept, "un, deux ? trois !", 4.0) == pytest.approx((0.0, 2.0, 3.0))  # stretched


@pytest.mark.parametrize("words", [b"", b"[0.0]", b"{}", b"nothing", b"\xff"])
def test_what_cannot_be_read_is_guessed(words: bytes) -> None:
    assert unpacked(words, "un deux", 2.0) == guessed("un deux", 2.0)


def test_a_run_begins_with_its_first_word() -> None:
    runs = runs_for_the_ear("Payez 12,50 € à la CAF !")
    beats = run_starts(runs, [0.1, 0.5, 0.7, 0.9, 1.2, 1.4, 1.5])
    assert [at for at, _ in beats] == [0.1, 0.5, 1.2, 1.4, 1.5]


def tones(spans: Sequence[tuple[float, float]], seconds: float, hertz: int = 8_000) -> tuple[list[int], int]:
    """Something heard from, to."""
    samples = [0] * round(seconds * hertz)
    for start, end in spans:
        for number in range(round(start * hertz), round(end * hertz)):
            samples[number] = round(9_000 * math.sin(number / 3))
    return samples, hertz


def test_another_voice_begins_rests_and_ends_elsewhere() -> None:
    theirs = tones([(0.0, 1.0), (1.5, 2.0)], 2.2)
    ours = tones([(0.2, 1.8), (2.0, 2.8)], 3.0)
    found = brought([0.0, 0.5, 1.5, 1.75], [False, False, True, False], theirs, ours)
    assert found[0] == pytest.approx(0.2, abs=0.02)
    assert found[2] == pytest.approx(2.0, abs=0.02)
    assert found[1] == pytest.approx(0.8, abs=0.05)
    assert found[3] == pytest.approx(2.4, abs=0.05)
    assert brought([0.0, 0.1], [False, True], ([0] * 9, 8_000), ours) == pytest.approx((0.2, 0.2), abs=0.02)


@dataclass(frozen=True)
class Timed:
    phoneme: str
    start: float


def timed(phonemes: str) -> list[Timed]:
    """One phoneme every tenth of a second."""
    return [Timed(phoneme, number / 10) for number, phoneme in enumerate(phonemes)]


def test_kokoro_says_one_word_between_two_spaces() -> None:
    assert starts("Oui, la carte !", timed("wˈi, la kˈaʁt!"), lambda word: "?") == pytest.approx(
        (0.0, 0.5 - LAG, 0.8 - LAG)
    )


def test_words_that_are_said_together_are_told_apart() -> None:
    alone = {"part": "pɑːt", "of": "ɒv", "the": "ðə", "town": "taʊn"}
    found = starts("part of the town", timed("pˈɑːt ɒvðə tˈaʊn"), alone.__getitem__)
    assert found == pytest.approx((0.0, 0.6 - LAG, 0.8 - LAG, 1.1 - LAG))
    assert starts("?", [], alone.__getitem__) == ()


@pytest.fixture(scope="module")
def engine() -> Iterator[TimedEngine]:
    with no_process_left():
        engine = TimedEngine(SupervisedEngine(), SupervisedWordTimer())
        yield engine
        engine.close()


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(("said", "language"), [(SAID, "fr"), ("Is the card of the town here? Yes, sir.", "en")])
def test_espeak_tells_when_each_word_begins(engine: TimedEngine, said: str, language: str, rate: float) -> None:
    with memory_file() as (descriptor, path):
        assert engine.synthesise(said, Manner(language, rate), path)
        seconds = seconds_of(content_of(descriptor)) or 0
    assert engine.words
    times = unpacked(engine.words, said, seconds)
    assert times != guessed(said, seconds)
    assert times[0] < 0.06
    assert all(0.01 < after - before < 1.5 / rate for before, after in pairwise(times))
    assert seconds - times[-1] > 0.1 / rate


def test_a_word_timer_that_falls_is_not_waited_for(tmp_path: Path) -> None:
    with no_process_left(), memory_file() as (_, path):
        engine, timer = SupervisedEngine(), SupervisedWordTimer()
        assert engine.synthesise(SAID, Manner(), path)
        assert timer.words(SAID, Manner(), path)
        for fault in (signal.SIGSTOP, signal.SIGKILL):
            assert timer.pid
            os.kill(timer.pid, fault)
            begun = time.monotonic()
            timer.words(SAID, Manner(), path)
            assert time.monotonic() - begun < PATIENCE + 1.3
            wait_until(lambda: timer.words(SAID, Manner(), path))
        assert timer.words(SAID, Manner("xx"), path) == b""
        assert timer.words("\ud800", Manner(), path) == b""
        assert timer.words(SAID, Manner(), tmp_path / "nothing.wav") == b""
        before = timer.pid
        timer.forget()
        wait_until(lambda: timer.pid not in {None, before})
        engine.close()
        timer.close()
        assert timer.words(SAID, Manner(), path) == b""


def test_an_engine_that_knows_its_words_is_believed(tmp_path: Path) -> None:
    class Mute:
        def words(self, said: str, manner: Manner, sound: Path) -> bytes:
            return b"[0.5]"

        def forget(self) -> None: ...
        def close(self) -> None: ...

    scripted = ScriptedEngine()
    engine = TimedEngine(scripted, Mute())
    assert engine.synthesise("Oui.", Manner(), tmp_path / "a.wav")
    assert engine.words == b"[0.5]"
    scripted.words = b"[0.1]"
    assert engine.synthesise("Oui.", Manner(), tmp_path / "a.wav")
    assert engine.words == b"[0.1]"
    assert not engine.synthesise("impossible", Manner(), tmp_path / "a.wav")
    assert engine.words == b""


class Listener:
    """Hears the clock."""

    def __init__(self) -> None:
        self.told: list[tuple[float, Word | None]] = []

    def __call__(self, word: Word | None) -> None:
        self.told.append((time.monotonic(), word))

    @property
    def words(self) -> list[int | None]:
        return [word.start if word else None for _, word in self.told]


@pytest.fixture
def clock() -> Iterator[WordClock]:
    clock = WordClock()
    yield clock
    clock.close()
    assert "word clock" not in {thread.name for thread in threading.enumerate()}


def beats(*times: float) -> list[tuple[float, Word]]:
    return [(at, Word(0, number, number + 1)) for number, at in enumerate(times)]


def test_the_clock_is_on_time(clock: WordClock) -> None:
    listener = Listener()
    clock.begin(1, listener)
    at = time.monotonic()
    clock.sentence(1, 0, at, beats(0.0, 0.1, 0.2))
    clock.sentence(1, 1, at + 0.3, beats(0.0))
    wait_until(lambda: len(listener.told) == 4)
    assert all(
        abs(told - at - wanted) < 0.1 for (told, _), wanted in zip(listener.told, (0, 0.1, 0.2, 0.3), strict=True)
    )
    clock.end(1)
    clock.end(1)
    wait_until(lambda: len(listener.told) == 5)
    assert listener.words == [0, 1, 2, 0, None]


def test_a_sentence_that_falls_behind_tells_no_word_twice(clock: WordClock) -> None:
    listener = Listener()
    clock.begin(1, listener)
    at = time.monotonic()
    clock.sentence(1, 0, at, beats(0.0, 0.2))
    wait_until(lambda: listener.told)
    clock.sentence(1, 0, at + 0.2, beats(0.0, 0.2))
    wait_until(lambda: len(listener.told) == 2)
    assert listener.words == [0, 1]
    assert listener.told[1][0] - at >= 0.4


def test_only_the_newest_batch_is_followed(clock: WordClock) -> None:
    old, new = Listener(), Listener()
    clock.begin(1, old)
    clock.sentence(1, 0, time.monotonic() + 30, beats(0.0))
    clock.begin(2, new)
    clock.sentence(1, 0, time.monotonic(), beats(0.0))
    clock.end(1)
    clock.lost(1)
    clock.sentence(2, 0, time.monotonic(), beats(0.0))
    wait_until(lambda: new.told)
    assert old.words == [None]
    clock.begin(3, None)
    clock.sentence(3, 0, time.monotonic(), beats(0.0))
    wait_until(lambda: new.words == [0, None])


def test_a_lost_sentence_is_told_again(clock: WordClock) -> None:
    listener = Listener()
    clock.begin(1, listener)
    clock.sentence(1, 0, time.monotonic(), beats(0.0, 30.0))
    wait_until(lambda: listener.told)
    clock.lost(1)
    clock.sentence(1, 0, time.monotonic(), beats(0.0))
    wait_until(lambda: len(listener.told) == 2)
    clock.close()
    assert listener.words == [0, 0, None]
