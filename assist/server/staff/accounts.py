# SPDX-License-Identifier: EUPL-1.2
"""Accounts as a manager or a technician handles them: make one, change it, disable it, give access back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.server.acts import StaffAct, note
from assist.server.staff.lockout import LOCKED, folded, forgive, key_of, papers_of, wrong_attempts
from assist.server.staff.passwords import Passwords, why_refused
from assist.server.staff.tables import Account, Login
from assist.server.staff_member import Role, StaffMember

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MOST_NAME = 40


class AccountFault(Exception):
    """It cannot be done; the text says why, in French."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is asked of a new account."""

    login: str
    name: str
    roles: frozenset[Role]
    languages: tuple[str, ...] = ("fr",)
    skills: frozenset[str] = field(default_factory=frozenset[str])
    email: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as the list shows it: nothing that opens anything."""

    id: str
    login: str
    name: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    password: bool
    second_factor: bool
    oidc_email: str
    oidc_linked: bool
    disabled: bool
    wrong_attempts: int
    locked: bool
    must_change: bool


def add_account(
    transaction: Session,
    new: NewAccount,
    password: str | None,
    passwords: Passwords,
    now: datetime,
    by: StaffMember | None = None,
    *,
    must_change: bool = False,
) -> Account:
    """Make an account. ``password`` is None when it comes in by the identity provider only. Raises AccountFault.

    ``must_change``: whoever comes in with it chooses another before anything else.
    """
    login, email = folded(new.login), folded(new.email) or None
    if fault := _why_refused(login, new, email, password):
        raise AccountFault(fault)
    if transaction.scalar(select(Account.id).where(Account.login == login)):
        raise AccountFault(f"L'identifiant « {login} » existe déjà. Choisissez-en un autre.")
    if email and transaction.scalar(select(Account.id).where(Account.email == email)):
        raise AccountFault(f"L'adresse « {email} » est déjà celle d'un compte.")
    account = Account(
        id=str(uuid7()),
        login=login,
        name=new.name.strip(),
        roles=sorted(new.roles),
        languages=list(new.languages),
        skills=sorted(new.skills),
        password=None if password is None else passwords.hash(password),
        must_change=must_change,
        codes_used=[],
        email=email,
        disabled=False,
        added=now,
    )
    transaction.add(account)
    transaction.flush()
    forgive(transaction, login)
    note(transaction, by, StaffAct.ACCOUNT_ADDED, account.id, now)
    return account


def _why_refused(login: str, new: NewAccount, email: str | None, password: str | None) -> str:
    name = new.name.strip()
    if not _LOGIN.fullmatch(login):
        return "L'identifiant s'écrit en lettres sans accent, chiffres, points et tirets : 40 signes au plus."
    if not name or len(name) > _MOST_NAME or not name.isprintable():
        return f"Le prénom est vide, trop long ({_MOST_NAME} signes au plus) ou contient un signe invisible."
    if not new.roles:
        return "Il faut au moins un rôle."
    if email is not None and (len(email) > 254 or not email.isprintable() or not _EMAIL.fullmatch(email)):
        return f"« {email} » n'est pas une adresse électronique."
    if password is None:
        return "" if email else "Il faut un mot de passe, ou une adresse pour le fournisseur d'identité."
    return why_refused(password, login)


def account_of(transaction: Session, login: str) -> Account:
    """The account of this login. Raises AccountFault."""
    account = transaction.scalar(select(Account).where(Account.login == folded(login)))
    if account is None:
        raise AccountFault(f"Aucun compte « {folded(login)} ». « kiosk staff list » montre les comptes.")
    return account


def listed(transaction: Session) -> Sequence[Listed]:
    """Every account, by login."""
    wrong = wrong_attempts(transaction)
    return [
        _listed(account, wrong.get(key_of(account.login), 0))
        for account in transaction.scalars(select(Account).order_by(Account.login))
    ]


def _listed(account: Account, wrong: int) -> Listed:
    return Listed(
        account.id,
        account.login,
        account.name,
        tuple(account.roles),
        tuple(account.languages),
        tuple(account.skills),
        account.password is not None,
        account.secret is not None,
        account.email or "",
        account.subject is not None,
        account.disabled,
        wrong,
        wrong >= LOCKED,
        account.must_change,
    )


def disable(transaction: Session, login: str, now: datetime, by: StaffMember | None = None) -> None:
    """Nobody comes in by this account any more, and whoever is in is out. Raises AccountFault."""
    account = account_of(transaction, login)
    if by is not None:
        _keep_a_manager(transaction, account)
    account.disabled = True
    log_out_everywhere(transaction, account)
    note(transaction, by, StaffAct.ACCOUNT_DISABLED, account.id, now)


def reset(
    transaction: Session,
    login: str,
    password: str | None,
    passwords: Passwords,
    now: datetime,
    by: StaffMember | None = None,
    *,
    must_change: bool = False,
) -> None:
    """Give access back: a new password, no second factor, no wrong attempt, enabled. Raises AccountFault.

    Args:
        password: None keeps the one there is, and the second factor with it: only the wrong attempts are forgotten.
    """
    account = account_of(transaction, login)
    if password is not None:
        set_password(account, password, passwords)
        account.must_change = must_change
        account.secret = account.secret_offered = None
        log_out_everywhere(transaction, account)
    account.disabled = False
    forgive(transaction, account.login)
    forgive(transaction, papers_of(account.id))
    note(transaction, by, StaffAct.ACCOUNT_RESET, account.id, now)


def change_roles(
    transaction: Session, login: str, roles: frozenset[Role], now: datetime, by: StaffMember | None = None
) -> None:
    """What somebody is here for changes, at once. Raises AccountFault."""
    account = account_of(transaction, login)
    if not roles:
        raise AccountFault("Il faut au moins un rôle.")
    if Role.MANAGER not in roles:
        _keep_a_manager(transaction, account)
    if frozenset(account.roles) != roles:
        account.roles = sorted(roles)
        note(transaction, by, StaffAct.ACCOUNT_CHANGED, f"{account.id}/roles", now)


def _keep_a_manager(transaction: Session, but: Account) -> None:
    """Refuse what would leave the site without a manager who can come in."""
    if Role.MANAGER not in but.roles or but.disabled:
        return
    # Locked, all of them: two managers who put each other out at the same instant wait for each other.
    others = transaction.scalars(select(Account).order_by(Account.id).with_for_update()).all()
    if not any(Role.MANAGER in each.roles and not each.disabled and each.id != but.id for each in others):
        raise AccountFault("C'est le seul compte de direction. Donnez d'abord ce rôle à quelqu'un d'autre.")


def set_password(account: Account, password: str, passwords: Passwords) -> None:
    """Give this account another password. Raises AccountFault."""
    if fault := why_refused(password, account.login):
        raise AccountFault(fault)
    account.password = passwords.hash(password)


def log_out_everywhere(transaction: Session, account: Account, but: str = "") -> None:
    """End every login of this account, save the one whose key is ``but``."""
    transaction.execute(delete(Login).where(Login.account_id == account.id, Login.token != but))


def of_provider(transaction: Session, subject: str, email: str) -> Account | None:
    """The account that the identity provider's person is linked to; the first time, by the address, for good.

    Args:
        subject: Issuer and subject, together.
        email: The address that the provider vouches for; "" for none.
    """
    by_address: ColumnElement[bool] = (Account.email == folded(email)) & Account.subject.is_(None)
    mine = Account.subject == subject
    found = transaction.scalars(select(Account).where(or_(mine, by_address) if email else mine)).all()
    account = next((each for each in found if each.subject == subject), found[0] if found else None)
    if account is None or account.disabled:
        return None
    account.subject = subject
    return account
