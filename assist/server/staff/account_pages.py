# SPDX-License-Identifier: EUPL-1.2
"""One's own account: another password, a second factor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.server.acts import StaffAct, note
from assist.server.mandates.parts import keys_of
from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.safety.rate import limited
from assist.server.staff.accounts import AccountFault, log_out_everywhere, set_password
from assist.server.staff.passwords import MOST_SIGNS
from assist.server.staff.second_factor import confirm, offer
from assist.server.staff.sessions import key_of
from assist.server.staff.tables import Account
from assist.server.staff.vault import Vault
from assist.server.staff_member import ROLE_LABELS, Allowed, Role, StaffMember

router = APIRouter(prefix="/account", default_response_class=HTMLResponse, tags=["Mon compte"])
Anybody = Annotated[StaffMember, Depends(Allowed(frozenset(Role), changing=True))]
Password = Annotated[str, Form(max_length=MOST_SIGNS)]
_attempts = Depends(limited("own account", 10, 300))


@router.get("")
def show(request: Request, me: Anybody, transaction: Reading) -> HTMLResponse:
    """The page of one's own account."""
    return _page(request, _mine(transaction, me, lock=False))


@router.post("/password", dependencies=[_attempts])
def change_password(
    request: Request,
    me: Anybody,
    transaction: Transaction,
    now: Moment,
    current: Password,
    new: Password,
    again: Password,
) -> HTMLResponse:
    """Take another password; every other browser is logged out."""
    account, passwords = _mine(transaction, me), request.app.state.passwords
    if not passwords.holds(account.password, current):
        return _page(request, account, wrong="Votre mot de passe actuel n'est pas le bon.")
    if account.must_change and new == current:
        return _page(request, account, wrong="Choisissez un mot de passe différent de celui qu'on vous a donné.")
    if new != again:
        return _page(request, account, wrong="Les deux nouveaux mots de passe sont différents.")
    try:
        set_password(account, new, passwords)
        account.must_change = False
    except AccountFault as fault:
        return _page(request, account, wrong=str(fault))
    log_out_everywhere(transaction, account, but=key_of(request.state.visit))
    note(transaction, me, StaffAct.ACCOUNT_CHANGED, account.id, now)
    return _page(request, account, done="Votre mot de passe est changé.")


@router.post("/second-factor", dependencies=[_attempts])
def offer_second_factor(request: Request, me: Anybody, transaction: Transaction, current: Password) -> HTMLResponse:
    """Show the QR code of a new key, this once."""
    account = _mine(transaction, me)
    if not request.app.state.passwords.holds(account.password, current):
        return _page(request, account, wrong="Votre mot de passe actuel n'est pas le bon.")
    if account.secret is not None:
        return _page(request, account, wrong="Le code à six chiffres est déjà en place.")
    picture, key = offer(account, request.app.state.site.name, Vault(lambda: keys_of(request)))
    return page(request, "second_factor.html", picture=picture, key=key)


@router.post("/second-factor/confirm", dependencies=[_attempts])
def confirm_second_factor(
    request: Request,
    me: Anybody,
    transaction: Transaction,
    now: Moment,
    code: Annotated[str, Form(max_length=20)],
) -> HTMLResponse:
    """Put the key in force with a first code."""
    account = _mine(transaction, me)
    if not confirm(account, code, now, Vault(lambda: keys_of(request))):
        return _page(request, account, wrong="Ce code n'est pas le bon. Recommencez : le code QR change.")
    note(transaction, me, StaffAct.SECOND_FACTOR_SET, account.id, now)
    return _page(request, account, done="Le code à six chiffres est en place. Il sera demandé à chaque connexion.")


def _mine(transaction: Session, me: StaffMember, *, lock: bool = True) -> Account:
    mine = select(Account).where(Account.id == me.id)
    account = transaction.scalar(mine.with_for_update() if lock else mine)
    if account is None:
        raise HTTPException(404)
    return account


def _page(request: Request, account: Account, *, wrong: str = "", done: str = "") -> HTMLResponse:
    status = 403 if wrong else 200
    roles = ", ".join(ROLE_LABELS[Role(role)] for role in account.roles)
    return page(request, "account.html", status=status, account=account, roles=roles, wrong=wrong, done=done)
