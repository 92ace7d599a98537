# SPDX-License-Identifier: EUPL-1.2
"""What the small networks that look at a sentence have in common: how their numbers are kept, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float32]
Network: TypeAlias = Mapping[str, Numbers]
"""The numbers of one network, by name."""


@cache
def networks(file: Path) -> tuple[Network, ...]:
    """The networks in ``file``: numpy's archive of numbers named "0.entry", "0.answer", "1.entry" …"""
    with np.load(file, allow_pickle=False) as kept:
        every = {name: kept[name].astype(np.float32) for name in kept.files}
    count = 1 + max(int(name.partition(".")[0]) for name in every)
    return tuple(
        {name.partition(".")[2]: numbers for name, numbers in every.items() if int(name.partition(".")[0]) == one}
        for one in range(count)
    )


def softmax(x: Numbers, axis: int) -> Numbers:
    """Shares of 1 along ``axis``."""
    raised = np.exp(x - x.max(axis=axis, keepdims=True))
    return as_numbers(raised / raised.sum(axis=axis, keepdims=True))


def as_numbers(x: NDArray[Any]) -> Numbers:
    """The same in single precision."""
    return x.astype(np.float32, copy=False)
