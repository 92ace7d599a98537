# SPDX-License-Identifier: EUPL-1.2
"""The one place where time is read for sessions: everything else receives its moments."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

from assist.session.commands import Moment


class Clock(Protocol):
    """Gives moments."""

    def now(self) -> Moment:
        """The present moment."""
        ...


class SystemClock:
    """The machine's clocks: the wall for the record, the monotonic one for durations."""

    def now(self) -> Moment:
        """The present moment; the date is the one of the machine's time zone."""
        wall = datetime.now(UTC)
        return Moment(wall, time.monotonic(), wall.astimezone().date())
