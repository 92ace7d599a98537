# SPDX-License-Identifier: EUPL-1.2
"""What goes on beside the conversation, in its loop: none is forgotten, and one that breaks is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

Trouble = Callable[[Exception], None]


class Jobs:
    """Tasks that nobody waits for. An exception there is a bug: it goes to :attr:`trouble`, like any other."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        """Called on the loop with what a job broke on; nobody is told while it is None."""
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Have ``work`` done meanwhile."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def cancel(self) -> None:
        """End them all."""
        for task in tuple(self._tasks):
            task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self.trouble is not None and not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.trouble(error)
