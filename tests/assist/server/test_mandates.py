# SPDX-License-Identifier: EUPL-1.2
"""Mandates through the pages of the site's server, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.desk.mandate_text import current
from tests.assist.server.mandate_desk import (
    CAMILLE,
    DAY,
    DOMINIQUE,
    HUGUETTE,
    MANAGER,
    NOON,
    TECHNICIAN,
    Desk,
    desk_at,
    hidden,
    said,
)


@pytest.fixture
def desk(tmp_path: Path, address: str) -> Iterator[Desk]:
    with desk_at(tmp_path, address) as desk:
        yield desk


def test_a_mandate_from_beginning_to_end(desk: Desk) -> None:
    form = desk.get("/mandats/nouveau?procedure=carte-identite")
    assert 'value="papiers" checked' in form.text
    assert form.headers["cache-control"] == "no-store"
    text = desk.text_page(["social", "papiers"], "SEMESTER")
    assert "Vous êtes : <strong>Huguette Vaillant-Maréchal</strong>" in text.text
    assert "Seule l&#39;équipe de ce lieu" in text.text
    assert "Argent" not in text.text
    assert desk.acts() == [], "nothing is written before she agrees"
    assert "Huguette" not in str(hidden(text.text)), "what the page carries is sealed"

    done = desk.agrees(text)
    number = done.headers["location"].rpartition("/")[2]
    row = desk.row(number)
    assert (row.given_at, row.ends_at) == (NOON, NOON + 182 * DAY)
    assert (row.template, row.agreed_on, row.mediator) == (current().digest, "tablet", "camille-id")
    assert [a.domain for a in row.authorizations] == ["papiers", "social"]

    page = desk.get(f"/mandats/{number}").text
    assert "En cours" in page
    assert "Huguette" not in page
    assert "pas encore notés comme signés" in page
    assert desk.post(f"/mandats/{number}/signe").status_code == 303
    assert desk.uses(number).status_code == 303
    assert "Papiers et citoyenneté" in desk.get(f"/mandats/{number}").text.partition("Ce qui a été fait")[2]
    opened = desk.post(f"/mandats/{number}/identite")
    assert "Vaillant-Maréchal" in opened.text
    assert "12\u00a0mars" in opened.text
    assert opened.headers["cache-control"] == "no-store"
    assert desk.acts() == [
        ("mandate_recorded", number),
        ("mandate_signed", number),
        ("mandate_used", f"{number}/papiers"),
        ("mandate_opened", number),
    ]


def test_the_list_warns_and_finds(desk: Desk) -> None:
    soon, later = desk.gives("papiers", duration="SHORT"), desk.gives("argent", duration="LONG", last_name="Petit")
    listed = desk.get("/mandats").text
    assert listed.index("Se terminent bientôt") < listed.index(soon) < listed.index("En cours") < listed.index(later)
    assert "se termine dans 1\u00a0jour" in listed
    desk.clock = NOON + 336 * DAY
    listed = desk.get("/mandats").text
    assert "se termine dans 29\u00a0jours" in listed
    assert "date est passée" in listed
    assert desk.post("/mandats/chercher", asked=soon[:4] + " " + soon[4:].lower()).headers["location"].endswith(soon)
    found = desk.post("/mandats/chercher", asked="vaillant marechal").text
    assert soon in found
    assert later not in found
    assert "Aucun mandat" in desk.post("/mandats/chercher", asked="Inconnue").text
    assert desk.acts()[-1] == ("mandate_opened", "search")


def test_what_is_missing_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    answer = desk.post("/mandats/texte", **(HUGUETTE | {"born": "hier", "last_name": "<b>"}))
    assert answer.status_code == 422
    for expected in ("Choisissez au moins un domaine.", "Choisissez une durée.", "Écrivez une date", "&lt;b&gt;"):
        assert expected in answer.text, expected
    assert answer.headers["cache-control"] == "no-store"


def test_only_the_person_gives_it(desk: Desk) -> None:
    text = desk.text_page(["papiers"])
    assert "coche d'abord" in said(desk.agrees(text, agreed=""))
    assert "texte du mandat a changé" in said(desk.agrees(text, text="0" * 64))
    assert desk.acts() == []
    first = desk.agrees(text)
    assert desk.agrees(text).headers["location"] == first.headers["location"], "pressed twice, given once"
    assert len(desk.acts()) == 1


@pytest.mark.parametrize("field", ["number", "sealed", "domains", "duration"])
def test_a_page_that_was_altered_gives_nothing(desk: Desk, field: str) -> None:
    text, other = desk.text_page(["papiers"]), desk.text_page(["argent"], last_name="Autre")
    wrong = {"number": hidden(other.text)["number"], "sealed": "AAAA", "domains": ["tout"], "duration": "ALWAYS"}
    assert desk.agrees(text, **{field: wrong[field]}).status_code == 422
    assert desk.acts() == []


def test_what_may_not_be_used_is_refused_in_words(desk: Desk) -> None:
    number = desk.gives("papiers", "social", duration="SHORT")
    assert "ne couvre pas ce domaine" in said(desk.uses(number, "argent"))
    assert "Choisissez un domaine" in said(desk.uses(number, "tout"))
    desk.member = DOMINIQUE
    assert "autre personne" in said(desk.uses(number))
    desk.member = CAMILLE
    assert "Cochez la case" in said(desk.post(f"/mandats/{number}/retirer", domain="papiers"))
    assert desk.post(f"/mandats/{number}/retirer", domain="papiers", wished="yes").status_code == 303
    assert "retiré ce domaine" in said(desk.uses(number))
    assert desk.uses(number, "social").status_code == 303
    assert desk.post(f"/mandats/{number}/retirer", domain="tout", wished="yes").status_code == 303
    assert "arrêté ce mandat" in said(desk.uses(number, "social"))
    assert desk.get(f"/mandats/nouveau?renouvelle={number}").status_code == 409
    assert [act for act, _ in desk.acts()] == ["mandate_recorded", "mandate_revoked", "mandate_used", "mandate_revoked"]


def test_an_end_that_was_seen_is_an_end_for_good(desk: Desk) -> None:
    number = desk.gives(duration="MONTH")
    desk.clock = NOON + 31 * DAY
    assert "date de fin est passée" in said(desk.uses(number))
    for back in (NOON, NOON + 30 * DAY, NOON - 3650 * DAY):
        desk.clock = back
        assert desk.uses(number).status_code == 409
    assert desk.row(number).ended == "expired"
    desk.clock = NOON + 31 * DAY
    assert "date de fin est passée" in said(desk.uses(number))
    assert not [act for act, _ in desk.acts() if act == "mandate_used"]


def test_a_clock_far_ahead_ends_mandates_with_a_trace_and_is_mended(desk: Desk) -> None:
    number = desk.gives(duration="LONG")
    desk.clock = NOON + 3650 * DAY
    desk.get("/mandats")
    desk.clock = NOON + DAY
    assert "horloge du serveur a reculé" in said(desk.uses(number))
    assert "horloge du serveur a reculé" in desk.get("/mandats").text
    assert desk.text_page(["papiers"]).status_code == 422, "no mandate is given by a clock in doubt"

    desk.member = TECHNICIAN
    told = desk.get("/mandats/horloge").text
    assert "L&#39;horloge a avancé d&#39;un coup" in told
    assert '<td class="number">1</td>' in told, "how many mandates this ended"
    assert desk.post("/mandats/horloge").status_code == 422
    assert desk.post("/mandats/horloge", right="yes").status_code == 303
    assert "était juste" in desk.get("/mandats/horloge").text

    desk.member = CAMILLE
    assert "date de fin est passée" in said(desk.uses(number)), "what ended stays ended"
    again = desk.gives(renews=number)
    assert desk.row(again).renews == number
    assert desk.uses(again).status_code == 303
    assert desk.acts()[1:] == [
        ("clock_accepted", ""),
        ("mandate_renewed", f"{number}/{again}"),
        ("mandate_used", f"{again}/papiers"),
    ]


def test_renewing_keeps_who_and_asks_for_a_new_agreement(desk: Desk) -> None:
    number = desk.gives("papiers", "logement", duration="MONTH")
    form = desk.get(f"/mandats/nouveau?renouvelle={number}").text
    assert 'value="logement" checked' in form
    assert 'value="MONTH" checked' in form
    assert "last_name" not in form
    desk.clock = NOON + 20 * DAY
    again = desk.gives("papiers", renews=number)
    assert desk.row(number).ended == "renewed"
    assert "plus récent" in said(desk.uses(number))
    assert "Huguette" in desk.post(f"/mandats/{again}/identite").text


def test_a_lost_key_is_told_from_nothing(desk: Desk, tmp_path: Path) -> None:
    number = desk.gives()
    (tmp_path / "keys" / "site-seal.key").unlink()
    desk.app.state.site_keys = None
    assert "clé du lieu a changé" in said(desk.post(f"/mandats/{number}/identite"))
    assert desk.get(f"/mandats/{number}").status_code == 200
    assert desk.post("/mandats/chercher", asked="Vaillant").status_code == 200
    assert desk.post(f"/mandats/{number}/retirer", domain="tout", wished="yes").status_code == 303


@pytest.mark.parametrize("path", ["/mandats/ABCD", "/mandats/22222222", "/mandats/../etc"])
def test_what_does_not_exist(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_each_role_sees_what_it_needs(desk: Desk) -> None:
    number = desk.gives()
    opens = {
        "/mandats": (CAMILLE, MANAGER),
        f"/mandats/{number}": (CAMILLE, MANAGER),
        "/mandats/nouveau": (CAMILLE,),
        "/mandats/horloge": (MANAGER, TECHNICIAN),
    }
    for path, members in opens.items():
        for member in (CAMILLE, MANAGER, TECHNICIAN, None):
            desk.member = member
            expected = 401 if member is None else 200 if member in members else 403
            assert desk.get(path).status_code == expected, (path, member)
    for path in ("utiliser", "retirer", "signe", "identite", "papier", "papier-de-fin"):
        desk.member = TECHNICIAN
        assert desk.post(f"/mandats/{number}/{path}").status_code == 403
    desk.member = None
    assert desk.get("/api/site-key").json().keys() == {"seal", "sign", "fingerprint"}
