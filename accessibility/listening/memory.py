# SPDX-License-Identifier: EUPL-1.2
"""An ear for tests: it hears what the test says, when the test says it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from accessibility.listening.protocol import (
    Certainty,
    Heard,
    Hearing,
    Phrase,
    Sign,
    Silence,
    Unavailable,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Listening:
    """One time the microphone was opened: what could be said, and how long the ear would wait."""

    vocabulary: Vocabulary
    patience: float

    def phrase(self, id: str) -> Phrase | None:
        """The phrase of this id, if it could be said."""
        return next((phrase for phrase in self.vocabulary.phrases if phrase.id == id), None)


class MemoryListener:
    """Follows the protocol without sound or time: ``listen`` waits until :meth:`hear`, ``cancel`` or :meth:`close`.

    The steps fed by :meth:`hear` are played in order: a :class:`Sign` is shown, a ``Hearing`` ends one ``listen``.
    What is fed while nobody listens waits for the next ``listen``. Patience never runs out by itself: a test that
    wants silence feeds ``Silence()``.
    """

    def __init__(self, *steps: Sign | Hearing, engine: str = "whisper", available: bool = True) -> None:
        self.listenings: list[Listening] = []
        self.answers: list[Hearing] = []
        """What each ``listen`` returned, in order."""
        self.prepared = 0
        self.forgotten = 0
        self.closed = False
        self.available = available
        self._engine = engine
        self._steps: deque[Sign | Hearing] = deque(steps)
        self._news = threading.Condition()
        self._open = False

    @property
    def engine(self) -> str:
        """As the test wants it."""
        return self._engine

    @property
    def listening(self) -> bool:
        """True while a ``listen`` waits."""
        return self._open

    @property
    def vocabulary(self) -> Vocabulary | None:
        """What can be said now, while a ``listen`` waits."""
        with self._news:
            return self.listenings[-1].vocabulary if self._open else None

    def hear(self, *steps: Sign | Hearing) -> None:
        """Let the ear hear this, now or as soon as it listens. Returns at once."""
        with self._news:
            self._steps.extend(steps)
            self._news.notify_all()

    def say(self, phrase: str, certainty: Certainty = Certainty.CLEAR, text: str = "") -> None:
        """Let the ear recognise the phrase of this id."""
        self.hear(Heard(phrase, certainty, text or phrase))

    def wait_open(self, limit: float = 5.0, *, after: int = 0) -> Listening:
        """The ``listen`` that waits now, being at least the one after the ``after`` first. Raises AssertionError."""
        with self._news:
            opened = self._news.wait_for(lambda: self._open and len(self.listenings) > after, limit)
            assert opened, "the ear does not listen"
            return self.listenings[-1]

    def wait_shut(self, limit: float = 5.0) -> None:
        """Wait until no ``listen`` waits. Raises AssertionError."""
        with self._news:
            assert self._news.wait_for(lambda: not self._open, limit), "the ear still listens"

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        """Play the steps until one of them is an answer."""
        with self._news:
            assert not self._open, "one listen at a time"
            self._open = True
            self.listenings.append(Listening(vocabulary, patience))
            self._news.notify_all()
            deaf = bool(self._steps) and isinstance(self._steps[0], Unavailable)
        if sign and not deaf:
            sign(Sign(0.0))
        answer: Hearing | None = None
        while answer is None:
            step = self._next_step(cancel)
            if isinstance(step, Sign):
                if sign:
                    sign(step)
            else:
                answer = step
        with self._news:
            self._open = False
            self.answers.append(answer)
            self._news.notify_all()
        return answer

    def _next_step(self, cancel: threading.Event) -> Sign | Hearing:
        """The next step. ``cancel`` is the caller's own event and wakes nobody: it is looked at again and again."""
        while True:
            with self._news:
                if cancel.is_set() or self.closed:
                    return Silence(cancelled=True)
                if self._steps:
                    return self._steps.popleft()
                self._news.wait(0.01)

    def prepare(self) -> None:
        """Count it."""
        self.prepared += 1

    def forget(self) -> None:
        """Count it, and drop what was heard."""
        self.forgotten += 1
        with self._news:
            self.answers.clear()

    def close(self) -> None:
        """End the ``listen`` that waits, if any."""
        with self._news:
            self.closed = True
            self._news.notify_all()
