# SPDX-License-Identifier: EUPL-1.2
"""Alterations by the thousand, at the kiosk and at the server: each is found, and the first bad row named."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from assist.journal.checkpoints import sidecar_path
from assist.journal.store import open_journal
from assist.journal.verification import verify
from assist.server.database import Database
from assist.server.proof.verification import verify_journal
from tests.assist.alterations import Altered, Held, alter
from tests.assist.sample_journal import NOON, SESSION, events, noon, unguarded
from tests.assist.server.doors import Door
from tests.assist.server.test_proof import JOURNAL, SITE, Signer, sent, signed

SIZE = 40
SIGNED = (20, 40)
KIOSK = ("number", "seq", "hash", "boot", "time", "kind", "signature")
SERVER = (*KIOSK, "came", "countersignature")
Found = tuple[bool, int | None]
Trial = Callable[[Random], tuple[Altered, Found]]


@pytest.fixture
def at_kiosk(tmp_path: Path) -> Trial:
    """Alter a copy of a kiosk's journal, and verify it."""
    template, path = tmp_path / "template.db", tmp_path / "journal.db"
    for _ in SIGNED:
        journal = open_journal(template, "borne-1", noon).journal
        journal.append(events(20), NOON, SESSION)
        journal.close()
    shutil.copy(sidecar_path(template), sidecar_path(path))

    def trial(random: Random) -> tuple[Altered, Found]:
        shutil.copy(template, path)
        with unguarded(path) as connection:
            altered = alter(Held(connection, SIZE, SIGNED, KIOSK, erasures_signed=True), random)
        verdict = verify(path)
        return altered, (not verdict.intact, verdict.first_bad)

    return trial


@pytest.fixture
def at_server(lite: Door, tmp_path: Path) -> Iterator[Trial]:
    """Alter a copy of what the server keeps, and verify it."""
    database = Database(lite.address)
    kiosk = Signer(Ed25519PrivateKey.generate())
    rows = kiosk.rows(SIZE)
    sent(database, kiosk, rows)
    signed(database, *(kiosk.checkpoint(n, rows[seq - 1]) for n, seq in enumerate(SIGNED, 1)))
    template = sqlite3.connect(":memory:")
    altering = sqlite3.connect(tmp_path / "site.db", isolation_level=None)
    altering.backup(template)
    altering.execute("PRAGMA synchronous = OFF")  # No power fails here.

    def trial(random: Random) -> tuple[Altered, Found]:
        template.backup(altering)
        altering.execute("BEGIN")
        altered = alter(Held(altering, SIZE, SIGNED, SERVER, erasures_signed=False), random)
        altering.execute("COMMIT")
        found = verify_journal(database, JOURNAL, SITE.verify_key, lambda rows: None)
        return altered, (bool(found.wrong), found.first_bad)

    yield trial
    database.close()
    altering.close()
    template.close()


def all_found(trial: Trial, count: int, seed: int) -> Counter[str]:
    """How many of each kind; every one found, its first bad row named."""
    done: Counter[str] = Counter()
    for number in range(count):
        altered, (wrong, first_bad) = trial(Random(seed * 1_000_000 + number))  # noqa: S311 - to be done again alike
        assert wrong, (number, altered)
        assert first_bad is not None, (number, altered)
        assert altered.first <= first_bad <= altered.last, (number, altered, first_bad)
        done[altered.kind.split(" ")[0]] += 1
    return done


COUNTS = [150, pytest.param(5000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]


@pytest.mark.parametrize("count", COUNTS)
def test_each_alteration_of_a_kiosks_journal_is_found(at_kiosk: Trial, count: int) -> None:
    assert len(all_found(at_kiosk, count, 1)) > 5


@pytest.mark.parametrize("count", COUNTS)
def test_each_alteration_of_the_servers_copy_is_found(at_server: Trial, count: int) -> None:
    assert len(all_found(at_server, count, 2)) > 5


def test_the_oldest_content_can_be_erased_early_at_the_server_unseen(lite: Door) -> None:
    """The other limit: what retention erases there leaves no signed record (ADR 0139). The kiosk has its own."""
    database = Database(lite.address)
    kiosk = Signer(Ed25519PrivateKey.generate())
    sent(database, kiosk, kiosk.rows(4))
    for last, wrong in ((1, False), (3, True)):
        with database.begin() as transaction:
            transaction.execute(
                text("UPDATE event SET payload = NULL, salt = NULL WHERE seq IN (1, :last)"), {"last": last}
            )
        found = verify_journal(database, JOURNAL, SITE.verify_key, lambda rows: None)
        assert bool(found.wrong) is wrong
    database.close()


def test_what_nobody_signed_yet_can_be_cut_off_unseen(tmp_path: Path) -> None:
    """The limit: a kiosk that is on has signed up to its last hundred; what came after is the server's to know."""
    path = tmp_path / "journal.db"
    journal = open_journal(path, "borne-1", noon).journal
    for count in (100, 30):
        journal.append(events(count), NOON, SESSION)
    cut = tmp_path / "cut.db"
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", f"{cut}{end}")
    shutil.copy(sidecar_path(path), sidecar_path(cut))
    journal.close()
    with unguarded(cut) as connection:
        connection.execute("DELETE FROM event WHERE seq > 100")
    assert verify(cut).intact
    with unguarded(cut) as connection:
        connection.execute("DELETE FROM event WHERE seq > 99")
    assert verify(cut).first_bad == 100
