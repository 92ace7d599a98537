# SPDX-License-Identifier: EUPL-1.2
"""How often one address may ask: a bucket that fills at a steady pace, on a clock that nobody can set.

The libraries of this kind count on the wall clock, which may jump.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from fastapi import HTTPException
from starlette.requests import HTTPConnection

TOO_OFTEN = "Trop de demandes à la suite. Attendez une minute, puis essayez de nouveau."
_MOST_ADDRESSES = 10_000


class Rate:
    """``burst`` at once, then ``burst`` in each ``seconds``, for each key."""

    def __init__(self, burst: int, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._pace = burst / seconds
        self._monotonic = monotonic
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, key: str) -> bool:
        """Whether one more may be asked now; if so, it is counted."""
        now = self._monotonic()
        with self._lock:
            left, at = self._left.pop(key, (float(self._burst), now))
            left = min(float(self._burst), left + (now - at) * self._pace)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            if len(self._left) > _MOST_ADDRESSES:
                self._left.popitem(last=False)
        return allowed


def address_of(connection: HTTPConnection) -> str:
    """The address that asks, as the connection itself tells it: no header is believed."""
    return connection.client.host if connection.client else ""


def limited(what: str, burst: int, seconds: float) -> Callable[[HTTPConnection], None]:
    """A dependency: this route is asked ``burst`` times in ``seconds`` by one address at most; else 429.

    Args:
        what: Routes that share this name share the count.
    """

    def check(connection: HTTPConnection) -> None:
        rates: dict[str, Rate] = connection.app.state.rates
        rate = rates.setdefault(what, Rate(burst, seconds))
        if not rate.allows(address_of(connection)):
            raise HTTPException(429, TOO_OFTEN)

    return check
