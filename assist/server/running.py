# SPDX-License-Identifier: EUPL-1.2
"""The server while it runs: until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import uvicorn
from fastapi import FastAPI

_LARGEST = 4_000_000
"""Bytes of one message of a kiosk: :data:`assist.link.codec.LARGEST` characters take four each at most."""
_LAST_SECONDS = 3


class _Server(uvicorn.Server):
    """Says when it answers, and ends quietly when it is told to."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stop: asyncio.Event) -> None:
        super().__init__(config)
        self._ready, self._stop = ready, stop

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        ends = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        for number in ends:
            loop.add_signal_handler(number, self._stop.set)
        stopping = loop.create_task(self._when_told())
        try:
            yield
        finally:
            stopping.cancel()
            for number in ends:
                loop.remove_signal_handler(number)

    async def _when_told(self) -> None:
        await self._stop.wait()
        self.should_exit = True


def run(
    app: FastAPI,
    listening: socket,
    tls: tuple[Path, Path] | None,
    ready: Callable[[], None],
    until: Callable[[asyncio.Event], None] = lambda stop: None,
) -> bool:
    """Answer on ``listening`` until SIGTERM, SIGINT or SIGHUP; False when it could not start.

    ``tls`` is a certificate and its key. ``until`` may set the event by which it ends as well, on the event loop.
    """
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=_LARGEST,
        ws_ping_interval=10,
        ws_ping_timeout=20,
        ws_per_message_deflate=False,
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
        ssl_certfile=tls[0] if tls else None,
        ssl_keyfile=tls[1] if tls else None,
    )
    return asyncio.run(_run(config, listening, ready, until))


async def _run(
    config: uvicorn.Config,
    listening: socket,
    ready: Callable[[], None],
    until: Callable[[asyncio.Event], None],
) -> bool:
    stop = asyncio.Event()
    until(stop)
    server = _Server(config, ready, stop)
    await server.serve([listening])
    return server.started
