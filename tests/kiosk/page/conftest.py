# SPDX-License-Identifier: EUPL-1.2
"""A real server in its own process, and a real Chromium on it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.browser import WINDOW, Browser

SAMPLE = Path(__file__).with_name("sample_app.py")
SERVE = "import sys; from kiosk.page.server import serve; sys.exit(serve(sys.argv[2:], int(sys.argv[1])))"


@dataclass
class PageServer:
    """One server; ``restart`` brings it back on the same port."""

    command: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    def start(self) -> PageServer:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.port), *self.command],
            env=os.environ | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def apps(self) -> list[psutil.Process]:
        """The app's process and all that it started."""
        return psutil.Process(self.pid).children(recursive=True)

    def wait_app(self, timeout: float = 30.0) -> psutil.Process:
        """The app's process, once it is there."""
        end = time.monotonic() + timeout
        while not (apps := self.apps()):
            assert time.monotonic() < end, "no app was started"
            time.sleep(0.02)
        return apps[0]

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@pytest.fixture
def serve_page() -> Iterator[Callable[..., PageServer]]:
    """Start a page server in front of a command (the sample app by default)."""
    started: list[PageServer] = []

    def serve(command: Sequence[str] = (sys.executable, str(SAMPLE)), **env: str) -> PageServer:
        started.append(PageServer(command, env).start())
        return started[-1]

    yield serve
    for server in started:
        server.stop()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The module's browser, its former requests and complaints forgotten, away from any page at the end."""
    chromium.requests()
    chromium.complaints()
    yield chromium
    chromium.visit("about:blank")
    chromium.resize(*WINDOW)
