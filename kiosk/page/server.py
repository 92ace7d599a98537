# SPDX-License-Identifier: EUPL-1.2
"""``kiosk run --page``: serves the touch page on this machine only, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from socket import create_server, socket

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.web import Application, StaticFileHandler

from kiosk.page.guard import LOOPBACK, Guard, GuardedHandler, NothingHere, headers
from kiosk.page.page_socket import LARGEST_MESSAGE, PageSocket
from kiosk.page.relay import Relay
from kiosk.page.systemd import ALIVE, READY, STOPPING, Systemd

STATIC = Path(__file__).parent / "static"
OK = 0
PORT_TAKEN = 1

_TYPES = {".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


class PageHandler(GuardedHandler):
    """The page itself, with the secret of this start."""

    def get(self) -> None:
        nonce = secrets.token_urlsafe(16)
        for name, value in headers(nonce).items():
            self.set_header(name, value)
        self.render("index.html", token=self.guard.token, nonce=nonce)


class AliveHandler(GuardedHandler):
    """A page that lost its socket asks here whether the server is back."""

    def get(self) -> None:
        self.set_status(204)


class AssetHandler(GuardedHandler, StaticFileHandler):
    """Scripts, style sheet and fonts."""

    def get_content_type(self) -> str:
        return _TYPES.get(Path(self.absolute_path or "").suffix, "text/plain")

    def set_extra_headers(self, path: str) -> None:
        for name, value in headers().items():
            self.set_header(name, value)


def serve(command: Sequence[str], port: int, env: Mapping[str, str] | None = None) -> int:
    """Serve the page that shows ``command`` (the kiosk app) on http://127.0.0.1:``port``/, until SIGTERM or SIGINT.

    Args:
        command: The program behind the PTY and its arguments.
        port: TCP port, on loopback only: there is no way to listen elsewhere. 0 takes a free one; the address is
            written on stdout.
        env: The environment of the app (ours by default), to which TERM, COLORTERM and ``PAS_A_PAS_DISPLAY=page``
            are added.

    Returns:
        The exit code: 0 when told to stop, 1 when the port is not free (said in French on stderr).
    """
    try:
        listening = create_server((LOOPBACK, port), backlog=16)
    except OSError as error:
        sys.stderr.write(
            f"La page tactile ne peut pas s'ouvrir sur le port {port} : {error.strerror}.\n"
            "Fermez l'autre « kiosk run --page », ou changez [page] port dans kiosk.toml.\n"
        )
        return PORT_TAKEN
    listening.setblocking(False)
    systemd = Systemd.of_this_process()
    asyncio.run(_serve(command, listening, os.environ if env is None else env, systemd))
    return OK


async def _serve(command: Sequence[str], listening: socket, env: Mapping[str, str], systemd: Systemd) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    relay = Relay(command, env)
    guard = Guard(listening.getsockname()[1])
    server = HTTPServer(_application(relay, guard), max_header_size=16_384, max_body_size=1024)
    server.add_socket(listening)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    sys.stdout.write(f"http://{LOOPBACK}:{guard.port}/\n")
    sys.stdout.flush()
    systemd.tell(READY)
    beat = PeriodicCallback(lambda: systemd.tell(ALIVE), systemd.beat_seconds * 1000) if systemd.beat_seconds else None
    if beat is not None:
        beat.start()
    await stop.wait()
    systemd.tell(STOPPING)
    server.stop()
    await relay.stop()
    await server.close_all_connections()
    if beat is not None:
        beat.stop()


def _application(relay: Relay, guard: Guard) -> Application:
    return Application(
        [
            (r"/", PageHandler),
            (r"/alive", AliveHandler),
            (r"/ws", PageSocket, {"term_manager": relay}),
            (r"/static/(.+)", AssetHandler, {"path": str(STATIC)}),
        ],
        guard=guard,
        template_path=str(STATIC),
        default_handler_class=NothingHere,
        websocket_max_message_size=LARGEST_MESSAGE,
        websocket_ping_interval=5,
        websocket_ping_timeout=4,
    )
