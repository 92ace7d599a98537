# SPDX-License-Identifier: EUPL-1.2
"""Coming in by the identity provider. It says who somebody is; only an account made here says what she may do."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from assist.server.acts import StaffAct, note
from assist.server.pages import page
from assist.server.parts import Moment
from assist.server.safety.cross_site import own_origin
from assist.server.safety.rate import limited
from assist.server.staff.accounts import of_provider
from assist.server.staff.entry import LOCKED_OUT
from assist.server.staff.lockout import LOCKED, wrong_attempts
from assist.server.staff.lockout import key_of as login_key
from assist.server.staff.login_pages import safe_next
from assist.server.staff.provider import IdentityProvider, Leaving, ProviderFault
from assist.server.staff.sessions import cookie_name, give, key_of, open_login
from assist.server.staff.tables import Departure

router = APIRouter(
    prefix="/login/oidc",
    default_response_class=HTMLResponse,
    tags=["Connexion"],
    dependencies=[Depends(limited("provider", 30, 300))],
)
_LONGEST = 600
"""Seconds that somebody may stay at the provider."""
UNKNOWN = (
    "Votre identité est reconnue, mais aucun compte ne lui est ouvert ici. "
    "Demandez à la direction du lieu d'ajouter votre adresse à votre compte."
)


@router.get("")
def leave(request: Request, next: str = "/") -> Response:
    """Send the browser to the provider."""
    state = request.app.state
    try:
        leaving = _provider(request).leave(_back(request))
    except ProviderFault as fault:
        return _no(request, str(fault), 503)
    # Its own cookie: the one of a visit does not come along from another site.
    visit = secrets.token_urlsafe(32)
    with state.database.begin() as transaction:
        now = state.uptime.seconds()
        transaction.execute(
            delete(Departure).where(or_(Departure.boot != state.uptime.boot, Departure.at < now - _LONGEST))
        )
        transaction.add(
            Departure(
                visit=key_of(visit),
                state=leaving.state,
                nonce=leaving.nonce,
                verifier=leaving.verifier,
                next=safe_next(next),
                boot=state.uptime.boot,
                at=now,
            )
        )
    response = RedirectResponse(leaving.address, 303)
    secure = state.site.secure
    response.set_cookie(
        _cookie(request), visit, max_age=_LONGEST, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return response


@router.get("/back")
def come_back(request: Request, now: Moment) -> Response:
    """Where the provider sends the browser back."""
    state = request.app.state
    provider, departure = _provider(request), _departure(request)
    if departure is None:
        return _no(request, "Cette connexion a trop duré, ou n'a pas commencé ici. Recommencez.")
    left = Leaving("", departure.state, departure.nonce, departure.verifier)
    try:
        person = provider.come_back(request.query_params, left, _back(request), now)
    except ProviderFault as fault:
        return _no(request, str(fault))
    with state.database.begin() as transaction:
        account = of_provider(transaction, person.subject, person.email)
        if account is None:
            return _no(request, UNKNOWN)
        if wrong_attempts(transaction).get(login_key(account.login), 0) >= LOCKED:
            return _no(request, LOCKED_OUT)
        visit = open_login(transaction, account, state.uptime, request.state.visit, person.token)
        note(transaction, account.as_member(), StaffAct.LOGGED_IN, now=now)
    # A page, not a redirection: a redirection would still be another site's doing, and the cookie would not come along.
    response = page(request, "came_back.html", next=departure.next, me=None)
    give(response, state.site, visit)
    response.delete_cookie(_cookie(request), path="/", secure=state.site.secure, httponly=True, samesite="lax")
    return response


def _provider(request: Request) -> IdentityProvider:
    provider: IdentityProvider | None = request.app.state.provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _back(request: Request) -> str:
    return f"{own_origin(request)}/login/oidc/back"


def _cookie(request: Request) -> str:
    return f"{cookie_name(request.app.state.site)}-oidc"


def _departure(request: Request) -> Departure | None:
    """The login that this browser began, once; None when it did not, or too long ago."""
    visit, uptime = request.cookies.get(_cookie(request), ""), request.app.state.uptime
    with request.app.state.database.begin() as transaction:
        session: Session = transaction
        departure = session.get(Departure, key_of(visit))
        if departure is not None:
            session.delete(departure)
    if departure is None or departure.boot != uptime.boot or uptime.seconds() - departure.at > _LONGEST:
        return None
    return departure


def _no(request: Request, why: str, status: int = 403) -> HTMLResponse:
    return page(request, "error.html", status=status, title="Connexion impossible", said=why, me=None)
