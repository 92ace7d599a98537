# SPDX-License-Identifier: EUPL-1.2
"""The server as one application. ``kiosk serve`` runs it; tests make it with parts of their own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from assist.server import full_disk
from assist.server.alerts import pages as alerts
from assist.server.alerts.watching import Alerts
from assist.server.alive import router as alive
from assist.server.appointments import pages as appointments
from assist.server.attendance import attend
from assist.server.daily import EveryDay
from assist.server.database import Database
from assist.server.desk import beside_pages, pictogram_pages, queue_pages
from assist.server.follow_up import pages as follow_up
from assist.server.follow_up.opened import OpenPapers
from assist.server.hub import Hub
from assist.server.kiosks.socket import router as kiosks
from assist.server.mandates import pages as mandates
from assist.server.mandates.keys import KeyFault, site_keys
from assist.server.mandates.offers import Offers
from assist.server.minutely import look_around
from assist.server.pages import FONTS, STATIC
from assist.server.proof import extract_pages as signed_extracts
from assist.server.proof import pages as proof
from assist.server.proof.act_checkpoints import sign_acts
from assist.server.proof.verifier import Verifier
from assist.server.reports import api as reports_api
from assist.server.reports import list_pages as report_lists
from assist.server.reports import pages as report_pages
from assist.server.review import export_pages as review_files
from assist.server.review import pages as review
from assist.server.review import paper_pages as review_papers
from assist.server.review import step_pages as review_steps
from assist.server.review.authoring import Authoring, no_authoring
from assist.server.safety import api_page
from assist.server.safety.cross_site import known_and_meant
from assist.server.safety.gate import LARGEST_BODY, protect
from assist.server.site import Site
from assist.server.staff import account_pages, acts_pages, login_pages, provider_pages, team_pages
from assist.server.staff.lockout import settle
from assist.server.staff.passwords import Passwords
from assist.server.staff.provider import IdentityProvider
from assist.server.staff.sessions import authenticate as by_cookie
from assist.server.staff.vault import Vault, seal_all
from assist.server.staff_member import Authenticate
from assist.server.uptime import Uptime, this_machine

_log = logging.getLogger("assist.server")

Clock = Callable[[], datetime]
"""The wall clock, aware (UTC)."""

ROUTERS: tuple[APIRouter, ...] = (
    alive,
    kiosks,
    queue_pages.router,
    beside_pages.router,
    pictogram_pages.router,
    login_pages.router,
    provider_pages.router,
    account_pages.router,
    team_pages.router,
    acts_pages.router,
    proof.router,
    signed_extracts.router,
    mandates.router,
    appointments.router,
    follow_up.router,
    api_page.router,
    report_lists.router,
    report_pages.router,
    reports_api.router,
    review_files.router,
    review_papers.router,
    review_steps.router,
    review.router,
    alerts.router,
)
"""One for each group of pages."""
_PAGES = APIRouter()
"""All of them: what each page takes is worked out once, whatever number of servers this process makes."""
for _each in ROUTERS:
    _PAGES.include_router(_each, dependencies=[Depends(known_and_meant)], max_body_size=LARGEST_BODY)


def make_app(
    site: Site,
    *,
    authenticate: Authenticate | None = None,
    clock: Clock | None = None,
    uptime: Uptime | None = None,
    passwords: Passwords | None = None,
    authoring: Authoring | None = None,
) -> FastAPI:
    """The server of ``site``, its database brought to this version when it starts.

    Every part that pages share is in ``app.state``: ``site``, ``database``, ``clock``, ``hub``, ``offers``,
    ``open_papers``, ``authenticate``, ``uptime``, ``passwords``, ``verifier``, ``alerts``, ``authoring``.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncGenerator[None]:
        app.state.database.upgrade()
        with app.state.database.begin() as transaction:
            settle(transaction, app.state.uptime)
        _seal_second_factors(app.state.database, site)
        parts = app.state.database, app.state.hub, app.state.clock
        by_itself = [asyncio.create_task(work) for work in (attend(*parts), look_around(*parts, app.state.alerts))]
        app.state.alerts.postman.start()
        signing = partial(sign_acts, app.state.database, site.keys)
        async with EveryDay(app.state.database, app.state.clock, signing, app.state.alerts.erased_but):
            yield
        await run_in_threadpool(app.state.verifier.close)
        await run_in_threadpool(app.state.alerts.postman.close)
        for task in by_itself:
            task.cancel()
        await asyncio.wait(by_itself)
        app.state.database.close()

    app = FastAPI(
        title="Pas à pas",
        summary="Le serveur d'un lieu.",
        lifespan=life,
        routes=_PAGES.routes,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(known_and_meant)],
        max_body_size=LARGEST_BODY,
    )
    app.state.site = site
    app.state.database = Database(site.database)
    app.state.clock = clock or _now
    app.state.verifier = Verifier(app.state.database, app.state.clock)
    app.state.hub = Hub()
    app.state.alerts = Alerts(site, app.state.database, app.state.hub, app.state.clock)
    app.state.offers = Offers()
    app.state.open_papers = OpenPapers()
    app.state.authenticate = authenticate or by_cookie
    app.state.uptime = uptime or this_machine()
    app.state.passwords = passwords or Passwords()
    app.state.authoring = authoring or no_authoring
    app.state.provider = IdentityProvider(site.provider) if site.provider else None
    protect(app)
    app.mount("/fonts", StaticFiles(directory=FONTS), name="fonts")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(DBAPIError, full_disk.said)
    return app


def _seal_second_factors(database: Database, site: Site) -> None:
    try:
        with database.begin() as transaction:
            seal_all(transaction, Vault(lambda: site_keys(site.keys)))
    except KeyFault as fault:
        _log.error("second factors stay in the clear: %s", fault)


def _now() -> datetime:
    return datetime.now(UTC)
