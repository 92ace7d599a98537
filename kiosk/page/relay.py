# SPDX-License-Identifier: EUPL-1.2
"""The app behind its PTY: started, watched, sized, started again. One at a time, and one page at a time."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from terminado.management import PtyWithClients, TermManagerBase
from tornado.ioloop import IOLoop

from kiosk.page.program import WindowSize, app_environment, set_window_size, signal_session, type_into
from kiosk.page.restarts import Restarts
from kiosk.page.screen_modes import DEVICE_ATTRIBUTES, ScreenModes

log = logging.getLogger(__name__)

PAUSE_ABOVE = 4_000_000
"""Characters sent and not yet painted by the page: beyond this the app waits."""
RESUME_BELOW = 1_000_000
STALLED_SECONDS = 10.0
"""A page that paints nothing for so long is cut off, so that the app's own time-outs run again."""
REDRAW_SECONDS = 0.1
POLITE_SECONDS = 2.0
"""Between SIGTERM and SIGKILL."""


class Condition(StrEnum):
    """What the page shows when it does not show the app."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    TROUBLE = "trouble"


class DropReason(StrEnum):
    """Why a page is cut off."""

    REPLACED = "replaced"
    """It came again, after a reload: the former socket has no use."""
    STALLED = "stalled"
    """It paints nothing any more."""


class Page(Protocol):
    """The page now attached, as the relay sees it."""

    page_id: str

    def open_terminal(self, text_size: int, modes: str) -> None:
        """Make a fresh terminal, put it into ``modes``, and tell its size."""
        ...

    def show(self, condition: Condition) -> None:
        """Hide the terminal, forget what it held, and say what happens."""
        ...

    def paint(self, text: str) -> None: ...

    def drop(self, reason: DropReason) -> None:
        """Close the socket."""
        ...


class Relay(TermManagerBase):
    """Keeps one app alive and joins it to at most one page."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        super().__init__(shell_command=list(command))  # type: ignore[arg-type]  # terminado hands it to spawn as argv
        self._env = app_environment(env)
        self._restarts = Restarts()
        self._restart_timer: object | None = None
        self._stopping = False
        self.condition = Condition.STARTING
        self.page: Page | None = None
        self.text_size = 0
        self._page_ready = False
        self._size: WindowSize | None = None
        self._app: PtyWithClients | None = None
        self._pidfd = -1
        self._gone = asyncio.Event()
        self._modes = ScreenModes()
        self._unpainted = 0
        self._stall_timer: object | None = None

    # The page

    def attach(self, page: Page) -> bool:
        """Join ``page`` to the app; False when another page holds it. The same page reloaded takes its place."""
        if self.page is not None:
            if self.page.page_id != page.page_id:
                return False
            former = self.page
            self.detach(former)
            former.drop(DropReason.REPLACED)
        self.page = page
        self._invite()
        return True

    def detach(self, page: Page) -> None:
        """The page is gone. The app runs on; its own time-out wipes what it holds."""
        if self.page is page:
            self.page = None
            self._page_ready = False
            self._painted(self._unpainted)

    def _invite(self) -> None:
        if self.page is None:
            return
        self._page_ready = False
        self._painted(self._unpainted)
        if self.condition in (Condition.STARTING, Condition.RUNNING):
            self.page.open_terminal(self.text_size, self._modes.replay())
        else:
            self.page.show(self.condition)

    def resize(self, size: WindowSize) -> None:
        """The page has a terminal of this size. The first time, the app is started, or asked to paint it all."""
        if self.condition not in (Condition.STARTING, Condition.RUNNING):
            return
        joining, self._page_ready, self._size = not self._page_ready, True, size
        if self._app is None:
            self._start(size)
            return
        if joining:
            # A size that changes and comes back makes any full-screen program paint everything again.
            self._set_size(WindowSize(size.rows - 1, size.columns, size.cell_width, size.cell_height))
            IOLoop.current().call_later(REDRAW_SECONDS, self._settle_size)
        else:
            self._set_size(size)

    def _settle_size(self) -> None:
        if self._app is not None and self._size is not None:
            self._set_size(self._size)

    def _set_size(self, size: WindowSize) -> None:
        assert self._app is not None
        set_window_size(self._app.ptyproc.fd, size)

    # The app

    def make_term_env(self, *_: Any, **__: Any) -> dict[str, str]:
        return dict(self._env)

    def _start(self, size: WindowSize) -> None:
        self._modes = ScreenModes()
        try:
            self._app = self.new_terminal()
        except OSError as error:
            log.error("cannot start the app: %s", error)
            self._after_death()
            return
        self._app.read_buffer = deque(maxlen=0)  # terminado would keep the last thousand screens of a person
        self._app.ptyproc.delayafterclose = 0
        self._set_size(size)
        self.condition = Condition.RUNNING
        self._gone.clear()
        self._pidfd = os.pidfd_open(self._app.ptyproc.pid)
        # The end of the process, not the end of its output: a child of the app may hold the PTY open.
        IOLoop.current().add_handler(self._pidfd, self._on_death, IOLoop.READ)
        self.start_reading(self._app)

    def pty_read(self, fd: int, events: int | None = None) -> None:
        """Pass on what the app wrote; thrown away when no page is ready for it."""
        try:
            text, questions = self._modes.feed(self.ptys_by_fd[fd].ptyproc.read(65536))
        except EOFError:
            self._stop_reading(fd)
            self._signal_session(signal.SIGKILL)
            return
        if questions:
            self.blocking_io_executor.submit(type_into, self.ptys_by_fd[fd], DEVICE_ATTRIBUTES * questions)
        if self.page is not None and self._page_ready and text:
            self._unpainted += len(text)
            self.page.paint(text)
            if self._unpainted > PAUSE_ABOVE:
                self._pause(fd)

    async def type(self, text: str) -> None:
        """Type ``text`` into the app, from a thread: an app that hangs must not hang the relay."""
        if self._app is not None:
            await IOLoop.current().run_in_executor(self.blocking_io_executor, type_into, self._app, text)

    def painted(self, length: int) -> None:
        """The page has painted ``length`` characters more."""
        self._painted(min(length, self._unpainted))

    def _painted(self, length: int) -> None:
        self._unpainted -= length
        if self._stall_timer is not None and length:
            IOLoop.current().remove_timeout(self._stall_timer)
            self._stall_timer = None
            if self._unpainted < RESUME_BELOW and self._app is not None:
                self.start_reading(self._app)
            elif self._app is not None:
                self._wait_for_page()

    def _pause(self, fd: int) -> None:
        self._stop_reading(fd)
        self._wait_for_page()

    def _wait_for_page(self) -> None:
        self._stall_timer = IOLoop.current().call_later(STALLED_SECONDS, self._on_stall)

    def _on_stall(self) -> None:
        if (page := self.page) is not None:
            log.warning("the page paints nothing any more: cut off")
            self.detach(page)
            page.drop(DropReason.STALLED)

    def _stop_reading(self, fd: int) -> None:
        if self.ptys_by_fd.pop(fd, None) is not None:
            IOLoop.current().remove_handler(fd)

    # Its end

    def _on_death(self, fd: int, events: int) -> None:
        app, self._app = self._app, None
        IOLoop.current().remove_handler(fd)
        os.close(fd)
        assert app is not None
        self._stop_reading(app.ptyproc.fd)
        signal_session(app.ptyproc.pid, signal.SIGKILL)
        app.ptyproc.close(force=True)
        self._gone.set()
        log.warning("the app ended: exit %s, signal %s", app.ptyproc.exitstatus, app.ptyproc.signalstatus)
        if not self._stopping:
            self._after_death()

    def _after_death(self) -> None:
        self._modes, self.text_size = ScreenModes(), 0
        restart = self._restarts.died(time.monotonic())
        self.condition = Condition.TROUBLE if restart.trouble else Condition.RESTARTING
        self._invite()
        self._restart_timer = IOLoop.current().call_later(restart.delay, self._ready_again)

    def _ready_again(self) -> None:
        self.condition = Condition.STARTING
        self._invite()

    def _signal_session(self, number: signal.Signals) -> None:
        if self._app is not None:
            signal_session(self._app.ptyproc.pid, number)

    async def stop(self) -> None:
        """End the app and all it started: politely, then by force."""
        self._stopping = True
        if self._restart_timer is not None:
            IOLoop.current().remove_timeout(self._restart_timer)
        if self._app is not None:
            self._signal_session(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._gone.wait(), POLITE_SECONDS)
            except TimeoutError:
                self._signal_session(signal.SIGKILL)
                await self._gone.wait()
        self.blocking_io_executor.shutdown(wait=False, cancel_futures=True)
