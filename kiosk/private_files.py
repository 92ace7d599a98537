# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk writes belongs to its account alone: the journal, the receipts, the sound."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kiosk.config import Settings


def keep_private(settings: Settings) -> None:
    """From now on this program, and those it starts, make files that no other account reads.

    The files of a journal that an earlier version left open to all are closed too, if they are ours.
    """
    os.umask(0o077)
    path = settings.journal.path
    if not path.parent.is_dir():
        return
    for file in path.parent.glob(f"{path.name}*"):
        with suppress(OSError):
            file.chmod(0o700 if file.is_dir() else 0o600, follow_symlinks=True)


def write_private(file: Path, content: bytes) -> None:
    """Write a file that this account alone can read, and that was not there. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
