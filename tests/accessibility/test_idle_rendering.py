# SPDX-License-Identifier: EUPL-1.2
"""Rendering while nobody is there: begun after a silence, gone as soon as somebody does anything."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from accessibility.speaking.idle import MEMORY, IdleRendering, IdleWork
from accessibility.speaking.memory import MemorySpeaker
from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance
from tests.accessibility.sounds import Ending, no_process_left, wait_until

QUIET = 0.15


class Idle:
    """An idle rendering that runs a program, its speaker, and what was told of it."""

    def __init__(self, program: str, memory: Callable[[], int] = lambda: MEMORY, quiet: float = QUIET) -> None:
        self.ended: list[float] = []
        self.speaker = MemorySpeaker()
        self.idle = IdleRendering(
            self.speaker,
            IdleWork((sys.executable, "-c", program), quiet),
            ended=lambda: self.ended.append(time.monotonic()),
            free_memory=memory,
        )

    def started(self) -> int:
        """The program's process, once it runs."""
        wait_until(lambda: self.idle.pid)
        assert self.idle.pid
        return self.idle.pid


@pytest.fixture
def idle() -> Iterator[Idle]:
    with no_process_left():
        idle = Idle("import time; time.sleep(600)")
        yield idle
        idle.idle.close()


SIGNS: dict[str, Callable[[Speaker], None]] = {
    "a touch": lambda speaker: speaker.hush(),
    "a new screen": lambda speaker: speaker.say([Utterance("Bonjour.")], Manner()),
    "a procedure": lambda speaker: speaker.prepare([Utterance("Bonjour.")], Manner()),
    "an end": lambda speaker: speaker.forget(),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_it_stops_as_soon_as_somebody_does_anything_and_comes_back(
    idle: Idle, sign: str, caplog: pytest.LogCaptureFixture
) -> None:
    process = idle.started()
    begun = time.monotonic()
    SIGNS[sign](idle.idle)
    assert time.monotonic() - begun < 0.5, "the person waited for it"
    wait_until(lambda: not psutil.pid_exists(process))
    wait_until(lambda: idle.ended)
    assert caplog.messages == []
    idle.speaker.finish()
    assert idle.started() != process


def test_it_waits_for_a_silence(idle: Idle) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < 4 * QUIET:
        idle.idle.hush()
        assert idle.idle.pid is None
    idle.started()


def test_it_does_not_begin_while_the_voice_speaks() -> None:
    slow = Idle("import time; time.sleep(600)", quiet=0.5)
    ending = Ending()
    slow.idle.say([Utterance("Un long texte.")], Manner(), ending)
    begun = time.monotonic()
    wait_until(lambda: time.monotonic() - begun > 1.5)
    assert slow.idle.pid is None
    slow.speaker.finish()
    assert ending.wait() is SpeechOutcome.SPOKEN
    slow.started()
    slow.idle.close()


@pytest.mark.parametrize("code", [0, 1])
def test_what_ended_by_itself_is_not_begun_again(code: int, caplog: pytest.LogCaptureFixture) -> None:
    done = Idle(f"raise SystemExit({code})")
    wait_until(lambda: done.idle.finished)
    assert len(done.ended) == 1
    done.idle.hush()
    wait_until(lambda: not done.idle._thread.is_alive())
    assert done.idle.pid is None
    done.idle.close()
    assert caplog.messages == ["what renders while nobody is there ended with code 1"] * code


def test_a_program_that_does_not_exist_costs_nothing() -> None:
    speaker = MemorySpeaker()
    idle = IdleRendering(speaker, IdleWork(("/nowhere",), 0.01), free_memory=lambda: MEMORY)
    wait_until(lambda: idle.finished)
    idle.close()
    assert speaker.closed


def test_it_leaves_the_memory_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accessibility.speaking.idle.RECHECK", 0.05)
    free = [0]
    poor = Idle("import time; time.sleep(600)", memory=lambda: free[0])
    begun = time.monotonic()
    wait_until(lambda: time.monotonic() - begun > 4 * QUIET)
    assert poor.idle.pid is None
    free[0] = MEMORY
    poor.started()
    poor.idle.close()


def test_closing_ends_all(idle: Idle) -> None:
    process = idle.started()
    idle.idle.close()
    assert not psutil.pid_exists(process)
    assert idle.speaker.closed


def test_what_it_started_dies_with_it(tmp_path: Path) -> None:
    """The real chain: the program ties itself to the kiosk, its engine to the program."""
    log = tmp_path / "pid"
    program = f"""
import subprocess, sys, pathlib
from accessibility.processes.child_side import tie_to_parent
from accessibility.speaking.supervised import SupervisedEngine
tie_to_parent(int(sys.argv[1]))
engine = SupervisedEngine()
assert engine.wait_ready(10)
pathlib.Path({str(log)!r}).write_text(str(engine.pid))
engine.wait_ready(600) and __import__("time").sleep(600)
"""
    with no_process_left():
        chain = Idle(program)
        wait_until(lambda: log.exists() and log.read_text())
        engine = int(log.read_text())
        chain.idle.hush()
        wait_until(lambda: not psutil.pid_exists(engine) or psutil.Process(engine).status() == "zombie")
        chain.idle.close()
