# SPDX-License-Identifier: EUPL-1.2
"""What went wrong, for the technician: where, never with what. A message or a variable may hold what a person typed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

from accessibility.processes.falls import places

LARGEST = 256 * 1024
"""Bytes; an older log gives way to a new one, and one former log is kept."""


def note_trouble(folder: Path, error: BaseException, at: datetime) -> Path | None:
    """Add ``error`` to ``folder/trouble.log``: its type and the lines it went through. None when it cannot be kept."""
    return _add(folder, places(error), at)


class FallsOfParts(logging.Handler):
    """Adds to the same file what falls in the processes of the kiosk: they write nowhere, the screen is painted."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        _add(self._folder, record.getMessage(), datetime.now(UTC))


def _add(folder: Path, told: str, at: datetime) -> Path | None:
    log = folder / "trouble.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST:
            log.replace(folder / "trouble.log.1")
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{at.isoformat(timespec='seconds')} {told}\n")
    except OSError:
        return None
    return log
