# SPDX-License-Identifier: EUPL-1.2
"""A server that looks by itself: a kiosk goes silent, an alert begins, is told by mail, seen, and ends."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from assist.kept import Erased
from assist.review.alerts import Code
from assist.server import calls_retention
from assist.server.acts import ActRow
from assist.server.alerts.tables import AlertRow, MailRow
from assist.server.daily import do
from assist.server.presence.keeping import Presence
from assist.server.presence.tables import LinkRow
from tests.assist.server.doors import Door, token_in
from tests.assist.server.mail_server import Letterbox, free_port, mail_server, mail_to
from tests.assist.server.morning import NINE, Morning, compared, left, procedures, tell


@pytest.fixture
def morning(lite: Door, tmp_path: Path) -> Iterator[Morning]:
    with closing(Morning(lite.address, tmp_path)) as morning:
        yield morning


def browser(morning: Morning) -> TestClient:
    """Without the server's own background work: the test is the clock."""
    return TestClient(morning.app, base_url="http://localhost", follow_redirects=True)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_a_kiosk_that_goes_silent_makes_an_alert_a_mail_and_an_end(address: str, tmp_path: Path) -> None:
    """On both databases, with a real mail server, the postman in its own thread."""
    box, port = Letterbox(), free_port()
    with closing(Morning(address, tmp_path, mail_to(port))) as morning, mail_server(box, port):
        morning.app.state.alerts.postman.start()
        wire = morning.plug()
        morning.turn()
        wire.cut()
        morning.turn()
        morning.turn(9)
        assert morning.alerts() == []
        morning.turn(1)
        assert morning.alerts() == [("kiosk_silent", "accueil", True)]
        box.wait(1)
        morning.turn(20)
        morning.presence = Presence()
        morning.app.state.alerts.postman.close()
        morning.app.state.alerts = type(morning.app.state.alerts)(
            morning.app.state.site, morning.database, morning.app.state.hub, lambda: morning.now
        )  # The server starts again: what holds is not begun anew.
        morning.turn(2)
        assert morning.alerts() == [("kiosk_silent", "accueil", True)]
        morning.plug()
        morning.turn(1)
        assert morning.alerts() == [("kiosk_silent", "accueil", False)]
        morning.app.state.alerts.postman.start()
        box.wait(2)
        morning.app.state.alerts.postman.close()
    begun, ended = box.mails
    assert begun["subject"] == "Pas à pas, Mairie de Cahors : alerte, Borne accueil\u00a0: silencieuse"
    assert "depuis : aujourd'hui, 9\u00a0h" in begun.get_content()
    assert ended["subject"] == "Pas à pas, Mairie de Cahors : alerte terminée, Borne accueil\u00a0: silencieuse"
    assert "a duré 23\u00a0minutes" in ended.get_content()


def test_a_kiosk_that_is_off_at_night_is_nobody_s_news(morning: Morning) -> None:
    wire = morning.plug()
    morning.turn()
    morning.now += timedelta(hours=9)
    morning.presence = Presence()
    wire.cut()
    morning.turn(30)
    assert morning.alerts() == []


def test_a_clock_that_was_years_ahead_hides_no_silence(morning: Morning) -> None:
    wire = morning.plug()
    morning.turn(10)
    morning.now += timedelta(days=3650)
    morning.turn(10)
    tell(morning, printer="no_paper")
    morning.now -= timedelta(days=3650)
    morning.turn(1)
    assert ("printer_out", "accueil", True) in morning.alerts()
    wire.cut()
    morning.turn(12)
    assert ("kiosk_silent", "accueil", True) in morning.alerts()
    assert "pas reliée depuis aujourd'hui, 9 h" in words(browser(morning).get("/alertes").text)


def test_what_a_kiosk_tells_of_itself_is_shown_until_it_is_well(morning: Morning) -> None:
    wire = morning.plug()
    tell(morning, printer="no_paper", disk_free=300, time=(NINE + timedelta(hours=1)).isoformat(), said="Du papier.")
    morning.turn(5)
    assert sorted(code for code, _, _ in morning.alerts()) == ["clock", "kiosk_disk", "printer_out"]
    page = words(browser(morning).get("/alertes").text)
    for said in ("Du papier. La borne sert quand même", "Il reste 300 Mo", "Son horloge avance de 1 h 00"):
        assert said in page
    assert "Borne accueil reliée plus de papier 300 Mo libres, presque plein diffère de celle du serveur" in page
    wire.cut()  # Nothing is known now: nothing is over.
    morning.turn(1)
    assert [open_ for _, _, open_ in morning.alerts()] == [True] * 3
    morning.plug()
    tell(morning, time=morning.now.isoformat())
    morning.turn(1)
    assert [open_ for _, _, open_ in morning.alerts()] == [False] * 3


def test_a_text_past_its_date_is_told_until_it_is_compared(morning: Morning) -> None:
    compared(procedures(morning.folder) / "rsa", NINE.date() - timedelta(days=1))
    morning.turn()
    assert morning.alerts() == [("content_old", "rsa", True)]
    assert "au plus tard le dimanche 29 novembre 2026" in words(browser(morning).get("/alertes").text)
    compared(procedures(morning.folder) / "rsa", NINE.date() + timedelta(days=90))
    morning.now += timedelta(hours=1)
    morning.turn()
    assert morning.alerts() == [("content_old", "rsa", False)]


def test_a_step_that_people_leave_twice_as_often_leads_to_its_figures(morning: Morning) -> None:
    left(morning)
    morning.turn()
    assert morning.alerts() == [("step_left", "rsa/couple", True)]
    page = browser(morning).get("/alertes").text
    assert "12 personnes sur 40 se sont arrêtées ces 7 derniers jours. C'était 9 sur 150" in words(page)
    assert 'href="/revue/demarches/rsa"' in page


def test_a_full_disk_of_the_server_is_told(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(shutil.disk_usage(morning.folder))(2**40, 0, 450 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    morning.turn()
    assert morning.alerts() == [("server_disk", "", True)]


def test_what_could_not_be_erased_is_told_until_it_is(morning: Morning, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(transaction: Session, now: datetime) -> Erased:
        raise OperationalError("tidy", {}, Exception("disk is full"))

    def starts(rule: Callable[[Session, datetime], Erased]) -> None:
        """The server runs its rules when it starts; here, it then ends."""
        monkeypatch.setattr("assist.server.daily.RULES", ((calls_retention.KEPT, rule),))
        with TestClient(morning.app):
            pass
        morning.turn(1)

    name = calls_retention.KEPT.name
    starts(refused)
    assert morning.alerts() == [("not_erased", name, True)]
    page = words(browser(morning).get("/alertes").text)
    assert f"À effacer : {name}" in page
    assert "Si l'alerte est encore là demain, prévenez votre technicien." in page
    starts(calls_retention.erase_calls)
    assert morning.alerts() == [("not_erased", name, False)]


def test_somebody_has_seen_it_and_the_menu_counts_what_nobody_has(morning: Morning) -> None:
    client = browser(morning)
    assert "Tout va bien" in client.get("/alertes").text
    morning.plug()
    tell(morning, disk_free=300)
    morning.turn(1)
    page = client.get("/revue").text
    assert "1 alerte à regarder" in page
    assert "1 nouvelle" in words(page)
    (id_,) = re.findall(r'action="/alertes/([^/"]+)/vu"', client.get("/alertes").text)
    for _ in range(2):
        seen = client.post(f"/alertes/{id_}/vu", data={"token": token_in(client.get("/alertes").text)})
    assert "Vu (aujourd'hui, 9 h 01)." in words(seen.text)
    assert "nouvelle" not in seen.text
    assert client.post("/alertes/none/vu", data={"token": token_in(seen.text)}).status_code == 404
    with morning.database.read() as transaction:
        acts = Counter(transaction.scalars(select(ActRow.act)))
    assert acts["alert_seen"] == 1


def test_a_mail_is_tried_from_the_page(lite: Door, tmp_path: Path) -> None:
    box, port = Letterbox(), free_port()
    with closing(Morning(lite.address, tmp_path, mail_to(port))) as morning:
        client = browser(morning)
        token = token_in(client.get("/alertes").text)
        down = client.post("/alertes/essai", data={"token": token})
        assert down.status_code == 409
        assert "n’est pas parti. Le serveur de messagerie ne répond pas" in words(down.text)
        with mail_server(box, port):
            assert "est parti à rose@cahors.example" in words(client.post("/alertes/essai", data={"token": token}).text)
    assert "Mairie de Cahors" in box.mails[0].get_content()


def test_no_mail_is_made_where_none_is_wanted(morning: Morning) -> None:
    morning.plug()
    tell(morning, disk_free=300)
    morning.turn(2)
    page = browser(morning).get("/alertes").text
    assert "dans kiosk.toml, sous [mail]" in page
    with morning.database.read() as transaction:
        assert transaction.scalars(select(MailRow)).all() == []


def test_what_ended_six_months_ago_is_erased(morning: Morning) -> None:
    with morning.database.begin() as transaction:
        transaction.add(MailRow(id="m", made_at=NINE, next_at=NINE, subject="s", body="b", attempts=1, fault=""))
        transaction.flush()
        for about, ended in (("a", NINE), ("b", None)):
            row = AlertRow(id=about, code=Code.CLOCK, about=about, since=NINE, began_at=NINE, ended_at=ended)
            row.numbers, row.said, row.began_mail = "", "", "m" if ended else None
            transaction.add(row)
    do(morning.database, morning.now)
    seen: list[list[tuple[str, str, bool]]] = []
    for _ in range(7):
        morning.now += timedelta(days=28)
        do(morning.database, morning.now)
        seen.append(morning.alerts())
    assert seen[5] == [("clock", "a", False), ("clock", "b", True)]  # 168 days.
    assert seen[6] == [("clock", "b", True)]
    with morning.database.read() as transaction:
        assert transaction.scalars(select(MailRow)).all() == []


def test_a_clock_far_ahead_erases_no_alert(morning: Morning) -> None:
    with morning.database.begin() as transaction:
        row = AlertRow(id="a", code=Code.CLOCK, about="a", since=NINE, began_at=NINE, ended_at=NINE)
        row.numbers = row.said = ""
        transaction.add(row)
    for years in (0, 10, 0, 10):
        do(morning.database, NINE + timedelta(days=365 * years))
    assert morning.alerts() == [("clock", "a", False)]


@pytest.fixture
def live(lite: Door, tmp_path: Path) -> Iterator[Morning]:
    """A server that runs, and looks by itself."""
    morning = Morning(lite.address, tmp_path)
    with TestClient(morning.app):
        yield morning


def test_a_server_begins_to_look_when_it_starts(live: Morning) -> None:
    patience = time.monotonic() + 10
    ran: list[str] = []
    while not ran and time.monotonic() < patience:
        with live.database.read() as transaction:
            ran = list(transaction.scalars(select(LinkRow.kiosk)))
    assert ran == [""]
