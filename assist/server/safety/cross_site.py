# SPDX-License-Identifier: EUPL-1.2
"""Requests that another site makes a browser send: refused by where they come from, and by the form's token."""

from __future__ import annotations

import hmac

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from assist.server.staff.sessions import cookie_name
from assist.server.staff_member import somebody

TOKEN_HEADER = "X-Token"  # noqa: S105 - the name of a header
FOREIGN = "Cette demande vient d'un autre site : elle est refusée."
STALE = "Cette page a été ouverte avant votre connexion, ou il y a trop longtemps. Ouvrez-la de nouveau."
_SAFE = ("GET", "HEAD", "OPTIONS")


def from_elsewhere(connection: HTTPConnection) -> bool:
    """Whether a browser says that another site made it send this: for what changes something, and for sockets."""
    if connection.scope["type"] == "http" and connection.scope["method"] in _SAFE:
        return False
    origin = connection.headers.get("origin")
    if origin is not None and origin != own_origin(connection):
        return True
    return connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def own_origin(connection: HTTPConnection) -> str:
    """The origin of our own pages, under the name that this request was sent to (which is one of the site's)."""
    scheme = "https" if connection.app.state.site.secure else "http"
    return f"{scheme}://{connection.headers.get('host', '')}"


async def known_and_meant(connection: HTTPConnection) -> None:
    """A dependency of every route: who asks is found out once, and a change is one that her own page asked for.

    A request without our cookie has no power to lend: a kiosk's, with its device key, carries no token.
    """
    await run_in_threadpool(somebody, connection)
    if connection.scope["type"] != "http" or connection.scope["method"] in _SAFE:
        return
    if cookie_name(connection.app.state.site) in connection.cookies:
        await require_token(connection)


async def require_token(connection: HTTPConnection) -> None:
    """Refuse (403) what does not carry the token of this visit, in a form's ``token`` or the header ``X-Token``."""
    given = connection.headers.get(TOKEN_HEADER)
    if given is None and isinstance(connection, Request):
        kind = connection.headers.get("content-type", "")
        if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
            given = (await connection.form()).get("token")
    expected: str = connection.state.token
    if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise HTTPException(403, STALE)
