# SPDX-License-Identifier: EUPL-1.2
"""Turns sentences into sound on a thread of its own: first what is said now, then, when idle, what may be said."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.casting import Casting, CastingDesk, Line
from accessibility.speaking.protocol import Engine
from accessibility.speaking.rendered import NO_RENDERED_VOICE, RenderedVoice

Delivery = Callable[[int, int, Kept | None], None]
"""Batch, number of the sentence, its sound (None: the engine could not). Called on the renderer's thread."""
MOST_PREPARED = 500
"""Sentences waiting to be made ahead of time; the oldest are dropped beyond."""


@dataclass(frozen=True, slots=True)
class Order:
    """One sentence to make. ``better``: the rest of its screen is said by the rendered voice."""

    batch: int
    number: int
    line: Line
    better: bool = False


class Renderer:
    """Owns the engine and the cache. Every method returns at once."""

    def __init__(
        self, engine: Engine, cache: AudioCache, deliver: Delivery, rendered: RenderedVoice = NO_RENDERED_VOICE
    ) -> None:
        self._engine = engine
        self._desk = CastingDesk(engine, cache, rendered)
        self._deliver = deliver
        self._news = threading.Condition()
        self._orders: deque[Order] = deque()
        self._later: deque[Line] = deque(maxlen=MOST_PREPARED)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="voice renderer", daemon=True)
        self._thread.start()

    def cast(self, lines: Sequence[Line]) -> Casting:
        """Who says these sentences, and what of it is there; see :class:`CastingDesk`."""
        return self._desk.cast(lines)

    def order(self, orders: Sequence[Order]) -> None:
        """Make these now, in their order; what was ordered before and is not begun is dropped."""
        with self._news:
            self._orders = deque(orders)
            self._news.notify()

    def prepare(self, lines: Sequence[Line]) -> None:
        """Make these public sentences when nothing is ordered."""
        with self._news:
            self._later.extend(lines)
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
                made = self._desk.make(task.line, better=task.better)
                self._deliver(task.batch, task.number, made)
            elif not self._desk.has(task):
                self._desk.make(task)

    def _next(self) -> Order | Line | None:
        with self._news:
            self._news.wait_for(lambda: self._closing or self._orders or self._later)
            if self._closing:
                return None
            return self._orders.popleft() if self._orders else self._later.popleft()
