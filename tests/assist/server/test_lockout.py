# SPDX-License-Identifier: EUPL-1.2
"""Wrong passwords again and again, with clocks that move."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from assist.server.acts import ActRow, StaffAct
from assist.server.database import Database
from assist.server.safety.rate import Rate
from assist.server.staff.accounts import reset
from assist.server.staff.entry import LOCKED_OUT, WRONG, Doorkeeper, Refused
from assist.server.staff.lockout import LOCKED, Wait, begin_attempt, forget_strangers, settle, wait_after
from assist.server.staff.passwords import why_refused
from assist.server.staff.tables import Attempts
from assist.server.staff.vault import Vault
from assist.server.uptime import Uptime, this_machine
from tests.assist.server.doors import PASSWORD, QUICK, Door, add, client, log_in

NO_KEY = Vault(lambda: pytest.fail("nobody here has a second factor"))


def keeper(database: Database, door: Door) -> Doorkeeper:
    return Doorkeeper(database, QUICK, Uptime(door.boot, lambda: door.seconds), NO_KEY)


def attempt(database: Database, door: Door, password: str = "wrong", login: str = "amina") -> str:  # noqa: S107
    """What the door says; "" when it opens."""
    came = keeper(database, door).enter(login, password, "", "", door.now)
    return came.why if isinstance(came, Refused) else ""


def exhaust(database: Database, door: Door, times: int, login: str = "amina") -> None:
    """So many wrong attempts, each as soon as it is looked at."""
    for wrong in range(times):
        door.wait(wait_after(wrong))
        assert attempt(database, door, login=login) in (WRONG, LOCKED_OUT)


def test_the_waits_are_those_of_the_rule() -> None:
    assert [wait_after(wrong) for wrong in range(9)] == [0, 0, 0, 0, 0, 15, 30, 60, 120]
    assert wait_after(14) == 15 * 2**9
    assert wait_after(15) == math.inf


@pytest.mark.parametrize("login", ["amina", "nobody"])
def test_five_wrong_then_a_wait_that_doubles_then_a_lock(database: Database, door: Door, login: str) -> None:
    """The same for a login that nobody has: waiting tells nothing."""
    add(database)
    for wrong in range(LOCKED):
        left = wait_after(wrong)
        if left:
            door.wait(left - 1)
            assert attempt(database, door, PASSWORD, login).startswith("Trop d'essais. Attendez 1 seconde")
            door.wait(1)
        assert attempt(database, door, login=login) == (LOCKED_OUT if wrong == LOCKED - 1 else WRONG)
    door.wait(10 * 365 * 86400)
    assert attempt(database, door, PASSWORD, login) == LOCKED_OUT


def test_the_right_password_forgets_the_wrong_ones(database: Database, door: Door) -> None:
    add(database)
    for _ in range(3):
        exhaust(database, door, 4)
        assert attempt(database, door, PASSWORD) == ""


def test_a_technician_gives_the_access_back(database: Database, door: Door) -> None:
    account = add(database)
    exhaust(database, door, LOCKED)
    with database.begin() as transaction:
        locked = transaction.scalar(select(ActRow.about).where(ActRow.act == StaffAct.ACCOUNT_LOCKED.value))
        reset(transaction, "amina", None, QUICK, door.now)
    assert locked == account
    assert attempt(database, door, PASSWORD) == ""


@pytest.mark.parametrize("years", [-10, 10])
def test_a_wall_clock_that_jumps_changes_nothing(database: Database, door: Door, years: int) -> None:
    add(database)
    exhaust(database, door, 5)
    door.now = door.now.replace(year=door.now.year + years)
    assert attempt(database, door, PASSWORD).startswith("Trop d'essais")
    door.wait(15)
    assert attempt(database, door, PASSWORD) == ""
    exhaust(database, door, LOCKED)
    door.now = door.now.replace(year=door.now.year + years)
    assert attempt(database, door, PASSWORD) == LOCKED_OUT


def test_the_count_outlives_the_server(door: Door) -> None:
    with client(door.app()) as browser:
        add(browser.app.state.database)
        for _ in range(5):
            log_in(browser, "amina", "wrong")
    with client(door.app()) as browser:
        assert "Attendez 15 secondes" in log_in(browser).text
        door.wait(15)
        assert log_in(browser).status_code == 303


def test_a_restart_of_the_machine_makes_a_wait_begin_anew_and_no_longer(database: Database, door: Door) -> None:
    add(database)
    exhaust(database, door, 5)
    door.wait(14)
    door.boot, door.seconds = "boot-2", 5.0
    with database.begin() as transaction:
        settle(transaction, Uptime(door.boot, lambda: door.seconds))
    door.wait(14)
    assert attempt(database, door, PASSWORD).startswith("Trop d'essais. Attendez 1 seconde")
    door.wait(1)
    assert attempt(database, door, PASSWORD) == ""


def test_a_lock_outlives_the_machine(database: Database, door: Door) -> None:
    add(database)
    exhaust(database, door, LOCKED)
    door.boot, door.seconds = "boot-2", 5.0
    assert attempt(database, door, PASSWORD) == LOCKED_OUT


def test_attempts_sent_all_at_once_gain_nothing(database: Database, door: Door) -> None:
    add(database)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: attempt(database, door), range(24)))
    assert answers.count(WRONG) == 5
    assert sum(answer.startswith("Trop d'essais") for answer in answers) == 19


def test_logins_that_nobody_has_do_not_fill_the_disk(lite: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assist.server.staff.lockout._MOST_STRANGERS", 10)
    database = Database(lite.address)
    database.upgrade()
    add(database)
    exhaust(database, lite, 7)
    for number in range(30):
        lite.wait(1)
        with database.begin() as transaction:
            begin_attempt(transaction, f"stranger-{number}", Uptime(lite.boot, lambda: lite.seconds))
            forget_strangers(transaction)
    with database.begin() as transaction:
        assert (transaction.scalar(select(func.count()).select_from(Attempts)) or 0) <= 10
        wait = begin_attempt(transaction, "amina", Uptime(lite.boot, lambda: lite.seconds))
    assert isinstance(wait, Wait)
    database.close()


def test_one_address_may_not_ask_for_ever(lite: Door) -> None:
    with client(lite.app()) as browser:
        answers = [log_in(browser, f"login-{number}").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]


def test_a_rate_fills_again_at_its_own_pace() -> None:
    now = 0.0
    rate = Rate(4, 8, lambda: now)
    assert [rate.allows("a") for _ in range(5)] == [True] * 4 + [False]
    assert rate.allows("b")
    now = 2.0
    assert [rate.allows("a") for _ in range(2)] == [True, False]
    now = 1000.0
    assert [rate.allows("a") for _ in range(5)] == [True] * 4 + [False]


def test_a_rate_remembers_only_so_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assist.server.safety.rate._MOST_ADDRESSES", 3)
    rate = Rate(1, 60, lambda: 0.0)
    assert all(rate.allows(str(number)) for number in range(10))
    assert len(rate._left) == 3


def test_this_machine_counts_on() -> None:
    first, second = this_machine(), this_machine()
    assert first.boot == second.boot
    assert 0 < first.seconds() <= second.seconds()


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("483920", False),
        ("48392", True),
        ("123456", True),
        ("987654", True),
        ("111111", True),
        ("121212", True),
        ("tasse", True),
        ("abcdefgh", True),
        ("amina-2026", True),
        ("une tasse bleue", False),
        ("éàüçñßœæ", False),
        ("tasse\u200bbleue", True),
        ("t" + "asse bleue" * 20, True),
    ],
)
def test_what_may_be_a_password(password: str, refused: bool) -> None:
    assert bool(why_refused(password, "amina")) == refused
