# SPDX-License-Identifier: EUPL-1.2
"""The ear of a kiosk: a process under a clock. Hung or dead, it is killed and started again (see ADR 0075).

Nothing heavy is imported here: the main process holds no sound, no model and, beyond each answer, no words.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

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
TRIES = 2
STILLBORN = 3
"""Deaths in a row before the model was loaded: nobody waits for the next."""


class SupervisedListener:
    """The :class:`~accessibility.listening.protocol.Listener` of the kiosk. Starts its process when first needed."""

    def __init__(self, command: Sequence[str], engine: str) -> None:
        """``command`` starts the ear's process; ``engine`` is the one it is expected to use."""
        self._command = tuple(command)
        self._engine = engine
        self._one_call = threading.Lock()
        self._state = threading.Condition()
        self._process: KeptProcess | None = None
        self._closed = threading.Event()
        self._ready = False
        self._broken: Unavailable | None = None
        self._last_news = 0.0
        self._labour = Labour(lambda: processor_seconds(self.pid))
        self._born = False
        self._used = False
        self._killed = False
        """By us: it did not die of itself."""
        self._life = 0
        """Grows at every death of the process."""
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
        return self._process.pid if self._process else None

    @property
    def starts(self) -> int:
        """How many times the process was started."""
        return self._process.starts if self._process else 0

    def wait_ready(self, limit: float = READY_LIMIT) -> bool:
        """True once the model is loaded; False when it never will be, or not in time."""
        self.prepare()
        with self._state:
            self._state.wait_for(lambda: self._ready or self._broken is not None, limit)
            return self._ready

    def prepare(self) -> None:
        """Start the process, which loads its model at once."""
        with self._state:
            if self._process is None and not self._closed.is_set():
                self._last_news = time.monotonic()
                self._process = KeptProcess(self._command, self._heard, name="the ear")
                threading.Thread(target=self._watch, name="watch of the ear", daemon=True).start()

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        """See :class:`~accessibility.listening.protocol.Listener`. A process that dies meanwhile is replaced, once."""
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
            process, life = self._process, self._life
            self._asked += 1
            number = self._open = self._asked
            self._answer, self._used, self._shut_before = None, True, None
        with self._sign_lock:
            self._sign = (number, sign) if sign else None
        asked = {"do": "listen", "id": number, "vocabulary": vocabulary_to(vocabulary), "patience": patience}
        assert process is not None
        try:
            if not process.send(asked):
                return self._after_death(over)
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
            while not (self._ready and self._open is None):
                if over():
                    return Silence(cancelled=True)
                if self._broken is not None:
                    return self._broken
                if time.monotonic() > until or self._stillborn >= STILLBORN:
                    return Unavailable("engine", "le moteur d'écoute ne démarre pas")
                self._state.wait(POLL)
        return None

    def _after_death(self, over: Callable[[], bool]) -> Hearing | None:
        with self._state:
            self._ready, self._open = False, None
        return Silence(cancelled=True) if over() else None

    def _shut(self, number: int) -> None:
        """Have the microphone shut: at once, or with the process."""
        with self._state:
            if self._open == number:
                self._shut_before = time.monotonic() + SHUT_LIMIT
                process = self._process
                if process is not None:
                    process.send({"do": "cancel", "id": number})

    def forget(self) -> None:
        """Replace the process: what was said is in the old one's memory. The next one loads in the background."""
        with self._state:
            self._session += 1
            if self._used:
                self._kill()

    def close(self) -> None:
        """End the process for good."""
        self._closed.set()
        with self._state:
            process = self._process
            self._state.notify_all()
        if process is not None:
            process.close()

    def _kill(self) -> None:
        """End the process; the keeper starts another. With the state locked."""
        self._ready, self._used, self._killed = False, False, True
        self._open = self._shut_before = None
        self._born = False
        self._life += 1
        self._last_news = time.monotonic()
        self._state.notify_all()
        if self._process is not None:
            self._process.kill()

    def _watch(self) -> None:
        """Kill a process that gives no sign of life, or does not shut the microphone."""
        while not self._closed.wait(0.1):
            with self._state:
                now = time.monotonic()
                still = now - max(self._last_news, self._labour.last(now))
                silent = still > (HANG_LIMIT if self._born else BIRTH_LIMIT) or now - self._last_news > SLOW_LIMIT
                open_too_long = self._shut_before is not None and now > self._shut_before
                if (silent and self._broken is None) or open_too_long:
                    self._kill()

    def _heard(self, message: Message) -> None:
        if message["event"] == "sign":
            self._show(message)
        with self._state:
            self._last_news = time.monotonic()
            self._born = message["event"] != "gone"
            match message["event"]:
                case "ready":
                    self._ready, self._broken, self._engine = True, None, message["engine"]
                    self._stillborn = 0
                case "broken":
                    self._broken = Unavailable(message["part"], message["why"])
                case "heard" if message["id"] == self._asked:
                    self._answer = hearing_from(message["hearing"])
                case "closed" if message["id"] == self._open:
                    self._open = self._shut_before = None
                case "gone":
                    self._stillborn += 0 if self._ready or self._killed else 1
                    self._killed = False
                    self._ready = self._used = False
                    self._open = self._shut_before = None
                    self._life += 1
                case _:
                    pass
            self._state.notify_all()

    def _show(self, message: Message) -> None:
        with self._sign_lock:
            if self._sign is not None and self._sign[0] == message["id"]:
                self._sign[1](sign_from(message["sign"]))
