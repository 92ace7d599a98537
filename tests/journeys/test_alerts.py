# SPDX-License-Identifier: EUPL-1.2
"""Somebody sees the alerts of the morning, with a keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.assist.server.serving import served
from tests.journeys.alert_pictures import bad_morning
from tests.journeys.tablet import everyone_can_use
from tests.journeys.test_staff import tab_to, tablet


def test_an_alert_is_seen_with_a_keyboard_alone(tablet_browser: Browser, tmp_path: Path) -> None:
    morning = bad_morning(tmp_path)
    with served(morning.app) as port:
        page, complaints = tablet(tablet_browser, f"http://127.0.0.1:{port}")
        page.goto("/alertes")
        expect(page.get_by_role("listitem").filter(has_text="Depuis")).to_have_count(2)
        everyone_can_use(page)
        tab_to(page, "J\u2019ai vu\u00a0: Borne accueil\u00a0: l'imprimante")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Vu (aujourd'hui", exact=False)).to_have_count(1)
        tab_to(page, "Envoyer un message d\u2019essai")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Le serveur de messagerie ne répond pas")
        everyone_can_use(page)
        page.goto("/revue?period=today")
        everyone_can_use(page)
        page.get_by_role("link", name="1 alerte à regarder").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Alertes")
        assert complaints == []
