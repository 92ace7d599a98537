# SPDX-License-Identifier: EUPL-1.2
"""The one thread in which a review reads: the screen never waits, and what is in memory stays where it was made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from assist.server.review.source import ReviewSource, Transaction

T = TypeVar("T")


class Reader:
    """Puts questions to what ``make`` makes. Raises what that raises, CannotServe above all."""

    def __init__(self, make: Callable[[], ReviewSource]) -> None:
        self._thread = ThreadPoolExecutor(1, "review")
        try:
            self._source = self._thread.submit(make).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self.of_kiosk = self._source.of_kiosk

    def ask_now(self, question: Callable[[Transaction], T]) -> T:
        """The answer; raises CannotServe."""
        return self._thread.submit(self._source.ask, question).result()

    async def ask(self, question: Callable[[Transaction], T]) -> T:
        """The same, for a screen."""
        return await asyncio.wrap_future(self._thread.submit(self._source.ask, question))

    def close(self) -> None:
        """Let go of the database."""
        self._thread.submit(self._source.close).result()
        self._thread.shutdown()
