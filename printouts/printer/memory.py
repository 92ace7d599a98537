# SPDX-License-Identifier: EUPL-1.2
"""A printer made of memory, for tests: it holds what it printed, and can fail in every way a real one can."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from printouts.model import Job, JobState, Paper, PrinterStatus
from printouts.printer.settled import SettledJob


@dataclass(slots=True)
class MemoryPrinter:
    """Prints at once, unless ``slow``: then each job waits for :meth:`finish`.

    ``fault`` is what a job meets from now on: NO_PRINTER (unplugged), NO_PAPER, OFFLINE, FAILED; None when all is well.
    """

    slow: bool = False
    fault: JobState | None = None
    printed: list[tuple[bytes, Paper]] = field(default_factory=list[tuple[bytes, Paper]])
    """What came out on paper, oldest first."""
    waiting: list[MemoryJob] = field(default_factory=list["MemoryJob"])
    """Jobs of a slow printer that are neither out nor cancelled."""

    def submit(self, pdf: bytes, paper: Paper) -> Job:
        """Print, queue or refuse."""
        if self.fault is not None:
            return SettledJob(self.fault)
        if not self.slow:
            self.printed.append((pdf, paper))
            return SettledJob(JobState.DONE)
        job = MemoryJob(self, pdf, paper)
        self.waiting.append(job)
        return job

    def status(self) -> PrinterStatus:
        """As ``fault`` says."""
        if self.fault is None:
            return PrinterStatus(True, JobState.DONE, "L'imprimante d'essai est prête.")
        return PrinterStatus(False, self.fault, f"L'imprimante d'essai simule : {self.fault}.")

    def finish(self, fault: JobState | None = None) -> None:
        """The waiting jobs come out, or all end with ``fault``."""
        for job in list(self.waiting):
            job.settle(fault or JobState.DONE)


class MemoryJob:
    """A job of a slow memory printer."""

    def __init__(self, printer: MemoryPrinter, pdf: bytes, paper: Paper) -> None:
        self._printer = printer
        self._content: tuple[bytes, Paper] | None = (pdf, paper)
        self._state = JobState.PRINTING
        self._over = threading.Event()
        self._lock = threading.Lock()

    def wait(self, timeout: float) -> JobState:
        """The final state, or PRINTING after ``timeout`` seconds."""
        self._over.wait(timeout)
        return self._state

    def cancel(self) -> None:
        """Out of the queue, its content dropped. A job that is out stays out."""
        self.settle(JobState.CANCELLED)

    def settle(self, state: JobState) -> None:
        """End it so, if it had not ended."""
        with self._lock:
            if self._content is None:
                return
            if state is JobState.DONE:
                self._printer.printed.append(self._content)
            self._content = None
            self._state = state
            self._printer.waiting.remove(self)
            self._over.set()
