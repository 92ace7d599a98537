# SPDX-License-Identifier: EUPL-1.2
"""Receipts made in a child process: WeasyPrint's second and its memory never weigh on the kiosk, nor its accidents.

The child is started ahead (:meth:`Renderer.warm`) when a person nears the end, and ended with the session
(:meth:`Renderer.close`), so that nothing of one person's receipt stays in any memory.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from enum import StrEnum
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from printouts.document import Document
from printouts.model import Paper

_log = logging.getLogger(__name__)
_PDF = b"%PDF-"

TIMEOUT = 10.0
"""Seconds within which a receipt must be there, the start of the child included."""


class RenderFault(StrEnum):
    """Why there is no PDF."""

    TIMED_OUT = "timed_out"
    FAILED = "failed"
    """The receipt could not be laid out, or the process died."""


class Renderer:
    """One supervised child at most. Methods may be called from any thread; one receipt at a time.

    Args:
        roots: folders from which pictograms may come; none means those of :mod:`printouts.render`.
    """

    def __init__(self, roots: Sequence[Path] = ()) -> None:
        self._roots = tuple(roots)
        self._lock = threading.RLock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Any = None
        self._ready = False
        self._folder = ""

    def warm(self) -> None:
        """Start the child if there is none, and return at once. It will be ready in about a second."""
        with self._lock:
            if self._child is None or self._child.poll() is not None:
                self._start()

    def render(self, document: Document, paper: Paper, timeout: float = TIMEOUT) -> bytes | RenderFault:
        """The PDF of ``document``. A child that fails or is too slow is ended; the next call starts another."""
        end = time.monotonic() + timeout
        with self._lock:
            self.warm()
            line = self._line
            try:
                if not self._ready:
                    if not line.poll(timeout):
                        return self._give_up(RenderFault.TIMED_OUT)
                    line.recv_bytes()
                    self._ready = True
                line.send((document, paper, self._roots))
                if not line.poll(max(0.0, end - time.monotonic())):
                    return self._give_up(RenderFault.TIMED_OUT)
                made = line.recv_bytes()
                if made.startswith(_PDF):
                    return made
                _log.error("paper not rendered: %s", made.decode())
                return RenderFault.FAILED
            except (EOFError, OSError):
                return self._give_up(RenderFault.FAILED)

    def close(self) -> None:
        """End the child now, whatever it does; what it held is gone. :meth:`warm` may start another."""
        child = self._child
        if child is not None:
            # Before taking the lock: a render under way in another thread then returns FAILED at once.
            child.kill()
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The child's process id, for who measures it."""
        return self._child.pid if self._child is not None else None

    def _start(self) -> None:
        self._end()
        ours, theirs = Pipe()
        # WeasyPrint unpacks its fonts in a temporary folder, which a killed child would leave behind: it gets its own.
        self._folder = tempfile.mkdtemp(prefix="pas-a-pas-")
        self._child = subprocess.Popen(
            [sys.executable, "-m", "printouts.render_process", str(theirs.fileno()), self._folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            cwd=Path(__file__).parent.parent,
        )
        theirs.close()
        self._line = ours

    def _end(self) -> None:
        child, self._child, self._ready = self._child, None, False
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.close()
            self._line = None
        if child is not None:
            child.kill()
            child.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""

    def _give_up(self, fault: RenderFault) -> RenderFault:
        self._end()
        return fault


def render_in_process(
    document: Document, paper: Paper, timeout: float = TIMEOUT, roots: Sequence[Path] = ()
) -> bytes | RenderFault:
    """One paper, one child, gone afterwards: for a command line that prints once."""
    renderer = Renderer(roots)
    try:
        return renderer.render(document, paper, timeout)
    finally:
        renderer.close()
