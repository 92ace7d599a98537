# SPDX-License-Identifier: EUPL-1.2
"""A queue of CUPS: ``lp`` sends, ``ipptool`` follows and purges. Every ending is a value.

A job lives as long as its session. Four things see to it: :meth:`CupsJob.cancel`; every ending purges the copy that
the spool keeps (CUPS keeps it a day by default); ``job-cancel-after`` makes CUPS itself kill a job whose kiosk died;
and what a crash left behind is removed at boot (:func:`wipe_for_good`) and before each new job.
"""

from __future__ import annotations

import io
import os
import re
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from printouts.model import Job, JobState, Paper, PrinterStatus
from printouts.printer import ipp
from printouts.printer.ipp import NoAnswer
from printouts.printer.settled import SettledJob
from printouts.printer.trouble import CONNECTING, GIVEN_UP, PRINTER_STOPPED, Trouble, trouble

TITLE = "pas-a-pas-"
"""Every job is called so, followed by chance: titles end up in logs and file names."""
LIFETIME = 120
"""Seconds of printing after which CUPS itself cancels a job, should nobody be left to do it."""
OLD_PATIENCE = 8.0
"""Seconds left to a complaint that was there before the job: CUPS keeps it written until the next job clears it."""
POLL = 0.25
WIPE_AGAIN = 1.0
_SAFE_QUEUE = re.compile(r"[^\s/#?\"'\\<>$]{1,127}")
_PENDING, _HELD, _PROCESSING, _STOPPED, _CANCELLED, _ABORTED, _COMPLETED = range(3, 10)
"""``job-state`` (RFC 8011 §5.3.7)."""

_NO_TOOLS = PrinterStatus(
    False,
    JobState.NO_PRINTER,
    "Les commandes d'impression ne sont pas installées.",
    "Installez-les : sudo apt install cups cups-client cups-ipp-utils",
)
_NO_SCHEDULER = PrinterStatus(
    False, JobState.OFFLINE, "Le service d'impression CUPS ne répond pas.", "Démarrez-le : sudo systemctl start cups"
)


class CupsPrinter:
    """One queue of one CUPS server; the system's default queue when ``queue`` is empty.

    Args:
        queue: its name, as ``lpstat -e`` gives it.
        server: "host:port" of the scheduler.
        owner: in whose name jobs are sent; tells our jobs from all others.
    """

    def __init__(self, queue: str = "", server: str = "localhost:631", owner: str = "") -> None:
        self._queue = queue
        self.server = server
        self.owner = owner or own_name()

    def status(self) -> PrinterStatus:
        """Asked of CUPS now: one or two questions, 5 seconds at most."""
        queue = self._find()
        if isinstance(queue, PrinterStatus):
            return queue
        answer = ipp.ask(self.server, "printer", queue)
        if isinstance(answer, NoAnswer):
            return _silent(answer)
        if not answer.ok:
            return _no_queue(queue)
        if wrong := _complaint(answer):
            return PrinterStatus(False, wrong.state, wrong.message, wrong.fix.format(queue=queue))
        if answer.first("printer-is-accepting-jobs") is False:
            return PrinterStatus(
                False, JobState.OFFLINE, "L'imprimante refuse les travaux.", f"Rouvrez sa file : cupsaccept {queue}"
            )
        return PrinterStatus(True, JobState.DONE, f"L'imprimante {queue} est prête.")

    def submit(self, pdf: bytes, paper: Paper) -> Job:
        """Send it. A printer that is not ready gets nothing: what waits in a queue could come out for somebody else."""
        queue = self._find()
        if isinstance(queue, PrinterStatus):
            return SettledJob(queue.state)
        answer = ipp.ask(self.server, "printer", queue)
        if isinstance(answer, NoAnswer):
            return SettledJob(_silent(answer).state)
        if not answer.ok:
            return SettledJob(JobState.NO_PRINTER)
        complaint = _complaint(answer)
        if answer.first("printer-state") == PRINTER_STOPPED or answer.first("printer-is-accepting-jobs") is False:
            return SettledJob(complaint.state if complaint else JobState.OFFLINE)
        if wipe_spool(self.server, queue, self.owner) is None:
            return SettledJob(_NO_SCHEDULER.state)
        number = self._send(pdf, media(pdf, paper), queue)
        if number is None:
            wipe_for_good(self.server, queue, self.owner)
            return SettledJob(JobState.FAILED)
        return CupsJob(self.server, queue, self.owner, number, complaint.state if complaint else None)

    def _find(self) -> str | PrinterStatus:
        if self._queue:
            return self._queue if _SAFE_QUEUE.fullmatch(self._queue) else _no_queue(self._queue)
        answer = ipp.ask(self.server, "default")
        if isinstance(answer, NoAnswer):
            return _silent(answer)
        return str(answer.first("printer-name") or "") if answer.ok else _no_queue("")

    def _send(self, pdf: bytes, size: str, queue: str) -> int | None:
        options = [
            "document-format=application/pdf",
            f"media={size}",
            "print-scaling=none",
            f"job-cancel-after={LIFETIME}",
        ]
        title = TITLE + secrets.token_hex(6)
        with _in_memory(pdf) as (handle, path):
            command = ["lp", "-h", self.server, "-U", self.owner, "-d", queue, "-t", title]
            for option in options:
                command += ["-o", option]
            try:
                done = subprocess.run(
                    [*command, "--", path],
                    capture_output=True,
                    text=True,
                    timeout=ipp.PATIENCE + 1,
                    check=False,
                    pass_fds=(handle,),
                    env=ipp.environment(),
                )
            except (FileNotFoundError, subprocess.TimeoutExpired):
                return None
        found = re.search(r"-(\d+) \(", done.stdout)
        return int(found[1]) if done.returncode == 0 and found else None


class CupsJob:
    """A job in a queue. Whatever its end, CUPS keeps nothing of it."""

    def __init__(self, server: str, queue: str, owner: str, number: int, old: JobState | None = None) -> None:
        self._old = old
        self._began = False
        self._server, self._queue, self._owner, self.number = server, queue, owner, number
        self._state = JobState.PRINTING
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._since: tuple[Trouble, float] | None = None

    def wait(self, timeout: float) -> JobState:
        """Follow it to its end. A trouble that lasts (see :attr:`Trouble.patience`) ends it, and it is purged."""
        end = time.monotonic() + timeout
        while self._state is JobState.PRINTING:
            state = self._look(time.monotonic())
            if state is not JobState.PRINTING:
                self._settle(state)
            elif (left := end - time.monotonic()) <= 0:
                break
            else:
                self._stopped.wait(min(POLL, left))
        return self._state

    def cancel(self) -> None:
        """Stop and purge it. When CUPS does not answer, a thread goes on trying: the job must not wake up later."""
        self._settle(JobState.CANCELLED)

    def _look(self, now: float) -> JobState:
        job = ipp.ask(self._server, "job", self._queue, job=self.number, owner=self._owner)
        if isinstance(job, NoAnswer):
            return self._believe(CONNECTING, now)
        state = job.first("job-state")
        if state == _COMPLETED:
            return JobState.DONE
        if not job.ok or state == _CANCELLED:
            return JobState.CANCELLED
        wrong = self._trouble()
        if state == _ABORTED:
            return wrong.state if wrong else JobState.FAILED
        self._began = self._began or state == _PROCESSING
        if wrong is None and (state in (_HELD, _STOPPED) or (self._began and state == _PENDING)):
            # The attempt failed and CUPS means to try again by itself, in minutes: the person will be gone.
            return self._believe(GIVEN_UP, now)
        if wrong is None:
            self._since = self._old = None
            return JobState.PRINTING
        return self._believe(wrong, now)

    def _trouble(self) -> Trouble | None:
        answer = ipp.ask(self._server, "printer", self._queue)
        if isinstance(answer, NoAnswer) or not answer.ok:
            return None
        return _complaint(answer)

    def _believe(self, wrong: Trouble, now: float) -> JobState:
        if self._since is None or self._since[0] is not wrong:
            self._since = (wrong, now)
        patience = OLD_PATIENCE if wrong.state is self._old else wrong.patience
        return wrong.state if now - self._since[1] >= patience else JobState.PRINTING

    def _settle(self, state: JobState) -> None:
        with self._lock:
            if self._state is not JobState.PRINTING:
                return
            self._state = state
        self._stopped.set()
        _until_done(self._purge, POLL)

    def _purge(self) -> bool:
        answer = ipp.ask(self._server, "purge", self._queue, job=self.number, owner=self._owner)
        return not isinstance(answer, NoAnswer) and (answer.ok or answer.status == "client-error-not-found")


def wipe_spool(server: str = "localhost:631", queue: str = "", owner: str = "") -> int | None:
    """Purge every job of ours, waiting, printing or done; how many there were. Other people's jobs are left alone.

    None when CUPS does not answer, or not to the end: one of them may still be there.
    """
    owner = owner or own_name()
    jobs = ipp.ask(server, "jobs", queue, owner=owner)
    if jobs is NoAnswer.UNREACHABLE:
        return None
    if isinstance(jobs, NoAnswer) or not jobs.ok:
        return 0
    numbers = [int(group["job-id"]) for group in jobs.groups if "job-id" in group]
    answers = [ipp.ask(server, "purge", queue, job=number, owner=owner) for number in numbers]
    return None if NoAnswer.UNREACHABLE in answers else len(numbers)


def wipe_for_good(server: str = "localhost:631", queue: str = "", owner: str = "") -> None:
    """:func:`wipe_spool`, at boot above all. CUPS may start after the kiosk, with what it kept for its restart: a
    thread goes on trying. Should a new job be wiped with the old ones, its person is told and prints it again."""
    _until_done(lambda: wipe_spool(server, queue, owner) is not None, WIPE_AGAIN)


def _until_done(work: Callable[[], bool], pause: float) -> None:
    """Do it now; when it does not succeed, a thread does it again until it does."""

    def again() -> None:
        pauses = threading.Event()
        while not work():
            pauses.wait(pause)

    if not work():
        threading.Thread(target=again, name="purge", daemon=True).start()


def own_name() -> str:
    """In whose name this kiosk prints: of the machine, never of a person."""
    host = re.sub(r"[^a-z0-9-]", "", socket.gethostname().lower())[:24]
    return f"{TITLE}{host or 'borne'}"


def media(pdf: bytes, paper: Paper) -> str:
    """The paper size to ask for: "A4", or "Custom.80x312mm" as long as the ticket really is."""
    if paper is Paper.A4:
        return "A4"
    from pypdf import PdfReader  # 0.15 s: only a ticket needs it

    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    width, height = (round(float(points) * 25.4 / 72) for points in (box.width, box.height))
    return f"Custom.{width}x{height}mm"


@contextmanager
def _in_memory(pdf: bytes) -> Generator[tuple[int, str], None, None]:
    # lp wants a name to open. A file in memory leaves nothing on the disk, even when the power goes.
    handle = os.memfd_create("receipt")
    try:
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(pdf)
        yield handle, f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)


def _complaint(printer: ipp.Answer) -> Trouble | None:
    return trouble(
        int(printer.first("printer-state") or 0),
        printer.words("printer-state-reasons"),
        str(printer.first("printer-state-message") or ""),
    )


def _silent(why: NoAnswer) -> PrinterStatus:
    return _NO_TOOLS if why is NoAnswer.NOT_INSTALLED else _NO_SCHEDULER


def _no_queue(queue: str) -> PrinterStatus:
    message = f"La file d'impression « {queue} » n'existe pas." if queue else "Aucune imprimante par défaut."
    return PrinterStatus(
        False,
        JobState.NO_PRINTER,
        message,
        "Listez les files : lpstat -e. Puis réglez [printer] queue dans kiosk.toml.",
    )
