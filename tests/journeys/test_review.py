# SPDX-License-Identifier: EUPL-1.2
"""A manager's morning, with a keyboard alone: the figures, where people stop, the visits, the files, the papers."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.assist.server.serving import served
from tests.journeys.review_pictures import managers_page, site_after_a_year
from tests.journeys.tablet import everyone_can_use
from tests.journeys.test_staff import tab_to


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    everyone_can_use(page)


def taken(page: Page, name: str) -> bytes:
    """The file that the control of this name gives, pressed with Enter."""
    page.get_by_text(name, exact=True).focus()
    with page.expect_download() as file:
        page.keyboard.press("Enter")
    return file.value.path().read_bytes()


def opened(page: Page, name: str) -> PdfReader:
    """The paper that the button of this name makes."""
    page.get_by_role("button", name=name).focus()
    with page.expect_response(lambda answer: ".pdf" in answer.url, timeout=60_000) as paper:
        page.keyboard.press("Enter")
    # Whoever goes back before the paper is shown leaves the page that asked for it.
    page.wait_for_url(paper.value.url, wait_until="commit")
    # What the browser shows goes to its own viewer: the same address is asked again for what is in it.
    return PdfReader(BytesIO(page.request.get(paper.value.url).body()))


def go(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def test_from_the_figures_to_one_session_and_back(tablet_browser: Browser, tmp_path: Path) -> None:
    app = site_after_a_year(tmp_path, 400, "rsa", "voter")
    with served(app) as port:
        page = managers_page(tablet_browser, port)
        page.goto("/revue")
        go(page, "12 mois")
        heading(page, "Comment ça s’est passé")
        expect(page.get_by_role("link", name="12 mois")).to_have_attribute("aria-current", "true")
        tab_to(page, "Personnes venues")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Les fois où quelqu'un a commencé à une borne", exact=False)).to_be_visible()
        everyone_can_use(page)

        book = load_workbook(BytesIO(taken(page, "Tableur (XLSX)")), read_only=True)
        assert any("Personnes venues" in map(str, row) for row in book.worksheets[0].values)
        days = list(csv.DictReader(StringIO(taken(page, "Tableur (CSV)").decode("utf-8-sig")), delimiter=";"))
        came = sum(int(day["sessions"]) for day in days)
        expect(page.locator("tr", has_text="Personnes venues").locator("td").first).to_have_text(str(came))
        assert taken(page, "Calcul (Parquet)")[:4] == b"PAR1"
        assert b"2026-10" in taken(page, "Télécharger les données ouvertes")

        page.get_by_role("link", name="Demander le RSA").press("Enter")
        heading(page, "Demander le RSA")
        expect(page.get_by_role("heading", name="Étape par étape")).to_be_visible()
        page.get_by_role("row").nth(1).get_by_role("link").press("Enter")
        expect(page.get_by_role("heading", name="Ce que les personnes lisent")).to_be_visible()
        everyone_can_use(page)
        page.go_back()
        page.get_by_role("link", name="Voir les passages un par un").press("Enter")
        heading(page, "Passages")
        assert "period=year" in page.url
        assert "procedure=rsa" in page.url
        page.get_by_role("row").nth(1).get_by_role("link").press("Enter")
        heading(page, "Un passage")
        expect(page.get_by_role("row").last).to_contain_text("La session est finie")
        page.go_back()
        page.get_by_role("link", name="Retour aux chiffres").press("Enter")
        page.get_by_role("link", name="La qualité du service public").press("Enter")
        heading(page, "La qualité du service public")
        page.get_by_role("link", name="Retour aux chiffres").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Comment ça s’est passé")

        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        assert "Se déconnecter" not in printed.pages[0].extract_text(), "a printed page has no menu"
        poster = opened(page, "Faire l’affiche")
        assert len(poster.pages) == 1
        assert "Novembre 2026".casefold() in poster.pages[0].extract_text().casefold()
        page.go_back()
        assert len(opened(page, "Faire le rapport du mois").pages) > 2
