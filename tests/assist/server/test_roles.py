# SPDX-License-Identifier: EUPL-1.2
"""Who may open what, route by route. A new route is a new line here; without one, a test fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient

from assist.server.app import make_app
from assist.server.database import Database
from assist.server.site import Site
from assist.server.staff_member import Allowed, AllowedSocket, Role, StaffMember
from tests.assist.made_databases import database_in
from tests.assist.server.doors import HOST, QUICK

PUBLIC = "public"
KIOSK = "kiosk"
"""Opened by a device key, tested with the kiosks."""
MEDIATOR = {Role.MEDIATOR}
MANAGER = {Role.MANAGER}
TECHNICIAN = {Role.TECHNICIAN}
EVERYBODY = set(Role)

ROUTES: dict[str, str | set[Role]] = {
    # Coming in, and one's own account
    "GET /login": PUBLIC,
    "POST /login": PUBLIC,
    "POST /logout": PUBLIC,
    "GET /login/oidc": PUBLIC,
    "GET /login/oidc/back": PUBLIC,
    "GET /account": EVERYBODY,
    "POST /account/password": EVERYBODY,
    "POST /account/second-factor": EVERYBODY,
    "POST /account/second-factor/confirm": EVERYBODY,
    "GET /acts": MANAGER | TECHNICIAN,
    "GET /comptes": MANAGER,
    "POST /comptes": MANAGER,
    "GET /comptes/{account}": MANAGER,
    "POST /comptes/{account}/roles": MANAGER,
    "POST /comptes/{account}/fermer": MANAGER,
    "POST /comptes/{account}/rendre": MANAGER,
    # Journals
    "GET /journaux": MANAGER | TECHNICIAN,
    "POST /journaux/verifier": MANAGER | TECHNICIAN,
    "GET /journaux/extrait": MANAGER,
    "POST /journaux/extrait": MANAGER,
    "GET /journaux/a-part/{number}": MANAGER | TECHNICIAN,
    "POST /journaux/a-part/{number}": MANAGER,
    # What the API is
    "GET /docs": PUBLIC,
    "GET /openapi.json": PUBLIC,
    # Kiosks
    "WS /kiosk": KIOSK,
    "GET /alive": PUBLIC,
    # Calls, and beside the person
    "GET /": EVERYBODY,
    "GET /calls/live": MEDIATOR,
    "POST /calls/{call}/take": MEDIATOR,
    "POST /calls/{call}/give-back": MEDIATOR,
    "POST /calls/{call}/finish": MEDIATOR,
    "GET /session/{kiosk:path}": MEDIATOR,
    "GET /session/{kiosk:path}/live": MEDIATOR,
    "POST /session/{kiosk:path}/leave": MEDIATOR,
    "POST /session/{kiosk:path}/hand-over": MEDIATOR,
    "POST /session/{kiosk:path}/{act}": MEDIATOR,
    "GET /pictograms/{name}.svg": PUBLIC,
    # The review
    "GET /revue": MANAGER,
    "GET /revue/export.csv": MANAGER,
    "GET /revue/affiche.pdf": MANAGER,
    "GET /revue/rapport.pdf": MANAGER,
    "GET /revue/qualite": MANAGER,
    "GET /revue/export.parquet": MANAGER,
    "GET /revue/export.xlsx": MANAGER,
    "GET /revue/donnees-ouvertes.csv": MANAGER,
    "GET /revue/passages": MANAGER,
    "GET /revue/passages/{session}": MANAGER,
    "GET /revue/demarches/{procedure}": MANAGER,
    "GET /revue/demarches/{procedure}/etapes/{step}": MANAGER | {Role.AUTHOR},
    # Alerts
    "GET /alertes": MANAGER | TECHNICIAN,
    "POST /alertes/{alert}/vu": MANAGER | TECHNICIAN,
    "POST /alertes/essai": MANAGER | TECHNICIAN,
    # Mandates
    "GET /api/site-key": PUBLIC,
    "GET /mandats": MEDIATOR | MANAGER,
    "POST /mandats/chercher": MEDIATOR | MANAGER,
    "GET /mandats/nouveau": MEDIATOR,
    "POST /mandats/texte": MEDIATOR,
    "POST /mandats": MEDIATOR,
    "POST /mandats/borne": MEDIATOR,
    "GET /mandats/borne/{number}": MEDIATOR,
    "GET /mandats/borne/{number}/live": MEDIATOR,
    "POST /mandats/borne/{number}/annuler": MEDIATOR,
    "GET /mandats/{number}": MEDIATOR | MANAGER,
    "POST /mandats/{number}/papier": MEDIATOR | MANAGER,
    "POST /mandats/{number}/papier-de-fin": MEDIATOR | MANAGER,
    "POST /mandats/{number}/utiliser": MEDIATOR,
    "POST /mandats/{number}/retirer": MEDIATOR | MANAGER,
    "POST /mandats/{number}/transmettre": MEDIATOR | MANAGER,
    "POST /mandats/{number}/autre-lieu": MEDIATOR,
    "GET /mandats/recevoir": MEDIATOR,
    "POST /mandats/recevoir": MEDIATOR,
    "POST /mandats/{number}/signe": MEDIATOR | MANAGER,
    "POST /mandats/{number}/identite": MEDIATOR | MANAGER,
    "GET /mandats/{number}/droits": MEDIATOR | MANAGER,
    "POST /mandats/{number}/copie": MEDIATOR | MANAGER,
    "POST /mandats/{number}/effacer": MANAGER,
    "GET /mandats/horloge": MANAGER | TECHNICIAN,
    "POST /mandats/horloge": MANAGER | TECHNICIAN,
    # Appointments
    "GET /rendez-vous": MEDIATOR | MANAGER,
    "POST /rendez-vous": MEDIATOR | MANAGER,
    "GET /rendez-vous/nouveau": MEDIATOR | MANAGER,
    "GET /rendez-vous/horaires": MANAGER,
    "POST /rendez-vous/horaires": MANAGER,
    "POST /rendez-vous/horaires/{opening}/retirer": MANAGER,
    "POST /rendez-vous/horaires/fermer": MANAGER,
    "POST /rendez-vous/horaires/rouvrir": MANAGER,
    "GET /rendez-vous/{code}": MEDIATOR | MANAGER,
    "POST /rendez-vous/{code}/annuler": MEDIATOR | MANAGER,
    "POST /rendez-vous/{code}/pas-venu": MEDIATOR | MANAGER,
    "GET /rendez-vous/{code}/agenda.ics": MEDIATOR | MANAGER,
    "GET /rendez-vous/{code}/papier": MEDIATOR | MANAGER,
    # Papers that come back
    "GET /suivi": MEDIATOR,
    "POST /suivi": MEDIATOR,
    "GET /suivi/{handle}": MEDIATOR,
    "POST /suivi/{handle}/noter": MEDIATOR,
    "GET /suivi/{handle}/papier": MEDIATOR,
    "POST /suivi/{handle}/fermer": MEDIATOR,
    "GET /suivi/{handle}/rendez-vous": MEDIATOR,
    "POST /suivi/{handle}/rendez-vous": MEDIATOR,
    "POST /suivi/{handle}/rendez-vous/joindre": MEDIATOR,
    # Reports
    "GET /reports": MEDIATOR | MANAGER,
    "GET /reports/export.csv": MEDIATOR | MANAGER,
    "GET /reports/export.xlsx": MEDIATOR | MANAGER,
    "GET /reports/session/{session}": MEDIATOR,
    "GET /reports/new": MEDIATOR,
    "POST /reports": MEDIATOR,
    "GET /reports/{cra}": MEDIATOR,
    "POST /reports/{cra}": MEDIATOR,
    "POST /reports/{cra}/remove": MEDIATOR,
    "GET /api/reports": MEDIATOR | MANAGER,
    "GET /api/reports/{report}": MEDIATOR | MANAGER,
}
"""Method and path -> who may open it."""


def contexts(app: FastAPI) -> dict[str, RouteContext]:
    """Method and path -> the route, with all that its routers add to it."""
    found: dict[str, RouteContext] = {}
    for context in iter_route_contexts(app.routes):
        if context.path in (None, "/static", "/fonts"):
            continue
        for method in (context.methods or {"WS"}) - {"HEAD"}:
            found[f"{method} {context.path}"] = context
    return found


def declared(context: RouteContext) -> set[Role] | None:
    """The roles that the route asks for, by whichever of its dependencies; None when it asks for none."""
    asked: list[frozenset[Role]] = []
    waiting = [context.dependant] if hasattr(context, "dependant") else []
    while waiting:
        dependant = waiting.pop()
        if isinstance(dependant.call, (Allowed, AllowedSocket)):
            asked.append(dependant.call.roles)
        waiting += dependant.dependencies
    return set(frozenset.intersection(*asked)) if asked else None


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A server whose visitors have the role that the header ``role`` names."""

    def by_header(connection: HTTPConnection) -> StaffMember | None:
        role = connection.headers.get("role")
        return StaffMember(str(uuid4()), "Amina", frozenset({Role(role)})) if role else None

    folder: Path = tmp_path_factory.mktemp("roles")
    site = Site("Maison d'essai", database_in(folder), folder / "keys")
    app = make_app(site, authenticate=by_header, clock=lambda: datetime.now(UTC), passwords=QUICK)
    database: Database = app.state.database
    yield app
    database.close()


def test_every_route_stands_in_the_table(app: FastAPI) -> None:
    known = set(contexts(app))
    assert known - set(ROUTES) == set(), "add these to ROUTES, with the roles that may open them"
    assert set(ROUTES) - known == set(), "these are gone"


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_asks_for_the_roles_of_the_table(app: FastAPI, route: str) -> None:
    expected = ROUTES[route]
    assert declared(contexts(app)[route]) == (None if isinstance(expected, str) else expected)


@pytest.mark.parametrize("route", [route for route, who in ROUTES.items() if not isinstance(who, str)])
def test_the_others_are_refused(app: FastAPI, route: str) -> None:
    method, path = route.split(" ")
    allowed = ROUTES[route]
    address = re.sub(r"\{[^}]+\}", "1", path)
    browser = TestClient(app, base_url=HOST, follow_redirects=False)
    if method == "WS":
        pytest.skip("sockets are tried in test_protection.py")
    assert browser.request(method, address).status_code == 401
    for role in Role:
        if role not in allowed:
            assert browser.request(method, address, headers={"role": role.value}).status_code == 403, role
