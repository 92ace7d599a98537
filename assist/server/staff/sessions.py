# SPDX-License-Identifier: EUPL-1.2
"""Who is logged in. The browser holds 256 random bits in a cookie, the database their hash: nothing else is trusted.

A login ends after 15 minutes without a sign of life, after a working day, and with a restart of the machine.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from hashlib import sha256

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection
from starlette.responses import Response

from assist.server.database import Database
from assist.server.site import Site
from assist.server.staff.tables import Account, Login
from assist.server.staff_member import StaffMember
from assist.server.uptime import Uptime

IDLE = 15 * 60
LONGEST = 12 * 3600
_OFTEN = 30
"""Seconds between two notes of a sign of life: not every request writes."""


def cookie_name(site: Site) -> str:
    """``__Host-``: over TLS, no other host or path can set it."""
    return "__Host-pas-a-pas" if site.secure else "pas-a-pas"


def new_visit() -> str:
    """What the cookie of a browser holds: 256 random bits."""
    return secrets.token_urlsafe(32)


def give(response: Response, site: Site, visit: str) -> None:
    """Put the cookie in an answer; it goes with the browser, and never with a request from another site."""
    response.set_cookie(cookie_name(site), visit, path="/", secure=site.secure, httponly=True, samesite="strict")


def form_token(visit: str) -> str:
    """What every form of this visit must carry: another site cannot know it."""
    return sha256(b"form " + visit.encode("utf-8", "replace")).hexdigest()


def key_of(visit: str) -> str:
    """How the visit is filed."""
    return sha256(b"visit " + visit.encode("utf-8", "replace")).hexdigest()


def open_login(
    transaction: Session, account: Account, uptime: Uptime, instead_of: str, provider_token: str | None = None
) -> str:
    """Log in: a new visit each time, so that one planted beforehand is worth nothing. Returns it."""
    visit, now = new_visit(), uptime.seconds()
    close_login(transaction, instead_of)
    too_old = or_(Login.boot != uptime.boot, Login.seen < now - IDLE, Login.opened < now - LONGEST)
    transaction.execute(delete(Login).where(too_old))
    transaction.add(
        Login(
            token=key_of(visit),
            account_id=account.id,
            boot=uptime.boot,
            opened=now,
            seen=now,
            provider_token=provider_token,
        )
    )
    return visit


def close_login(transaction: Session, visit: str) -> str | None:
    """Log out. Returns the identity provider's token, when the person came from there."""
    login = transaction.get(Login, key_of(visit))
    if login is None:
        return None
    transaction.delete(login)
    transaction.flush()
    return login.provider_token


def authenticate(connection: HTTPConnection) -> StaffMember | None:
    """Who sends this request; a sign of life is noted when a person, and not only her page, sends it.

    Nobody waits for it: while something else is written, or the disk is full, it is left out, and the next one counts.
    """
    visit = connection.cookies.get(cookie_name(connection.app.state.site))
    if not visit:
        return None
    uptime: Uptime = connection.app.state.uptime
    database: Database = connection.app.state.database
    with database.read() as transaction:
        login = _living(transaction, visit, uptime)
        if login is None:
            return None
        member = login.account.as_member()
    if uptime.seconds() - login.seen > _OFTEN and _by_hand(connection):
        with suppress(OperationalError), database.begin_soon() as transaction:
            transaction.execute(update(Login).where(Login.token == login.token).values(seen=uptime.seconds()))
    return member


def _living(transaction: Session, visit: str, uptime: Uptime) -> Login | None:
    login = transaction.scalar(select(Login).where(Login.token == key_of(visit)))
    if login is None or login.boot != uptime.boot or login.account.disabled:
        return None
    now = uptime.seconds()
    return login if now - login.seen <= IDLE and now - login.opened <= LONGEST else None


def _by_hand(connection: HTTPConnection) -> bool:
    """What a page fetches by itself, to follow the queue, is no sign that somebody is there."""
    if connection.scope["type"] != "http" or "text/event-stream" in connection.headers.get("accept", ""):
        return False
    return connection.scope["method"] != "GET" or connection.headers.get("sec-fetch-mode", "navigate") == "navigate"
