# SPDX-License-Identifier: EUPL-1.2
"""The page beside the person, and what a mediator does there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from assist.desk.messages import LONGEST
from assist.link.messages import Act, Consent, HelpStage, PathPlace, SeenOption
from assist.server.acts import ActRow
from assist.server.calls import Call, CallState
from assist.server.desk.beside_view import Beside, beside_view
from assist.server.hub import Hub
from content.model import Catalogue
from tests.assist.server.desk_site import ALI, NADIA, ROSE, DeskSite, desk_site
from tests.assist.server.scripted_kiosk import ScriptedKiosk

HX = {"HX-Request": "true"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskSite]:
    with desk_site(tmp_path) as site:
        yield site


@pytest.fixture
def kiosk(desk: DeskSite) -> ScriptedKiosk:
    """Nadia is beside the person."""
    kiosk = desk.kiosk()
    desk.call()
    desk.as_(NADIA).post("/calls/c1/take")
    kiosk.orders.clear()
    return kiosk


@pytest.fixture
def nadia(desk: DeskSite, kiosk: ScriptedKiosk) -> TestClient:
    return desk.as_(NADIA)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def do(client: TestClient, act: str, value: str = "", key: str = "k1", **headers: str) -> Response:
    data = {"value": value, "key": key}
    return client.post(f"/session/accueil/{act}", data=data, headers=headers or HX)


# What is seen


def test_the_page_shows_what_the_person_sees(nadia: TestClient) -> None:
    page = nadia.get("/session/accueil").text
    read = text(page)
    assert "Pourquoi refaire la carte ?" in read
    assert "Regardez les images. Choisissez une réponse." in read
    assert "1 sur 12" in read
    assert "1 Perdue" in read
    assert "/pictograms/lost-card.svg" in page
    assert "Difficile pour elle : La carte est pour qui ?" in read
    assert "Ensuite, peut-être Vous déclarez la perte" in read
    assert page.count(">Y revenir") == 1, "to the steps before, not to this one"


def test_it_shows_what_may_help(nadia: TestClient) -> None:
    read = text(nadia.get("/session/accueil").text)
    assert "Dit autrement Perdue : vous ne la trouvez plus." in read
    assert "France Titres" in read
    assert "Démarches proches" in read
    assert "vérifié le" in read


def test_calls_at_this_step_are_counted_from_five(desk: DeskSite, nadia: TestClient) -> None:
    for n in range(4):
        desk.call(f"past-{n}", f"b{n}", state=CallState.OVER)
    assert "Avant elle" not in nadia.get("/session/accueil").text, "four others, and this one is not counted"
    desk.call("past-4", "b4", state=CallState.OVER)
    assert "5 personnes ont appelé à cette étape." in nadia.get("/session/accueil").text


def test_private_answers_are_hidden_and_said_to_be(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    kiosk.show(hidden=True, options=(), consent=Consent.GIVEN)
    assert "Les réponses sont privées." in nadia.get("/session/accueil").text


def test_a_language_that_is_not_french_is_marked_and_translated(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    kiosk.show(language="en", title="Why a new card?", sentences=("Look at the pictures.",))
    page = nadia.get("/session/accueil").text
    assert '<div class="body" lang="en">' in page
    assert "En français Pourquoi refaire la carte ?" in text(page)
    assert 'value="Take your time."' in page


def test_only_who_took_the_call_is_beside(desk: DeskSite, kiosk: ScriptedKiosk) -> None:
    assert desk.as_(ALI).get("/session/accueil").headers["location"] == "/?said=over"
    assert (
        do(desk.as_(ALI), "say", "Bonjour").text.strip() == '<p class="wrong">Vous n’aidez personne à cette borne.</p>'
    )
    assert kiosk.orders == []


def test_what_the_kiosk_says_is_never_markup(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    kiosk.show(
        key=bad, kind=bad, language=bad, modes=(bad,), procedure=bad, procedure_title=bad, step=bad, heading=bad,
        title=bad, sentences=(bad,), options=(SeenOption(bad, bad, bad),), lines=(bad,), pictogram=bad, notice=bad,
        message=bad, path=(PathPlace("x", bad),), asks_next=(bad,), difficulties=(bad,), pointed=bad,
    )  # fmt: skip
    page = nadia.get("/session/accueil").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "/pictograms/question.svg" in page
    assert page.count("&lt;script&gt;alert(1)") >= 12


# What is done


@pytest.mark.parametrize(
    ("act", "value", "said"),
    [
        ("say", "Regardez   bien.", "Votre message est à l’écran"),
        ("point", "perdue", "s’éclaire"),
        ("point", "", "Plus rien ne s’éclaire"),
        ("explain", "", "dite autrement"),
        ("back", "", "en arrière"),
        ("jump", "pour-qui", "revenue à cette étape"),
        ("ask_consent", "", "a demandé l’accord"),
    ],
)
def test_each_act_is_an_order_and_its_answer_a_sentence(
    desk: DeskSite, nadia: TestClient, kiosk: ScriptedKiosk, act: str, value: str, said: str
) -> None:
    answer = do(nadia, act, value)
    assert said in answer.text
    assert 'class="notice"' in answer.text
    (order,) = kiosk.orders
    assert (order.act, order.session, order.key) == (act, "s1", "k1")
    assert order.value == " ".join(value.split())
    with desk.app.state.database.begin() as transaction:
        last = transaction.query(ActRow).order_by(ActRow.seq.desc()).first()
        assert (last.member, last.about) == ("nadia", f"s1/{act}"), "what was said or shown is not noted"


def test_without_script_the_answer_comes_with_the_page(nadia: TestClient) -> None:
    page = do(nadia, "explain", accept="text/html").text
    assert "<h1>" in page
    assert "L’étape est dite autrement." in page


def test_a_choice_is_made_for_the_person_only_when_she_agreed(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    assert "Demandez d’abord l’accord" in do(nadia, "press", "perdue").text
    assert kiosk.orders == []
    assert nadia.get("/session/accueil").text.count('aria-disabled="true"') == 3
    kiosk.show(consent=Consent.GIVEN)
    assert nadia.get("/session/accueil").text.count('aria-disabled="true"') == 1, "printing stays hers"
    assert "La personne seule" in do(nadia, "press", "print").text
    assert "autre écran" in do(nadia, "press", "gone").text
    assert "Vous avez choisi" in do(nadia, "press", "perdue").text
    assert [order.value for order in kiosk.orders] == ["perdue"]


def test_a_private_choice_is_not_made_even_so(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    kiosk.show(consent=Consent.GIVEN, hidden=True)
    assert "privées" in do(nadia, "press", "perdue").text


def test_the_kiosk_says_why_it_refused(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    kiosk.show(key="k9")
    assert "La personne voit déjà un autre écran." in do(nadia, "back", key="k1").text
    kiosk.refuses[Act.EXPLAIN] = "<b>Non</b>"
    assert "&lt;b&gt;Non" in do(nadia, "explain").text


def test_a_message_is_short_and_plain(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    assert "Écrivez d’abord un message." in do(nadia, "say", " \u200b\n").text
    assert f"{LONGEST} au plus" in do(nadia, "say", "a" * (LONGEST + 1)).text
    page = do(nadia, "say", "é" * (LONGEST + 1), accept="text/html").text
    assert "é" * (LONGEST + 1) in page, "what was written is not lost"
    assert kiosk.orders == []
    do(nadia, "say", "Bien\x1b[31m \u202e!\nMerci")
    assert kiosk.orders[0].value == "Bien[31m ! Merci"


def test_what_is_no_act_of_a_mediator_is_not_sent(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    for act in ("join", "unanswered", "format"):
        assert do(nadia, act).status_code in (404, 422)
    assert kiosk.orders == []


# How it ends


def test_leaving_ends_the_help(desk: DeskSite, nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    answer = nadia.post("/session/accueil/leave")
    assert answer.headers["location"] == "/?said=left"
    assert [order.act for order in kiosk.orders] == [Act.LEAVE]
    assert desk.call_of().state == CallState.OVER


def test_leaving_a_kiosk_that_is_cut_is_possible(desk: DeskSite, nadia: TestClient) -> None:
    desk.wires["accueil"].cut()
    assert "La borne ne répond plus." in nadia.get("/session/accueil").text
    assert "pas reliée" in do(nadia, "say", "Bonjour").text
    assert nadia.post("/session/accueil/leave").headers["location"] == "/?said=left"


def test_a_person_is_handed_over_with_a_note(desk: DeskSite, nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    answer = nadia.post("/session/accueil/hand-over", data={"meant_for": "rose", "note": "Il manque <la photo>."})
    assert answer.headers["location"] == "/?said=handed"
    assert [order.act for order in kiosk.orders] == [Act.HAND_OVER]
    page = desk.as_(ROSE).get("/").text
    assert "Un collègue vous transmet cet appel." in page
    assert "Il manque &lt;la photo&gt;." in page
    assert "Transmis à Rose." in desk.as_(ALI).get("/").text
    assert desk.as_(ROSE).post("/calls/c1/take").headers["location"] == "/session/accueil"
    assert nadia.get("/session/accueil").headers["location"] == "/?said=over"


def test_a_note_that_is_too_long_or_for_nobody_is_given_back(nadia: TestClient, kiosk: ScriptedKiosk) -> None:
    for data in ({"note": "a" * (LONGEST + 1)}, {"note": "Voici.", "meant_for": "tom"}):
        answer = nadia.post("/session/accueil/hand-over", data=data)
        assert answer.status_code == 422
        assert data["note"] in answer.text
    assert kiosk.orders == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"help": HelpStage.NONE}, "La personne a arrêté l’aide. Elle continue seule."),
        ({"help": HelpStage.CALLED}, "La borne dit à la personne que vous arrivez."),
        ({"session": "another"}, "La borne ne montre plus l’écran de la personne."),
    ],
)
def test_how_the_person_leaves_is_said(
    nadia: TestClient, kiosk: ScriptedKiosk, what: dict[str, object], said: str
) -> None:
    kiosk.seen = replace(kiosk.seen, message="secret")
    kiosk.show(**what)
    page = nadia.get("/session/accueil").text
    assert said in page
    assert "secret" not in page
    assert "Perdue" not in page


@pytest.mark.parametrize(
    ("state", "member", "session_over", "beside"),
    [
        (CallState.OVER, "nadia", True, Beside.GONE),
        (CallState.OVER, "nadia", False, Beside.ENDED),
        (CallState.TAKEN, "nadia", False, Beside.CUT),
        (CallState.TAKEN, "ali", False, Beside.NOT_MINE),
        (CallState.WAITING, "nadia", False, Beside.NOT_MINE),
    ],
)
def test_what_became_of_the_person(state: CallState, member: str, session_over: bool, beside: Beside) -> None:
    call = Call(kiosk="accueil", session="s1", state=state, taken_by="nadia")
    assert beside_view(call, member, Hub(), Catalogue({}), session_over=session_over).beside is beside
