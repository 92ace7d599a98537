# SPDX-License-Identifier: EUPL-1.2
"""What the processes that make speech share: they hear requests on another thread, and answer one at a time."""

from __future__ import annotations

import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accessibility.processes.child_side import Reporter, hear, kept_by

SCRATCH = "pas-a-pas-maker-"
"""Folders for what an engine leaves behind when it is killed: the number of its process, then a name of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request: seconds of sound (0: none was made), the voice, and why none was made."""

    seconds: float = 0.0
    voice: str = ""
    why: str = ""
    words: str = ""
    """When each word begins (:func:`accessibility.speaking.word_times.packed`), where the engine knows."""


def serve(parent: int) -> tuple[Reporter, Callable[[], Mapping[str, Any]]]:
    """Tie this process to its parent; how to report to it, and how to wait for its next request."""
    report = kept_by(parent)
    requests: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    # Another thread hears the parent go, even while the engine hangs.
    threading.Thread(target=hear, args=(requests.put,), daemon=True).start()
    return report, requests.get


def step_aside() -> None:
    """Run only when nothing else wants the processor or the disk, as far as the system allows."""
    import psutil

    with suppress(OSError):
        os.nice(19)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    with suppress(OSError, psutil.Error):
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)


def use_scratch_folder() -> None:
    """Have temporary files made in a folder of this process; those of processes that are gone are removed."""
    for left in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        owner = left.name.removeprefix(SCRATCH).partition("-")[0]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
    with suppress(OSError):
        tempfile.tempdir = tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-")
