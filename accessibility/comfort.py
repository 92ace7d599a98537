# SPDX-License-Identifier: EUPL-1.2
"""What a person may set for the time of one session: letters, colours, voice, ear, pace, one switch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

N = TypeVar("N", int, float)

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Times the normal rate (EN 301 549 § 5.1.3, VVSG 2.0: 0.5 to 2)."""
SLOWNESS = 3
"""How many times longer every delay lasts for who asks for slowness."""
VOLUMES = (20, 40, 60, 80, 100)
"""Percent."""


class TextSize(StrEnum):
    """Four sizes, named as they are shown."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"
    LARGEST = "largest"


class Contrast(StrEnum):
    """Four themes, each at 7:1 or better."""

    DAY = "day"
    NIGHT = "night"
    YELLOW = "yellow"
    CREAM = "cream"


@dataclass(frozen=True, slots=True)
class Comfort:
    """One person's settings; ``Comfort()`` is what the next person finds."""

    text_size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.DAY
    voice: bool = True
    rate: float = 1.0
    volume: int = 80
    listening: bool = True
    """The microphone opens when the voice has finished."""
    headphones: bool = False
    """The person wears headphones: she may speak over the voice, and what is hers may be read to her."""
    screen: bool = True
    """False: by the voice alone, the screen shows nothing (a person who cannot see it, or who is watched)."""
    slow: bool = False
    """Every delay is three times as long."""
    scanning: bool = False
    """One switch: the controls are offered one after the other, and any key or touch takes the one that is lit."""

    @property
    def patience(self) -> int:
        """By how much every delay is multiplied."""
        return SLOWNESS if self.slow else 1

    def louder(self) -> Comfort:
        """One notch up; the loudest stays."""
        return replace(self, volume=_next(VOLUMES, self.volume, 1))

    def softer(self) -> Comfort:
        """One notch down; the softest stays."""
        return replace(self, volume=_next(VOLUMES, self.volume, -1))

    def faster(self) -> Comfort:
        """One notch faster."""
        return replace(self, rate=_next(RATES, self.rate, 1))

    def slower(self) -> Comfort:
        """One notch slower."""
        return replace(self, rate=_next(RATES, self.rate, -1))

    def bigger(self) -> Comfort:
        """The next text size; after the largest comes the normal one."""
        sizes = tuple(TextSize)
        return replace(self, text_size=sizes[(sizes.index(self.text_size) + 1) % len(sizes)])

    def next_contrast(self) -> Comfort:
        """The next theme, round and round."""
        themes = tuple(Contrast)
        return replace(self, contrast=themes[(themes.index(self.contrast) + 1) % len(themes)])


def _next(notches: tuple[N, ...], now: N, by: int) -> N:
    return notches[min(max(notches.index(now) + by, 0), len(notches) - 1)]
