# SPDX-License-Identifier: EUPL-1.2
"""The server as one application. ``kiosk serve`` runs it; tests make it with parts of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.requests import HTTPConnection

from assist.server.attendance import attend
from assist.server.database import Database
from assist.server.hub import Hub
from assist.server.kiosks.socket import router as kiosks
from assist.server.pages import FONTS, STATIC
from assist.server.site import Site
from assist.server.staff_member import Authenticate, StaffMember

Clock = Callable[[], datetime]
"""The wall clock, aware (UTC)."""

ROUTERS: tuple[APIRouter, ...] = (kiosks,)
"""One for each group of pages."""


def make_app(site: Site, *, authenticate: Authenticate | None = None, clock: Clock | None = None) -> FastAPI:
    """The server of ``site``, its database brought to this version when it starts.

    Every part that pages share is in ``app.state``: ``site``, ``database``, ``clock``, ``hub``, ``authenticate``.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        app.state.database.upgrade()
        attending = asyncio.create_task(attend(app.state.database, app.state.hub, app.state.clock))
        yield
        attending.cancel()
        await asyncio.wait({attending})
        app.state.database.close()

    app = FastAPI(title="Pas à pas", summary="Le serveur d'un lieu.", lifespan=life, redoc_url=None)
    app.state.site = site
    app.state.database = Database(site.database)
    app.state.clock = clock or _now
    app.state.hub = Hub()
    app.state.authenticate = authenticate or _nobody
    app.mount("/fonts", StaticFiles(directory=FONTS), name="fonts")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    return app


def _now() -> datetime:
    return datetime.now(UTC)


def _nobody(connection: HTTPConnection) -> StaffMember | None:
    return None
