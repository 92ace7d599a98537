# SPDX-License-Identifier: EUPL-1.2
"""Vectors of sentences from a process of its own: late, hung, dead or absent, it only means that words alone answer.

Nobody looks at it until it is asked in vain. Then, if it works, it is left to its work; if it stands still, it is
killed, and its keeper starts another (ADR 0184).
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence

from accessibility.processes.keeper import KeptProcess, Message
from accessibility.processes.labour import Labour, processor_seconds
from content.search.e5 import model_name
from content.search.vectors import Vectors, unpacked

COMMAND = (sys.executable, "-P", "-m", "kiosk.meaning_process")
STARTING = 15.0
"""Seconds in which the process is ready, on a machine that has much else to do."""
HANG_LIMIT = 1.0
"""Seconds without any work after which a process that was asked in vain is killed."""
SLOW_LIMIT = 10.0
"""The same for one that works and gives no answer: it turns in circles."""
LOOK = 0.1
"""Seconds between two looks at it."""


class VectorsApart:
    """The :class:`~content.search.vectors.SentenceVectors` of a child process. Safe to call from any thread."""

    def __init__(self, patience: float, *, starting: float = STARTING, command: Sequence[str] = COMMAND) -> None:
        """Seconds that an answer is waited for, and that a start is, where :meth:`start` was not called before."""
        self._patience, self._starting, self._command = patience, starting, command
        self._one_call = threading.Lock()
        self._state = threading.Condition()
        self._kept: KeptProcess | None = None
        self._watch: threading.Thread | None = None
        self._ready = self._asked = self._closed = False
        self._number = 0
        self._rows: Sequence[str] | None = None
        """The answer to that number."""
        self._last_news = 0.0

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
        with self._state:
            if self._kept is None and not self._closed:
                self._kept = KeptProcess(self._command, self._heard, name="sentence vectors")

    def of(self, sentences: Sequence[str]) -> Vectors | None:
        """See :class:`~content.search.vectors.SentenceVectors`."""
        with self._one_call:
            until = time.monotonic() + self._patience + (0.0 if self._kept else self._starting)
            self.start()
            with self._state:
                if self._kept is None or not self._comes(lambda: self._ready, until):
                    return None
                self._number += 1
                self._asked = True
                if not self._kept.send({"number": self._number, "sentences": list(sentences)}):
                    return None
                self._comes(lambda: self._rows is not None or not self._ready, until)
                rows, self._rows = self._rows, None
                self._number += 1  # what comes later is kept nowhere
            return unpacked(rows) if rows and len(rows) == len(sentences) else None

    def forget(self) -> None:
        """Replace the process, if it was asked anything: nothing of what a person said is left in its memory.

        It never waits: whoever still waits for an answer is told that there is none.
        """
        with self._state:
            if self._kept and self._asked:
                self._replace(self._kept)

    def close(self) -> None:
        """End the process. What waits for it is told that it does not come."""
        with self._state:
            self._closed = True
            self._state.notify_all()
        if self._kept:
            self._kept.close()

    def _comes(self, awaited: Callable[[], bool], until: float) -> bool:
        """Wait for it. In vain: the process is watched from then on. With the state locked."""
        if self._state.wait_for(lambda: self._closed or awaited(), max(0.0, until - time.monotonic())):
            return not self._closed
        kept, pid = self._kept, self.pid
        if kept and pid and not (self._watch and self._watch.is_alive()):
            self._watch = threading.Thread(
                target=self._see_whether_it_hangs, args=(kept, pid), name="watch of the sentence vectors", daemon=True
            )
            self._watch.start()
        return False

    def _see_whether_it_hangs(self, kept: KeptProcess, pid: int) -> None:
        """Until it gives news, or is gone, or is killed here."""
        since, labour = time.monotonic(), Labour(lambda: processor_seconds(pid))
        while not labour.hangs(time.monotonic(), since, still=HANG_LIMIT, slow=SLOW_LIMIT):
            with self._state:
                if self._state.wait_for(lambda: self._closed or kept.pid != pid or self._last_news > since, LOOK):
                    return
        with self._state:
            if kept.pid == pid:
                self._replace(kept)

    def _replace(self, kept: KeptProcess) -> None:
        """End the process; its keeper starts another. With the state locked."""
        self._ready = self._asked = False
        kept.kill()
        self._state.notify_all()

    def _heard(self, message: Message) -> None:
        with self._state:
            self._last_news = time.monotonic()
            match message["event"]:
                case "ready":
                    self._ready = True
                case "vectors" if message["number"] == self._number:
                    self._rows = message["rows"]
                case "gone":
                    self._ready = self._asked = False
                case _:
                    pass
            self._state.notify_all()
