# SPDX-License-Identifier: EUPL-1.2
"""The ear's process as its supervisor sees it: slow, hung, deaf, dying, broken. Scripted children, no sound."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from accessibility.listening import ear_process
from accessibility.listening.build import make_listener
from accessibility.listening.messages import hearing_from, hearing_to, vocabulary_from, vocabulary_to
from accessibility.listening.null import NullListener
from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Hearing,
    Muddle,
    NotUnderstood,
    Phrase,
    Sign,
    Silence,
    Unavailable,
    Vocabulary,
)
from accessibility.listening.supervised import HANG_LIMIT, SupervisedListener
from accessibility.processes.labour import A_LITTLE
from tests.accessibility.sounds import no_process_left, wait_until

VOCABULARY = Vocabulary((Phrase("yes", ("oui", "ouais")), Phrase("no", ("non",))), "fr", Expected.NUMBER)
PREAMBLE = """
import json, sys, threading, time
from accessibility.processes.child_side import Reporter, hear, tie_to_parent
tie_to_parent(int(sys.argv[-1]))
report = Reporter()
HEARD = {"kind": "heard", "phrase": "yes", "certainty": "clear", "text": "oui", "value": "", "seconds": 0.3,
         "others": []}
def beat():
    while True:
        report("beat"); time.sleep(0.1)
def answer(message, hearing=HEARD):
    report("closed", id=message["id"]); report("heard", id=message["id"], hearing=hearing)
"""


class Child:
    """A scripted ear's process, and what listens through it."""

    def __init__(self, script: str) -> None:
        self.listener = SupervisedListener((sys.executable, "-c", PREAMBLE + textwrap.dedent(script)), "whisper")
        self.cancel = threading.Event()
        self.signs: list[Sign] = []
        self.seconds = 0.0

    def listen(self, patience: float = 5.0) -> Hearing:
        begun = time.monotonic()
        answer = self.listener.listen(VOCABULARY, self.cancel, self.signs.append, patience=patience)
        self.seconds = time.monotonic() - begun
        return answer


@pytest.fixture
def child(request: pytest.FixtureRequest) -> Iterator[Child]:
    with no_process_left():
        made = Child(request.param)
        yield made
        made.listener.close()


def script(text: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("child", [text], indirect=True, ids=["scripted"])


GOOD = """
threading.Thread(target=beat, daemon=True).start()
report("ready", engine="vosk")
def handle(message):
    if message["do"] == "listen":
        assert message["vocabulary"]["phrases"][0] == {"id": "yes", "ways": ["oui", "ouais"]}
        report("sign", id=message["id"], sign={"level": 0.5, "partial": "ou", "speech": True, "thinking": False})
        answer(message)
hear(handle)
"""


@script(GOOD)
def test_it_listens(child: Child) -> None:
    assert child.listen() == Heard("yes", Certainty.CLEAR, "oui", "", 0.3)
    assert child.signs == [Sign(0.5, "ou", True, False)]
    assert child.listener.engine == "vosk"
    assert child.listener.available


@script(GOOD)
def test_nothing_starts_before_it_is_needed(child: Child) -> None:
    assert child.listener.pid is None
    child.listener.prepare()
    wait_until(lambda: child.listener.pid is not None)


@script(GOOD)
def test_forgetting_replaces_a_process_that_has_heard_something(child: Child) -> None:
    assert child.listener.wait_ready()
    child.listener.forget()
    assert child.listener.starts == 1
    child.listen()
    child.listener.forget()
    wait_until(lambda: child.listener.starts == 2)
    assert isinstance(child.listen(), Heard)


@script("threading.Thread(target=beat, daemon=True).start(); report('ready', engine='whisper'); hear(lambda m: None)")
def test_listening_is_cancelled_at_once_and_a_microphone_that_stays_open_is_shut_by_force(child: Child) -> None:
    assert child.listener.wait_ready()
    threading.Timer(0.2, child.cancel.set).start()
    assert child.listen() == Silence(cancelled=True)
    assert child.seconds < 0.2 + 0.3
    wait_until(lambda: child.listener.starts == 2, 3)


@script("threading.Thread(target=beat, daemon=True).start(); time.sleep(60)")
def test_waiting_for_the_model_is_cancelled_too(child: Child) -> None:
    child.cancel.set()
    assert child.listen() == Silence(cancelled=True)
    assert child.seconds < 0.3


@script("threading.Thread(target=beat, daemon=True).start(); report('ready', engine='whisper'); hear(lambda m: None)")
def test_a_session_that_ends_ends_its_listening(child: Child) -> None:
    assert child.listener.wait_ready()
    threading.Timer(0.2, child.listener.forget).start()
    assert child.listen() == Silence(cancelled=True)


@script("threading.Thread(target=beat, daemon=True).start(); report('ready', engine='whisper'); hear(lambda m: None)")
def test_closing_ends_listening(child: Child) -> None:
    assert child.listener.wait_ready()
    threading.Timer(0.2, child.listener.close).start()
    assert child.listen() == Silence(cancelled=True)


HANGS_ONCE = """
import os
from pathlib import Path
seen = Path({path!r})
def handle(message):
    if message["do"] == "listen":
        answer(message)
if seen.exists():
    threading.Thread(target=beat, daemon=True).start()
    report("ready", engine="whisper")
    hear(handle)
seen.touch()
report("ready", engine="whisper")
{fault}
"""


def test_slow_work_that_runs_out_of_time_itself_is_not_waited_for_any_more() -> None:
    beats = 0
    twice = threading.Event()

    def report(event: str) -> None:
        nonlocal beats
        beats += 1
        assert beats < 10, "it beats for ever"
        if beats == 2:
            twice.set()

    def out_of_time() -> None:
        raise TimeoutError("a disk that does not answer")

    ear = ear_process.Ear({"language": "fr", "choices": {}, "device": ""}, report)  # type: ignore[arg-type]
    with pytest.raises(TimeoutError, match="a disk"):
        ear._beating(out_of_time)
    assert ear._beating(twice.wait)


def test_what_the_engine_falls_over_is_told_before_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    fallen: list[BaseException] = []
    ended: list[tuple[int, int]] = []
    monkeypatch.setattr(ear_process.os, "_exit", lambda code: ended.append((code, len(fallen))))
    with ThreadPoolExecutor(1) as worker:
        ear_process._Engine(worker, fallen.append).do(partial(int, "no number"))
    assert isinstance(fallen[0], ValueError)
    assert ended == [(ear_process.FAILED, 1)]


@pytest.mark.clause("PAP 21")
@pytest.mark.parametrize("fault", ["time.sleep(60)", "sys.stdin.readline(); os._exit(1)", "sys.stdin.readline(); 1/0"])
def test_hung_or_dead_it_is_replaced_within_three_seconds_and_the_person_is_heard(tmp_path: Path, fault: str) -> None:
    with no_process_left():
        child = Child(HANGS_ONCE.format(path=str(tmp_path / "seen"), fault=fault))
        try:
            assert child.listener.wait_ready()
            assert isinstance(child.listen(), Heard)
            assert child.seconds < 3
            assert child.listener.starts == 2
        finally:
            child.listener.close()


@pytest.mark.clause("PAP 21")
@script(GOOD)
def test_a_frozen_process_is_replaced_even_while_nobody_speaks(child: Child) -> None:
    assert child.listener.wait_ready()
    pid = child.listener.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    begun = time.monotonic()
    wait_until(lambda: child.listener.starts == 2 and child.listener.wait_ready(0), 5)
    assert time.monotonic() - begun < 3
    assert isinstance(child.listen(), Heard)


@script("""
report("ready", engine="whisper")
sys.stdin.readline()
end = time.monotonic() + 1.6
while time.monotonic() < end:
    pass
answer({"id": 1})
sys.stdin.readline()
""")
def test_one_that_works_without_a_sign_of_life_is_slow_not_hung(child: Child) -> None:
    """As on a machine that others keep busy: killed for being late, it would never hear anybody."""
    assert child.listener.wait_ready()
    assert isinstance(child.listen(), Heard)
    assert child.seconds > HANG_LIMIT
    assert child.listener.starts == 1


def _labour_enough() -> None:
    begun = time.thread_time()
    while time.thread_time() - begun < 5 * A_LITTLE:
        pass


def test_an_engine_that_stands_still_hangs_and_one_that_works_is_slow() -> None:
    with ThreadPoolExecutor(1) as worker:
        engine = ear_process._Engine(worker, list[BaseException]().append)
        over = threading.Event()
        engine.do(over.wait)
        assert not engine._hangs(time.monotonic())
        assert engine._hangs(time.monotonic() + ear_process.WORK_LIMIT + 0.1)
        over.set()
        engine.do(_labour_enough).result()
        late = time.monotonic() + ear_process.WORK_LIMIT + 0.1
        assert not engine._hangs(late)
        assert engine._hangs(late + ear_process.SLOW_LIMIT)


def test_a_model_that_hangs_while_it_loads_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(code: int) -> None:
        over.set()
        raise SystemExit(code)

    over, beats = threading.Event(), list[str]()
    ear = ear_process.Ear({"language": "fr", "choices": {}, "device": ""}, beats.append)  # type: ignore[arg-type]
    monkeypatch.setattr(ear_process, "LOAD_LIMIT", 3 * ear_process.BEAT)
    monkeypatch.setattr(ear_process.os, "_exit", end)
    with pytest.raises(SystemExit, match=str(ear_process.HUNG)):
        ear._beating(lambda: over.wait(30))
    assert beats == ["beat"] * len(beats) != []


@pytest.mark.clause("PAP 21")
def test_a_spare_answers_in_the_place_of_one_that_is_frozen_which_comes_back_as_the_spare() -> None:
    with no_process_left():
        listener = SupervisedListener((sys.executable, "-c", PREAMBLE + textwrap.dedent(GOOD)), "whisper", spare=True)
        try:
            assert listener.wait_ready()
            wait_until(lambda: listener.starts == 2)
            first = listener.pid
            assert first
            assert isinstance(listener.listen(VOCABULARY, threading.Event()), Heard)
            os.kill(first, signal.SIGSTOP)
            assert isinstance(listener.listen(VOCABULARY, threading.Event()), Heard)
            assert listener.pid != first
            wait_until(lambda: listener.starts == 3)
        finally:
            listener.close()


def test_forgetting_leaves_the_next_person_an_ear_that_is_ready() -> None:
    with no_process_left():
        listener = SupervisedListener((sys.executable, "-c", PREAMBLE + textwrap.dedent(GOOD)), "whisper", spare=True)
        try:
            assert listener.wait_ready()
            first = listener.pid
            assert isinstance(listener.listen(VOCABULARY, threading.Event()), Heard)
            wait_until(lambda: listener.starts == 2)
            listener.forget()
            assert isinstance(listener.listen(VOCABULARY, threading.Event()), Heard)
            assert listener.pid != first
        finally:
            listener.close()


@script("report('ready', engine='whisper'); sys.stdin.readline(); sys.exit(1)")
def test_one_that_always_dies_is_said_to_be_unavailable(child: Child) -> None:
    answer = child.listen()
    assert isinstance(answer, Unavailable)
    assert answer.part == "engine"
    assert child.seconds < 3


@script("sys.exit(1)")
def test_one_that_never_starts_is_not_waited_for(child: Child) -> None:
    answer = child.listen()
    assert isinstance(answer, Unavailable)
    assert answer.part == "engine"
    assert child.seconds < 3


@script("report('broken', part='model', why='abîmé'); sys.exit(3)")
def test_one_that_can_never_work_says_so(child: Child) -> None:
    assert child.listen() == Unavailable("model", "abîmé")
    assert not child.listener.available


@pytest.mark.parametrize(
    "hearing",
    [
        Heard("yes", Certainty.UNSURE, "ouais", "", 0.4),
        Heard("", Certainty.CLEAR, "le trois mars", "2026-03-03", 0.4),
        Heard("", Certainty.CLEAR, "ma carte", "ma carte", 0.4, ("ma quarte", "la carte")),
        Silence(),
        Silence(cancelled=True),
        NotUnderstood(Muddle.NOISE),
        NotUnderstood(text="il fait beau"),
        Unavailable("microphone", "débranché"),
    ],
)
def test_every_outcome_travels(hearing: Hearing) -> None:
    assert hearing_from(hearing_to(hearing)) == hearing


def test_a_vocabulary_travels() -> None:
    assert vocabulary_from(vocabulary_to(VOCABULARY)) == VOCABULARY


@pytest.mark.parametrize(("engine", "part"), [("none", "engine"), ("auto", "model"), ("vosk", "model")])
def test_without_a_model_there_is_no_ear(tmp_path: Path, engine: str, part: str) -> None:
    listener = make_listener(engine, tmp_path)  # type: ignore[arg-type]
    assert isinstance(listener, NullListener)
    assert not listener.available
    assert listener.engine == "none"
    listener.prepare()
    answer = listener.listen(VOCABULARY, threading.Event())
    assert isinstance(answer, Unavailable)
    assert answer.part == part
