# SPDX-License-Identifier: EUPL-1.2
"""A process made to be killed: ``python -m tests.faults.killable`` forks a child for each path it reads.

The child opens the journal there, appends without end, and acknowledges each append on the standard output
once it has returned. Forking spares the start of Python: two hundred deaths take seconds.

Output lines: ``pid N``, then ``ack SEQ COUNT`` …, and ``dead`` when the child is gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import assist.journal.retention  # noqa: F401 - imported before the forks, once for all
from assist.journal.protocol import Appended
from assist.journal.store import open_journal
from tests.assist.sample_journal import NOON, SESSION, events, noon, started


def tell(line: str) -> None:
    """One line, in one write: it is out, or it is not."""
    os.write(1, f"{line}\n".encode())


def append_for_ever(path: Path) -> None:
    journal = open_journal(path, "borne-1", noon).journal
    turn = 0
    while True:
        batch = (started(), *events(turn % 4))
        kept = journal.append(batch, NOON, SESSION)
        assert isinstance(kept, Appended), kept
        tell(f"ack {kept.first} {kept.count}")
        turn += 1


def in_children(work: Callable[[Path], None]) -> None:
    """A path a line, until the input ends: each is worked on by a child, until that is killed."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(Path(line.strip()))
            finally:
                os._exit(1)
        tell(f"pid {child}")
        _, status = os.waitpid(child, 0)
        tell("dead" if os.WIFSIGNALED(status) else "gave up")


if __name__ == "__main__":
    in_children(append_for_ever)
