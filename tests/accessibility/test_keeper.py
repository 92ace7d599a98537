# SPDX-License-Identifier: EUPL-1.2
"""A child process that is kept: when it comes back, and when it is left alone for a while."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from accessibility.processes import keeper
from accessibility.processes.keeper import (
    CANNOT_WORK,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    MOST_YOUNG_DEATHS,
    RARE_PAUSE,
    KeptProcess,
    Message,
    pause_after,
)
from tests.accessibility.sounds import wait_until

DIES = "raise SystemExit({code})"
READS = """
print('{"event": "ready"}', flush=True)
print('{"event": "read", "signs": %d}' % len(input()), flush=True)
input()
"""
LIVES = """print('{"event": "ready"}', flush=True); input()"""


class NotedPauses(threading.Event):
    """The event that the keeper waits for between a death and a start: notes how long, and only waits the rare ones."""

    pauses: list[float]

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is None:
            return super().wait()
        self.pauses.append(timeout)
        return super().wait(timeout if timeout >= RARE_PAUSE else 0)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    noted: list[float] = []
    monkeypatch.setattr(NotedPauses, "pauses", noted, raising=False)
    monkeypatch.setattr(keeper.threading, "Event", NotedPauses)
    return noted


def kept(child: str, heard: Callable[[Message], None] = lambda message: None) -> KeptProcess:
    return KeptProcess([sys.executable, "-S", "-c", child], heard, name="the test's child")


def test_a_child_that_dies_at_once_is_tried_five_times_then_rarely(pauses: list[float]) -> None:
    process = kept(DIES.format(code=1))
    wait_until(lambda: RARE_PAUSE in pauses or len(pauses) > MOST_YOUNG_DEATHS)
    process.close()
    assert pauses[:MOST_YOUNG_DEATHS] == [0.05, 0.1, 0.2, 0.4, RARE_PAUSE]
    assert process.starts == MOST_YOUNG_DEATHS


def test_a_child_that_cannot_work_is_tried_rarely_from_the_first(pauses: list[float]) -> None:
    process = kept(DIES.format(code=CANNOT_WORK))
    wait_until(lambda: pauses)
    process.close()
    assert pauses[0] == RARE_PAUSE


def test_a_line_as_long_as_all_that_can_be_said_reaches_a_child_that_is_slow_to_read() -> None:
    heard: list[Message] = []
    process = kept(READS, heard.append)
    wait_until(lambda: {"event": "ready"} in heard)
    assert process.send({"do": "x" * 500_000})
    wait_until(lambda: any(message.get("signs", 0) > 500_000 for message in heard))
    process.close()
    assert process.starts == 1


@pytest.mark.parametrize("ours", [True, False])
def test_a_child_that_is_killed_comes_back_as_quickly_as_ever(pauses: list[float], ours: bool) -> None:
    """Ended by us as often as we like (a hang, a session that ends); by somebody else, with less than a second."""
    ready: list[Message] = []
    process = kept(LIVES, lambda message: ready.append(message) if message["event"] == "ready" else None)
    times = 2 * MOST_YOUNG_DEATHS if ours else MOST_YOUNG_DEATHS - 1
    for number in range(1, times + 1):
        wait_until(lambda number=number: len(ready) == number)
        if ours:
            process.kill()
        else:
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        wait_until(lambda number=number: len(pauses) == number)
    wait_until(lambda: len(ready) == times + 1)
    process.close()
    expected = [FIRST_PAUSE] * times if ours else [0.05, 0.1, 0.2, 0.4]
    assert pauses[:times] == expected


def test_a_child_that_has_lived_is_no_young_death() -> None:
    assert pause_after(0) == FIRST_PAUSE
    assert [pause_after(young) for young in (5, 6, 100)] == [RARE_PAUSE] * 3
    assert max(pause_after(young) for young in range(MOST_YOUNG_DEATHS)) <= LONGEST_PAUSE


FALLS = """
import sys, threading
from accessibility.processes.child_side import kept_by
kept_by(int(sys.argv[1]))
def breaks(said):
    raise ValueError("canari-47") from KeyError(said)
{where}
"""


@pytest.mark.parametrize(
    "where",
    ["breaks('canari-47')", "threading.Thread(target=breaks, args=['canari-47']).start(); threading.Event().wait()"],
)
def test_what_a_child_falls_over_is_told_by_its_places_alone(where: str, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Message] = []
    process = kept(FALLS.format(where=where), heard.append)
    wait_until(lambda: caplog.messages)
    process.close()
    told = caplog.messages[0]
    assert told.startswith("the test's child fell: builtins.ValueError\n")
    assert " breaks" in told
    assert "after builtins.KeyError" in told
    assert "canari-47" not in told
    assert {message["event"] for message in heard} == {"gone"}


GIVES_UP = """
import sys, threading
from accessibility.processes.child_side import hear, kept_by
report, heard = kept_by(int(sys.argv[1])), threading.Event()
threading.Thread(target=hear, args=[lambda line: heard.set()], daemon=True).start()
report("ready")
heard.wait()
"""


def test_a_child_that_ends_while_it_hears_has_not_crashed(caplog: pytest.LogCaptureFixture) -> None:
    """As the player does each time there is no sound: nothing of it is for the technician's log of falls."""
    events: list[str] = []

    def hear(message: Message) -> None:
        events.append(message["event"])
        if message["event"] == "ready" and events.count("gone") == 0:
            process.send({"do": "go"})

    process = kept(GIVES_UP, hear)
    wait_until(lambda: events.count("ready") == 2)
    process.close()
    assert caplog.messages == []


def test_a_child_whose_library_crashes_is_told(caplog: pytest.LogCaptureFixture) -> None:
    process = kept("import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.abort()")
    wait_until(lambda: caplog.messages)
    process.close()
    assert caplog.messages[0] == "the test's child fell: SIGABRT"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_child_that_is_ended_did_not_fall(end: signal.Signals, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Message] = []
    process = kept(LIVES, heard.append)
    wait_until(lambda: {"event": "ready"} in heard)
    pid = process.pid
    assert pid is not None
    os.kill(pid, end)
    wait_until(lambda: {"event": "gone"} in heard)
    process.close()
    assert caplog.messages == []


def test_the_same_fall_is_told_once_an_hour_and_another_at_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(keeper, "MOST_YOUNG_DEATHS", 1000)
    other = tmp_path / "other"
    where = f"import pathlib; breaks('said') if not pathlib.Path({str(other)!r}).exists() else 1 / 0"
    process = kept(FALLS.format(where=where))
    wait_until(lambda: process.starts > 2)
    assert len(caplog.messages) == 1
    other.touch()
    wait_until(lambda: len(caplog.messages) == 2)
    assert "ZeroDivisionError" in caplog.messages[1]
    monkeypatch.setattr(keeper, "SAME_FALL", 0.0)
    wait_until(lambda: len(caplog.messages) > 2)
    process.close()
