# SPDX-License-Identifier: EUPL-1.2
"""Coming in with a password: one answer for all that is wrong, in the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.staff.lockout import LOCKED, Wait, begin_attempt, folded, forget_strangers, forgive
from assist.server.staff.passwords import Passwords
from assist.server.staff.second_factor import passes
from assist.server.staff.sessions import open_login
from assist.server.staff.tables import Account
from assist.server.staff.vault import Vault
from assist.server.uptime import Uptime

WRONG = "L'identifiant, le mot de passe ou le code n'est pas le bon."
LOCKED_OUT = "Trop d'essais : l'accès est bloqué. Demandez au technicien de vous le rendre (« kiosk staff reset »)."


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody came in; ``why`` is a French sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What it takes to let somebody in."""

    database: Database
    passwords: Passwords
    uptime: Uptime
    vault: Vault

    def enter(self, login: str, password: str, code: str, instead_of: str, now: datetime) -> str | Refused:
        """The visit of whoever has come in, or why not. ``instead_of`` is the visit that ends with it."""
        with self.database.begin() as transaction:
            attempt = begin_attempt(transaction, login, self.uptime)
            account = transaction.scalar(select(Account).where(Account.login == folded(login)))
        if isinstance(attempt, Wait):
            return Refused(LOCKED_OUT if attempt.seconds is None else _wait(attempt.seconds))
        # Outside of any transaction: it takes long on purpose, and others would wait.
        right = self.passwords.holds(account.password if account else None, password)
        if account is None or not right or account.disabled:
            return self._refuse(account, attempt, now)
        return self._open(account.id, login, password, code, instead_of, attempt, now)

    def _open(
        self, account_id: str, login: str, password: str, code: str, instead_of: str, attempt: int, now: datetime
    ) -> str | Refused:
        with self.database.begin() as transaction:
            account = transaction.scalars(select(Account).where(Account.id == account_id).with_for_update()).one()
            if passes(account, code, now, self.vault):
                if account.password and self.passwords.outdated(account.password):
                    account.password = self.passwords.hash(password)
                forgive(transaction, login)
                visit = open_login(transaction, account, self.uptime, instead_of)
                note(transaction, account.as_member(), StaffAct.LOGGED_IN, now=now)
                return visit
        return self._refuse(account, attempt, now)

    def _refuse(self, account: Account | None, attempt: int, now: datetime) -> Refused:
        with self.database.begin() as transaction:
            forget_strangers(transaction)
            if account is not None and attempt == LOCKED:
                note(transaction, None, StaffAct.ACCOUNT_LOCKED, account.id, now)
        return Refused(LOCKED_OUT if attempt >= LOCKED else WRONG)


def _wait(seconds: int) -> str:
    how_long = f"{seconds} secondes" if seconds < 120 else f"{-(-seconds // 60)} minutes"
    return f"Trop d'essais. Attendez {how_long}, puis essayez de nouveau."
