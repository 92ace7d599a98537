# SPDX-License-Identifier: EUPL-1.2
"""Who is logged in, and what each role may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import HTTPException, Request, WebSocket
from starlette.requests import HTTPConnection


class Role(StrEnum):
    """What somebody is here for. Each sees only what it needs."""

    MEDIATOR = "mediator"
    MANAGER = "manager"
    AUTHOR = "author"
    TECHNICIAN = "technician"


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


Authenticate = Callable[[HTTPConnection], StaffMember | None]
"""Who sends this request; None when nobody is logged in."""


def somebody(connection: HTTPConnection) -> StaffMember | None:
    """Who sends this request, by the means that the app was made with."""
    return connection.app.state.authenticate(connection)


def allowed(*roles: Role) -> Callable[[Request], StaffMember]:
    """A dependency: the staff member, who has one of ``roles``; else the login page (401) or a refusal (403)."""

    def check(request: Request) -> StaffMember:
        return _checked(request, roles)

    return check


def allowed_socket(*roles: Role) -> Callable[[WebSocket], StaffMember]:
    """The same for a WebSocket."""

    def check(socket: WebSocket) -> StaffMember:
        return _checked(socket, roles)

    return check


def _checked(connection: HTTPConnection, roles: tuple[Role, ...]) -> StaffMember:
    member = somebody(connection)
    if member is None:
        raise HTTPException(401, "Connectez-vous pour ouvrir cette page.")
    if not member.roles.intersection(roles):
        raise HTTPException(403, "Votre rôle n'ouvre pas cette page.")
    return member
