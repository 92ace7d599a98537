# SPDX-License-Identifier: EUPL-1.2
"""Who is logged in, and what each role may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import HTTPException, Request, WebSocket, WebSocketException
from starlette.requests import HTTPConnection


class Role(StrEnum):
    """What somebody is here for. Each sees only what it needs."""

    MEDIATOR = "mediator"
    MANAGER = "manager"
    AUTHOR = "author"
    TECHNICIAN = "technician"


ROLE_LABELS = {
    Role.MEDIATOR: "médiation",
    Role.MANAGER: "direction",
    Role.AUTHOR: "rédaction",
    Role.TECHNICIAN: "technique",
}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who is logged in."""

    id: str
    name: str
    """First name, as on the badge: what the person at the kiosk reads."""
    roles: frozenset[Role]
    languages: tuple[str, ...] = ("fr",)
    skills: frozenset[str] = frozenset()
    """Themes of procedures that this mediator knows well; none: all alike."""
    must_change: bool = False
    """Somebody else chose the password: nothing opens but one's own account, to choose another."""


Authenticate = Callable[[HTTPConnection], StaffMember | None]
"""Who sends this request; None when nobody is logged in."""


def somebody(connection: HTTPConnection) -> StaffMember | None:
    """Who sends this request, by the means that the app was made with; found out once for each request."""
    if not hasattr(connection.state, "member"):
        connection.state.member = connection.app.state.authenticate(connection)
    return connection.state.member


def still_there(connection: HTTPConnection, member: StaffMember) -> bool:
    """Whether ``member``, who opened this lasting connection, is logged in still: asked anew each time."""
    now = connection.app.state.authenticate(connection)
    return now is not None and now.id == member.id


@dataclass(frozen=True, slots=True)
class Allowed:
    """A dependency: the staff member, who has one of ``roles``; else the login page (401) or a refusal (403)."""

    roles: frozenset[Role]
    changing: bool = False
    """Where a password that somebody else chose is changed."""

    def __call__(self, request: Request) -> StaffMember:
        member = somebody(request)
        if member is None:
            raise HTTPException(401, "Connectez-vous pour ouvrir cette page.")
        if not member.roles & self.roles:
            raise HTTPException(403, "Votre rôle n'ouvre pas cette page.")
        if member.must_change and not self.changing:
            raise HTTPException(303, "Choisissez d'abord votre mot de passe.", {"Location": "/account"})
        return member


@dataclass(frozen=True, slots=True)
class AllowedSocket:
    """The same for a WebSocket, which is closed (1008) before it opens."""

    roles: frozenset[Role]

    def __call__(self, socket: WebSocket) -> StaffMember:
        member = somebody(socket)
        if member is None or not member.roles & self.roles:
            raise WebSocketException(1008, "Connexion nécessaire." if member is None else "Accès refusé.")
        return member


def allowed(*roles: Role) -> Allowed:
    """Who may open a route."""
    return Allowed(frozenset(roles))


def allowed_socket(*roles: Role) -> AllowedSocket:
    """Who may open a WebSocket."""
    return AllowedSocket(frozenset(roles))
