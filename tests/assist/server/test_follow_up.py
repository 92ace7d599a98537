# SPDX-License-Identifier: EUPL-1.2
"""A person comes back with her paper: through the pages of the site's server, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from assist.desk.paper_seal import key_of
from assist.server.daily import do
from assist.server.follow_up import paper_pages
from assist.server.follow_up.opened import IDLE, OpenPapers
from assist.server.follow_up.tables import FollowUpRow, PaperRow
from assist.server.kiosks.tables import StoredEvent
from assist.server.safety.rate import TOO_OFTEN
from content.loader import load_catalogue
from printouts.receipt_code import grouped, new_code, new_receipt_code
from printouts.render import render
from tests.assist.server.doors import Door
from tests.assist.server.mandate_desk import CAMILLE, DOMINIQUE, MANAGER, Desk, desk_at, said
from tests.assist.server.papers import SESSION, sent, walk
from tests.assist.server.test_appointments import HOURS, NINE
from tests.printouts.reading import text as text_of
from tests.sample_procedures import write_procedure

CODE = new_receipt_code()


@pytest.fixture(autouse=True)
def _laid_out_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process of their own is waited for."""
    monkeypatch.setattr(paper_pages, "render_in_process", render)


@pytest.fixture
def desk(lite: Door, tmp_path: Path) -> Iterator[Desk]:
    """A kiosk's journal has come, with a paper in it."""
    with _desk(lite.address, tmp_path) as desk:
        yield desk


@pytest.fixture
def either(address: str, tmp_path: Path) -> Iterator[Desk]:
    """The same, on each database."""
    with _desk(address, tmp_path) as desk:
        yield desk


@contextmanager
def _desk(address: str, tmp_path: Path) -> Iterator[Desk]:
    folder = write_procedure(tmp_path / "procedures" / "essai").parent
    procedure = load_catalogue(folder).get("essai")
    assert procedure is not None
    with desk_at(tmp_path, address) as desk:
        desk.app.state.site = replace(desk.app.state.site, content=folder)
        sent(desk.app.state.database, walk(procedure, CODE))
        desk.member = CAMILLE
        yield desk


def opens(desk: Desk, number: str = CODE, agreed: str = "yes") -> Any:
    return desk.post("/suivi", number=number, agreed=agreed)


def opened(desk: Desk) -> str:
    """The address of the paper, once open."""
    answer = opens(desk)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def plain(html: str) -> str:
    """What a page says, with ordinary spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_from_the_number_to_the_new_paper(desk: Desk) -> None:
    assert 'name="agreed"' in desk.get("/suivi").text
    address = opened(desk)
    assert CODE not in address
    shown = plain(desk.get(address).text)
    assert "Refaire ma carte d'essai" in shown
    assert "samedi 21 novembre 2026" in shown
    assert "Prenez un rendez-vous à la mairie." in shown, "what remains"
    assert "dimanche 6 décembre 2026" in shown, "by when: counted at the kiosk, kept nowhere in clear"
    assert "Pourquoi la refaire ? Perdue" in shown, "the way"
    assert "réponse privée" in shown
    assert shown.index("Ce qui reste") < shown.index("Ce qui a été fait")
    boxes = re.findall(r'name="done" value="([^"]+)"( checked)?', desk.get(address).text)
    assert dict(boxes) == {
        "line/rendez-vous": "", "document/pieces/photo": "", "document/pieces/declaration": " checked",
    }  # fmt: skip

    done = ["line/rendez-vous", "document/pieces/declaration", "line/inventée"]
    assert desk.post(f"{address}/noter", together=["envoye", "x"], state="attente", done=done).status_code == 303
    shown = desk.get(f"{address}?said=written").text
    assert "C'est noté" in plain(shown)
    assert 'value="line/rendez-vous" checked' in shown
    assert "avec" not in plain(shown).split("Ce qui a été fait")[1].split("Le dossier est envoyé.")[0].split(",")[0]
    paper = text_of(desk.get(f"{address}/papier").content)
    assert grouped(CODE).replace("\u00a0", " ") in " ".join(paper.split()), "the same number"
    assert "Attendez maintenant une réponse." in paper
    assert paper.index("Déjà fait") < paper.index("Le dossier est envoyé.") < paper.index("Prenez un rendez-vous")
    assert "À faire" not in paper, "nothing is left to do"
    assert "Il vous manque" in paper

    assert desk.post(f"{address}/fermer").headers["location"] == "/suivi"
    assert desk.get(address).status_code == 404
    acts = [(act, about) for act, about in desk.acts() if act in ("session_reopened", "follow_up_written")]
    assert acts[0] == ("session_reopened", f"{SESSION}/agreed"), "the agreement is recorded"
    assert [act for act, _ in acts] == ["session_reopened", "follow_up_written"]


def test_the_paper_carries_the_appointment(either: Desk) -> None:
    desk = either
    desk.member = MANAGER
    assert desk.post("/rendez-vous/horaires", **HOURS).status_code == 303
    other = desk.post("/rendez-vous", begins="2026-11-30T08:30Z").headers["location"].rpartition("/")[2]
    desk.member = CAMILLE
    address = opened(desk)
    assert "Votre rendez-vous" not in text_of(desk.get(f"{address}/papier").content)
    assert f'action="{address}/rendez-vous"' in desk.get(f"{address}/rendez-vous").text
    assert desk.post(f"{address}/rendez-vous", begins=NINE, subject="essai").headers["location"].startswith(address)
    paper = text_of(desk.get(f"{address}/papier?size=ticket").content)
    assert "lundi 30 novembre 2026, à 9 h" in " ".join(paper.split())
    assert "lundi 30" in desk.get(address).text
    assert desk.post(f"{address}/rendez-vous", begins=NINE).status_code == 409
    assert desk.post(f"{address}/rendez-vous/joindre", number="ABCD").status_code == 404
    assert desk.post(f"{address}/rendez-vous/joindre", number=other.lower()).status_code == 303
    assert "9 h 30" in text_of(desk.get(f"{address}/papier").content)
    desk.post(f"/rendez-vous/{other}/annuler")
    assert "Votre rendez-vous" not in text_of(desk.get(f"{address}/papier").content)


def test_once_all_is_done_the_paper_asks_nothing_more(desk: Desk) -> None:
    address = opened(desk)
    desk.post(f"{address}/noter", together="recu", state="fini")
    paper = text_of(desk.get(f"{address}/papier").content)
    assert "Tout est fini." in paper
    assert "Prix de la carte" in paper, "the official page of a lost card, as on the first paper"
    for heading in ("À faire", "À apporter", "Avant le"):
        assert heading not in paper


REFUSED = (
    ("", 422, "16 signes. Vous en avez tapé 0"),
    (CODE[:-1], 422, "Vous en avez tapé 15"),
    (CODE[:-1] + "?", 422, "un signe est faux"),
    (new_code(), 422, "Son numéro est trop court"),
    (new_receipt_code(), 404, "ce papier est trop ancien"),
    ("<script>", 422, "Relisez-le"),
)


def test_what_a_number_that_opens_nothing_is_told(desk: Desk) -> None:
    for number, status, words in REFUSED:
        answer = opens(desk, number)
        assert answer.status_code == status
        assert words in plain(answer.text)
        assert "<script>" not in answer.text
    assert "session_reopened" not in [act for act, _ in desk.acts()]


def test_nothing_opens_without_the_person(desk: Desk) -> None:
    answer = opens(desk, agreed="")
    assert answer.status_code == 422
    assert "Demandez d'abord à la personne" in said(answer)
    assert f'value="{CODE}"' in answer.text, "it need not be typed again"
    assert opens(desk, f" {grouped(CODE).lower()} ").status_code == 303, "as it is read on the paper"


def test_who_has_it_open(desk: Desk) -> None:
    address = opened(desk)
    desk.member = DOMINIQUE
    assert desk.get(address).status_code == 404
    assert desk.post(f"{address}/noter", state="fini").status_code == 404
    desk.member = CAMILLE
    assert desk.get(address).status_code == 200
    again = opened(desk)
    assert desk.get(address).status_code == 404, "one person is there at a time"
    assert desk.post(f"{again}/noter", state="x").status_code == 422


def test_left_alone_it_closes() -> None:
    now = [0.0]
    papers = OpenPapers(lambda: now[0])
    handle = papers.open("camille", CODE, key_of(CODE))
    now[0] = IDLE - 1
    assert papers.get("camille", handle) is not None
    now[0] = 2 * IDLE - 2
    assert papers.get("camille", handle) is not None, "each use counts anew"
    now[0] = 3 * IDLE
    assert papers.get("camille", handle) is None


def test_numbers_tried_one_after_the_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assist.server.follow_up.opening_pages.key_of", lambda code: key_of(CODE[:1] + code[1:]))
    for _ in range(5):
        assert opens(desk, new_receipt_code()).status_code == 404
    refused = opens(desk)
    assert refused.status_code == 429, "even the right one waits"
    assert "Attendez" in said(refused)
    answers = [opens(desk) for _ in range(30)]
    assert TOO_OFTEN in answers[-1].text


def test_papers_die_with_their_row(either: Desk) -> None:
    desk = either
    address = opened(desk)
    desk.post(f"{address}/noter", state="attente")
    database = desk.app.state.database
    do(database, desk.clock + timedelta(days=1))
    assert desk.get(address).status_code == 200
    with database.begin() as transaction:
        over = update(StoredEvent).where(StoredEvent.type == "receipt.requested")
        transaction.execute(over.values(payload=None, salt=None))
    assert desk.get(address).status_code == 404
    answer = opens(desk)
    assert answer.status_code == 404
    assert "trop ancien" in answer.text
    do(database, desk.clock + timedelta(days=2))
    with database.begin() as transaction:
        assert transaction.scalars(select(PaperRow)).all() == []
        assert transaction.scalars(select(FollowUpRow)).all() == []


def test_neither_the_number_nor_what_is_left_stands_in_the_database(desk: Desk) -> None:
    address = opened(desk)
    desk.post(f"{address}/noter", together="envoye", state="attente", done="line/rendez-vous")
    with desk.app.state.database.begin() as transaction:
        rows = [*transaction.scalars(select(StoredEvent.payload)), *transaction.scalars(select(FollowUpRow.sealed))]
        rows += [row.name for row in transaction.scalars(select(PaperRow))]
    whole = " ".join(row for row in rows if row)
    for secret in (CODE, "photo-avant", "rendez-vous", "envoye", "1950"):
        assert secret not in whole
