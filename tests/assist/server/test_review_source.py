# SPDX-License-Identifier: EUPL-1.2
"""A review is read where figures are, by whoever may read the files; when it cannot be, a sentence says why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from assist.journal.store import open_journal
from assist.review.indicators import Sums
from assist.server.database import Database
from assist.server.review import reading
from assist.server.review.asked import Wanted
from assist.server.review.source import ReviewSource, of_journal, of_site
from assist.server.starting import CannotServe, bring_up_to_date
from assist.session.commands import Face, Mode
from assist.session.events import Ending, Event, Rated, SessionEnded, StepShown
from tests.assist.sample_journal import NOON, noon, started, unguarded
from tests.assist.server.test_review_keeping import came, somebody
from tests.assist.server.told_sessions import Stay

DAYS = Wanted(NOON.date() - timedelta(days=30), NOON.date() + timedelta(days=30))


def sums(transaction: Session) -> Sums:
    return reading.sums(transaction, DAYS)


@contextmanager
def closing(source: ReviewSource) -> Iterator[ReviewSource]:
    yield source
    source.close()


def journal_with(path: Path, *told: tuple[Event, ...]) -> Path:
    journal = open_journal(path, "bus", noon).journal
    for number, events in enumerate(told):
        journal.append([started(f"s{number}"), *events], NOON, f"s{number}")
    journal.close()
    return path


def test_the_site_is_read_while_somebody_writes_and_nothing_is_written(database: Database) -> None:
    came(database, [somebody(Stay("debut", 5))])
    address = database.engine.url.render_as_string(hide_password=False)
    with closing(of_site(address)) as source, database.begin() as writer:
        writer.execute(text("DELETE FROM visit"))
        assert source.ask(sums).counts["sessions"] == 1
        with pytest.raises(CannotServe, match="ne répond pas"):
            source.ask(lambda transaction: transaction.execute(text("DELETE FROM review_day")))
        assert not source.of_kiosk


def test_a_question_that_is_a_bug_is_not_taken_for_a_database_that_is_silent(lite_database: Database) -> None:
    with closing(of_site(str(lite_database.engine.url))) as source, pytest.raises(InvalidRequestError):
        source.ask(lambda transaction: transaction.execute(text("SELECT 1 WHERE 0")).one())


def test_a_start_that_is_a_bug_is_not_taken_for_a_database_that_is_silent(
    lite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(database: Database) -> None:
        raise InvalidRequestError("a migration that is a bug")

    monkeypatch.setattr(Database, "upgrade", breaks)
    with pytest.raises(InvalidRequestError):
        bring_up_to_date(lite_database)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DROP TABLE alembic_version", "pas encore de base"),
        ("UPDATE alembic_version SET version_num = '0007'", "version plus ancienne"),
        ("UPDATE alembic_version SET version_num = 'later'", "version plus récente"),
    ],
)
def test_tables_of_another_version_are_left_alone(lite_database: Database, change: str, said: str) -> None:
    with lite_database.begin() as transaction:
        transaction.execute(text(change))
    with pytest.raises(CannotServe, match=said):
        of_site(str(lite_database.engine.url))


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="pas encore de base"):
        of_site(f"sqlite:///{tmp_path / 'site.db'}")
    assert not list(tmp_path.iterdir())
    (tmp_path / "site.db").write_bytes(b"no database at all" * 100)
    for address in (f"sqlite:///{tmp_path / 'site.db'}", "postgresql+psycopg://nobody@127.0.0.1:1/site"):
        with pytest.raises(CannotServe, match="ne répond pas"):
            of_site(address)


def test_the_journal_of_a_kiosk_alone_is_counted_as_its_server_would(tmp_path: Path) -> None:
    walk = replace(started("s9"), mode=Mode.WALK)
    path = journal_with(
        tmp_path / "journal.db",
        (Rated(Face.HAPPY), SessionEnded(Ending.DONE, "<2")),
        (StepShown("debut", "", document=""), SessionEnded(Ending.ABANDONED, "<2")),
        (),
    )
    journal = open_journal(path, "bus", noon).journal
    journal.append([walk, SessionEnded(Ending.DONE, "<2")], NOON, "s9")
    with closing(of_journal(path, "bus", NOON)) as source:
        assert source.of_kiosk
        counts = source.ask(sums).counts
        assert (counts["sessions"], counts["done"], counts["abandoned"], counts["interrupted"]) == (3, 1, 1, 1)
        assert source.ask(reading.kiosks) == ["bus"]
        rows, _ = source.ask(lambda transaction: reading.listed(transaction, DAYS))
        assert source.ask(lambda transaction: reading.rows_of(transaction, rows[0].session))[0]["kiosk"] == "bus"
    journal.close()


def test_a_journal_that_is_broken_or_absent_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="pas encore de journal"):
        of_journal(tmp_path / "journal.db", "bus", NOON)
    (tmp_path / "text.db").write_text("nothing of a journal" * 100)
    with pytest.raises(CannotServe, match="ne peut pas être lu"):
        of_journal(tmp_path / "text.db", "bus", NOON)
    path = journal_with(tmp_path / "altered.db", (Rated(Face.HAPPY), SessionEnded(Ending.DONE, "<2")))
    with unguarded(path) as connection:
        connection.execute("UPDATE event SET type = 'session.paused' WHERE type = 'session.rated'")
    with pytest.raises(CannotServe, match=r"La ligne \d+ .* abîmée(.|\n)*kiosk journal verify"):
        of_journal(path, "bus", NOON)
