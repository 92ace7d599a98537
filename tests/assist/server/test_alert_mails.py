# SPDX-License-Identifier: EUPL-1.2
"""Mails of alerts, to a real mail server: sent as they should, one at a time, kept while it is down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from assist.server.alerts.mailing import deliver, gather, is_due, written
from assist.server.alerts.postman import Postman
from assist.server.alerts.smtp import message, send, try_server
from assist.server.alerts.tables import AlertRow, MailRow
from assist.server.alerts.words import Told
from assist.server.alerts.words import told as in_words
from assist.server.database import Database
from assist.server.site import Mail, Security
from content.model import Catalogue
from tests.assist.server.mail_server import (
    CHIEF,
    PASSWORD,
    SENDER,
    TECHNICIAN,
    Letterbox,
    certificate,
    free_port,
    mail_server,
    mail_to,
)

NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def letter(mail: Mail, subject: str = "Pas à pas, Mairie de Cahors : une alerte", body: str = "Élan\n.\nFin\n") -> str:
    return send(mail, message(mail, "m1", subject, body, NOON)).fault


# The mail server


def test_a_mail_arrives_as_it_was_written() -> None:
    box, port = Letterbox(), free_port()
    with mail_server(box, port):
        assert letter(mail_to(port)) == ""
    (mail,), (envelope,) = box.mails, box.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [CHIEF, TECHNICIAN])
    assert mail["subject"] == "Pas à pas, Mairie de Cahors : une alerte"
    assert mail["message-id"] == "<m1@cahors.example>"
    assert mail["date"].datetime == NOON
    assert mail["auto-submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == "Élan\n.\nFin\n"
    assert mail["mime-version"] == "1.0"
    assert max(len(line) for line in (envelope.content or b"").splitlines()) <= 78  # type: ignore[arg-type,type-var]
    assert (envelope.content or b"").isascii()  # type: ignore[union-attr]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_password_travels_under_a_certificate_that_is_believed(tmp_path: Path, security: Security) -> None:
    context, crt = certificate(tmp_path)
    box, port = Letterbox(), free_port()
    mail = mail_to(port, security=security, user="borne", password=PASSWORD, trust=crt)
    if security is Security.TLS:
        parts = {"ssl_context": context, "auth_require_tls": False}
    else:
        parts = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server(box, port, authenticator=box.authenticate, **parts):
        assert letter(mail) == ""
        assert try_server(mail) == ""
        wrong = replace(mail, password="another")  # noqa: S106
        assert "refuse le compte ou le mot de passe" in letter(wrong)
        assert "another" not in letter(wrong) + repr(wrong)
        assert "certificat" in letter(replace(mail, trust=None))
        if security is Security.STARTTLS:
            assert "voyez [mail] security" in letter(replace(mail, security=Security.NONE))
    assert (len(box.mails), box.secure) == (1, [True])
    assert set(box.accounts) == {"borne"}


def test_what_goes_wrong_is_said_in_words(tmp_path: Path) -> None:
    box, port = Letterbox(refusal="554 5.7.1 no"), free_port()
    assert "ne répond pas" in letter(mail_to(port))
    assert "ne répond pas" in letter(replace(mail_to(port), host="nowhere.invalid"))
    with mail_server(box, port):
        assert "refuse le message (code 554)" in letter(mail_to(port))
        assert "n'a pas ce qui est demandé" in letter(mail_to(port, security=Security.STARTTLS))
        assert "ne parle pas ce chiffrement" in letter(mail_to(port, security=Security.TLS))


@pytest.mark.parametrize("wrong", [{"host": "smtp..example.fr"}, {"user": "élan", "password": "x"}])
def test_a_setting_that_nobody_can_use_is_a_sentence(wrong: dict[str, str]) -> None:
    box, port = Letterbox(), free_port()
    with mail_server(box, port, authenticator=box.authenticate, auth_require_tls=False):
        assert "voyez [mail] host et user" in letter(replace(mail_to(port), **wrong))  # type: ignore[arg-type]


# What is told


def told(title: str) -> Told:
    return Told("i", title, "Elle n'est plus reliée.", "Allez la voir.", "aujourd'hui, 9 h", "6 minutes")


def test_what_comes_together_is_one_mail() -> None:
    subject, body = written("Cahors", [told(f"Borne {n}") for n in range(25)], [told("Serveur : le disque")])
    assert subject == "Pas à pas, Cahors : 25 alertes ; alerte terminée, Serveur : le disque"
    assert "25 alertes ont commencé à « Cahors »." in body
    assert "Borne 19 (depuis : aujourd'hui, 9 h)\nElle n'est plus reliée.\nÀ faire : Allez la voir." in body
    assert "Et 5 autres" in body
    assert "C'est terminé :\n- Serveur : le disque (a duré 6 minutes)" in body


class Site:
    """Alerts that begin and end, and mails on their way."""

    def __init__(self, database: Database, mail: Mail) -> None:
        self.database, self.mail, self.now = database, mail, NOON

    def begins(self, about: str, at: datetime | None = None) -> None:
        moment = at or self.now
        with self.database.begin() as transaction:
            row = AlertRow(id=about, code="kiosk_silent", about=about, since=moment, began_at=moment)
            row.numbers = row.said = ""
            transaction.add(row)

    def ends(self, about: str) -> None:
        with self.database.begin() as transaction:
            transaction.get_one(AlertRow, about).ended_at = self.now

    def turn(self, minutes: int = 0) -> None:
        """Time passes; then the server looks, and the postman goes round."""
        self.now += minutes * MINUTE
        with self.database.begin() as transaction:
            if is_due(transaction, self.mail, self.now):
                gather(transaction, "Cahors", Catalogue({}), self.now)
        deliver(self.database, self.mail, self.now)

    def last(self) -> MailRow:
        with self.database.read() as transaction:
            return transaction.scalars(select(MailRow).order_by(MailRow.made_at.desc()).limit(1)).one()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def site(lite_database: Database, port: int) -> Site:
    return Site(lite_database, mail_to(port))


def subjects(box: Letterbox) -> list[str]:
    return [str(mail["subject"]).removeprefix("Pas à pas, Cahors : ").replace("\u00a0", " ") for mail in box.mails]


def test_an_alert_is_told_once_when_it_begins_and_once_when_it_ends(site: Site, port: int) -> None:
    box = Letterbox()
    with mail_server(box, port):
        site.begins("accueil")
        site.turn()
        site.turn(60)
        assert subjects(box) == ["alerte, Borne accueil : silencieuse"]
        site.ends("accueil")
        site.turn(1)
        site.turn(60)
    assert subjects(box)[1:] == ["alerte terminée, Borne accueil : silencieuse"]


def test_mails_keep_their_distance_and_nothing_is_left_out(site: Site, port: int) -> None:
    box = Letterbox()
    with mail_server(box, port):
        site.begins("un")
        site.turn()
        site.begins("deux")
        site.begins("trois")
        site.turn(14)
        assert len(box.mails) == 1
        site.ends("trois")  # It began and ended untold: its end tells both.
        site.turn(1)
    assert subjects(box)[1:] == ["alerte, Borne deux : silencieuse ; alerte terminée, Borne trois : silencieuse"]


def test_a_mail_server_that_was_down_gets_what_it_missed(site: Site, port: int) -> None:
    site.begins("un")
    site.turn()
    site.begins("autre")
    pauses = (1, 2, 4, 8, 16, 32, 60, 60)
    for tries, pause in enumerate(pauses, 1):
        site.turn(pause - 1)
        assert site.last().attempts == tries
        site.turn(1)
        assert site.last().attempts == tries + 1
    assert "ne répond pas" in site.last().fault
    box = Letterbox()
    with mail_server(box, port):
        site.turn(60)
        assert subjects(box) == ["alerte, Borne un : silencieuse"]
        assert site.last().fault == ""
        site.turn(15)
    assert subjects(box)[1:] == ["alerte, Borne autre : silencieuse"]


def test_what_still_holds_when_its_mail_is_given_up_is_told_later_and_an_end_nobody_waits_for_is_not(
    site: Site, port: int
) -> None:
    site.begins("un")
    site.begins("avant", NOON - timedelta(days=2))
    site.turn()
    for _ in range(5):
        site.turn(5 * 60)
    assert site.last().given_up_at is not None
    site.ends("avant")
    box = Letterbox()
    with mail_server(box, port):
        site.turn(60)
        site.ends("un")
        site.turn(60)
        site.turn(60)
    assert subjects(box) == ["alerte, Borne un : silencieuse", "alerte terminée, Borne un : silencieuse"]


def test_who_does_not_receive_is_named(site: Site, port: int) -> None:
    site.begins("un")
    with mail_server(Letterbox(unknown=TECHNICIAN), port):
        site.turn()
    assert site.last().sent_at is not None
    assert site.last().fault == f"Le serveur de messagerie refuse {TECHNICIAN} : voyez [mail] to."


def test_no_number_of_people_is_mailed() -> None:
    row = AlertRow(id="1", code="step_left", about="rsa/couple", numbers="12,40,1,40", said="", since=NOON)
    row.began_at = NOON
    assert "12 personnes sur 40" in in_words(row, Catalogue({}), {}, NOON).sentence
    assert "C'était moins de 5 sur 40" in in_words(row, Catalogue({}), {}, NOON).sentence
    assert not {"12", "40", "1"} & set(in_words(row, Catalogue({}), {}, NOON, by_mail=True).sentence.split())


def test_a_round_that_fails_is_not_the_last(lite_database: Database, port: int) -> None:
    rounds: list[datetime] = []
    again = Event()

    def clock() -> datetime:
        rounds.append(NOON)
        if len(rounds) == 1:
            postman.hurry()
            raise RuntimeError("a bug")
        again.set()
        return NOON

    postman = Postman(lite_database, mail_to(port), clock)
    postman.start()
    assert again.wait(10)
    postman.close()


def test_a_clock_that_goes_back_keeps_no_mail_for_years(site: Site, port: int) -> None:
    site.now += timedelta(days=3650)
    site.begins("un")
    site.turn()
    site.now -= timedelta(days=3650)
    box = Letterbox()
    with mail_server(box, port):
        site.turn()
        assert len(box.mails) == 1
        site.begins("deux")
        site.turn(1)
        assert len(box.mails) == 1, "mails keep their distance all the same"
        site.turn(15)
    assert len(box.mails) == 2
