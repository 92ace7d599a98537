# SPDX-License-Identifier: EUPL-1.2
"""A mandate on a tablet, from the form to its end, and with a keyboard alone: real Chromium, a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assist.server.app import make_app
from assist.server.site import Site
from assist.server.staff_member import Role
from tests.assist.server import doors
from tests.assist.server.doors import QUICK
from tests.assist.server.mandate_desk import CAMILLE, DAY, NOON
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, everyone_can_use

EVERYTHING = replace(CAMILLE, roles=frozenset({Role.MEDIATOR, Role.MANAGER, Role.TECHNICIAN}))


@pytest.fixture
def tablet(tmp_path: Path, tablet_browser: Browser) -> Iterator[tuple[Page, Any, list[str]]]:
    """A mediator's tablet, the server, and what the browser complained of."""
    time = {"now": NOON}
    site = Site("France Services de Souillac", f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "keys")
    app = make_app(site, authenticate=lambda _: EVERYTHING, clock=lambda: time["now"], passwords=QUICK)
    app.state.time = time
    with served(app) as port:
        address, complaints = f"http://127.0.0.1:{port}", list[str]()
        page = tablet_browser.new_page(base_url=address, viewport=TABLET)
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
        doors.add(app.state.database, "dominique")
        yield page, app, complaints
        page.close()


def test_a_mandate_on_a_tablet(tablet: tuple[Page, Any, list[str]]) -> None:
    page, app, complaints = tablet
    page.goto("/mandats")
    everyone_can_use(page)
    page.get_by_role("link", name="Nouveau mandat").click()
    page.get_by_text("Papiers et citoyenneté").click()
    page.get_by_text("Logement").click()
    page.get_by_text("31 jours").click()
    page.get_by_role("button", name="Montrer le texte").click()
    expect(page.get_by_role("alert")).to_contain_text("Une réponse est à corriger")
    everyone_can_use(page)
    for label, value in (("Nom", "Vaillant"), ("Prénom", "Huguette"), ("Date de naissance", "12/03/1946")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Montrer le texte").click()
    expect(page.get_by_role("heading", name="Mandat pour vos démarches")).to_be_visible()
    everyone_can_use(page)
    page.get_by_role("button", name="Je donne ce mandat").click()
    expect(page.get_by_role("alert")).to_contain_text("coche d'abord la case")
    page.get_by_text("Oui, je suis d'accord").click()
    page.get_by_role("button", name="Je donne ce mandat").click()
    expect(page.get_by_role("heading", name="S'en servir maintenant")).to_be_visible()
    everyone_can_use(page)

    page.get_by_role("button", name="Logement").click()
    expect(page.get_by_role("heading", name="Ce qui a été fait avec ce mandat (1)")).to_be_visible()
    page.get_by_role("button", name="Montrer l'identité").click()
    expect(page.get_by_text("Huguette")).to_be_visible()
    everyone_can_use(page)
    page.get_by_role("link", name="Cacher").click()
    page.get_by_label("Seulement : Logement").check()
    page.get_by_label("C'est la personne qui le demande").check()
    page.get_by_role("button", name="Arrêter", exact=True).click()
    expect(page.get_by_text("retiré le")).to_be_visible()
    everyone_can_use(page)

    mandate = page.url

    page.goto("/mandats/recevoir")
    everyone_can_use(page)

    app.state.time["now"] = NOON + 400 * DAY
    page.goto("/mandats")
    expect(page.get_by_text("Terminé : la date est passée")).to_be_visible()
    app.state.time["now"] = NOON
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("L'horloge du serveur a reculé")
    everyone_can_use(page)
    page.get_by_role("link", name="Horloge").click()
    everyone_can_use(page)
    page.get_by_label("J'ai vérifié").check()
    page.get_by_role("button", name="L'heure est juste").click()
    expect(page.get_by_text("Quelqu'un a dit que l'heure était juste")).to_be_visible()

    page.goto(mandate)
    page.get_by_role("link", name="Les droits de la personne").click()
    everyone_can_use(page)
    page.get_by_text("Tout effacer").click()
    page.get_by_text("La personne retire son accord").click()
    page.get_by_text("La demande a été vérifiée").click()
    page.get_by_role("button", name="Faire ce qui est choisi").click()
    expect(page.get_by_role("heading", name="Le mandat est effacé")).to_be_visible()
    everyone_can_use(page)

    # A page that refuses says so by its status, which Chromium writes in its console.
    assert [said for said in complaints if "status of 4" not in said] == []


def test_a_mandate_with_a_keyboard_alone(tablet: tuple[Page, Any, list[str]]) -> None:
    page, _, _ = tablet
    page.goto("/mandats/nouveau?procedure=carte-identite")
    page.get_by_label("31 jours").focus()
    for key in ("Space", "Tab", *"Petit", "Tab", *"Ana", "Tab", *"01/02/1990", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Mandat pour vos démarches")).to_be_visible()
    page.get_by_role("checkbox").focus()
    for key in ("Space", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="S'en servir maintenant")).to_be_visible()
    page.get_by_role("button", name="Papiers et citoyenneté").press("Enter")
    expect(page.get_by_role("heading", name="Ce qui a été fait avec ce mandat (1)")).to_be_visible()
