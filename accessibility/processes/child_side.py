# SPDX-License-Identifier: EUPL-1.2
"""The child's half of :mod:`accessibility.processes.keeper`: hear lines, report events, never outlive the parent."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, cast

from accessibility.processes.falls import FELL, places

PR_SET_PDEATHSIG = 1
_BLOCK = 1 << 16


def tie_to_parent(parent: int) -> None:
    """Die when the parent does, even while hung or stopped (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call
        os._exit(0)


class Reporter:
    """Writes events to the parent. Takes the real standard output for itself: libraries print on it."""

    def __init__(self) -> None:
        sys.stdout.flush()
        self._out = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        self._lock = threading.Lock()

    def __call__(self, event: str, **details: Any) -> None:
        """Send one event. A parent that is gone ends the child."""
        line = json.dumps({"event": event, **details}).encode() + b"\n"
        with self._lock:
            try:
                os.write(self._out, line)
            except BrokenPipeError:
                os._exit(0)

    def fell(self, error: BaseException) -> None:
        """Tell the keeper what this process, or one of its threads, fell over."""
        self(FELL, where=places(error))


def kept_by(parent: int) -> Reporter:
    """Tie this process to its parent; how to report to it. Of what it falls over it learns too: nobody reads stderr."""
    tie_to_parent(parent)
    report = Reporter()

    def thread_fell(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            report.fell(what.exc_value)

    sys.excepthook = lambda _kind, error, _trace: report.fell(error)
    threading.excepthook = thread_fell
    return report


def hear(handle: Callable[[Mapping[str, Any]], None]) -> None:
    """Hand every line to ``handle`` until the parent closes its side; then end, whatever other threads do.

    Not through ``sys.stdin``: its lock is held while a thread waits, and Python aborts when the main one ends then.
    """
    rest = b""
    while block := os.read(0, _BLOCK):
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            handle(cast(Mapping[str, Any], json.loads(line)))
    os._exit(0)
