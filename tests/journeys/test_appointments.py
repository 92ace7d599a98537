# SPDX-License-Identifier: EUPL-1.2
"""An appointment, then a paper that comes back, with a keyboard alone, on pages that everyone can use: real Chromium, a
real server."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assist.server.app import make_app
from assist.server.site import Site
from assist.server.staff_member import Role
from content.loader import load_catalogue
from printouts.receipt_code import new_receipt_code
from tests.assist.server.doors import QUICK
from tests.assist.server.mandate_desk import CAMILLE, NOON
from tests.assist.server.papers import sent, walk
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, everyone_can_use
from tests.sample_procedures import write_procedure

BOTH = replace(CAMILLE, roles=frozenset({Role.MEDIATOR, Role.MANAGER}))


def test_hours_then_an_appointment_with_a_keyboard(tmp_path: Path, tablet_browser: Browser) -> None:
    folder = write_procedure(tmp_path / "procedures" / "essai").parent
    site = Site("France Services de Souillac", f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "keys", content=folder)
    app = make_app(site, authenticate=lambda _: BOTH, clock=lambda: NOON, passwords=QUICK)
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
        procedure, number = load_catalogue(folder).get("essai"), new_receipt_code()
        assert procedure is not None
        sent(app.state.database, walk(procedure, number))
        a_paper_comes_back(page, number)
        page.close()


def a_paper_comes_back(page: Page, number: str) -> None:
    """The person agrees, her number is scanned, today is written, and her paper carries an appointment."""
    page.goto("/suivi")
    everyone_can_use(page)
    expect(page.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(new_receipt_code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("trop ancien")
    expect(page.get_by_role("alert")).to_be_focused()
    everyone_can_use(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Refaire ma carte d'essai")
    assert number not in page.url
    everyone_can_use(page)
    page.get_by_label("Prenez un rendez-vous à la mairie.").press("Space")
    press(page, "Noter")
    expect(page.get_by_role("status")).to_contain_text("C'est noté")
    everyone_can_use(page)
    page.goto(page.url.partition("?")[0] + "/rendez-vous")
    press(page, r"10\sh\s?, lundi 30\snovembre")
    expect(page.get_by_role("region", name="Son rendez-vous")).to_contain_text("10 h")
    everyone_can_use(page)


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
