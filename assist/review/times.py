# SPDX-License-Identifier: EUPL-1.2
"""Durations counted in classes, so that medians of years are read from a few sums. Pure.

A class is a tenth wider than the one before it: what is read from classes is within 5 % of the truth. Below one second
nothing is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, log, sqrt

RATIO = 1.1
"""How much longer the longest of a class is than its shortest."""


def time_class(seconds: float) -> int:
    """The class of a duration: 0 below one second, then one more for each tenth that it is longer."""
    return 0 if seconds < 1 else 1 + floor(log(seconds) / log(RATIO))


def seconds_of(class_: int) -> float:
    """What stands for the durations of a class, in seconds: never more than 5 % away from any of them."""
    return 0.5 if class_ <= 0 else sqrt(RATIO ** (class_ - 1) * RATIO**class_)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The duration that ``share`` (0 to 1) of those counted do not exceed, in seconds; None when there is none."""
    total = sum(counts.values())
    if total <= 0:
        return None
    wanted = max(1, ceil(share * total))
    for class_ in sorted(counts):
        wanted -= counts[class_]
        if wanted <= 0:
            return seconds_of(class_)
    raise AssertionError("the shares of a total reach it")


def median(counts: Mapping[int, int]) -> float | None:
    """The duration that half of those counted do not exceed, in seconds; None when there is none."""
    return quantile(counts, 0.5)
