# SPDX-License-Identifier: EUPL-1.2
"""What went wrong, for the technician: where, never with what. A message or a variable may hold what a person typed."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

LARGEST = 256 * 1024
"""Bytes; an older log gives way to a new one, and one former log is kept."""


def note_trouble(folder: Path, error: BaseException, at: datetime) -> Path | None:
    """Add ``error`` to ``folder/trouble.log``: its type and the lines it went through. None when it cannot be kept."""
    log = folder / "trouble.log"
    lines = [f"{at.isoformat(timespec='seconds')} {type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"    {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST:
            log.replace(folder / "trouble.log.1")
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return log
