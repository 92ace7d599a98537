# SPDX-License-Identifier: EUPL-1.2
"""The page of the calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assist.link.messages import Act, HelpStage
from assist.server.calls import CallState
from assist.server.pages import kiosk_named
from tests.assist.server.desk_site import ALI, NADIA, ROSE, TECHNICIAN, DeskSite, desk_site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskSite]:
    with desk_site(tmp_path) as site:
        yield site


def text(html: str) -> str:
    """What is read, without the marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def test_nobody_waits(desk: DeskSite) -> None:
    page = desk.as_(NADIA).get("/")
    assert page.status_code == 200
    assert "Personne n’attend." in page.text
    assert desk.hub.people() == 1, "an open page counts as a mediator"


def test_a_call_says_who_where_what_and_how(desk: DeskSite) -> None:
    desk.kiosk()
    desk.call(waited=125, language="en", modes=["no_screen", "unknown-to-us"])
    read = text(desk.as_(NADIA).get("/").text)
    assert "1 personne attend." in read
    assert "Refaire ma carte d’identité" in read
    assert "Borne accueil" in read
    assert "Étape : Pourquoi refaire la carte ?" in read
    assert "il y a 2 minutes" in read
    assert "Lit en français" in read, "what she reads now, not what she read when she called"


def test_a_call_without_its_kiosk_is_told_by_its_rows(desk: DeskSite) -> None:
    desk.call(waited=3700, language="en", modes=["no_screen"], procedure="", step="")
    read = text(desk.as_(NADIA).get("/").text)
    assert "Aucune démarche choisie" in read
    assert "Lit en anglais" in read
    assert "sans l’écran, par la voix seule" in read
    assert "il y a 1 h 01" in read


def test_calls_come_in_the_order_of_the_one_who_looks(desk: DeskSite) -> None:
    desk.call("old", "b1", waited=100, language="en")
    desk.call("arabic", "b2", waited=10, language="ar")
    desk.call("handed", "b3", waited=1, meant_for=ALI.id, note="Voir la photo.")

    def order(page: str) -> list[str]:
        return re.findall(r'id="take-(\w+)"', page)

    assert order(desk.as_(NADIA).get("/").text) == ["arabic", "old", "handed"]
    page = desk.as_(ALI).get("/").text
    assert order(page) == ["handed", "old", "arabic"]
    assert "Voir la photo." in page


def test_taking_a_call_joins_the_person(desk: DeskSite) -> None:
    kiosk = desk.kiosk()
    answer = desk.as_(NADIA).post(f"/calls/{desk.call()}/take")
    assert (answer.status_code, answer.headers["location"]) == (303, "/session/accueil")
    assert [(order.act, order.value, order.session) for order in kiosk.orders] == [(Act.JOIN, "Nadia", "s1")]
    assert (desk.call_of().state, desk.call_of().taken_by) == (CallState.TAKEN, "nadia")
    assert "Avec Nadia" in text(desk.as_(ALI).get("/").text)


def test_of_two_who_take_one_call_the_loser_reads_who_was_quicker(desk: DeskSite) -> None:
    kiosk = desk.kiosk()
    desk.call()
    start = Barrier(2)

    def take(member: str) -> tuple[int, str]:
        client = desk.as_({"nadia": NADIA, "ali": ALI}[member])
        start.wait()
        answer = client.post("/calls/c1/take")
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as both:
        answers = dict(zip(("Nadia", "Ali"), both.map(take, ("nadia", "ali")), strict=True))
    winner = next(name for name, (status, _) in answers.items() if status == 303)
    (loser,) = (page for status, page in answers.values() if status == 409)
    assert f"{winner} a pris cet appel avant vous." in loser
    assert [order.value for order in kiosk.orders] == [winner]


def test_a_kiosk_that_refuses_gives_the_call_back(desk: DeskSite) -> None:
    kiosk = desk.kiosk()
    kiosk.refuses[Act.JOIN] = "La personne a déjà trouvé."
    answer = desk.as_(NADIA).post(f"/calls/{desk.call()}/take")
    assert answer.status_code == 409
    assert "La personne a déjà trouvé." in answer.text
    assert desk.call_of().state == CallState.WAITING


def test_a_kiosk_that_is_cut_is_said_at_once(desk: DeskSite) -> None:
    answer = desk.as_(NADIA).post(f"/calls/{desk.call()}/take")
    assert answer.status_code == 409
    assert "pas reliée" in answer.text


@pytest.mark.parametrize(("act", "state"), [("finish", CallState.OVER), ("give-back", CallState.CALLBACK)])
def test_a_ticket_is_called_in_the_room(desk: DeskSite, act: str, state: CallState) -> None:
    desk.call("c1", "parti", ticket=12, ticket_at=desk.now(), state=CallState.CALLBACK)
    assert "Ticket n° 12" in text(desk.as_(NADIA).get("/").text)
    answer = desk.as_(NADIA).post("/calls/c1/take")
    assert answer.headers["location"] == "/?said=callback"
    assert "Appelez son numéro" in desk.as_(NADIA).get(answer.headers["location"]).text
    assert desk.as_(ALI).post(f"/calls/c1/{act}").headers["location"] == "/?said=over", "only by who took it"
    assert desk.as_(NADIA).post(f"/calls/c1/{act}").status_code == 303
    assert desk.call_of().state == state


def test_the_calls_of_the_day_are_told_and_not_those_of_the_day_before(desk: DeskSite) -> None:
    desk.call("c1", state=CallState.OVER, taken_by="rose", taken_at=desk.now(), waited=60)
    desk.call("c2", waited=30 * 3600, procedure="rsa", state=CallState.OVER)
    read = text(desk.as_(NADIA).get("/").text)
    assert "1 minute Rose terminé" in read
    assert "RSA" not in read


def test_what_comes_from_people_and_kiosks_is_never_markup(desk: DeskSite) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    desk.kiosk().show(procedure="unknown", procedure_title=bad, title=bad, language=bad, modes=(bad,))
    desk.call(kiosk="accueil", note=bad, language=bad, procedure=bad, step=bad)
    desk.call("c2", kiosk=bad, note=bad, procedure=bad)
    page = desk.as_(NADIA).get("/", params={"said": bad}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 4


def test_only_mediators_see_the_calls(desk: DeskSite) -> None:
    desk.call()
    for path in ("/calls/live", "/session/accueil", "/session/accueil/live"):
        assert desk.as_(TECHNICIAN).get(path).status_code == 403
    for path in ("/calls/c1/take", "/calls/c1/finish", "/calls/c1/give-back", "/session/accueil/say"):
        assert desk.as_(TECHNICIAN).post(path).status_code == 403
    home = desk.as_(TECHNICIAN).get("/").text
    assert "Bonjour Tom" in home
    assert "carte" not in home
    assert desk.hub.people() == 0


def test_what_is_no_longer_there_says_so(desk: DeskSite) -> None:
    assert "déjà terminé" in desk.as_(ROSE).post("/calls/none/take").text
    assert desk.as_(ROSE).post("/calls/none/finish").headers["location"] == "/?said=over"
    assert desk.as_(ROSE).get("/session/nowhere").headers["location"] == "/?said=over"


def test_a_drawing_is_given_and_nothing_else(desk: DeskSite) -> None:
    drawing = desk.as_(NADIA).get("/pictograms/lost-card.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    for name in ("none.svg", "..%2Findex.svg", "index.toml"):
        assert desk.as_(NADIA).get(f"/pictograms/{name}").status_code == 404


def test_the_person_may_still_be_at_the_kiosk_with_a_ticket(desk: DeskSite) -> None:
    desk.kiosk().show(help=HelpStage.UNANSWERED)
    desk.call(ticket=4, ticket_at=desk.now(), state=CallState.CALLBACK)
    assert desk.as_(NADIA).post("/calls/c1/take").headers["location"] == "/session/accueil"


def test_a_call_whose_mediator_did_not_hear_the_kiosk_is_taken_again(desk: DeskSite) -> None:
    """The kiosk was joined, its answer came too late, and its row says that somebody is there."""
    kiosk = desk.kiosk()
    desk.call(state=CallState.TAKEN)
    assert "1 personne attend." in desk.as_(NADIA).get("/").text
    assert desk.as_(NADIA).post("/calls/c1/take").headers["location"] == "/session/accueil"
    assert [order.value for order in kiosk.orders] == ["Nadia"]


def test_a_kiosk_may_have_any_name(desk: DeskSite) -> None:
    name = "Étage 2 / salle n°3 ? #a"
    kiosk = desk.kiosk(name)
    desk.call(kiosk=name)
    client = desk.as_(NADIA)
    address = client.post("/calls/c1/take").headers["location"]
    page = client.get(address)
    assert f"Borne {name}" in page.text
    (to,) = set(re.findall(r'action="([^"]+/explain)"', page.text))
    assert client.post(to, data={"key": "k1"}).status_code == 200
    assert [order.act for order in kiosk.orders] == [Act.JOIN, Act.EXPLAIN]
    assert client.post(f"{address}/leave").status_code == 303


def test_a_kiosk_named_borne_is_not_named_twice() -> None:
    assert [kiosk_named(name) for name in ("borne-1", "accueil")] == ["Borne-1", "Borne accueil"]
