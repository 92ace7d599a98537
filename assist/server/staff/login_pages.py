# SPDX-License-Identifier: EUPL-1.2
"""Log in, log out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.server.acts import StaffAct, note
from assist.server.mandates.parts import keys_of
from assist.server.pages import page
from assist.server.parts import Moment, Transaction
from assist.server.safety.cross_site import own_origin, require_token
from assist.server.safety.rate import limited
from assist.server.staff.entry import Doorkeeper, Refused
from assist.server.staff.passwords import MOST_SIGNS
from assist.server.staff.provider import IdentityProvider
from assist.server.staff.sessions import close_login, give, new_visit
from assist.server.staff.vault import Vault
from assist.server.staff_member import somebody

router = APIRouter(default_response_class=HTMLResponse, tags=["Connexion"])
_attempts = limited("login", 30, 300)


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The page to log in. ``next`` is where to go then, on this server only."""
    if somebody(request) is not None:
        return RedirectResponse(safe_next(next), 303)
    return login_page(request, next)


@router.post("/login", dependencies=[Depends(require_token), Depends(_attempts)])
def enter(
    request: Request,
    now: Moment,
    login: Annotated[str, Form(max_length=100)],
    password: Annotated[str, Form(max_length=MOST_SIGNS)],
    code: Annotated[str, Form(max_length=20)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Log in with a login, a password or PIN, and the six-digit code of those who have one."""
    state = request.app.state
    keeper = Doorkeeper(state.database, state.passwords, state.uptime, Vault(lambda: keys_of(request)))
    came = keeper.enter(login, password, code, request.state.visit, now)
    if isinstance(came, Refused):
        return login_page(request, next, status=403, why=came.why, login=login)
    response = RedirectResponse(safe_next(next), 303)
    give(response, state.site, came)
    return response


@router.post("/logout")
def leave(request: Request, transaction: Transaction, now: Moment) -> Response:
    """Log out. Whoever is not logged in is none the worse for it."""
    token = close_login(transaction, request.state.visit)
    if member := somebody(request):
        note(transaction, member, StaffAct.LOGGED_OUT, now=now)
    response = _still_at_provider(request, token) or RedirectResponse("/login", 303)
    give(response, request.app.state.site, new_visit())
    return response


def _still_at_provider(request: Request, token: str | None) -> Response | None:
    """The page that offers to log out there too, for whoever came from there."""
    provider: IdentityProvider | None = request.app.state.provider
    if token is None or provider is None:
        return None
    there = provider.log_out_address(token, f"{own_origin(request)}/login")
    return page(request, "logged_out.html", me=None, there=there, provider=provider.name) if there else None


def login_page(request: Request, next_: str, *, status: int = 200, why: str = "", login: str = "") -> HTMLResponse:
    """The login page, with the cookie that its form is bound to."""
    known: dict[str, object] = {"next": safe_next(next_), "why": why, "login": login, "me": None}
    known["provider"] = request.app.state.provider
    response = page(request, "login.html", status=status, **known)
    give(response, request.app.state.site, request.state.visit)
    return response


def safe_next(address: str) -> str:
    """``address`` when it is a path of this server, as a browser reads it; else the first page."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    if not plain or not address.startswith("/") or address.startswith("//"):
        return "/"
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc and parts.path != "/login" else "/"
