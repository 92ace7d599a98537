# SPDX-License-Identifier: EUPL-1.2
"""How fast a page may type. Pure: the caller has the clock.

A finger or a keyboard sends less than 1 kB/s. A jammed key, a scanner gone mad or a paste of ten megabytes must
not keep the app busy for minutes: what comes faster is dropped, whole messages at a time, so that no escape
sequence is ever cut.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_MESSAGE = 256
"""Characters in one message: a key or a tap is under 32."""
BURST = 1024
PER_SECOND = 1024


@dataclass(slots=True)
class InputLimit:
    """A bucket of characters that fills with time."""

    left: float = BURST
    at: float = 0.0

    def allows(self, length: int, now: float) -> bool:
        """Whether ``length`` more characters may pass at ``now`` (monotonic seconds); if so they are counted."""
        self.left = min(BURST, self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if length > LONGEST_MESSAGE or length > self.left:
            return False
        self.left -= length
        return True
