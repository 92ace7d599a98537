# SPDX-License-Identifier: EUPL-1.2
"""Nobody rewrites the past: checkpoints are countersigned, everything is verified, what is apart stays apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assist.journal.chain import Link, genesis
from assist.journal.checkpoints import Checkpoint
from assist.journal.opening import public_bytes
from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.retention import erase
from assist.server.kiosks.tables import SetApart, StoredEvent
from assist.server.mandates.keys import site_keys
from assist.server.proof import verifier
from assist.server.proof.act_checkpoints import sign_acts
from assist.server.proof.histories import Outcome, histories, look_at
from assist.server.proof.tables import ActCheckpoint, KioskCheckpoint
from assist.server.proof.verification import AT_ONCE, Found, verify_all_acts, verify_journal
from assist.server.proof.witness import countersign_late, last_witnessed, witness
from assist.server.staff_member import Role
from tests.assist.server.chains import NOON, after, chained
from tests.assist.server.doors import Door, add, client, log_in, token_in

JOURNAL = "j1"
SITE = SigningKey(bytes(32))
TOLD: list[tuple[str, dict[str, object]]] = [("step.continued", {"step": f"e{n}"}) for n in range(9)]


@dataclass
class Signer:
    """A kiosk that signs."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return public_bytes(self.key)

    def rows(self, count: int = 9) -> list[Link]:
        told: list[tuple[str, dict[str, object]]] = [("step.continued", {"step": f"e{n}"}) for n in range(count)]
        return chained(genesis(JOURNAL.encode(), self.public), *told)

    def checkpoint(self, number: int, link: Link) -> Checkpoint:
        place = (JOURNAL, self.public, number, link.seq, link.hash, 1, "2026-11-30T12:00:00.000+00:00", "regular")
        unsigned = Checkpoint(*place)
        return replace(unsigned, signature=self.key.sign(unsigned.signed_bytes()))


@pytest.fixture
def kiosk() -> Signer:
    return Signer(Ed25519PrivateKey.generate())


def sent(database: Database, kiosk: Signer, links: Sequence[Link]) -> None:
    with database.begin() as transaction:
        journal_of(transaction, JOURNAL, kiosk.public, "borne-1", NOON)
        ingest(transaction, Source("borne-1", JOURNAL), links, NOON)


def signed(database: Database, *checkpoints: Checkpoint, key: SigningKey | None = SITE) -> int:
    with database.begin() as transaction:
        return witness(transaction, checkpoints, key, NOON)


def verified(database: Database) -> Found:
    return verify_journal(database, JOURNAL, SITE.verify_key, lambda rows: None)


@pytest.fixture
def held(database: Database, kiosk: Signer) -> Database:
    """Nine rows, and checkpoints of the third and the sixth."""
    rows = kiosk.rows()
    sent(database, kiosk, rows)
    signed(database, kiosk.checkpoint(1, rows[2]), kiosk.checkpoint(2, rows[5]))
    return database


def test_what_was_written_is_intact(held: Database) -> None:
    assert verified(held) == Found("borne-1", JOURNAL, 9, 2)
    with held.begin() as transaction:
        erase(transaction, NOON + timedelta(days=15))
        for step in range(1, 14):  # Lived time: six months, a step at a time.
            transaction.execute(text("UPDATE event SET came_at = :at WHERE seq = 1"), {"at": NOON})
            erase(transaction, NOON + timedelta(days=15 * step))
    assert verified(held).wrong == ""


def test_a_checkpoint_is_kept_once_and_countersigned(held: Database, kiosk: Signer) -> None:
    again = kiosk.checkpoint(2, kiosk.rows()[5])
    with held.read() as transaction:
        number, signature = last_witnessed(transaction, JOURNAL)
    assert number == 2
    with held.read() as transaction:
        kept = transaction.scalars(select(KioskCheckpoint).where(KioskCheckpoint.number == 2)).one()
    assert kept.signature.hex() == signature != again.signature.hex()
    same = Checkpoint(JOURNAL, kiosk.public, 2, kept.seq, kept.hash, kept.boot, kept.time, kept.kind, kept.signature)
    assert signed(held, same) == 0
    with held.read() as transaction:
        assert transaction.scalar(select(func.count()).select_from(KioskCheckpoint)) == 2
        assert kept.countersignature is not None


def _change(statement: str) -> Callable[[Session], None]:
    return lambda transaction: transaction.execute(text(statement)) and None


@pytest.mark.parametrize(
    ("change", "said", "first_bad"),
    [
        (_change("UPDATE event SET payload = '{}' WHERE seq = 4"), "La ligne 4 a été modifiée.", 4),
        (_change("UPDATE event SET type = 'other' WHERE seq = 5"), "La ligne 5 a été modifiée.", 5),
        (_change("DELETE FROM event WHERE seq = 2"), "La ligne 2 manque.", 2),
        (_change("DELETE FROM event WHERE seq = 9"), "La fin a été coupée : la ligne 9 manque.", 9),
        (_change("DELETE FROM event WHERE seq > 4"), "La fin a été coupée : la ligne 5 manque.", 5),
        (_change("UPDATE event SET payload = NULL, salt = NULL WHERE seq = 3"), "La ligne 1 a été modifiée.", 1),
        (_change("DELETE FROM checkpoint WHERE number = 1"), "Le point de contrôle n° 1 manque.", 6),
        (
            _change("UPDATE checkpoint SET time = 'x' WHERE number = 2"),
            "Le point de contrôle n° 2 a été modifié après son arrivée.",
            6,
        ),
        (
            _change("UPDATE checkpoint SET came = 'x' WHERE number = 1"),
            "Le point de contrôle n° 1 a été modifié après son arrivée.",
            3,
        ),
    ],
)
def test_the_first_bad_row_is_named(
    held: Database, change: Callable[[Session], None], said: str, first_bad: int
) -> None:
    with held.begin() as transaction:
        change(transaction)
    found = verified(held)
    assert (found.wrong.replace("\u00a0", " "), found.first_bad) == (said, first_bad)


def test_a_chain_made_anew_does_not_hold_against_what_the_kiosk_signed(held: Database, kiosk: Signer) -> None:
    """Whoever has the database, but not the key of the kiosk, hashes everything again."""
    told: list[tuple[str, dict[str, object]]] = [("step.continued", {"step": "other"})] * 9
    forged = chained(genesis(JOURNAL.encode(), kiosk.public), *told)
    with held.begin() as transaction:
        for link in forged:
            row = transaction.get_one(StoredEvent, (JOURNAL, link.seq))
            row.payload, row.salt, row.commitment = (link.payload or b"").decode(), link.salt, link.commitment
            row.id, row.prev, row.hash = link.id.decode(), link.prev, link.hash
        transaction.execute(text("UPDATE journal SET head = :head"), {"head": forged[-1].hash})
    assert (verified(held).wrong, verified(held).first_bad) == ("La ligne 1 a été modifiée.", 1)


def test_a_checkpoint_that_another_key_signed_is_kept_and_told(held: Database, kiosk: Signer) -> None:
    other = Signer(Ed25519PrivateKey.generate())
    link = kiosk.rows()[7]
    foreign = replace(other.checkpoint(3, link), key=kiosk.public)
    assert signed(held, foreign) == 1
    assert "n° 3 n'est pas signé" in verified(held).wrong.replace("\u00a0", " ")


def test_what_came_without_the_key_of_the_site_is_countersigned_later(database: Database, kiosk: Signer) -> None:
    rows = kiosk.rows()
    sent(database, kiosk, rows)
    signed(database, kiosk.checkpoint(1, rows[2]), key=None)
    with database.begin() as transaction:
        assert countersign_late(transaction, {JOURNAL: kiosk.public}, SITE) == 1
        assert countersign_late(transaction, {JOURNAL: kiosk.public}, SITE) == 0
    assert verified(database).wrong == ""


def test_a_kiosk_that_signs_another_past_is_found_and_its_first_history_stays(held: Database, kiosk: Signer) -> None:
    other = after(kiosk.rows()[:1], *TOLD)
    sent(held, kiosk, other)
    signed(held, kiosk.checkpoint(2, other[4]))
    found = verified(held)
    assert (found.wrong, found.rows) == ("", 9), "what is set apart has checkpoints of its own"


def test_a_long_journal_is_read_some_rows_at_a_time(database: Database, kiosk: Signer) -> None:
    rows = kiosk.rows(AT_ONCE + 1)
    sent(database, kiosk, rows)
    told: list[int] = []
    assert verify_journal(database, JOURNAL, SITE.verify_key, told.append).rows == AT_ONCE + 1
    assert told == [AT_ONCE, 1]


def test_the_acts_are_signed_and_whoever_changes_them_is_found(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    keys = door.site.keys
    with client(app):
        for number in range(3):
            with database.begin() as transaction:
                note(transaction, None, StaffAct.CALL_TAKEN, f"call-{number}", NOON)
        sign_acts(database, keys, NOON)
        sign_acts(database, keys, NOON)
        with database.read() as transaction:
            assert [row.seq for row in transaction.scalars(select(ActCheckpoint))] == [3]
        key = site_keys(keys).signing.verify_key
        assert verify_all_acts(database, key, lambda rows: None) == Found("", "", 3, 1)
        with database.begin() as transaction:
            if transaction.get_bind().dialect.name == "postgresql":
                transaction.execute(text("ALTER TABLE act DISABLE TRIGGER USER"))
            else:
                transaction.execute(text("DROP TRIGGER act_kept"))
            transaction.execute(text("DELETE FROM act WHERE seq = 3"))
        found = verify_all_acts(database, key, lambda rows: None)
        assert (found.wrong, found.first_bad) == ("La fin a été coupée : la ligne 3 manque.", 3)


def test_a_manager_verifies_and_looks_at_what_is_apart(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    kiosk = Signer(Ed25519PrivateKey.generate())
    rows = kiosk.rows()
    sent(database, kiosk, rows)
    sent(database, kiosk, after(rows[:4], *TOLD[:3], session="s2"))
    sent(database, kiosk, after(rows[:6], *TOLD[:2], session="s3"))
    with client(app) as browser:
        add(database, "rose", Role.MANAGER)
        log_in(browser, "rose")
        shown = browser.get("/journaux").text
        assert shown.count("À regarder") == 2
        first = shown.split("/journaux/a-part/")[-1].split('"')[0]
        there = f"/journaux/a-part/{first}"
        page = browser.get(there).text
        assert rows[3].hash.hex()[:12] in page
        assert "Ligne 5" in page
        token = token_in(page)
        assert browser.post(there, data={"token": token}).status_code == 422
        assert browser.post(there, data={"token": token, "outcome": "replaced"}).status_code == 303
        shown = browser.get("/journaux").text
        assert shown.count("À regarder") == 1
        assert shown.count("La machine a été remplacée") == 1

        browser.post("/journaux/verifier", data={"token": token})
        app.state.verifier.wait()
        assert "Tout est intact" in browser.get("/journaux").text
        acts = browser.get("/acts").text
        assert "machine remplacée" in acts
        assert "tout est intact" in acts

        with database.read() as transaction:
            assert transaction.scalar(select(func.count()).select_from(SetApart)) == 3 + 2
            assert transaction.scalar(select(func.count()).select_from(StoredEvent)) == 9
        assert browser.get("/journaux/a-part/999").status_code == 404


def test_a_verification_that_breaks_is_said_and_does_not_seem_to_go_on(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*words: object) -> None:
        raise ValueError("a row that nobody thought of")

    monkeypatch.setattr(verifier, "verify_all_acts", breaks)
    app = door.app()
    with client(app) as browser:
        add(app.state.database, "rose", Role.MANAGER)
        log_in(browser, "rose")
        browser.post("/journaux/verifier", data={"token": token_in(browser.get("/journaux").text)})
        app.state.verifier.wait()
        assert "Essayez encore" in browser.get("/journaux").text
    assert "the verification failed" in caplog.text


def test_rows_that_come_after_somebody_looked_are_to_be_looked_at(door: Door) -> None:
    app = door.app()
    database: Database = app.state.database
    kiosk = Signer(Ed25519PrivateKey.generate())
    rows = kiosk.rows()
    other = after(rows[:4], *TOLD[:3])
    sent(database, kiosk, rows)
    sent(database, kiosk, other)
    with database.begin() as transaction:
        (one,) = histories(transaction)
        assert (one.kiosk, one.rows, one.outcome) == ("borne-1", 3, "")
        assert look_at(transaction, one.number, Outcome.APART, NOON)
        assert not look_at(transaction, one.number + 1, Outcome.APART, NOON), "not the first of its history"
        assert histories(transaction)[0].outcome != ""
    sent(database, kiosk, after(other, *TOLD[:2]))
    with database.read() as transaction:
        (one,) = histories(transaction)
    assert (one.rows, one.outcome) == (5, "")
    database.close()
