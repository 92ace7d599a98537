# SPDX-License-Identifier: EUPL-1.2
"""What went wrong, for the technician: where, never with what. A message or a variable may hold what a person typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accessibility.processes.falls import places
from kiosk.diagnosis import Check

_NAME = "trouble.log"
_RECENT = timedelta(days=7)
LARGEST = 256 * 1024
"""Bytes; an older log gives way to a new one, and one former log is kept."""


def note_trouble(folder: Path, error: BaseException, at: datetime) -> Path | None:
    """Add ``error`` to ``folder/trouble.log``: its type and the lines it went through. None when it cannot be kept."""
    return _add(folder, places(error), at)


class FallsOfParts(logging.Handler):
    """Adds to the same file what the rooms log of falls that they outlive: Python would write it on the screen."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        _add(self._folder, record.getMessage(), datetime.now(UTC))


def trouble_check(folder: Path, now: datetime) -> Iterator[Check]:
    """What ``kiosk doctor`` says of falls that are recent."""
    log = folder / _NAME
    try:
        last = datetime.fromtimestamp(log.stat().st_mtime, UTC)
    except OSError:  # No fall; or a folder that cannot be read, of which the check of the journal tells.
        return
    if now - last < _RECENT:
        said = f"Une partie de la borne est tombée, la dernière fois le {last.astimezone():%d/%m/%Y à %H:%M}."
        fix = f"Envoyez {log} à qui suit le logiciel : il dit où, et rien de ce qui a été tapé ou dit."
        yield Check("trouble", False, said, fix)


def _add(folder: Path, told: str, at: datetime) -> Path | None:
    log = folder / _NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST:
            log.replace(folder / f"{_NAME}.1")
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{at.isoformat(timespec='seconds')} {told}\n")
    except OSError:
        return None
    return log
