# SPDX-License-Identifier: EUPL-1.2
"""``kiosk review`` as a manager meets it without a screen: what the pages say, or why nothing can be said."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assist.journal.store import open_journal
from assist.server.database import Database
from assist.session.commands import Face
from assist.session.events import Ending, Rated, SessionEnded
from kiosk.review.question import WrongQuestion, asked_of
from tests.assist.made_databases import database_in
from tests.assist.sample_journal import started
from tests.kiosk.review.made_up import EVIL, NOW, come
from tests.kiosk.test_staff_commands import InProcess


@pytest.fixture
def kiosk(tmp_path: Path) -> InProcess:
    return InProcess(tmp_path)


@pytest.fixture
def site(kiosk: InProcess, tmp_path: Path) -> str:
    """The address of the database of this kiosk's site, without a visit."""
    return database_in(tmp_path / "var")


def test_text_says_what_the_pages_say(kiosk: InProcess, site: str) -> None:
    now = datetime.now(UTC)
    come(site, 8, now=now)
    come(site, 2, EVIL, first=100, now=now)
    told = kiosk("review", "--plain", "--period", "7 jours", "--procedure", "rsa")
    assert told.returncode == 0, told.stderr
    assert "Personnes venues. Maintenant : 10 ; Avant : 0" in told.stdout
    assert "    Calcul : Démarches menées au bout ÷ démarches commencées." in told.stdout
    assert "Demander le RSA. Commencée : 10 ; Menée au bout : 8 ; Avec un appel : 10" in told.stdout
    assert re.search(r"Texte le plus récent \(repère v1\) : 10 passages\.\nOù les personnes butent :", told.stdout)
    data = json.loads(kiosk("review", "--json").stdout)
    assert {one["id"]: one["value"] for one in data["indicators"]}["finished"] == 0.8
    assert sum(day["visits"] for day in data["days"]) == 10
    listed = kiosk("review", "--plain", "--visits")
    assert "10 passages." in listed.stdout
    assert "\x1b" not in listed.stdout
    assert "Borne ]0;moi[b]mairie" in listed.stdout
    assert "Un des filtres n'est pas connu" in kiosk("review", "--plain", "--kiosk", EVIL).stderr
    session = re.search(r"Session : ([0-9a-f]{32})", listed.stdout)
    assert session
    one = kiosk("review", "--plain", "--session", session[1])
    assert "La personne fait répéter" in one.stdout
    assert kiosk("review", "--plain", "--session", "nobody").returncode == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "8x"), "« 8x » n'est pas une période. Écrivez today"),
        (("--period", "2026-13-01..2026-12-01"), "Une date s'écrit comme 2026-11-30."),
        (("--period", "1999"), "Cette date est trop loin."),
        (("--kiosk", "nulle"), "La borne « nulle » n'est pas connue ici. Connues : accueil."),
        (("--language", "xx"), "La langue « xx »"),
        (("--procedure", "x"), "Connues : carte-identite, carte-vitale, rsa."),
        (("--origin", "nez"), "Écrivez touch, key ou voice."),
        (("--period", "today", "--visits"), "vont avec --plain"),
    ],
)
def test_what_cannot_be_asked_is_said(kiosk: InProcess, site: str, words: tuple[str, ...], said: str) -> None:
    come(site, 1)
    plain = () if "--visits" in words else ("--plain",)
    done = kiosk("review", *plain, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_where_nothing_can_be_read_a_sentence_says_why(kiosk: InProcess, site: str, tmp_path: Path) -> None:
    assert "Lancez-la dans un terminal, ou avec --plain" in kiosk("review").stderr
    database = tmp_path / "var/site.db"
    come(site, 0)
    assert "Personnes venues. Maintenant : 0" in kiosk("review", "--plain").stdout
    database.write_bytes(b"not a database" * 100)
    assert "ne répond pas" in kiosk("review", "--plain").stderr
    database.unlink()
    done = kiosk("review", "--plain")
    assert done.returncode == 1
    assert "pas encore de base de données" in done.stderr
    assert not database.exists()


def test_a_kiosk_alone_tells_its_own_journal(kiosk: InProcess, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    (tmp_path / "var").mkdir(exist_ok=True)
    journal = open_journal(tmp_path / "var/journal.db", "borne-1", lambda: now).journal
    journal.append([started("s1"), Rated(Face.HAPPY), SessionEnded(Ending.DONE, "<2")], now, "s1")
    before = sorted((tmp_path / "var").iterdir())
    done = kiosk("review", "--plain", "--period", "today")
    assert sorted((tmp_path / "var").iterdir()) == before
    journal.close()
    assert "je compte le journal de cette borne" in done.stderr
    assert "le journal de la seule borne « borne-1 », six mois au plus" in done.stdout
    assert "Personnes venues. Maintenant : 1" in done.stdout


def test_a_database_of_an_older_version_is_left_to_the_server(kiosk: InProcess, site: str) -> None:
    database = Database(site)
    with database.begin() as transaction:
        transaction.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")
    database.close()
    assert "Démarrez le serveur (« kiosk serve »)" in kiosk("review", "--plain").stderr


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", 0, 0),
        ("Hier", 1, 1),
        ("7", 6, 0),
        ("week", 6, 0),
        ("30 jours", 29, 0),
        ("365", 364, 0),
        ("2026-11-29", 1, 1),
        ("2026-11-01..2026-11-29", 29, 1),
        ("2026-11-01..", 29, 0),
        ("8", 7, 0),
        ("14d", 13, 0),
        ("14 jours", 13, 0),
        ("2 semaines", 13, 0),
        ("3 mois", 89, 0),
        ("aujourd’hui", 0, 0),
        ("2026-11", 29, 0),
        ("11/2026", 29, 0),
        ("Novembre 2026", 29, 0),
        ("2026-10", 60, 30),
        ("last-month", 60, 30),
        ("2026", 333, 0),
        ("2025", 698, 334),
        ("2026-09..2026-10", 90, 30),
        ("01/11/2026", 29, 29),
        ("1er novembre 2026", 29, 29),
        ("du 01/11/2026 au 29/11/2026", 29, 1),
        ("2026-11-01/2026-11-29", 29, 1),
        ("2026-11-01:2026-11-29", 29, 1),
    ],
)
def test_a_period_is_said_as_in_the_pages_or_in_short(period: str, first: int, last: int) -> None:
    wanted = asked_of(period, NOW, origin="doigt").wanted
    today = date(2026, 11, 30)
    assert (wanted.since, wanted.until) == (today - timedelta(days=first), today - timedelta(days=last))
    assert wanted.origin == "touch"


@pytest.mark.parametrize(
    "period",
    [
        "",
        "..",
        "..2026-11-29",
        "x",
        "0",
        "-7",
        "99999",
        "²",
        "2026-11-01..demain",
        "2026-11-31",
        "31/02/2026",
        "\x1b[2J",
    ],
)
def test_what_is_no_period_is_refused_without_its_escapes(period: str) -> None:
    with pytest.raises(WrongQuestion) as wrong:
        asked_of(period, NOW)
    assert "\x1b" not in str(wrong.value)
