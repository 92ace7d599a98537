# SPDX-License-Identifier: EUPL-1.2
"""Which openings of a journal are alive: one ``flock`` a boot, that the kernel drops when its process dies.

The kiosk and ``kiosk walk`` may hold the same journal. A session without an end is interrupted only when the boot
that began it is dead. The lock files stand in the folder ``<journal>.locks``; ``opening`` makes openings take turns.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_RETRY_SECONDS = 0.02


def locks_folder(path: Path) -> Path:
    """Where the lock files of the journal at ``path`` stand."""
    return path.with_name(path.name + ".locks")


@contextmanager
def opening(path: Path, seconds: float) -> Generator[None]:
    """Only one process opens the journal at a time. Raises TimeoutError after ``seconds``, OSError for the disk."""
    folder = locks_folder(path)
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "opening", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + seconds
        while not _locked(descriptor):
            if time.monotonic() >= until:
                raise TimeoutError("another program has been opening the journal for too long")
            time.sleep(_RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)


class BootLock:
    """Says that this boot is alive, until it is released or its process dies."""

    def __init__(self, path: Path, epoch: int) -> None:
        """Raises BlockingIOError when this boot is alive elsewhere, OSError for the disk."""
        self.epoch = epoch
        self._file = _boot_file(path, epoch)
        self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked(self._descriptor):
            os.close(self._descriptor)
            raise BlockingIOError(f"boot {epoch} is alive")

    def release(self) -> None:
        """This boot is over. Callers hold :func:`opening` or are the only ones to know the boot."""
        self._file.unlink(missing_ok=True)
        os.close(self._descriptor)


def is_alive(path: Path, epoch: int) -> bool:
    """Whether a process still holds this boot. Removes the lock file of a dead one: call it while :func:`opening`."""
    file = _boot_file(path, epoch)
    try:
        descriptor = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        if not _locked(descriptor):
            return True
        file.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)


def anyone_alive(path: Path) -> bool:
    """Whether a process holds any boot of this journal. Call it while :func:`opening`."""
    epochs = [file.name.removeprefix("boot-") for file in locks_folder(path).glob("boot-*")]
    return any(is_alive(path, int(epoch)) for epoch in epochs if epoch.isdecimal())


def _boot_file(path: Path, epoch: int) -> Path:
    return locks_folder(path) / f"boot-{epoch}"


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
