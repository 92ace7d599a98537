# SPDX-License-Identifier: EUPL-1.2
"""The accounts of the team, for the manager: make one, change its roles, close it, give access back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from assist.server.pages import page
from assist.server.parts import Moment, Reading, Transaction
from assist.server.staff.accounts import (
    AccountFault,
    Listed,
    NewAccount,
    add_account,
    change_roles,
    disable,
    listed,
    reset,
)
from assist.server.staff.passwords import first_password
from assist.server.staff_member import ROLE_LABELS, Role, StaffMember, allowed

router = APIRouter(prefix="/comptes", default_response_class=HTMLResponse, tags=["Équipe"])
Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
Which = Annotated[str, Path(pattern="^[A-Za-z0-9-]{1,40}$")]
Roles = Annotated[list[Role], Form()]
ROLES = {
    Role.MEDIATOR: "médiation : les appels, l'aide, le suivi, les rendez-vous, les mandats, les comptes rendus",
    Role.MANAGER: (
        "direction : la revue, les alertes, les rendez-vous, les mandats, les comptes rendus, les comptes, les "
        "journaux, l'horloge, ce que l'équipe a fait"
    ),
    Role.AUTHOR: "rédaction : les étapes dont on lui donne l'adresse",
    Role.TECHNICIAN: "technique : les alertes, l'horloge, les journaux, ce que l'équipe a fait",
}
LANGUAGES = {"fr": "français", "en": "anglais", "ar": "arabe", "es": "espagnol", "fsl": "langue des signes"}
MINE = "Pour votre propre compte, changez votre mot de passe dans « Mon compte »."
SAID = {"roles": "Les rôles sont changés.", "closed": "Le compte est fermé. La personne est déconnectée."}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, when it is shown again."""

    login: str = ""
    name: str = ""
    email: str = ""
    roles: tuple[str, ...] = (Role.MEDIATOR,)
    languages: tuple[str, ...] = ("fr",)


@router.get("")
def show(request: Request, me: Manager, transaction: Reading) -> HTMLResponse:
    """Every account, and the form for a new one."""
    return _list(request, transaction, Typed())


@router.post("")
def add(
    request: Request,
    me: Manager,
    transaction: Transaction,
    now: Moment,
    login: Annotated[str, Form(max_length=100)] = "",
    name: Annotated[str, Form(max_length=100)] = "",
    email: Annotated[str, Form(max_length=254)] = "",
    roles: Roles = [],  # noqa: B006 - FastAPI copies it
    languages: Annotated[list[str], Form()] = [],  # noqa: B006
    provider_only: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """Make an account, and show its first password, this once."""
    spoken = tuple(each for each in LANGUAGES if each in languages)
    new = NewAccount(login, name, frozenset(roles), spoken or ("fr",), email=email)
    password = None if provider_only and request.app.state.provider else first_password()
    try:
        account = add_account(
            transaction, new, password, request.app.state.passwords, now, me, must_change=password is not None
        )
    except AccountFault as fault:
        typed = Typed(login, name, email, tuple(roles), spoken)
        return _list(request, transaction, typed, wrong=str(fault), status=422)
    return page(request, "accounts/given.html", login=account.login, name=account.name, password=password)


@router.get("/{account}")
def one(request: Request, me: Manager, transaction: Reading, account: Which, said: str = "") -> HTMLResponse:
    """One account, and what may be done with it."""
    return _one(request, me, _listed(transaction, account), said=SAID.get(said, ""))


@router.post("/{account}/roles")
def roles(
    request: Request,
    me: Manager,
    transaction: Transaction,
    now: Moment,
    account: Which,
    roles: Roles = [],  # noqa: B006
) -> Response:
    """What this person is here for."""
    found = _listed(transaction, account)
    try:
        change_roles(transaction, found.login, frozenset(roles), now, me)
    except AccountFault as fault:
        return _one(request, me, found, wrong=str(fault))
    # Whoever gives up the direction may not see this page any more.
    mine = account == me.id and Role.MANAGER not in roles
    return RedirectResponse("/" if mine else f"/comptes/{account}?said=roles", 303)


@router.post("/{account}/fermer")
def close(request: Request, me: Manager, transaction: Transaction, now: Moment, account: Which) -> Response:
    """Nobody comes in by it any more."""
    found = _listed(transaction, account)
    try:
        disable(transaction, found.login, now, me)
    except AccountFault as fault:
        return _one(request, me, found, wrong=str(fault))
    return RedirectResponse("/login" if account == me.id else f"/comptes/{account}?said=closed", 303)


@router.post("/{account}/rendre")
def give_back(request: Request, me: Manager, transaction: Transaction, now: Moment, account: Which) -> Response:
    """A new first password, shown this once; the account is open, without second factor and without wrong attempts."""
    found = _listed(transaction, account)
    if account == me.id:
        return _one(request, me, found, wrong=MINE)
    password = first_password()
    reset(transaction, found.login, password, request.app.state.passwords, now, me, must_change=True)
    return page(request, "accounts/given.html", login=found.login, name=found.name, password=password)


def _listed(transaction: Session, account: str) -> Listed:
    found = next((each for each in listed(transaction) if each.id == account), None)
    if found is None:
        raise HTTPException(404)
    return found


def _list(request: Request, transaction: Session, typed: Typed, *, wrong: str = "", status: int = 200) -> HTMLResponse:
    return page(
        request,
        "accounts/list.html",
        status=status,
        accounts=[(account, _roles_of(account)) for account in listed(transaction)],
        typed=typed,
        roles=ROLES,
        languages=LANGUAGES,
        provider=request.app.state.provider,
        wrong=wrong,
    )


def _one(request: Request, me: StaffMember, account: Listed, *, said: str = "", wrong: str = "") -> HTMLResponse:
    return page(
        request,
        "accounts/one.html",
        status=422 if wrong else 200,
        account=account,
        roles=ROLES,
        mine=account.id == me.id,
        said=said,
        wrong=wrong,
    )


def _roles_of(account: Listed) -> str:
    return ", ".join(ROLE_LABELS[Role(role)] for role in account.roles)
