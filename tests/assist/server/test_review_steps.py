# SPDX-License-Identifier: EUPL-1.2
"""From where people stop, straight to the text and to where it is written; a text that changed is said to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assist.server.review.authoring import Authored, Written
from content.model import Problem
from tests.assist.server.doors import Door
from tests.assist.server.report_site import ANNA, ROSE, OpenSite, open_site
from tests.assist.server.test_review_pages import came, person, words
from tests.our_procedures import CATALOGUE

STEP = "/revue/demarches/rsa/etapes/deja?period=week"


def authoring(procedure: str, step: str, now: datetime) -> Authored | None:
    places = (Written("rsa/procedure.toml", 41), Written("rsa/fr.toml", 82))
    return Authored(places, (Problem("rsa/fr.toml", 84, "long", "Phrase trop longue.", warning=True),))


@pytest.fixture
def site(lite: Door, tmp_path: Path) -> Iterator[OpenSite]:
    with open_site(lite.address, tmp_path) as site:
        site.client.app.state.authoring = authoring
        site.as_(ROSE)
        yield site


def test_a_step_as_the_visitors_read_it_and_as_its_author_finds_it(site: OpenSite) -> None:
    page = words(site, STEP)
    assert "Le RSA est le revenu de solidarité active." in page
    assert "Non, pas encore" in page
    assert "Do you already have the RSA?" in page
    assert "rsa/fr.toml, ligne 82" in page
    assert "Ligne 84 : Phrase trop longue. (conseil)" in page
    assert "comparée le 21/11/2026" in page
    assert "kiosk content preview rsa" in page


def test_the_funnel_leads_there_with_the_text_that_was_read(site: OpenSite) -> None:
    came(site, [person(1)])
    text = site.client.get("/revue/demarches/rsa?period=week").text
    (address, *_) = re.findall(r'href="(/revue/demarches/rsa/etapes/couple[^"]+)"', text)
    page = words(site, address.replace("&amp;", "&"))
    assert (
        "Les personnes ont lu un texte d’avant (repère v1). Il a changé depuis" in page
        or "n’est plus dans la démarche" in page
    )


def test_a_text_that_is_no_longer_there_is_said_plainly(site: OpenSite) -> None:
    today = CATALOGUE.procedures["rsa"]["fr"].content_hash
    assert "Il a changé depuis" not in words(site, f"{STEP}&texte={today}")
    assert "ont lu un texte d’avant (repère 01234567). Il a changé depuis" in words(site, f"{STEP}&texte=0123456789")
    gone = words(site, "/revue/demarches/rsa/etapes/ancienne?texte=0123456789")
    assert "Cette étape n’est plus dans la démarche : les personnes ont lu un texte d’avant (repère 01234567)" in gone
    assert "n’est pas sur ce serveur" in words(site, "/revue/demarches/F12345/etapes/a%20b?texte=%00")


def test_an_author_opens_it_and_not_the_figures(site: OpenSite) -> None:
    page = site.as_(ANNA).get(STEP)
    assert page.status_code == 200
    assert "Retour à la démarche" not in page.text
    assert site.client.get("/revue").status_code == 403


def test_an_author_learns_of_no_few_people(site: OpenSite) -> None:
    step = "/revue/demarches/rsa/etapes/couple?period=week"
    came(site, [person(n) for n in range(4)])
    assert "4 passages" in words(site, step)
    site.as_(ANNA)
    assert "passage" not in words(site, step)
    came(site, [person(n) for n in range(4, 6)])
    assert "6 passages" in words(site, step)
    assert "6 passages" in words(site, f"{step}&language=en&origin=voice&kiosk=nowhere"), "nothing narrows it"
