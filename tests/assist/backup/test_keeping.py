# SPDX-License-Identifier: EUPL-1.2
"""A site comes back on another machine as it was, its chain whole; a spoilt or foreign file brings nothing back."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, func, select

from assist.backup.keeping import Done, Parts, Refused, make, restore
from assist.backup.sealed_folder import BadKey, NotOpened, new_pair
from assist.journal import verification
from assist.journal.store import open_journal
from assist.server.database import Database
from assist.server.review.tables import TextRow
from tests.assist import sample_journal
from tests.assist.server.doors import Door

PAIR = new_pair()


def site(folder: Path, address: str = "", *, events: int = 150) -> Parts:
    """A site with a journal of some events, keys, and a text in its database."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    (keys / "site.key").write_bytes(b"secret of the site")
    address = address or f"sqlite:///{folder / 'site.db'}"
    database = Database(address)
    database.upgrade()
    with database.begin() as transaction:
        transaction.add(TextRow(procedure="rsa", content_hash="v1", first_day=sample_journal.NOON.date()))
    database.close()
    return Parts(sample_journal.make(folder / "journal.db", events), address, keys)


def elsewhere(folder: Path, address: str = "") -> Parts:
    return Parts(folder / "journal.db", address or f"sqlite:///{folder / 'site.db'}", folder / "keys")


def prepared(address: str) -> Engine:
    database = Database(address)
    database.upgrade()
    return database.engine


def texts(address: str) -> int:
    database = Database(address)
    with database.begin() as transaction:
        found = transaction.scalar(select(func.count()).select_from(TextRow)) or 0
    database.close()
    return found


def test_all_comes_back_and_the_journal_goes_on(tmp_path: Path) -> None:
    there = site(tmp_path / "a")
    made = make(there, tmp_path / "kept", PAIR.public, prepared)
    assert made.events is not None
    here = elsewhere(tmp_path / "b")
    assert restore(tmp_path / "kept", here, PAIR.secret, prepared) == Done(made.events, True, True)
    assert (here.keys / "site.key").read_bytes() == b"secret of the site"
    assert texts(here.database) == 1
    journal = open_journal(here.journal, "borne-1", sample_journal.noon).journal
    sample_journal.fill(journal, 3)
    journal.close()
    verdict = verification.verify(here.journal)
    assert verdict.intact
    assert verdict.events > made.events
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "kept"], "no copy in clear is left"


def test_a_backup_made_while_the_kiosk_writes_is_whole(tmp_path: Path) -> None:
    there = site(tmp_path / "a", events=20)
    journal = open_journal(there.journal, "borne-1", sample_journal.noon).journal
    enough, began = Event(), Event()

    def write() -> None:
        while not enough.is_set():
            sample_journal.fill(journal, 5)
            began.set()

    writer = Thread(target=write)
    writer.start()
    assert began.wait(60)
    made = [make(there, tmp_path / f"kept{n}", PAIR.public, prepared) for n in range(3)]
    enough.set()
    writer.join()
    journal.close()
    for n, one in enumerate(made):
        here = elsewhere(tmp_path / f"b{n}")
        assert restore(tmp_path / f"kept{n}", here, PAIR.secret, prepared).events == one.events
        assert verification.verify(here.journal).intact


def test_another_key_opens_nothing_and_a_changed_byte_is_found(tmp_path: Path) -> None:
    make(site(tmp_path / "a", events=3), tmp_path / "kept", PAIR.public, prepared)
    here = elsewhere(tmp_path / "b")
    with pytest.raises(NotOpened):
        restore(tmp_path / "kept", here, new_pair().secret, prepared)
    with pytest.raises(BadKey):
        restore(tmp_path / "kept", here, "AGE-SECRET-KEY-1NONSENSE", prepared)
    whole = (tmp_path / "kept").read_bytes()
    for at in (0, len(whole) // 2, len(whole) - 1):
        (tmp_path / "spoilt").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(NotOpened):
            restore(tmp_path / "spoilt", here, PAIR.secret, prepared)
    (tmp_path / "cut").write_bytes(whole[:-1])
    with pytest.raises(NotOpened):
        restore(tmp_path / "cut", here, PAIR.secret, prepared)
    assert list((tmp_path / "b").iterdir()) == []


def test_nothing_that_is_there_is_replaced(tmp_path: Path) -> None:
    there = site(tmp_path / "a", events=3)
    make(there, tmp_path / "kept", PAIR.public, prepared)
    with pytest.raises(Refused, match=r"journal\.db.*keys.*site\.db"):
        restore(tmp_path / "kept", there, PAIR.secret, prepared)


def test_a_journal_that_was_altered_is_not_kept_as_if_it_were_sound(tmp_path: Path) -> None:
    there = site(tmp_path / "a", events=5)
    content = there.journal.read_bytes()
    at = content.rindex(b"step.continued")
    there.journal.write_bytes(content[:at] + b"step.continueX" + content[at + 14 :])
    with pytest.raises(Refused, match="pas intact"):
        make(there, tmp_path / "kept", PAIR.public, prepared)
    assert not (tmp_path / "kept").exists()


def test_nothing_to_keep_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="rien à sauvegarder"):
        make(elsewhere(tmp_path / "nowhere"), tmp_path / "kept", PAIR.public, prepared)


def test_a_database_comes_back_of_either_kind(door: Door, tmp_path: Path) -> None:
    there = site(tmp_path / "a", door.address if "postgresql" in door.address else "", events=3)
    make(there, tmp_path / "kept", PAIR.public, prepared)
    if "postgresql" in door.address:
        with pytest.raises(Refused, match="n'est pas vide"):
            restore(tmp_path / "kept", elsewhere(tmp_path / "b", door.address), PAIR.secret, prepared)
        here = elsewhere(tmp_path / "c")
        restore(tmp_path / "kept", here, PAIR.secret, prepared)
        assert texts(here.database) == 1
    else:
        assert restore(tmp_path / "kept", elsewhere(tmp_path / "b"), PAIR.secret, prepared).site
