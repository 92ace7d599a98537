# SPDX-License-Identifier: EUPL-1.2
"""From « Journaux » to a machine without the database: what a manager gives is checked with the public key alone."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from assist.server.database import Database
from assist.server.mandates.keys import site_keys
from assist.server.proof.extracts import Wanted, make
from assist.server.staff_member import Role
from kiosk.judged_extracts import judged
from tests.assist.server.chains import NOON
from tests.assist.server.doors import Door, add, client, log_in, token_in
from tests.assist.server.test_proof import SITE, Signer, sent, signed
from tests.kiosk.in_process import run_here

DAY = {"kiosk": "borne-1", "since": "2026-11-30", "until": "2026-11-30"}


def test_a_manager_gives_an_extract_that_anybody_checks(lite: Door, tmp_path: Path) -> None:
    app = lite.app()
    database: Database = app.state.database
    kiosk = Signer(Ed25519PrivateKey.generate())
    rows = kiosk.rows(12)
    with client(app) as browser:
        key = site_keys(lite.site.keys)
        sent(database, kiosk, rows)
        signed(database, kiosk.checkpoint(1, rows[2]), kiosk.checkpoint(2, rows[9]), key=key.signing)
        add(database, "rose", Role.MANAGER)
        log_in(browser, "rose")
        assert 'href="/journaux/extrait"' in browser.get("/journaux").text
        page = browser.get("/journaux/extrait").text
        assert key.sign_public.hex() in page
        token = token_in(page)
        for wrong in (
            {"kiosk": ""},
            {"since": "hier"},
            {"kiosk": "borne\0"},
            {"since": "0001-01-01"},
            {"until": "9999-12-31"},
            {"until": "2020-01-01"},
            {"since": "2020-01-01", "until": "2020-01-02"},
        ):
            refused = browser.post("/journaux/extrait", data={"token": token, **DAY, **wrong})
            assert refused.status_code == 422, wrong
            assert 'role="alert"' in refused.text
        given = browser.post("/journaux/extrait", data={"token": token, **DAY})
        assert given.status_code == 200
        assert given.headers["content-type"] == "application/zip"
        assert "a fait un extrait signé" in browser.get("/acts").text
        assert "2026-11-30/2026-11-30/12" in browser.get("/acts").text

    away = tmp_path / "ailleurs"
    away.mkdir()
    (away / "audit.zip").write_bytes(given.content)
    verify = ("journal", "verify", "audit.zip", "--key", key.sign_public.hex())
    here = {**os.environ, "HOME": str(away)}
    done = run_here(verify, away, here)
    assert (done.returncode, "est intact" in done.stdout) == (0, True), done
    assert "La borne a signé jusqu'à la ligne 10" in done.stdout
    told = json.loads(run_here((*verify, "--json"), away, here).stdout)
    assert (told["intact"], told["events"], told["first_bad"]) == (True, 12, None)
    assert [file.name for file in away.iterdir()] == ["audit.zip"], "nothing else was needed, nothing was made"

    with ZipFile(away / "audit.zip") as archive:
        archive.extractall(away)
        (name,) = (each for each in archive.namelist() if each.endswith(".json"))
    content = (away / name).read_bytes()
    (away / name).write_bytes(content.replace(b'{\\"step\\": \\"e6\\"}', b'{\\"step\\": \\"e7\\"}'))
    done = run_here(("journal", "verify", name, "--key", key.sign_public.hex()), away, here)
    assert done.returncode == 1
    said = done.stdout.replace("\u00a0", " ")
    assert "Première ligne en cause : borne « borne-1 », démarrage 1, ligne 7." in said
    (away / f"{name}.sig").unlink()
    assert run_here(("journal", "verify", name, "--key", key.sign_public.hex()), away, here).returncode == 2
    assert run_here(("journal", "verify", name), away, here).returncode == 2
    assert run_here(("journal", "verify", name, "--key", "zz"), away, here).returncode == 2
    assert run_here(("journal", "verify", "absent.json", "--key", "00" * 32), away, here).returncode == 2


def test_what_was_changed_in_the_database_before_is_found(database: Database, tmp_path: Path) -> None:
    """Signed by the site, and altered all the same: whoever checks is told which row."""
    kiosk = Signer(Ed25519PrivateKey.generate())
    sent(database, kiosk, kiosk.rows(12))
    with database.begin() as transaction:
        transaction.execute(text("UPDATE event SET session = 'x' WHERE seq = 8"))
    day = date(2026, 11, 30)
    made = make(database, Wanted("borne-1", day, day), "Maison d'essai", SITE, NOON)
    assert made is not None
    with made.file as file:
        (tmp_path / "audit.zip").write_bytes(file.read())
    (found,) = judged(tmp_path / "audit.zip", None, bytes(SITE.verify_key))
    assert (found.judged.first_bad, found.judged.boot) == (8, 1)
    assert make(database, Wanted("borne-2", day, day), "Maison d'essai", SITE, NOON) is None
