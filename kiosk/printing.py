# SPDX-License-Identifier: EUPL-1.2
"""One receipt on its way to paper. The job dies with its session."""

from __future__ import annotations

import asyncio
from typing import Protocol

from assist.session.commands import PrintStatus
from printouts.model import Job, JobState, Paper, Printer, Receipt
from printouts.renderer import RenderFault

_FINAL_WAIT = 60.0
_GLANCE = 0.5


class ReceiptMaker(Protocol):
    """Makes PDFs in a process of its own: :class:`printouts.renderer.Renderer`."""

    def warm(self) -> None:
        """Get ready, and return at once."""
        ...

    def render(self, receipt: Receipt, paper: Paper, /) -> bytes | RenderFault:
        """The PDF, or why there is none."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class PrintDesk:
    """Renders, prints and follows at most one job, for one session at a time."""

    def __init__(self, printer: Printer, maker: ReceiptMaker, paper: Paper) -> None:
        self._printer = printer
        self._maker = maker
        self._paper = paper
        self._stop: asyncio.Event | None = None
        """Of the job under way, and of no other."""

    async def warm(self) -> None:
        """The person nears the end: get ready to make the receipt."""
        await asyncio.to_thread(self._maker.warm)

    async def print(self, receipt: Receipt) -> PrintStatus:
        """Print ``receipt`` and follow it to the end; never raises for what a printer may do."""
        self.cancel()
        stop = self._stop = asyncio.Event()
        try:
            pdf = await asyncio.to_thread(self._maker.render, receipt, self._paper)
            if stop.is_set():
                return PrintStatus.CANCELLED
            if isinstance(pdf, RenderFault):
                return PrintStatus.FAILED
            return await self._follow(await asyncio.to_thread(self._printer.submit, pdf, self._paper), stop)
        finally:
            if self._stop is stop:
                self._stop = None

    async def _follow(self, job: Job, stop: asyncio.Event) -> PrintStatus:
        loop = asyncio.get_running_loop()
        until = loop.time() + _FINAL_WAIT
        while loop.time() < until:
            if stop.is_set():
                await asyncio.to_thread(job.cancel)
                return PrintStatus.CANCELLED
            state = await asyncio.to_thread(job.wait, _GLANCE)
            if state is not JobState.PRINTING:
                if state is not JobState.DONE:
                    await asyncio.to_thread(job.cancel)
                return PrintStatus(state.value)
        await asyncio.to_thread(job.cancel)
        return PrintStatus.FAILED

    @property
    def busy(self) -> bool:
        """True while a job is under way."""
        return self._stop is not None

    def cancel(self) -> None:
        """The job under way, if any, stops: nothing more of it is printed."""
        if self._stop is not None:
            self._stop.set()

    async def clear(self) -> None:
        """Whatever is under way stops, and what it held is gone: nothing of it is printed for the next person."""
        self.cancel()
        await asyncio.to_thread(self._maker.close)
