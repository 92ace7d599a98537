# SPDX-License-Identifier: EUPL-1.2
"""The pictures of the review, for ``docs/responsables.md``: a made-up year of two kiosks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import FastAPI
from PIL import Image
from playwright.sync_api import Browser, Page

from assist.server.database import Database
from benchmarks.year.loading import load
from benchmarks.year.sessions import make_year
from content.model import Catalogue
from tests.assist.server.report_site import ROSE, report_app
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, tablets
from tests.our_procedures import CATALOGUE

COLOURS = 64
TALL = 1500
"""Pixels from the top of a page."""
SHOWN = (("revue", "/revue?period=month"), ("revue-demarche", "/revue/demarches/rsa?period=year"))
"""The name of each picture, and its page."""


def site_after_a_year(folder: Path, sessions: int, *names: str) -> FastAPI:
    """Its server, on the morning after; ``names`` are the procedures of its kiosks, all of them when there is none."""
    address = f"sqlite:///{folder / 'site.db'}"
    database = Database(address)
    database.upgrade()
    catalogue = Catalogue({name: CATALOGUE.procedures[name] for name in names or CATALOGUE.procedures})
    load(make_year(sessions, 2, catalogue=catalogue, ways=20), database, address, raw=True)
    database.close()
    return report_app(address, folder)


def managers_page(browser: Browser, port: int) -> Page:
    """A tablet that is logged in."""
    who = {"x-member": ROSE.id}
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(base_url=address, extra_http_headers=who, viewport=TABLET, locale="fr-FR")
    return context.new_page()


def take_review(folder: Path) -> None:
    """As the manager finds it."""
    with tempfile.TemporaryDirectory() as aside, tablets() as browser:
        app = site_after_a_year(Path(aside), 9000)
        with served(app) as port:
            page = managers_page(browser, port)
            for name, address in SHOWN:
                page.goto(address)
                shot = folder / f"{name}.png"
                page.screenshot(path=shot, full_page=True)
                with Image.open(shot) as picture:
                    picture.crop((0, 0, picture.width, TALL)).convert("RGB").quantize(COLOURS).save(shot, optimize=True)
