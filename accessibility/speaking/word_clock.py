# SPDX-License-Identifier: EUPL-1.2
"""Tells each word at the moment it begins to be heard. One thread tells; nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accessibility.speaking.protocol import Word

Listener = Callable[[Word | None], None]
Beat = tuple[float, Word]
"""A word, and how many seconds after the beginning of its sentence it is heard."""


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    at: float
    number: int
    index: int
    word: Word


class WordClock:
    """Follows one batch at a time, the newest. A listener hears None once, last, whatever happens to its batch."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._batch = -1
        self._listener: Listener | None = None
        self._due: list[_Due] = []
        self._told: dict[int, int] = {}
        """Number of a sentence -> its words already told."""
        self._over: list[Listener] = []
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="word clock", daemon=True)
        self._thread.start()

    def begin(self, batch: int, listener: Listener | None) -> None:
        """Follow this batch, and leave the one before: none of its words is told any more. Returns at once."""
        with self._news:
            self._leave()
            self._batch, self._listener = batch, listener
            self._news.notify()

    def sentence(self, batch: int, number: int, at: float, beats: Sequence[Beat]) -> None:
        """A sentence is heard from this monotonic time on. Told again, it corrects what is not yet told."""
        with self._news:
            if batch != self._batch or self._listener is None:
                return
            told = self._told.get(number, 0)
            fresh = [_Due(at + after, number, index, word) for index, (after, word) in enumerate(beats)]
            self._due = sorted([due for due in self._due if due.number != number] + fresh[told:])
            self._news.notify()

    def lost(self, batch: int) -> None:
        """What was playing is cut, and will be taken up from the beginning of a sentence."""
        with self._news:
            if batch == self._batch:
                self._due.clear()
                self._told.clear()

    def end(self, batch: int) -> None:
        """All of the batch has been heard, or never will be."""
        with self._news:
            if batch == self._batch:
                self._leave()
                self._news.notify()

    def close(self) -> None:
        """Leave the last batch, and end the thread."""
        with self._news:
            self._leave()
            self._closing = True
            self._news.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _leave(self) -> None:
        if self._listener:
            self._over.append(self._listener)
        self._listener = None
        self._due.clear()
        self._told.clear()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            listener, word = task
            listener(word)

    def _next(self) -> tuple[Listener, Word | None] | None:
        """What is to be told now, waiting for it; None at the end."""
        with self._news:
            while True:
                if self._over:
                    return self._over.pop(0), None
                if self._closing:
                    return None
                wait = self._due[0].at - time.monotonic() if self._due else None
                if wait is not None and wait <= 0 and self._listener:
                    due = self._due.pop(0)
                    self._told[due.number] = due.index + 1
                    return self._listener, due.word
                self._news.wait(wait)
