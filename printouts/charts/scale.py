# SPDX-License-Identifier: EUPL-1.2
"""Round numbers along a scale, and how much room words take. Pure."""

from __future__ import annotations

import math

from printouts.typography import NBSP

TEXT = 18.0
"""Height of the letters, in the units of the drawing."""
LINE = 24.0
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’!()| \u00a0"), frozenset("mwMWÉÈOQGD%—…")
_TIMES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
"""Round durations, in seconds; whole days above."""
_DAY = 86_400


def counts_up_to(most: float, ticks: int = 5) -> tuple[int, ...]:
    """Round whole numbers from 0 to at least ``most``, ``ticks`` + 1 of them at the most."""
    most = max(1, math.ceil(most))
    rough = most / ticks
    tens = 10 ** max(0, math.floor(math.log10(rough)))
    step = next((tens * by for by in (1, 2, 5, 10) if tens * by >= rough), 10 * tens)
    return tuple(range(0, step * math.ceil(most / step) + 1, step))


def seconds_up_to(most: float, ticks: int = 4) -> tuple[int, ...]:
    """Round durations from 0 to at least ``most`` seconds."""
    rough = max(1.0, most) / ticks
    step = next((one for one in _TIMES if one >= rough), None) or _DAY * math.ceil(rough / _DAY)
    return tuple(range(0, step * math.ceil(max(1.0, most) / step) + 1, step))


def count_words(count: int) -> str:
    """As in "1 234"."""
    return f"{count:,}".replace(",", NBSP)


def seconds_words(seconds: int) -> str:
    """A round duration on a scale, as in "30 s", "5 min", "2 h", "3 j"."""
    for size, unit in ((_DAY, "j"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % (size // 2) == 0:
            return f"{seconds / size:g}".replace(".", ",") + f"{NBSP}{unit}"
    return f"{seconds}{NBSP}s" if seconds else "0"


def width_of(text: str, *, strong: bool = False) -> float:
    """How wide a text is, a little more than less: nothing here can measure letters."""
    narrow, wide = sum(char in _NARROW for char in text), sum(char in _WIDE for char in text)
    return TEXT * (1.08 if strong else 1) * (0.36 * narrow + 0.86 * wide + 0.6 * (len(text) - narrow - wide))


def wrapped(text: str, width: float, lines: int = 2) -> tuple[str, ...]:
    """The text on ``lines`` lines at the most; what does not fit is cut, with "…"."""
    found = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and width_of(longer) > width:
            found.append(word)
        else:
            found[-1] = longer
    kept = found[:lines]
    if len(found) > lines or width_of(kept[-1]) > width:
        kept[-1] = _cut(kept[-1], width)
    return tuple(_cut(line, width) if width_of(line) > width else line for line in kept)


def _cut(text: str, width: float) -> str:
    while text and width_of(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"
