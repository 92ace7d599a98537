# SPDX-License-Identifier: EUPL-1.2
"""Wrong passwords again and again: 5 wrong, a wait of 15 s, doubling; 15 wrong, locked until a technician undoes it.

Waits are counted on the machine's uptime: a wall clock that jumps neither shortens nor lengthens them, and a server
that is started again goes on counting. After a restart of the machine a wait begins anew.
A login that nobody has is counted like any other: waiting tells nothing about who has an account.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assist.server.staff.tables import Account, Attempts
from assist.server.uptime import Uptime

FREE = 5
LOCKED = 15
FIRST_WAIT = 15
_MOST_STRANGERS = 10_000


@dataclass(frozen=True, slots=True)
class Wait:
    """No attempt is looked at now. ``seconds`` is None when it is locked."""

    seconds: int | None


def wait_after(wrong: int) -> float:
    """Seconds to wait after that many wrong attempts."""
    if wrong >= LOCKED:
        return math.inf
    return 0 if wrong < FREE else FIRST_WAIT * 2 ** (wrong - FREE)


def begin_attempt(transaction: Session, login: str, uptime: Uptime) -> Wait | int:
    """Count an attempt as wrong, before it is looked at: attempts sent all at once gain nothing.

    Returns: The wait, when there is one; else how many wrong attempts there are with this one.
    """
    now, key = uptime.seconds(), key_of(login)
    table = postgresql if transaction.get_bind().dialect.name == "postgresql" else sqlite
    first = table.insert(Attempts).values(login=key, wrong=0, boot=uptime.boot, at=now)
    transaction.execute(first.on_conflict_do_nothing())
    row = transaction.scalars(select(Attempts).where(Attempts.login == key).with_for_update()).one()
    if row.boot != uptime.boot:
        row.boot, row.at = uptime.boot, now
    left = wait_after(row.wrong) - (now - row.at)
    if left > 0:
        return Wait(None if math.isinf(left) else math.ceil(left))
    row.wrong, row.at = row.wrong + 1, now
    return row.wrong


def forgive(transaction: Session, login: str) -> None:
    """Forget the wrong attempts: the right one came, or a technician gave the access back."""
    transaction.execute(delete(Attempts).where(Attempts.login == key_of(login)))


def wrong_attempts(transaction: Session) -> dict[str, int]:
    """Key of a login (:func:`key_of`) → how many wrong attempts."""
    return {row.login: row.wrong for row in transaction.execute(select(Attempts.login, Attempts.wrong))}


def settle(transaction: Session, uptime: Uptime) -> None:
    """When the server starts: after a restart of the machine, waits begin now."""
    elsewhere = update(Attempts).where(Attempts.boot != uptime.boot)
    transaction.execute(elsewhere.values(boot=uptime.boot, at=uptime.seconds()))


def forget_strangers(transaction: Session) -> None:
    """Drop the oldest attempts at logins that nobody has, when somebody has invented very many."""
    count = transaction.scalar(select(func.count()).select_from(Attempts)) or 0
    if count <= _MOST_STRANGERS:
        return
    known = [key_of(login) for login in transaction.scalars(select(Account.login))]
    oldest = select(Attempts.login).where(Attempts.login.not_in(known)).order_by(Attempts.at).limit(count // 2)
    transaction.execute(delete(Attempts).where(Attempts.login.in_(oldest)))


def papers_of(member: str) -> str:
    """Under what the numbers of papers that a member tries are counted: a login has no space in it."""
    return f"papers of {member}"


def key_of(login: str) -> str:
    """How attempts at a login are filed."""
    return sha256(folded(login).encode("utf-8", "replace")).hexdigest()


def folded(login: str) -> str:
    """A login or an address, as it is compared."""
    return login.strip().casefold()
