# SPDX-License-Identifier: EUPL-1.2
"""When a dead app is started again, and when to say that something is wrong. Pure: the caller has the clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

DEATHS_BEFORE_TROUBLE = 5
WINDOW_SECONDS = 60.0
FIRST_DELAY_SECONDS = 0.25
TROUBLE_DELAY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Restart:
    """What to do after a death: wait ``delay`` seconds, then start again; ``trouble`` says it on the screen."""

    delay: float
    trouble: bool


@dataclass(slots=True)
class Restarts:
    """Remembers the deaths of the last minute."""

    deaths: deque[float] = field(default_factory=deque[float])

    def died(self, now: float) -> Restart:
        """A death at ``now`` (monotonic seconds). The wait doubles, from a quarter of a second; the fifth death
        within a minute is trouble, tried again every minute so that a mended machine comes back by itself."""
        self.deaths.append(now)
        while now - self.deaths[0] > WINDOW_SECONDS:
            self.deaths.popleft()
        if len(self.deaths) >= DEATHS_BEFORE_TROUBLE:
            return Restart(TROUBLE_DELAY_SECONDS, trouble=True)
        return Restart(FIRST_DELAY_SECONDS * 2 ** (len(self.deaths) - 1), trouble=False)
