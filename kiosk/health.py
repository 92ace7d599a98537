# SPDX-License-Identifier: EUPL-1.2
"""How this kiosk is, for the server of its site: its printer, its disk, its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assist.disk import free_megabytes
from kiosk.config import Settings

if TYPE_CHECKING:
    from assist.link.messages import Health

_NONE, _READY = "none", "ready"


def health_of(settings: Settings) -> Callable[[], Health]:
    """What looks at it, in a thread: a printer may take five seconds to answer."""
    from assist.link.messages import Health
    from kiosk.wiring import printer_of

    printer = printer_of(settings)

    def look() -> Health:
        printing, said = _NONE, ""
        if settings.printer.kind != "none":
            status = printer.status()
            printing = _READY if status.ready else status.state.value
            said = "" if status.ready else f"{status.message} {status.fix}".strip()
        return Health(printing, _free(settings.journal.path.parent), datetime.now(UTC).isoformat(), said)

    return look


def _free(folder: Path) -> int:
    """Megabytes left, down to two figures: what changes all the time is told when it matters."""
    megabytes = free_megabytes(folder)
    if megabytes is None:
        return -1
    step = 10 ** max(0, len(str(megabytes)) - 2)
    return megabytes // step * step
