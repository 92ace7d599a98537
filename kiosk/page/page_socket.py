# SPDX-License-Identifier: EUPL-1.2
"""The WebSocket between one page and the relay.

Messages are JSON arrays, as terminado speaks them; the first item says what it is.
Server to page: ``open`` (text size 0..3, modes), ``stdout`` (text), ``show`` (condition), ``beat`` (each second).
Page to server: ``stdin`` (text), ``set_size`` (rows, columns, cell width, cell height in pixels), ``text_size``
(0..3), ``painted`` (characters). Anything else is ignored.
"""

from __future__ import annotations

import json
import time
from typing import Any

from terminado.management import TermManagerBase
from terminado.websocket import TermSocket
from tornado.ioloop import PeriodicCallback
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from kiosk.page.guard import SUBPROTOCOL, GuardedHandler
from kiosk.page.input_limit import InputLimit
from kiosk.page.program import WindowSize
from kiosk.page.relay import Condition, DropReason, Relay

BUSY_CODE = 4409
REPLACED_CODE = 4000
STALLED_CODE = 4408
LARGEST_MESSAGE = 16_384
"""Bytes; a longer one closes the socket."""
BEAT_MILLISECONDS = 1000
LARGEST_WINDOW = 1000
"""Cells, in either direction."""
TEXT_SIZES = 4


class PageSocket(GuardedHandler, TermSocket):
    """One page. Refused before it opens without our Origin and the secret of this start."""

    relay: Relay
    page_id = ""

    def initialize(self, term_manager: TermManagerBase) -> None:
        assert isinstance(term_manager, Relay)
        super().initialize(term_manager)
        self._enable_output_logging = False  # terminado can write keystrokes to a log: never here
        self.relay = term_manager
        self._limit = InputLimit(at=time.monotonic())
        self._beat = PeriodicCallback(lambda: self.send_json_message(["beat"]), BEAT_MILLISECONDS)

    def prepare(self) -> None:
        super().prepare()
        headers = self.request.headers
        if not self.guard.knows_origin(headers.get("Origin"), headers.get("Host", "")):
            raise HTTPError(403, reason="Origin")
        offered = [item.strip() for item in headers.get("Sec-WebSocket-Protocol", "").split(",")]
        if len(offered) != 3 or offered[0] != SUBPROTOCOL or not self.guard.knows_token(offered[1]):
            raise HTTPError(403, reason="Token")
        self.page_id = offered[2]

    def check_origin(self, origin: str) -> bool:
        return self.guard.knows_origin(origin, self.request.headers.get("Host", ""))

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        return SUBPROTOCOL

    def open(self, *_: Any, **__: Any) -> None:
        if self.relay.attach(self):
            self._beat.start()
        else:
            self.close(BUSY_CODE, "busy")

    def on_close(self) -> None:
        self._beat.stop()
        self.relay.detach(self)

    # What the relay says

    def open_terminal(self, text_size: int, modes: str) -> None:
        self.send_json_message(["open", text_size, modes])

    def show(self, condition: Condition) -> None:
        self.send_json_message(["show", condition])

    def paint(self, text: str) -> None:
        self.send_json_message(["stdout", text])

    def drop(self, reason: DropReason) -> None:
        self.close({DropReason.REPLACED: REPLACED_CODE, DropReason.STALLED: STALLED_CODE}[reason], reason)

    def send_json_message(self, content: Any) -> None:
        try:
            sending = self.write_message(json.dumps(content))
        except WebSocketClosedError:
            self.relay.detach(self)
        else:
            # A page that leaves while it is written to is no fault: on_close tells of it.
            sending.add_done_callback(lambda done: done.cancelled() or done.exception())

    # What the page says

    async def on_message(  # pyright: ignore[reportIncompatibleMethodOverride]  (tornado awaits either)
        self, message: str | bytes
    ) -> None:
        """One message; the next is read only when this one is with the app."""
        if self.relay.page is not self:
            return
        match _parse(message):
            case ["stdin", str(text)] if self._limit.allows(len(text), time.monotonic()):
                await self.relay.type(text)
            case ["set_size", int(rows), int(columns), int(width), int(height)] if (
                2 <= rows <= LARGEST_WINDOW
                and 1 <= columns <= LARGEST_WINDOW
                and 0 <= width < 256
                and 0 <= height < 256
            ):
                self.relay.resize(WindowSize(rows, columns, width, height))
            case ["text_size", int(size)] if 0 <= size < TEXT_SIZES:
                self.relay.text_size = size
            case ["painted", int(length)] if length > 0:
                self.relay.painted(length)
            case _:
                pass


def _parse(message: str | bytes) -> object:
    if isinstance(message, bytes):
        return None
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None
