# SPDX-License-Identifier: EUPL-1.2
"""The gate that every request passes before any route: host, pace, origin; and every answer, with its headers."""

from __future__ import annotations

import re

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from assist.server.safety import errors
from assist.server.safety.cross_site import FOREIGN, from_elsewhere
from assist.server.safety.headers import headers
from assist.server.safety.rate import TOO_OFTEN, Rate, address_of
from assist.server.site import Site
from assist.server.staff.sessions import cookie_name, form_token, new_visit

_ELSEWHERE = "Ce serveur ne répond pas sous ce nom. Demandez son adresse au technicien."
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?")

LARGEST_BODY = 1_000_000
_BURST, _SECONDS = 600, 10.0
"""Requests of one address: a browser at work asks some tens in a second at most."""


def protect(app: FastAPI) -> None:
    """Put the gate before every route of ``app``, and have its errors answered in French."""
    app.state.rates = {}
    app.add_middleware(Gate, site=app.state.site, rate=Rate(_BURST, _SECONDS))
    errors.install(app)


class Gate:
    """Middleware."""

    def __init__(self, app: ASGIApp, site: Site, rate: Rate) -> None:
        self._app = app
        self._site = site
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        visit = connection.cookies.get(cookie_name(self._site)) or new_visit()
        connection.state.visit, connection.state.token = visit, form_token(visit)
        send = self._with_headers(scope, send)
        status, why = self._refusal(connection)
        if not status:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008, why)(scope, receive, send)
        else:
            await errors.answer(Request(scope), status, why, {"me": None})(scope, receive, send)

    def _refusal(self, connection: HTTPConnection) -> tuple[int, str]:
        host = _HOST.fullmatch(connection.headers.get("host", "").lower())
        if host is None or (host[1] or host[2]) not in self._site.hosts:
            return 400, _ELSEWHERE
        if not self._rate.allows(address_of(connection)):
            return 429, TOO_OFTEN
        if from_elsewhere(connection):
            return 403, FOREIGN
        return 0, ""

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        ours = headers(secure=self._site.secure, fixed=scope["path"].startswith(("/static/", "/fonts/")))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = MutableHeaders(scope=message)
                for name, value in ours:
                    present.setdefault(name.decode(), value.decode())
            await send(message)

        return sending
