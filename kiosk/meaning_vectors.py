# SPDX-License-Identifier: EUPL-1.2
"""Vectors of sentences from a process of its own: late, hung, dead or absent, it only means that words alone answer."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Sequence

from accessibility.processes.keeper import KeptProcess, Message
from content.search.e5 import model_name
from content.search.vectors import Vectors, unpacked

COMMAND = (sys.executable, "-P", "-m", "kiosk.meaning_process")
STARTING = 15.0
"""Seconds in which the process is ready, on a machine that has much else to do."""
READY, GONE = "ready", "gone"


class VectorsApart:
    """The :class:`~content.search.vectors.SentenceVectors` of a child process. Safe to call from any thread."""

    def __init__(self, patience: float, *, starting: float = STARTING, command: Sequence[str] = COMMAND) -> None:
        """Seconds that an answer is waited for, and that a start is, where :meth:`start` was not called before."""
        self._patience, self._starting, self._command = patience, starting, command
        self._lock = threading.Lock()
        self._answers: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._is_ready = threading.Event()
        self._kept: KeptProcess | None = None
        self._number = self._owed = 0
        self._asked = self._closed = False

    @property
    def model(self) -> str:
        """See :class:`~content.search.vectors.SentenceVectors`."""
        return model_name()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._kept.pid if self._kept else None

    def start(self) -> None:
        """Have the process begin: it is ready when a sentence comes."""
        with self._lock:
            self._begin()

    def of(self, sentences: Sequence[str]) -> Vectors | None:
        """See :class:`~content.search.vectors.SentenceVectors`."""
        with self._lock:
            if self._closed:
                return None
            until = time.monotonic() + (self._patience if self._kept else self._starting)
            kept = self._begin()
            self._hear_what_is_late()
            if self._owed:  # It still owes an answer that was waited for in vain: it hangs.
                self._replace(kept)
                return None
            if not self._is_ready.wait(max(0.0, until - time.monotonic())):
                return None
            self._number += 1
            self._asked = True
            if not kept.send({"number": self._number, "sentences": list(sentences)}):
                return None
            return self._answer(len(sentences), time.monotonic() + self._patience)

    def forget(self) -> None:
        """Replace the process, if it was asked anything: nothing of what a person said is left in its memory.

        It never waits: whoever still waits for an answer is told that there is none.
        """
        if self._kept and self._asked:
            self._replace(self._kept)

    def close(self) -> None:
        """End the process. What waits for it is told that it does not come."""
        self._closed = True
        kept = self._kept
        if kept:
            kept.close()

    def _begin(self) -> KeptProcess:
        if self._kept is None:
            self._kept = KeptProcess(self._command, self._heard, name="sentence vectors")
        return self._kept

    def _replace(self, kept: KeptProcess) -> None:
        self._is_ready.clear()
        self._owed, self._asked = 0, False
        kept.kill()

    def _heard(self, message: Message) -> None:
        if message["event"] == READY:
            self._is_ready.set()
            return
        if message["event"] == GONE:
            self._is_ready.clear()
        self._answers.put(message)

    def _hear_what_is_late(self) -> None:
        while not self._answers.empty():
            message = self._answers.get()
            if message["event"] == GONE or message.get("number") == self._owed:
                self._owed = 0

    def _answer(self, count: int, until: float) -> Vectors | None:
        self._owed = self._number
        while (left := until - time.monotonic()) > 0:
            try:
                message = self._answers.get(timeout=left)
            except queue.Empty:
                return None
            if message["event"] == GONE:
                self._owed = 0
                return None
            if message.get("number") == self._number:
                self._owed = 0
                found = unpacked(message["rows"])
                return found if len(found) == count else None
        return None
