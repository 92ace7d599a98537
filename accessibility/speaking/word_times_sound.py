# SPDX-License-Identifier: EUPL-1.2
"""Brings word times told by one voice to the sound of another: the two begin, rest and end together. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

FRAME = 0.01
"""Seconds; the grain of all that is found here."""
QUIET = 0.02
"""Part of the loudest sample under which nothing is heard."""
REST = 0.08
"""Seconds of quiet that are a rest, not the closing of lips before a consonant."""
REACH = 0.4
"""Seconds around the place where a rest is expected."""
SAME = 0.02
"""Two sounds whose lengths differ by less than this part were made by the same voice."""


def brought(
    starts: Sequence[float],
    rested: Sequence[bool],
    theirs: tuple[Sequence[int], int],
    ours: tuple[Sequence[int], int],
) -> tuple[float, ...]:
    """When each word begins in ``ours``, from when it begins in ``theirs``; sounds are samples and hertz.

    ``rested`` tells the words that follow a mark of punctuation: where another voice rests too, it is the same rest.
    """
    from_there, from_here = Heard(*theirs), Heard(*ours)
    anchors = [(from_there.first, from_here.first), (from_there.last, from_here.last)]
    if abs(from_here.length / max(from_there.length, FRAME) - 1) > SAME:
        anchors = _with_rests(anchors, [at for at, rest in zip(starts, rested, strict=True) if rest], from_here)
    return tuple(max(0.0, _between(at, anchors)) for at in starts)


class Heard:
    """Where a sound begins, rests and ends, in seconds."""

    def __init__(self, samples: Sequence[int], hertz: int) -> None:
        size = max(1, round(FRAME * hertz))
        levels = [max(map(abs, samples[at : at + size])) for at in range(0, len(samples), size)]
        floor = QUIET * max(levels, default=0)
        loud = [number for number, level in enumerate(levels) if level > floor]
        self.first = loud[0] * FRAME if loud else 0.0
        self.last = (loud[-1] + 1) * FRAME if loud else 0.0
        self.rests = [(a * FRAME + FRAME, b * FRAME) for a, b in pairwise(loud) if (b - a - 1) * FRAME >= REST]
        """(from, to), in their order."""

    @property
    def length(self) -> float:
        """Seconds between the first sound and the last."""
        return self.last - self.first


def _with_rests(
    anchors: list[tuple[float, float]], expected: Sequence[float], heard: Heard
) -> list[tuple[float, float]]:
    """The ends of the rests that were expected, and that are there, are anchors too."""
    for at in expected:
        guess = _between(at, anchors)
        near = [(end - start, end) for start, end in heard.rests if abs(end - guess) <= REACH]
        if not near:
            continue
        place = bisect_right(anchors, (at,))
        end = max(near)[1]
        if 0 < place < len(anchors) and anchors[place - 1][1] < end < anchors[place][1]:
            anchors.insert(place, (at, end))
    return anchors


def _between(at: float, anchors: Sequence[tuple[float, float]]) -> float:
    place = min(max(bisect_right(anchors, (at,)), 1), len(anchors) - 1)
    (x0, y0), (x1, y1) = anchors[place - 1], anchors[place]
    return y0 + (at - x0) * (y1 - y0) / (x1 - x0) if x1 > x0 else y0
