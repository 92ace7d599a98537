# SPDX-License-Identifier: EUPL-1.2
"""An appointment with a keyboard alone, on pages that everyone can use: real Chromium, a real server."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assist.server.app import make_app
from assist.server.site import Site
from assist.server.staff_member import Role
from tests.assist.server.mandate_desk import CAMILLE, NOON
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, everyone_can_use

BOTH = replace(CAMILLE, roles=frozenset({Role.MEDIATOR, Role.MANAGER}))


def test_hours_then_an_appointment_with_a_keyboard(tmp_path: Path, tablet_browser: Browser) -> None:
    site = Site("France Services de Souillac", f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "keys")
    app = make_app(site, authenticate=lambda _: BOTH, clock=lambda: NOON)
    with served(app) as port:
        page = tablet_browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport=TABLET)
        page.set_default_timeout(15_000)
        page.goto("/rendez-vous/horaires")
        press(page, "Ajouter ces heures")
        expect(page.get_by_role("button", name="Retirer lundi de 9 h à 12 h")).to_be_visible()
        page.get_by_label("Fermer un jour").fill("2026-12-07")
        press(page, "Fermer ce jour")
        everyone_can_use(page)
        page.goto("/rendez-vous/nouveau")
        everyone_can_use(page)
        press(page, r"9\sh\s30\s?, lundi 30\snovembre")
        expect(page.get_by_role("heading", level=1)).to_have_text("lundi 30 novembre 2026, à 9 h 30")
        everyone_can_use(page)
        page.goto("/rendez-vous")
        expect(page.get_by_role("table")).to_contain_text("Prévu")
        everyone_can_use(page)
        page.close()


def press(page: Page, name: str) -> None:
    """Reach a button whose name begins so, as a keyboard does, press Enter, and wait for the next page."""
    button = page.get_by_role("button", name=re.compile(f"^{name}"))
    for _ in range(80):
        if button.evaluate("e => e === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches {name}")
