# SPDX-License-Identifier: EUPL-1.2
"""Somebody of the staff comes in, with a keyboard alone and by an identity provider: real Chromium, a real server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP

from assist.server.app import make_app
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.site import Provider, Site
from assist.server.staff_member import Role
from kiosk.judged_extracts import judged
from tests.assist.server.chains import KEY, NOON, after, steps
from tests.assist.server.doors import PASSWORD, QUICK, add
from tests.assist.server.provider_process import CLIENT, SECRET, free_port, provider_for
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, everyone_can_use


def tablet(browser: Browser, address: str) -> tuple[Page, list[str]]:
    """A page of its own, and what its browser complains of: the content policy, or a request to another site."""
    page, complaints = browser.new_context(base_url=address, viewport=TABLET).new_page(), list[str]()
    page.set_default_timeout(20_000)
    page.on(
        "console", lambda said: complaints.append(said.text) if "Failed to load resource" not in said.text else None
    )
    return page, complaints


def type_keys(page: Page, *words: str) -> None:
    """Words into one field after another, as with a keyboard alone."""
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Tab")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def set_apart(database: Database) -> None:
    """Rows of a kiosk that do not continue what is held of it."""
    held = steps("j", 4)
    with database.begin() as transaction:
        journal_of(transaction, "j", KEY, "accueil", NOON)
        for rows in (held, after(held[:2], ("step.continued", {"step": "other"}))):
            ingest(transaction, Source("accueil", "j"), rows, NOON)


def test_a_manager_comes_in_with_a_keyboard_alone(tablet_browser: Browser, tmp_path: Path) -> None:
    app = make_app(Site("Maison d'essai", f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "keys"), passwords=QUICK)
    with served(app) as port:
        add(app.state.database, "amina", Role.MANAGER)
        page, complaints = tablet(tablet_browser, f"http://localhost:{port}")
        page.on("request", lambda asked: complaints.append(asked.url) if f"localhost:{port}" not in asked.url else None)

        page.goto("/account")
        everyone_can_use(page)
        type_keys(page, "amina", "wrong", "")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("n'est pas le bon")
        expect(page.get_by_role("alert")).to_be_focused()
        assert page.title().startswith("Erreur\u00a0: Connexion")
        everyone_can_use(page)
        expect(page.get_by_label("Identifiant")).to_have_value("amina")
        page.get_by_label("Mot de passe").focus()
        type_keys(page, PASSWORD, "")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
        assert page.url.endswith("/account")
        everyone_can_use(page)

        page.get_by_label("Mot de passe actuel").last.focus()
        type_keys(page, PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("img", name="Code QR")).to_be_visible()
        everyone_can_use(page)
        key = page.locator(".key").inner_text()
        page.get_by_label("Tapez le code").focus()
        page.keyboard.type(TOTP(key).at(datetime.now(UTC)))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("est en place")

        for path, title in (
            ("/acts", "Ce que l'équipe a fait"),
            ("/journaux", "Les journaux"),
            ("/comptes", "Les comptes de l'équipe"),
            ("/docs", "Ce que ce serveur sait faire"),
            ("/rien", "Page introuvable"),
        ):
            page.goto(path)
            expect(page.get_by_role("heading", level=1)).to_contain_text(title)
            everyone_can_use(page)
        page.goto("/comptes")
        page.get_by_label("Prénom").focus()
        type_keys(page, "Karim", "karim")
        page.get_by_label("Identifiant").press("Enter")
        expect(page.get_by_text("il n'est montré qu'une fois")).to_be_visible()
        everyone_can_use(page)
        page.get_by_role("link", name="Revenir aux comptes").click()
        page.get_by_role("link", name="Karim").click()
        expect(page.get_by_role("button", name="Fermer le compte de Karim")).to_be_visible()
        everyone_can_use(page)
        set_apart(app.state.database)
        page.goto("/journaux")
        page.get_by_role("link", name="Borne accueil").click()
        expect(page.get_by_text("Ligne 3, écrite par la borne")).to_be_visible()
        everyone_can_use(page)
        page.get_by_label("La machine a été remplacée").check()
        page.get_by_role("button", name="Noter cette réponse").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("C'est noté")
        page.get_by_role("button", name="Vérifier maintenant").press("Enter")
        app.state.verifier.wait()
        page.goto("/journaux")
        expect(page.get_by_role("status")).to_contain_text("Tout est intact")
        everyone_can_use(page)
        page.get_by_role("link", name="Faire un extrait signé").press("Enter")
        everyone_can_use(page)
        for field in ("Premier jour", "Dernier jour"):
            page.get_by_label(field).fill(f"{NOON:%Y-%m-%d}")
        with page.expect_download() as given:
            page.get_by_role("button", name="Télécharger l'extrait").press("Enter")
        key = bytes.fromhex(page.locator(".extract-key").inner_text())
        assert [named.judged.wrong for named in judged(given.value.path(), None, key)] == [""]
        tab_to(page, "Se déconnecter")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
        page.goto("/account")
        assert "/login" in page.url
        assert complaints == []
        page.context.close()


def test_a_mediator_comes_in_by_the_identity_provider(tablet_browser: Browser, tmp_path: Path) -> None:
    """Two sites for the browser, 127.0.0.1 and localhost: the strict cookie must come along all the same."""
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}", CLIENT, SECRET)
    site = Site("Maison d'essai", f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "keys", provider=provider)
    app = make_app(site, passwords=QUICK)
    with served(app) as ours, provider_for(f"http://localhost:{ours}", port):
        add(app.state.database, "amina", Role.MEDIATOR, email="amina@lieu.example")
        page, complaints = tablet(tablet_browser, f"http://localhost:{ours}")
        page.goto("/account")
        everyone_can_use(page)
        page.get_by_role("link", name="Se connecter avec ProConnect").click()
        page.locator("[name=login]").fill("amina")
        page.locator("[name=password]").fill("any")
        page.locator("[type=submit]").click()
        expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
        page.get_by_role("button", name="Se déconnecter").click()
        there = page.get_by_role("link", name="Se déconnecter aussi de ProConnect")
        expect(there).to_be_visible()
        everyone_can_use(page)
        assert [said for said in complaints if "localhost" in said] == []
        page.context.close()
