# SPDX-License-Identifier: EUPL-1.2
"""Slow is not hung: a process that takes the processor's time works, however late its signs come (ADR 0132)."""

from __future__ import annotations

from collections.abc import Callable

A_LITTLE = 0.02
"""Seconds of the processor, twice what Linux counts in. A microphone that is open takes so much in several seconds."""


class Labour:
    """When something was last seen at work. One thread at a time uses it."""

    def __init__(self, spent: Callable[[], float]) -> None:
        """``spent`` tells how many seconds of the processor were taken up to now."""
        self._spent = spent
        self._known = 0.0
        self._at = float("-inf")

    def last(self, now: float) -> float:
        """The moment at which it was last seen to have taken some of the processor's time; to be asked often."""
        spent = self._spent()
        if abs(spent - self._known) >= A_LITTLE:  # less than before: it is another process
            self._known, self._at = spent, now
        return self._at

    def hangs(self, now: float, since: float, *, still: float, slow: float) -> bool:
        """Whether what owes a sign ``since`` then has done nothing for ``still`` seconds, or gives none after ``slow``.

        To be asked often.
        """
        return now - max(since, self.last(now)) > still or now - since > slow


def processor_seconds(pid: int | None) -> float:
    """What a process has taken of the processor, all its threads together; 0 when there is none."""
    import psutil  # at the first look: the screen is painted before

    if pid is None:
        return 0.0
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system
