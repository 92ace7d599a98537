# SPDX-License-Identifier: EUPL-1.2
"""Time as the machine lives it: it goes on at its own pace, whatever anybody does to the wall clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Uptime:
    """Seconds since a start of the machine. They compare with others of the same ``boot`` only."""

    boot: str
    seconds: Callable[[], float]


def this_machine() -> Uptime:
    """The uptime of this machine: a server that is started again goes on counting.

    Where the system does not name its starts, each start of the server counts as one.
    """
    try:
        return Uptime(_BOOT.read_text(encoding="ascii").strip(), _since_boot)
    except OSError:
        return Uptime(str(uuid4()), time.monotonic)


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
