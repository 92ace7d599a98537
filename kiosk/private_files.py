# SPDX-License-Identifier: EUPL-1.2
"""What the kiosk writes belongs to its account alone: the journal, the receipts, the sound."""

from __future__ import annotations

import os
from contextlib import suppress

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
