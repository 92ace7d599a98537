# SPDX-License-Identifier: EUPL-1.2
"""A person at the real kiosk in a terminal, and a mediator at her tablet beside her."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from assist.server.mandates.tables import MandateRow
from assist.server.reports import store
from assist.server.reports.store import Wanted
from tests.assist.server.desk_site import NADIA, DeskSite, add_staff, make_desk_site
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import pair
from tests.faults.canaries import Canaries, found_in_files, found_on_screen, release
from tests.journeys.person import GOODBYE, RATE, Person, finger, person_at
from tests.journeys.short_procedure import write_short_procedure
from tests.journeys.site import make_site
from tests.journeys.tablet import TABLET, everyone_can_use
from tests.sound import installed, sound_server

NAME = "borne-essai"
SERVER = """
[server]
address = "ws://127.0.0.1:{port}"
keys = "{keys}"
"""


@contextmanager
def counter(folder: Path, browser: Browser, **voice: Any) -> Iterator[tuple[DeskSite, Person, Page]]:
    """Somebody at a kiosk, and Nadia's tablet on the page of the calls."""
    desk = make_desk_site(folder, lambda: datetime.now(UTC))
    with ExitStack() as open_:
        port = open_.enter_context(served(desk.app))
        add_staff(desk)
        pair(desk.app, folder, NAME)
        site = make_site(folder / "kiosk", **voice)
        with (site.folder / "kiosk.toml").open("a", encoding="utf-8") as settings:
            settings.write(SERVER.format(port=port, keys=folder / "keys"))
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{port}",
            extra_http_headers={"who": NADIA.id},
            viewport=TABLET,
        )
        open_.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/")
        yield desk, open_.enter_context(person_at(site, finger)), page


@pytest.fixture
def both(tmp_path: Path, tablet_browser: Browser) -> Iterator[tuple[Person, Page]]:
    with counter(tmp_path, tablet_browser) as (_, person, page):
        yield person, page


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


READ = (
    "Ce que peut faire Nadia", "Ce que respecte Nadia", "Pour combien de temps", "Vous pouvez tout arrêter",
    "Ce qui est gardé sur vous", "Vos droits", "En cas de désaccord", "Votre nom de famille",
)  # fmt: skip


def gives_a_mandate(person: Person, page: Page, canaries: Canaries, where: str) -> Page:
    """At the kiosk, from the order to being back at the step ``where``; the tablet's page of the mandate."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Nouveau mandat").click()
    form = opened.value
    form.get_by_label("Papiers et citoyenneté").check()
    form.get_by_text("31 jours").click()
    everyone_can_use(form)
    form.get_by_role("button", name="Faire signer sur la borne").click()
    form.wait_for_url("**/mandats/borne/*")
    person.sees("Ce que vous donnez")
    for title in READ:
        person.turns_to("Pas de mandat")
        person.presses("Suite", title)
    expect(page.locator(".screen h3")).to_contain_text("La personne écrit ses coordonnées")
    person.terminal.write(canaries.word.lower())
    person.sees(canaries.word)
    person.presses("Valider", "Votre prénom")
    person.terminal.write("ana")
    person.presses("Valider", "Votre date de naissance")
    person.keys_in(canaries.digits, "Est-ce bien vous")
    person.sees(canaries.word)
    assert canaries.word not in page.content() + form.content()
    person.answers(("C’est juste", "Votre accord"), ("J’accepte", "Vous donnez ce mandat"))
    person.presses("Oui, je le donne", "Votre mandat est enregistré")
    expect(form.get_by_role("link", name="Ouvrir le mandat")).to_be_visible()
    everyone_can_use(form)
    person.presses("Suite", where)
    return form


def test_a_mandate_is_given_at_a_real_kiosk(both: tuple[Person, Page]) -> None:
    """And who gave it is found nowhere at the kiosk, nor in clear at the server."""
    person, page = both
    canaries = release()
    expect.set_options(timeout=20_000)
    person.begins("Papiers", "Refaire ma carte", "La carte est pour qui")
    person.presses("Aide", "Quelqu’un vient")
    page.get_by_role("button", name="Prendre").click()
    person.sees("Nadia voit cet écran")
    form = gives_a_mandate(person, page, canaries, "La carte est pour qui")
    assert found_on_screen(person, canaries) == []
    assert found_in_files(person.site, canaries) == []
    assert [kind for kind in person.site.types() if kind.startswith("mandate.")][-3:] == [
        "mandate.agreed", "mandate.ended", "mandate.closed",
    ]  # fmt: skip
    form.get_by_role("link", name="Ouvrir le mandat").click()
    form.get_by_role("button", name="Montrer l'identité").click()
    expect(form.get_by_text(canaries.word)).to_be_visible()


@pytest.mark.skipif(not installed(), reason="needs PulseAudio and a voice")
@pytest.mark.timeout(240)
def test_from_the_call_to_the_paper_and_the_report(tmp_path: Path, tablet_browser: Browser) -> None:
    """All that one help can be, in one go: heard by the real player, written in the real databases."""
    content = write_short_procedure(tmp_path / "p")
    with (
        sound_server(tmp_path) as server,
        server.record() as heard,
        counter(tmp_path, tablet_browser, content=content, voice="pyttsx3", env=server.env) as (desk, person, page),
    ):
        expect.set_options(timeout=20_000)
        person.begins("Papiers", "Refaire ma carte", "Pourquoi refaire la carte")
        person.presses("Aide", "Quelqu’un vient")
        page.get_by_role("button", name="Prendre").click()
        person.sees("Nadia voit cet écran")
        page.get_by_label("Votre message").fill("Regardez votre carte.")
        heard.silent_from(monotonic(), quiet=2, limit=60)
        sent = monotonic()
        page.get_by_role("button", name="Envoyer").click()
        begun = heard.wait_for_sound(sent, 10)
        person.sees("Regardez votre carte.")
        assert heard.silent_from(begun, quiet=1, limit=30) - begun > 0.5
        page.get_by_role("button", name="Montrer : Perdue").click()
        person.sees("Nadia montre")
        page.get_by_role("button", name="Demander son accord").click()
        person.presses("Oui", "Nadia peut répondre pour vous")
        page.get_by_role("button", name="Choisir pour elle : Perdue").click()
        person.sees("Une photo d’identité")
        gives_a_mandate(person, page, release(), "Une photo d’identité")
        person.answers(
            ("Je l’ai", "C’est fini"), ("Imprimer", "Votre papier est prêt"), ("Finir", RATE), ("Oui", GOODBYE)
        )
        page.get_by_role("link", name="Compte rendu", exact=True).click()
        page.get_by_role("button", name="C’est bon").first.click()
        page.wait_for_url("**/?said=reported")
        with desk.app.state.database.begin() as transaction:
            (report,) = store.find(transaction, Wanted())
            (mandate,) = transaction.scalars(select(MandateRow)).all()
        assert mandate.mediator == report.mediator == "nadia"
        assert report.session in {event["session"] for event in person.site.events()}
        assert (report.cra.type, report.cra.procedures) == ("individuel", ("essai",))
        assert len(person.site.papers) == 1
