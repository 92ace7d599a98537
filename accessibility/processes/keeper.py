# SPDX-License-Identifier: EUPL-1.2
"""Keeps one child process alive: starts it, hears it, restarts it when it dies or is killed.

Parent and child speak in JSON, one object a line. The thread that starts the child is the thread that reads it
and lives as long as it does: the kernel ties PR_SET_PDEATHSIG to the *thread* that forked, not to the process.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from accessibility.processes.falls import FELL

Message = Mapping[str, Any]
"""One line, either way. From the child it has an ``event``; the keeper adds ``gone`` when the child has ended."""

_log = logging.getLogger(__name__)
_CRASHES = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
"""What ends a library of the child, not somebody who ends the child."""

CANNOT_WORK = 3
"""Exit code of a child that will never work on this machine (a library is missing): tried again rarely."""
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
"""Seconds between a death and the next start: doubles while the child keeps dying young of itself. With the time to
notice a hang, it stays under the 3 s of the fault table."""
LONGEST_LINE = 1 << 20
"""Bytes that wait for the child at once. A pipe holds 64 KB otherwise; all that a full screen lets one say is more."""
RARE_PAUSE = 30.0
SAME_FALL = 3600.0
"""Seconds before the same fall is logged again: a child that falls at each start would push all else out of the log."""
YOUNG = 5.0
"""Seconds: who has not lived as long has died young."""
MOST_YOUNG_DEATHS = 5
"""In a row, of itself: a child that dies as soon as it starts is then tried again as rarely as one that cannot work.
It would load its libraries for ever, on a machine that has better to do."""


class KeptProcess:
    """One child process, always there or coming back. Safe to call from any thread."""

    def __init__(self, command: Sequence[str], heard: Callable[[Message], None], *, name: str) -> None:
        """``heard`` receives every message of the child, in order, on the keeper's own thread."""
        self._command = tuple(command)
        self._heard = heard
        self._name = name
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = threading.Event()
        self._killed = False
        self._told: dict[str, float] = {}
        """The fall that was logged last, and when."""
        self.starts = 0
        self._thread = threading.Thread(target=self._keep, name=f"keeper of {name}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Of the child now running, if any."""
        with self._lock:
            return self._process.pid if self._process else None

    def send(self, message: Message) -> bool:
        """Write one line without ever blocking. False when the child is not there, or no longer reads."""
        line = json.dumps(message).encode() + b"\n"
        with self._lock:
            process = self._process
            if process is None or process.stdin is None:
                return False
            try:
                written = os.write(process.stdin.fileno(), line)
            except (BrokenPipeError, BlockingIOError):
                written = 0
            if written == len(line):
                return True
            _kill_group(process)  # deaf, dead, or left in the middle of a line
            return False

    def kill(self) -> None:
        """End the child at once; the keeper starts another."""
        with self._lock:
            if self._process:
                self._killed = True
                _kill_group(self._process)

    def close(self) -> None:
        """End the child for good, and the thread with it."""
        self._closing.set()
        self.kill()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _keep(self) -> None:
        young = 0
        while not self._closing.is_set():
            born = time.monotonic()
            code = self._live_once()
            self._heard({"event": "gone"})
            young = 0 if self._killed or time.monotonic() - born > YOUNG else young + 1
            self._killed = False
            self._closing.wait(RARE_PAUSE if code == CANNOT_WORK else pause_after(young))

    def _live_once(self) -> int | None:
        """Start the child, hear it to its end, and give its exit code (None when it could not start)."""
        try:
            process = subprocess.Popen(
                [*self._command, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # ALSA and PortAudio write there, over the painted screen
                start_new_session=True,  # a Ctrl-C in the terminal is not for it; its group can be killed
            )
        except OSError:
            return None
        with process:
            assert process.stdin
            assert process.stdout
            os.set_blocking(process.stdin.fileno(), False)
            with suppress(OSError):  # a system that allows less: its longest lines are smaller
                fcntl.fcntl(process.stdin.fileno(), fcntl.F_SETPIPE_SZ, LONGEST_LINE)
            with self._lock:
                self._process = process
                self.starts += 1
                if self._closing.is_set():
                    _kill_group(process)
            for line in process.stdout:
                try:
                    message = cast(Message, json.loads(line))
                except json.JSONDecodeError:  # a line cut by a kill
                    continue
                if message["event"] == FELL:
                    self._tell(message["where"])
                else:
                    self._heard(message)
            with self._lock:
                self._process = None
                _kill_group(process)  # it closed its side: it must not linger
        if -process.returncode in _CRASHES:
            self._tell(signal.Signals(-process.returncode).name)
        return process.returncode

    def _tell(self, fall: str) -> None:
        now = time.monotonic()
        if now - self._told.get(fall, -SAME_FALL) >= SAME_FALL:
            self._told = {fall: now}
            _log.error("%s fell: %s", self._name, fall)


def pause_after(young: int) -> float:
    """Seconds to the next start, after ``young`` early deaths in a row (0: the child had lived, or we ended it)."""
    if young >= MOST_YOUNG_DEATHS:
        return RARE_PAUSE
    return min(FIRST_PAUSE * 2 ** max(0, young - 1), LONGEST_PAUSE)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:  # not yet reaped: its number cannot belong to another
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
