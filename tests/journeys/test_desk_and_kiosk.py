# SPDX-License-Identifier: EUPL-1.2
"""A person at the real kiosk in a terminal, and a mediator at her tablet beside her."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assist.server.desk_site import NADIA, add_staff, make_desk_site
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import pair
from tests.journeys.person import Person, finger, person_at
from tests.journeys.site import make_site
from tests.journeys.tablet import TABLET

NAME = "borne-essai"
SERVER = """
[server]
address = "ws://127.0.0.1:{port}"
keys = "{keys}"
"""


@pytest.fixture
def both(tmp_path: Path, tablet_browser: Browser) -> Iterator[tuple[Person, Page]]:
    """Somebody at a kiosk, and Nadia's tablet on the page of the calls."""
    desk = make_desk_site(tmp_path, lambda: datetime.now(UTC))
    with ExitStack() as open_:
        port = open_.enter_context(served(desk.app))
        add_staff(desk)
        pair(desk.app, tmp_path, NAME)
        site = make_site(tmp_path / "kiosk")
        with (site.folder / "kiosk.toml").open("a", encoding="utf-8") as settings:
            settings.write(SERVER.format(port=port, keys=tmp_path / "keys"))
        context = tablet_browser.new_context(
            base_url=f"http://127.0.0.1:{port}",
            extra_http_headers={"who": NADIA.id},
            viewport=TABLET,
        )
        open_.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/")
        yield open_.enter_context(person_at(site, finger)), page


def test_a_mediator_helps_at_a_real_kiosk(both: tuple[Person, Page]) -> None:
    person, page = both
    expect.set_options(timeout=20_000)
    person.begins("Papiers", "Refaire ma carte", "La carte est pour qui")
    person.answers(("Un adulte", "Pourquoi refaire"), ("Aide", "Quelqu’un vient"))

    expect(page.get_by_role("heading", name="Refaire ma carte d’identité")).to_be_visible()
    expect(page.get_by_text("Étape : Pourquoi refaire la carte")).to_be_visible()
    page.get_by_role("button", name="Prendre").click()
    page.wait_for_url(f"**/session/{NAME}")
    person.sees("Nadia voit cet écran")
    expect(page.locator(".screen h3")).to_contain_text("Pourquoi refaire la carte")
    assert page.locator(".option .face p").all_inner_texts()[0].endswith("Perdue")
    expect(page.locator(".path")).to_contain_text("La carte est pour qui")

    page.get_by_label("Votre message").fill("Regardez votre carte.")
    page.get_by_role("button", name="Envoyer").click()
    person.sees("Regardez votre carte.")
    page.get_by_role("button", name="Montrer : Perdue").click()
    person.sees("Nadia montre")

    page.get_by_role("button", name="Demander son accord").click()
    person.sees("Nadia veut répondre à votre place")
    person.presses("Oui", "Nadia peut répondre pour vous")
    expect(page.get_by_text("La personne est d’accord.")).to_be_visible()
    page.get_by_role("button", name="Choisir pour elle : Perdue").click()
    person.sees("Vous déclarez la perte")
    expect(page.locator(".screen h3")).to_contain_text("Vous déclarez la perte")

    page.get_by_role("button", name="Y revenir : Pourquoi refaire").click()
    person.sees("Pourquoi refaire")
    person.presses("Finir l’aide", "L’aide est finie")
    expect(page.get_by_text("La personne a arrêté l’aide. Elle continue seule.")).to_be_visible()
    expect(page.get_by_role("link", name="Compte rendu", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer")).to_be_hidden()
    acted = [event["type"] for event in person.site.events() if event["type"].startswith("help.")]
    assert acted == [
        "help.called", "help.joined", "help.said", "help.pointed", "help.consent_asked", "help.consent_given",
        "help.acted", "help.acted", "help.ended",
    ]  # fmt: skip
