# SPDX-License-Identifier: EUPL-1.2
"""A real server on a real socket, in a thread."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Thread

import uvicorn
from fastapi import FastAPI


@contextmanager
def served(app: FastAPI, port: int = 0) -> Iterator[int]:
    """The port at which ``app`` answers. Its connections are cut at the end."""
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        app, ws="websockets-sansio", log_level="warning", log_config=None, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        taken = listening.getsockname()[1]
        _first_answer(taken)
        yield taken
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _first_answer(port: int) -> None:
    """The socket listens before the application has begun; it answers afterwards, whatever it answers."""
    asking = HTTPConnection("127.0.0.1", port, timeout=30)
    asking.request("HEAD", "/")
    asking.getresponse().read()
    asking.close()
