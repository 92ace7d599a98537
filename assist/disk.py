# SPDX-License-Identifier: EUPL-1.2
"""What is left on a disk: a kiosk tells it to its server, and the server looks at its own."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_megabytes(folder: Path) -> int | None:
    """Millions of bytes left on the disk of this folder, which may not be made yet; None when it cannot be known."""
    try:
        return shutil.disk_usage(next(at for at in (folder, *folder.parents) if at.exists())).free // 10**6
    except OSError:
        return None
