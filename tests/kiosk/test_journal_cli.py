# SPDX-License-Identifier: EUPL-1.2
"""``kiosk journal``: purging by the rules of every day, extracts of a kiosk without a server."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text, update

from assist.backup.sealed_folder import new_pair
from assist.journal.chain import genesis
from assist.journal.examination import Flaw
from assist.journal.migrations import migrate
from assist.journal.store import open_journal
from assist.journal.verification import export, verify
from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.kiosks.tables import StoredEvent
from assist.server.proof.verification import verify_all_acts, verify_journal
from kiosk.extract_files import make
from tests.assist.sample_journal import SESSION, events, noon
from tests.assist.server.chains import chained
from tests.assist.server.test_proof import JOURNAL, SITE, Signer, sent, signed
from tests.kiosk.in_process import run_here

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kiosk(tmp_path: Path) -> Run:
    """The command, in a folder whose journal has forty events, one each five days, the last one today."""
    (tmp_path / "kiosk.toml").write_text("[voice]\nengine = 'pyttsx3'\n", encoding="utf-8")
    journal = open_journal(tmp_path / "var/journal.db", "borne-1", noon).journal
    now = datetime.now(UTC)
    for day in range(200, 0, -5):
        journal.append(events(1), now - timedelta(days=day), SESSION)
    journal.close()
    environment = {**os.environ, "PAS_A_PAS_CONFIG": str(tmp_path / "kiosk.toml")}
    return lambda *words: run_here(("journal", *words), tmp_path, environment)


def test_what_would_go_is_said_and_stays_then_goes_and_the_chain_holds(kiosk: Run, tmp_path: Path) -> None:
    path = tmp_path / "var/journal.db"
    before = path.read_bytes()
    dry = kiosk("purge", "--dry-run")
    assert dry.returncode == 0, dry
    assert "Journal de la borne\u00a0: 4 lignes, du" in dry.stdout.replace(" :", "\u00a0:")
    assert dry.stdout.endswith("Rien n'a été changé.\n")
    (told,) = json.loads(kiosk("purge", "--dry-run", "--json").stdout)
    assert (told["kept"], told["count"]) == ("Journal de la borne", 4)
    assert path.read_bytes() == before
    done = kiosk("purge", "--json")
    assert json.loads(done.stdout) == [told]
    rows = export(path)
    assert not hasattr(rows, "kind")
    assert sum(row["payload"] is None for row in rows) == 4  # type: ignore[union-attr]
    assert verify(path).intact
    assert "Rien n'était à effacer." in kiosk("purge").stdout


def test_the_site_of_this_machine_is_purged_too(kiosk: Run, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'site.db'}")
    assert "La base du lieu" not in kiosk("purge", "--dry-run").stdout
    database.upgrade()
    database.close()
    told = json.loads(kiosk("purge", "--dry-run", "--json").stdout)
    assert {"Journal de la borne", "Mandats", "Appels à l'aide"} <= {each["kept"] for each in told}
    assert kiosk("purge").returncode == 0


def test_a_base_of_another_version_is_not_brought_up_to_date_by_a_purge(kiosk: Run, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'site.db'}")
    database.upgrade()
    with database.begin() as transaction:
        transaction.execute(text("UPDATE alembic_version SET version_num = '0010'"))
    for words in (("purge",), ("purge", "--dry-run")):
        done = kiosk(*words)
        assert (done.returncode, "n'est pas de cette version" in done.stderr) == (1, True), done
    with database.read() as transaction:
        assert transaction.scalar(text("SELECT version_num FROM alembic_version")) == "0010"
    database.close()


def test_nothing_to_purge_is_said(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("", encoding="utf-8")
    done = run_here(("journal", "purge"), tmp_path, {**os.environ, "PAS_A_PAS_CONFIG": str(tmp_path / "kiosk.toml")})
    assert (done.returncode, done.stdout) == (0, "Il n'y a ni journal ni base du lieu sur cette machine.\n")
    assert not (tmp_path / "var").exists()


def test_a_kiosk_without_a_server_gives_an_extract(kiosk: Run, tmp_path: Path) -> None:
    since = f"{datetime.now(UTC) - timedelta(days=300):%Y-%m-%d}"
    made = json.loads(kiosk("extract", "--since", since, "--out", "e.json", "--json").stdout)
    assert made["events"] == 40
    assert kiosk("verify", "e.json", "--key", made["key"]).returncode == 0
    assert kiosk("verify", "var/journal.db", "--key", made["key"]).returncode == 0
    assert kiosk("verify", "var/journal.db", "--key", "00" * 32).returncode == 1
    (tmp_path / "e.json.sig").rename(tmp_path / "s")
    assert kiosk("verify", "e.json", "--key", made["key"]).returncode == 2
    assert kiosk("verify", "e.json", "--signature", "s", "--key", made["key"]).returncode == 0
    assert kiosk("extract", "--since", "0001-01-01", "--out", "n.json").returncode == 2
    before = (tmp_path / "e.json").read_bytes()
    for name in ("n.json", "e.json"):
        nothing = kiosk("extract", "--since", "2001-01-01", "--until", "2001-01-02", "--out", name)
        assert (nothing.returncode, "rien noté" in nothing.stderr) == (1, True), nothing
    assert (tmp_path / "e.json").read_bytes() == before, "what was there stays"
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(("n.json", ".pas"))]


def test_the_days_of_an_extract_are_those_of_the_place_in_summer_as_in_winter(tmp_path: Path) -> None:
    path, made = tmp_path / "j.db", (tmp_path / "e.json", tmp_path / "e.json.sig")
    journal = open_journal(path, "borne-1", noon).journal
    times = (
        "2026-07-13T21:59:59+00:00",
        "2026-07-13T22:00:00+00:00",
        "2026-07-14T21:59:00+00:00",
        "2026-07-14T22:30:00+00:00",
    )
    for time in times:
        journal.append(events(1), datetime.fromisoformat(time), SESSION)
    journal.close()
    day = date(2026, 7, 14)
    make(path, made, (day, day), "Mairie", datetime(2026, 12, 1, tzinfo=UTC))
    rows = [row["time"] for row in json.loads(made[0].read_bytes())["rows"]]
    assert rows[0].startswith("2026-07-13T22:00"), "in December, July is still two hours ahead"


def test_a_journal_that_somebody_gives_needs_the_key_of_its_kiosk(kiosk: Run, tmp_path: Path) -> None:
    """Anybody can make one that holds together: alone it proves nothing."""
    own = kiosk("verify")
    assert own.returncode == 0
    key = own.stdout.split()[-1]
    forged = tmp_path / "journal-remis.db"
    made = open_journal(forged, "borne-1", noon).journal
    made.append(events(3), datetime.now(UTC), SESSION)
    made.close()
    alone = kiosk("verify", forged.name)
    assert (alone.returncode, "intact" in alone.stdout, "--key" in alone.stdout) == (2, False, True), alone
    assert json.loads(kiosk("verify", forged.name, "--json").stdout)["intact"] is None
    assert kiosk("verify", forged.name, "--key", key).returncode == 1
    assert kiosk("verify", forged.name, "--key", verify(forged).key).returncode == 0


def test_a_journal_that_bears_the_key_of_a_kiosk_without_its_signature_proves_nothing(
    kiosk: Run, tmp_path: Path
) -> None:
    key = kiosk("verify").stdout.split()[-1]
    with closing(sqlite3.connect(tmp_path / "copied.db", isolation_level=None)) as copied:
        migrate(copied)
        copied.execute("INSERT INTO journal VALUES (1, 'j', ?, 'borne-1', '2026')", (bytes.fromhex(key),))
        copied.execute("INSERT INTO boot VALUES (1, 'borne-1', '2026', 1, 0)")
        (row,) = chained(genesis(b"j", bytes.fromhex(key)), ("step.continued", {}))
        told = [field.decode() if at in (1, 2, 4, 5, 6, 7) else field for at, field in enumerate(row)]  # type: ignore[union-attr]
        copied.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
    assert verify(tmp_path / "copied.db").intact
    done = kiosk("verify", "copied.db", "--key", key)
    assert (done.returncode, "aucune ligne" in done.stdout) == (2, True), done


def test_a_view_in_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    """It would never end."""
    with closing(sqlite3.connect(tmp_path / "hostile.db", isolation_level=None)) as hostile:
        migrate(hostile)
        hostile.execute("DROP TABLE event")
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        hostile.execute(f"CREATE VIEW event(seq) AS {endless}")
    assert verify(tmp_path / "hostile.db").flaw is Flaw.SCHEMA_ALTERED


def test_what_was_erased_stays_erased_on_another_machine_and_the_chain_holds(kiosk: Run, tmp_path: Path) -> None:
    """Purged, backed up while the kiosk writes, brought back elsewhere under another path and another home."""
    database = Database(f"sqlite:///{tmp_path / 'var' / 'site.db'}")
    database.upgrade()
    borne = Signer(Ed25519PrivateKey.generate())
    rows = borne.rows(12)
    sent(database, borne, rows)
    signed(database, borne.checkpoint(1, rows[-1]))
    with database.begin() as transaction:
        transaction.execute(update(StoredEvent).where(StoredEvent.seq <= 5).values(payload=None, salt=None))
        note(transaction, None, StaffAct.ACTS_ERASED, "0/0")
    database.close()
    assert json.loads(kiosk("purge", "--json").stdout)[0]["count"] == 4
    running = open_journal(tmp_path / "var/journal.db", "borne-1", noon).journal
    running.append(events(3), datetime.now(UTC), SESSION)
    pair = new_pair()
    (tmp_path / "secret").write_text(pair.secret, encoding="utf-8")
    here = {**os.environ, "PAS_A_PAS_CONFIG": str(tmp_path / "kiosk.toml")}
    kept = run_here(("backup", "kept", "--key", pair.public), tmp_path, here)
    running.append(events(3), datetime.now(UTC), SESSION)
    running.close()
    assert kept.returncode == 0, kept

    away = tmp_path / "une autre machine"
    away.mkdir()
    (away / "kiosk.toml").write_text("[journal]\npath = 'ailleurs/j.db'\n", encoding="utf-8")
    there = {**os.environ, "PAS_A_PAS_CONFIG": str(away / "kiosk.toml"), "HOME": str(away)}
    back = run_here(("restore", str(tmp_path / "kept"), "--key", str(tmp_path / "secret")), away, there)
    assert back.returncode == 0, back
    verified = run_here(("journal", "verify", "--json"), away, there)
    assert json.loads(verified.stdout)["intact"] is True, verified
    erased = [json.loads(line)["payload"] for line in run_here(("journal", "export"), away, there).stdout.splitlines()]
    assert (erased[:4], None in erased[4:]) == ([None] * 4, False)
    database = Database(f"sqlite:///{next(away.rglob('site.db'))}")
    assert verify_journal(database, JOURNAL, SITE.verify_key, lambda rows: None).wrong == ""
    assert verify_all_acts(database, SITE.verify_key, lambda rows: None).wrong == ""
    database.close()
