# SPDX-License-Identifier: EUPL-1.2
"""The process that listens: ``python -m accessibility.listening.ear_process SETTINGS PARENT`` (see ADR 0075).

Microphone, voice detector, engine and understanding live here, and all that was said. It hears ``listen {id,
vocabulary, patience}`` and ``cancel {id}``, and reports ``ready {engine}``, ``broken {part, why}``, ``beat``, ``sign
{id, sign}``, ``heard {id, hearing}`` and ``closed {id}``, once the microphone is shut.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, TypeVar

from accessibility.listening.engines import Choice, load_working
from accessibility.listening.messages import choice_from, hearing_to, sign_to, vocabulary_from
from accessibility.listening.microphone import Microphone, NoMicrophone
from accessibility.listening.phonemes import phonemes
from accessibility.listening.protocol import Heard, Hearing, Silence, Unavailable, Vocabulary
from accessibility.listening.recogniser import EngineFault, Recogniser, Samples, Take, Understood
from accessibility.listening.turn import Turn
from accessibility.listening.voice_activity import VoiceActivity, VoiceDetector
from accessibility.models import verify
from accessibility.processes.child_side import Reporter, hear, kept_by
from accessibility.processes.keeper import CANNOT_WORK
from accessibility.processes.labour import Labour

BEAT = 0.2
"""Seconds between two proofs of life."""
WORK_LIMIT = 2.5
"""Seconds that one piece of the engine's work (0.3 s measured) may stand still; beyond, the process is of no use."""
SLOW_LIMIT = 10.0
"""Seconds that it may take in all: nobody waits any longer for an answer."""
LOAD_LIMIT = 6.0
"""The same for a model that is being loaded: from a disk that may be slow."""
SLOW_LOAD_LIMIT = 60.0
HUNG, FAILED = 4, 5
"""Exit codes: the engine did not answer; it fell over a bug."""

T = TypeVar("T")


class Ear:
    """The main thread listens; one other thread hears the parent, one does the engine's work."""

    def __init__(self, settings: Mapping[str, Any], report: Reporter) -> None:
        self._report = report
        self._language: str = settings["language"]
        self._choices = {language: choice_from(choice) for language, choice in settings["choices"].items()}
        self._microphone = Microphone(settings["device"])
        self._commands: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        self._cancelled = -1
        self._worker = ThreadPoolExecutor(1, "engine")
        self._loaded: dict[Choice, Recogniser] = {}

    def hear(self, message: Mapping[str, Any]) -> None:
        """One line from the parent; from another thread."""
        if message["do"] == "cancel":
            self._cancelled = max(self._cancelled, int(message["id"]))
        else:
            self._commands.put(message)

    def run(self) -> None:
        """Listen whenever asked, for ever. Raises :class:`EngineFault` when nothing can be understood here."""
        threading.Thread(target=self._microphone.prepare, name="microphone", daemon=True).start()
        self._detector = self._beating(VoiceDetector)
        recogniser = self._recogniser(self._language)
        self._beating(lambda: phonemes("bonjour", self._language))
        self._report("ready", engine=recogniser.name)
        while True:
            try:
                asked = self._commands.get(timeout=BEAT)
            except queue.Empty:
                self._report("beat")
                continue
            number = int(asked["id"])
            hearing = self._answer(number, vocabulary_from(asked["vocabulary"]), float(asked["patience"]))
            self._report("heard", id=number, hearing=hearing_to(hearing))

    def _recogniser(self, language: str) -> Recogniser:
        """The engine for this language, loaded if it is not. Raises :class:`EngineFault`."""
        choice = self._choices.get(language)
        if choice is None:
            raise EngineFault("model", f"aucun modèle d'écoute n'est installé pour la langue « {language} »")
        if choice not in self._loaded:
            recogniser, used = self._beating(lambda: load_working(choice, self._report.fell))
            self._loaded[choice] = self._loaded.setdefault(used, recogniser)
            threading.Thread(target=self._check, args=(used,), name="check", daemon=True).start()
        return self._loaded[choice]

    def _check(self, choice: Choice) -> None:
        """Read every byte of the model (0.1 s of one core), while it already listens; one that was altered is left."""
        if altered := verify(choice.model.parent, choice.model.name):
            why = f"{choice.model.name} : {altered[0].path} : {altered[0].fault}"
            self._report("broken", part="model", why=why)
            os._exit(CANNOT_WORK)

    def _beating(self, work: Callable[[], T]) -> T:
        """Have something slow done, proving meanwhile that the process lives. Ends it when the work hangs."""
        done: Future[T] = self._worker.submit(work)
        begun, labour = time.monotonic(), _labour_of_others()
        while not wait([done], BEAT).done:
            if labour.hangs(time.monotonic(), begun, still=LOAD_LIMIT, slow=SLOW_LOAD_LIMIT):
                os._exit(HUNG)
            self._report("beat")
        return done.result()

    def _answer(self, number: int, vocabulary: Vocabulary, patience: float) -> Hearing:
        try:
            recogniser = self._recogniser(vocabulary.language)
            self._microphone.open()
            return self._listen(number, recogniser, vocabulary, patience)
        except NoMicrophone as fault:
            return Unavailable("microphone", str(fault))
        except EngineFault as fault:
            return Unavailable(fault.part, str(fault))
        finally:
            self._microphone.close()
            self._report("closed", id=number)

    def _listen(self, number: int, recogniser: Recogniser, vocabulary: Vocabulary, patience: float) -> Hearing:
        engine = _Engine(self._worker, self._report.fell)
        turn = Turn(vocabulary, lambda: _TakeElsewhere(recogniser, vocabulary, engine), patience)
        activity = VoiceActivity(self._detector)
        spoke_at = last_sign = time.monotonic()
        while turn.outcome is None:
            if number <= self._cancelled:
                return Silence(cancelled=True)
            frame = self._microphone.read()
            if frame is not None:
                turn.hear(frame, activity.probability(frame))
                if turn.quiet == 0:
                    spoke_at = time.monotonic()
            engine.serve(turn)
            if frame is not None and turn.sign:
                self._report("sign", id=number, sign=sign_to(turn.sign))
                last_sign = time.monotonic()
            elif time.monotonic() - last_sign > BEAT:
                self._report("beat")
                last_sign = time.monotonic()
        if isinstance(turn.outcome, Heard):
            return replace(turn.outcome, seconds=round(time.monotonic() - spoke_at, 3))
        return turn.outcome


def _labour_of_others() -> Labour:
    """Of the engine's threads: all but the main one, which asks, and takes its time at each frame."""
    return Labour(lambda: time.process_time() - time.thread_time())


class _Engine:
    """The engine's own thread, during one turn: samples and conclusions in the order in which they are asked for."""

    def __init__(self, worker: ThreadPoolExecutor, fell: Callable[[BaseException], None]) -> None:
        self._worker = worker
        self._fell = fell
        self._waiting = 0
        self._since = 0.0
        self._number = 0
        self._conclusion: Future[Understood] | None = None
        self._lock = threading.Lock()
        self._labour = _labour_of_others()

    def do(self, work: Callable[[], T]) -> Future[T]:
        """Have one more piece of work done."""
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting += 1
        future = self._worker.submit(work)
        future.add_done_callback(self._done)
        return future

    def _done(self, future: Future[Any]) -> None:
        if (error := future.exception()) is not None:
            self._fell(error)
            os._exit(FAILED)
        with self._lock:
            self._waiting -= 1
            self._since = time.monotonic()

    def serve(self, turn: Turn) -> None:
        """Ask what the turn asks, give it what is there. Ends the process when the engine hangs."""
        if turn.asked and turn.asked != self._number and turn.take is not None:
            self._number = turn.asked
            self._conclusion = self.do(turn.take.conclude)
        if self._conclusion is not None and self._conclusion.done():
            done, self._conclusion = self._conclusion, None
            turn.concluded(self._number, done.result())
        if self._waiting and self._hangs(time.monotonic()):
            os._exit(HUNG)

    def _hangs(self, now: float) -> bool:
        """A machine that is short of time makes the work slow; whoever spoke would rather wait than speak again."""
        return self._labour.hangs(now, self._since, still=WORK_LIMIT, slow=SLOW_LIMIT)


class _TakeElsewhere:
    """A take whose work is done on the engine's thread: the microphone is never kept waiting."""

    def __init__(self, recogniser: Recogniser, vocabulary: Vocabulary, engine: _Engine) -> None:
        self._engine = engine
        self._take: Take | None = None
        self._begin = lambda: recogniser.begin(vocabulary)
        engine.do(self._started)

    def _started(self) -> Take:
        if self._take is None:
            self._take = self._begin()
        return self._take

    @property
    def partial(self) -> str:
        """What the engine had recognised a moment ago."""
        return self._take.partial if self._take else ""

    def add(self, samples: Samples) -> None:
        """Hand it over. Returns at once."""
        self._engine.do(lambda: self._started().add(samples))

    def conclude(self) -> Understood:
        """On the engine's thread, after everything that was added."""
        return self._started().conclude()


def main(settings: Mapping[str, Any], parent: int) -> int:
    """Listen until the parent goes."""
    report = kept_by(parent)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # idle threads sleep: the screen needs the cores
    ear = Ear(settings, report)
    threading.Thread(target=hear, args=(ear.hear,), daemon=True).start()
    try:
        ear.run()
    except EngineFault as fault:
        report("broken", part=fault.part, why=str(fault))
    return CANNOT_WORK


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1]), int(sys.argv[2])))
