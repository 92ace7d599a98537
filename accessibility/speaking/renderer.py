# SPDX-License-Identifier: EUPL-1.2
"""Turns sentences into sound on a thread of its own: first what is said now, then, when idle, what may be said."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accessibility.speaking.cache import AudioCache
from accessibility.speaking.protocol import Engine, Manner
from accessibility.speaking.sound import content_of, memory_file, seconds_of

Delivery = Callable[[int, int, bytes | None], None]
"""Batch, number of the sentence, its WAV (None: the engine could not). Called on the renderer's thread."""
MOST_PREPARED = 500
"""Sentences waiting to be made ahead of time; the oldest are dropped beyond."""


@dataclass(frozen=True, slots=True)
class Order:
    """One sentence to make."""

    batch: int
    number: int
    text: str
    manner: Manner
    private: bool


class Renderer:
    """Owns the engine and the cache. Every method returns at once."""

    def __init__(self, engine: Engine, cache: AudioCache, deliver: Delivery) -> None:
        self._engine = engine
        self._cache = cache
        self._deliver = deliver
        self._news = threading.Condition()
        self._orders: deque[Order] = deque()
        self._later: deque[tuple[str, Manner]] = deque(maxlen=MOST_PREPARED)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="voice renderer", daemon=True)
        self._thread.start()

    def cached(self, text: str, manner: Manner) -> bytes | None:
        """The sound of a public sentence, if it was ever made. Reads a file: a fraction of a millisecond."""
        return self._cache.get(self._engine.name, manner.rate, text)

    def order(self, orders: Sequence[Order]) -> None:
        """Make these now, in their order; what was ordered before and is not begun is dropped."""
        with self._news:
            self._orders = deque(orders)
            self._news.notify()

    def prepare(self, texts: Sequence[str], manner: Manner) -> None:
        """Make these public sentences when nothing is ordered."""
        with self._news:
            self._later.extend((text, manner) for text in texts)
            self._news.notify()

    def close(self) -> None:
        """End the thread and the engine."""
        with self._news:
            self._closing = True
            self._orders.clear()
            self._later.clear()
            self._news.notify()
        self._engine.close()  # frees the thread from a long sentence
        self._thread.join()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            if isinstance(task, Order):
                self._deliver(task.batch, task.number, self._make(task.text, task.manner, private=task.private))
            elif self.cached(*task) is None:
                self._make(*task, private=False)

    def _next(self) -> Order | tuple[str, Manner] | None:
        with self._news:
            self._news.wait_for(lambda: self._closing or self._orders or self._later)
            if self._closing:
                return None
            return self._orders.popleft() if self._orders else self._later.popleft()

    def _make(self, text: str, manner: Manner, *, private: bool) -> bytes | None:
        if not private and (wav := self.cached(text, manner)) is not None:
            return wav
        with memory_file() as (descriptor, path):
            if not self._engine.synthesise(text, manner, path):
                return None
            wav = content_of(descriptor)
        if seconds_of(wav) is None:
            return None
        if not private:
            self._cache.put(self._engine.name, manner.rate, text, wav)
        return wav
