# SPDX-License-Identifier: EUPL-1.2
"""The ear of a kiosk: a process under a clock. Hung or dead, it is killed and started again (see ADR 0075).

Where the site asks for a spare (ADR 0144), a second process waits with its model loaded, under the same clock:
whichever is ready listens, and the one that was killed comes back as the spare.

Nothing heavy is imported here: the main process holds no sound, no model and, beyond each answer, no words.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from accessibility.listening.messages import hearing_from, sign_from, vocabulary_to
from accessibility.listening.protocol import Hearing, Sign, Silence, Unavailable, Vocabulary
from accessibility.processes.keeper import KeptProcess, Message
from accessibility.processes.labour import Labour, processor_seconds

POLL = 0.03
"""Seconds between two looks at the caller's ``cancel``."""
HANG_LIMIT = 1.0
"""Seconds without a sign of life, and without any work, after which the process is killed; it gives a sign every 0.2 s.
On a busy machine its signs come late: killed for that, it would never hear anybody (ADR 0132)."""
BIRTH_LIMIT = 6.0
"""The same for a process that has just been started, which has to load its libraries first."""
SLOW_LIMIT = 20.0
"""Seconds without a sign of life after which it is killed, even if it works: it turns in circles."""
READY_LIMIT = 15.0
"""Seconds that a ``listen`` waits for the model (0.6 s measured, 6 s on a machine kept busy); it can be cancelled."""
SHUT_LIMIT = 0.5
"""Seconds for the microphone to be shut once it is no longer wanted; beyond, the process is killed."""
TRIES = 3
"""Processes that one ``listen`` may use up: two that fall, even one after the other, are replaced unnoticed. After that
the kiosk says that it does not hear, and waits before it opens the ear again."""
STILLBORN = 3
"""Deaths in a row before the model was loaded: nobody waits for the next."""


class _Child:
    """One process that can listen, as it is known here. With the state locked."""

    def __init__(self) -> None:
        self.process: KeptProcess | None = None
        self.ready = False
        self.born = False
        self.used = False
        """It has heard a person."""
        self.killed = False
        """By us: it did not die of itself."""
        self.last_news = 0.0
        self._labour = Labour(lambda: processor_seconds(self.process.pid if self.process else None))

    def start(self, command: Sequence[str], heard: Callable[[_Child, Message], None], name: str) -> None:
        """Start it, and again whenever it ends."""
        self.last_news = time.monotonic()
        self.process = KeptProcess(command, partial(heard, self), name=name)

    def hangs(self, now: float) -> bool:
        """Whether it has neither given a sign of life nor worked for too long. To be asked often."""
        if self.process is None:
            return False
        still = HANG_LIMIT if self.born else BIRTH_LIMIT
        return self._labour.hangs(now, self.last_news, still=still, slow=SLOW_LIMIT)

    def kill(self) -> None:
        """End it; its keeper starts another."""
        self.ready = self.used = self.born = False
        self.killed = True
        self.last_news = time.monotonic()
        if self.process is not None:
            self.process.kill()


class SupervisedListener:
    """The :class:`~accessibility.listening.protocol.Listener` of the kiosk. Starts its process when first needed."""

    def __init__(self, command: Sequence[str], engine: str, *, spare: bool = False) -> None:
        """``command`` starts the ear's process; ``engine`` is the one it is expected to use.

        ``spare``: keep a second one ready.
        """
        self._command = tuple(command)
        self._engine = engine
        self._one_call = threading.Lock()
        self._state = threading.Condition()
        self._now = _Child()
        """The one that listens."""
        self._spare = _Child() if spare else None
        self._closed = threading.Event()
        self._broken: Unavailable | None = None
        self._life = 0
        """Grows whenever the one that listens is another."""
        self._stillborn = 0
        self._session = 0
        """Grows at every :meth:`forget`."""
        self._asked = 0
        self._answer: Hearing | None = None
        self._open: int | None = None
        """Number of the ``listen`` whose microphone may be open."""
        self._shut_before: float | None = None
        self._sign_lock = threading.Lock()
        self._sign: tuple[int, Callable[[Sign], None]] | None = None

    @property
    def engine(self) -> str:
        """Which engine listens."""
        return self._engine

    @property
    def available(self) -> bool:
        """False once the engine has said that it can never work."""
        return self._broken is None

    @property
    def pid(self) -> int | None:
        """Of the ear's process, if it runs."""
        process = self._now.process
        return process.pid if process else None

    @property
    def starts(self) -> int:
        """How many times the process was started, the spare's starts among them."""
        children = [self._now, self._spare] if self._spare else [self._now]
        return sum(child.process.starts for child in children if child.process)

    def wait_ready(self, limit: float = READY_LIMIT) -> bool:
        """True once the model is loaded; False when it never will be, or not in time."""
        self.prepare()
        with self._state:
            self._state.wait_for(lambda: self._now.ready or self._broken is not None, limit)
            return self._now.ready

    def prepare(self) -> None:
        """Start the process, which loads its model at once."""
        with self._state:
            if self._now.process is None and not self._closed.is_set():
                self._now.start(self._command, self._heard, "the ear")
                threading.Thread(target=self._watch, name="watch of the ear", daemon=True).start()

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        """See :class:`~accessibility.listening.protocol.Listener`. A process that dies meanwhile is replaced, twice."""
        with self._one_call:
            self.prepare()
            session = self._session
            for _ in range(TRIES):
                answer = self._try(vocabulary, cancel, sign, patience, session)
                if answer is not None:
                    return answer
            return Unavailable("engine", "le moteur d'écoute s'arrête sans cesse")

    def _try(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None,
        patience: float,
        session: int,
    ) -> Hearing | None:
        """One answer, or None when the process died on the way."""

        def over() -> bool:
            return cancel.is_set() or self._closed.is_set() or session != self._session

        if (early := self._wait_ready(over)) is not None:
            return early
        with self._state:
            process, life = self._now.process, self._life
            self._asked += 1
            number = self._open = self._asked
            self._answer, self._now.used, self._shut_before = None, True, None
        with self._sign_lock:
            self._sign = (number, sign) if sign else None
        asked = {"do": "listen", "id": number, "vocabulary": vocabulary_to(vocabulary), "patience": patience}
        assert process is not None
        try:
            if not process.send(asked):
                return self._after_death(life, over)
            with self._state:
                while self._answer is None and life == self._life and not over():
                    self._state.wait(POLL)
                answer, self._answer = self._answer, None
            if answer is None and over():
                self._shut(number)
                return Silence(cancelled=True)
            return answer
        finally:
            with self._sign_lock:
                self._sign = None

    def _wait_ready(self, over: Callable[[], bool]) -> Hearing | None:
        """None once the process can listen; otherwise what to answer."""
        until = time.monotonic() + READY_LIMIT
        with self._state:
            while not (self._now.ready and self._open is None):
                if over():
                    return Silence(cancelled=True)
                if self._broken is not None:
                    return self._broken
                if time.monotonic() > until or self._stillborn >= STILLBORN:
                    return Unavailable("engine", "le moteur d'écoute ne démarre pas")
                self._state.wait(POLL)
        return None

    def _after_death(self, life: int, over: Callable[[], bool]) -> Hearing | None:
        with self._state:
            if life == self._life:
                self._lost()
        return Silence(cancelled=True) if over() else None

    def _shut(self, number: int) -> None:
        """Have the microphone shut: at once, or with the process."""
        with self._state:
            if self._open == number:
                self._shut_before = time.monotonic() + SHUT_LIMIT
                if self._now.process is not None:
                    self._now.process.send({"do": "cancel", "id": number})

    def forget(self) -> None:
        """Replace the process: what was said is in the old one's memory. The next one loads in the background."""
        with self._state:
            self._session += 1
            if self._now.used:
                self._kill(self._now)

    def close(self) -> None:
        """End the process for good."""
        self._closed.set()
        with self._state:
            processes = [child.process for child in (self._now, self._spare) if child]
            self._state.notify_all()
        for process in processes:
            if process is not None:
                process.close()

    def _kill(self, child: _Child) -> None:
        """End a process; its keeper starts another. With the state locked."""
        child.kill()
        if child is self._now:
            self._lost()

    def _lost(self) -> None:
        """The one that listened does not any more: the spare does, if it can. With the state locked."""
        self._now.ready = self._now.used = False
        self._open = self._shut_before = None
        self._life += 1
        self._choose()
        self._state.notify_all()

    def _choose(self) -> None:
        """Whichever is ready listens."""
        if self._spare is not None and self._spare.ready and not self._now.ready:
            self._now, self._spare = self._spare, self._now

    def _watch(self) -> None:
        """Kill a process that gives no sign of life, or does not shut the microphone."""
        while not self._closed.wait(0.1):
            with self._state:
                now = time.monotonic()
                if self._shut_before is not None and now > self._shut_before:
                    self._kill(self._now)
                for child in (self._now, self._spare):
                    if child is not None and child.hangs(now) and self._broken is None:
                        self._kill(child)

    def _heard(self, child: _Child, message: Message) -> None:
        if message["event"] == "sign":
            self._show(message)
        with self._state:
            child.last_news = time.monotonic()
            child.born = message["event"] != "gone"
            match message["event"]:
                case "ready":
                    child.ready, self._broken, self._engine = True, None, message["engine"]
                    self._stillborn = 0
                    self._choose()
                    spare = self._spare
                    if spare is not None and spare.process is None and not self._closed.is_set():
                        spare.start(self._command, self._heard, "the spare ear")
                case "broken":
                    self._broken = Unavailable(message["part"], message["why"])
                case "heard" if message["id"] == self._asked and child is self._now:
                    self._answer = hearing_from(message["hearing"])
                case "closed" if message["id"] == self._open:
                    self._open = self._shut_before = None
                case "gone":
                    self._stillborn += 0 if child.ready or child.killed else 1
                    child.killed = child.ready = child.used = False
                    if child is self._now:
                        self._lost()
                case _:
                    pass
            self._state.notify_all()

    def _show(self, message: Message) -> None:
        with self._sign_lock:
            if self._sign is not None and self._sign[0] == message["id"]:
                self._sign[1](sign_from(message["sign"]))
