# SPDX-License-Identifier: EUPL-1.2
"""A mediator writes reports on a tablet, and with a keyboard alone: real Chromium, a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from assist.desk.report.cra import Cra
from assist.server.calls import Call
from assist.server.reports import store
from assist.server.reports.store import Wanted
from tests.assist.server.desk_site import NADIA, DeskSite, add_staff, make_desk_site
from tests.assist.server.kiosk_on_line import KioskOnLine
from tests.assist.server.report_site import LEA, helped_session, report_app
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, everyone_can_use


@dataclass
class Desk:
    """Léa's tablet, and what the server keeps."""

    page: Page
    kept: Callable[[], list[Cra]]
    complaints: list[str]


@pytest.fixture
def desk(tmp_path: Path, tablet_browser: Browser) -> Iterator[Desk]:
    app = report_app(f"sqlite:///{tmp_path / 'site.db'}", tmp_path)
    database = app.state.database

    def kept() -> list[Cra]:
        with database.begin() as transaction:
            return [one.cra for one in store.find(transaction, Wanted())]

    with served(app) as port:
        address = f"http://127.0.0.1:{port}"
        context = tablet_browser.new_context(base_url=address, extra_http_headers={"x-member": LEA.id}, viewport=TABLET)
        page, complaints = context.new_page(), list[str]()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
        page.goto("/reports")
        with database.begin() as transaction:
            helped_session(transaction, "s1", LEA)
        yield Desk(page, kept, complaints)
        context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_one_tap_then_a_correction(desk: Desk) -> None:
    page = desk.page
    page.reload()
    everyone_can_use(page)
    page.get_by_role("link", name="Refaire ma carte d’identité").click()
    everyone_can_use(page)
    right = page.get_by_role("button", name="C’est bon").first
    expect(right).to_be_focused()
    expect(right).to_be_in_viewport()
    expect(page.get_by_label("Combien de personnes")).to_be_hidden()
    expect(page.get_by_label("Heures")).to_be_hidden()
    right.click()
    expect(page.get_by_role("status")).to_have_text("Le compte rendu est enregistré.")
    (cra,) = desk.kept()
    assert (cra.minutes, cra.procedures) == (20, ("carte-identite",))
    everyone_can_use(page)

    page.get_by_role("link", name="Refaire ma carte d’identité").click()
    page.get_by_text("Autre durée").click()
    page.get_by_label("Heures").fill("1")
    page.get_by_text("70 ans et plus").click()
    everyone_can_use(page)
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_role("status")).to_have_text("Le compte rendu est corrigé.")
    (cra,) = desk.kept()
    assert (cra.minutes, cra.age) == (60, "70+")
    assert desk.complaints == []


def test_with_a_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.goto("/reports/session/s1")
    expect(page.get_by_role("button", name="C’est bon").first).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_role("status")).to_be_visible()

    for again in (False, True):
        page.goto("/reports/new")
        expect(page.get_by_label("15 minutes")).to_be_focused()
        press(page, "Space", "Tab", "Tab", "Tab", "Tab", "Tab", "Space", "Enter")
        if again:
            expect(page.get_by_role("heading", name="Peut-être déjà écrit")).to_be_visible()
            everyone_can_use(page)
        else:
            expect(page.get_by_role("status")).to_be_visible()
    assert [(cra.minutes, cra.administrative_themes) for cra in desk.kept() if not cra.procedures] == [
        (15, ("logement",))
    ]

    page.goto("/reports/new?type=collectif")
    expect(page.get_by_label("Combien de personnes")).to_be_focused()
    page.keyboard.type("8")
    press(page, "Tab", "Space", "ArrowRight", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Il manque le thème")
    everyone_can_use(page)
    page.get_by_role("alert").get_by_role("link").press("Enter")
    page.get_by_label("E-mail").press("Space")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_be_visible()
    workshop = next(cra for cra in desk.kept() if cra.people == 8)
    assert (workshop.minutes, workshop.themes) == (30, ("email",))
    assert [one for one in desk.complaints if "422" not in one and "409" not in one] == []


def test_from_the_call_to_its_report(tmp_path: Path, tablet_browser: Browser) -> None:
    site = make_desk_site(tmp_path, lambda: datetime.now(UTC))
    with served(site.app) as port:
        add_staff(site)
        kiosk = KioskOnLine(tmp_path / "kiosk", site.app, port)
        with kiosk.linked():
            context = tablet_browser.new_context(
                base_url=f"http://127.0.0.1:{port}", extra_http_headers={"who": NADIA.id}
            )
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.goto("/")
            kiosk.call()
            page.get_by_role("button", name="Prendre").click()
            page.wait_for_url("**/session/accueil")
            joined(site)
            page.get_by_role("button", name="Quitter").click()
            expect(page.get_by_role("status")).to_have_text("L’aide est terminée. Voici son compte rendu.")
            page.get_by_role("button", name="C’est bon").first.click()
            page.wait_for_url("**/?said=reported")
            with site.app.state.database.begin() as transaction:
                (report,) = store.find(transaction, Wanted())
            assert (report.session, report.mediator, report.cra.type) == (
                kiosk.shown.seen.session,
                "nadia",
                "individuel",
            )
            context.close()


def joined(site: DeskSite) -> None:
    """Wait until the kiosk's own row says that the mediator is there."""
    limit = monotonic() + 15
    while monotonic() < limit:
        with site.app.state.database.begin() as transaction:
            if transaction.scalars(select(Call.joined_at)).one() is not None:
                return
    raise AssertionError("the kiosk did not say that the mediator joined")
