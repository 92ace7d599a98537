# SPDX-License-Identifier: EUPL-1.2
"""A mandate is whole or absent: when the server is killed, and when its disk is full."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from assist.server.acts import ActRow, verify_acts
from assist.server.database import Database
from assist.server.mandates.keys import site_keys
from assist.server.mandates.tables import MandateRow
from tests.assist.server.mandate_desk import DAY, Desk, desk_at
from tests.faults.killable_mandates import DOMAINS

CYCLES = 10


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killable_mandates"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    yield process
    process.stdin.close()  # type: ignore[union-attr]
    process.wait(timeout=30)
    process.stdout.close()  # type: ignore[union-attr]


def kill_once(victim: subprocess.Popen[str], folder: Path, chance: random.Random) -> set[str]:
    """Let it give mandates, and kill it at any moment; the numbers that were answered."""
    assert victim.stdin is not None
    assert victim.stdout is not None
    victim.stdin.write(f"{folder}\n")
    victim.stdin.flush()
    pid = int(victim.stdout.readline().split()[1])
    given: set[str] = set()
    last, wanted = "", chance.randrange(1, 5)
    while len(given) < wanted:
        last = victim.stdout.readline().strip()
        assert last.startswith("ack"), last
        given.add(last.split()[1])
    # Somewhere in the next one: reading, sealing, writing or answering.
    for _ in range(chance.randrange(200_000)):
        pass
    os.kill(pid, signal.SIGKILL)
    while last != "dead":
        last = victim.stdout.readline().strip()
        assert last.startswith(("ack", "dead")), last
        if last.startswith("ack"):
            given.add(last.split()[1])
    return given


def whole(folder: Path) -> set[str]:
    """The mandates of the database, each checked to be whole: domains, identity, and its entry in the acts."""
    keys = site_keys(folder / "keys")
    database = Database(f"sqlite:///{folder / 'site.db'}")
    with database.begin() as transaction:
        rows = transaction.scalars(select(MandateRow)).all()
        for row in rows:
            assert sorted(a.domain for a in row.authorizations) == sorted(DOMAINS)
            assert keys.open(row.sealed, row.number).last_name == "Vaillant-Maréchal"
        noted = transaction.scalars(select(ActRow.about).where(ActRow.act == "mandate_recorded")).all()
        assert sorted(noted) == sorted(row.number for row in rows), "an act for each, a mandate for each act"
        assert verify_acts(transaction).first_bad is None
    database.close()
    return {row.number for row in rows}


def test_killed_at_any_moment(victim: subprocess.Popen[str], tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    acknowledged: set[str] = set()
    for _ in range(CYCLES):
        acknowledged |= kill_once(victim, tmp_path, chance)
        assert acknowledged <= whole(tmp_path), "a mandate that was answered is lost"
    assert len(acknowledged) >= CYCLES


def limit(database: Database, pages: int) -> None:
    """From now on its file may not have more than so many pages."""
    database.engine.dispose()
    event.listen(
        database.engine, "connect", lambda driver, _: driver.execute(f"PRAGMA max_page_count = {pages}").close()
    )


def until_refused(desk: Desk) -> tuple[set[str], str]:
    """Give until the disk is full: what was given, and what the page then says."""
    given: set[str] = set()
    for _ in range(2000):
        answer = desk.agrees(desk.text_page(list(DOMAINS)))
        if answer.status_code != 303:
            assert answer.status_code == 507, answer.text
            return given, answer.text
        given.add(answer.headers["location"].rpartition("/")[2])
    raise AssertionError("the disk never filled")


def test_a_full_disk_refuses_mandates_and_still_shows_them(tmp_path: Path) -> None:
    with desk_at(tmp_path, f"sqlite:///{tmp_path / 'site.db'}") as desk:
        desk.client.headers["accept"] = "text/html"
        first = desk.gives(*DOMAINS)
        limit(desk.app.state.database, 90)
        given, refused = until_refused(desk)
        assert "Le disque du serveur est plein" in refused
        assert "Rien n&#39;a été enregistré" in refused
        assert whole(tmp_path) == given | {first}

        desk.clock += DAY / 24
        listed = desk.get("/mandats")
        assert listed.status_code == 200
        assert first in listed.text
        assert desk.get(f"/mandats/{first}").status_code == 200
        assert whole(tmp_path) == given | {first}

        limit(desk.app.state.database, 1_000_000)
        again = desk.gives(*DOMAINS)
        assert whole(tmp_path) == given | {first, again}, "it resumes when there is room"


LIMITED = """
import resource, sys
from pathlib import Path
from tests.assist.server.mandate_desk import DAY, desk_at
from tests.faults.killable_mandates import DOMAINS
from tests.faults.test_mandate_faults import until_refused, whole
folder = Path(sys.argv[1])
with desk_at(folder, f"sqlite:///{folder / 'site.db'}") as desk:
    desk.client.headers["accept"] = "text/html"
    first = desk.gives(*DOMAINS)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    given, refused = until_refused(desk)
    assert "Le disque du serveur est plein" in refused, refused
    desk.clock += DAY / 24
    listed = desk.get("/mandats")
    assert listed.status_code == 200
    assert first in listed.text
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    again = desk.gives(*DOMAINS)
assert whole(folder) == given | {first, again}
print("whole")
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, tmp_path],  # A module compiled there would be cut, and stay so.
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=110,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == "whole\n"


def test_an_end_is_seen_even_when_it_cannot_be_written(tmp_path: Path) -> None:
    """The disk is full as the mandate ends: it is refused, and the list says both."""
    with desk_at(tmp_path, f"sqlite:///{tmp_path / 'site.db'}") as desk:
        number = desk.gives("papiers", duration="SHORT")
        database = desk.app.state.database
        event.listen(database.engine, "begin", lambda driver: driver.exec_driver_sql("PRAGMA query_only = ON"))
        desk.clock += 2 * DAY
        assert "date de fin est passée" in desk.uses(number).text
        listed = desk.get("/mandats").text
        assert "Terminé" in listed
        assert "ne peut plus être écrit" in listed
